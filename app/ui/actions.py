"""Menus, shortcuts and enabling rules, as data.

A rule returns why an action cannot be done now, in words; "" means that it can. The reason is the
action's tool tip, so that a grey entry explains itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QMenuBar, QWidget

from app.base.i18n import _
from app.ui.icons import icon
from app.ui.places import PAGES, PART


@dataclass(frozen=True, slots=True)
class WindowState:
    """What the rules look at.

    Attributes:
        page: name of the page shown.
        ready: the library is open with everything around it.
        listed: a list with rows has the page.
        searchable: the page has a search field.
        selected: how many rows of it are chosen.
        part_number: of the part shown or focused; "" for none.
        undo_act, redo_act: what would be undone or redone, in words; "" for nothing.
        can_go_back, can_go_forward: the window remembers a place there.
    """

    page: str = "parts"
    ready: bool = False
    listed: bool = False
    searchable: bool = False
    selected: int = 0
    part_number: str = ""
    undo_act: str = ""
    redo_act: str = ""
    can_go_back: bool = False
    can_go_forward: bool = False


Rule = Callable[[WindowState], str]


def _always(state: WindowState) -> str:
    return ""


def _when_ready(state: WindowState) -> str:
    return "" if state.ready else _("The library is not open yet.")


def _when_part(state: WindowState) -> str:
    return _when_ready(state) or ("" if state.part_number else _("Choose a part first."))


def _when_listed(state: WindowState) -> str:
    return "" if state.listed else _("This page has no list.")


def _when_selected(state: WindowState) -> str:
    return "" if state.selected else _("Choose rows of the list first.")


def _when_stepping(state: WindowState) -> str:
    return _when_part(state) or (
        "" if state.listed or state.page == PART else _("This page has no list.")
    )


def _when_undoable(state: WindowState) -> str:
    return _when_ready(state) or ("" if state.undo_act else _("There is nothing to undo."))


def _when_redoable(state: WindowState) -> str:
    return _when_ready(state) or ("" if state.redo_act else _("There is nothing to redo."))


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the user can do.

    Attributes:
        text: its menu entry, an ampersand before the access key.
        keys: shortcuts as Qt writes them, the first one is shown.
        rule: why it cannot be done now.
        letters: single keys that act only while a list or a part has the focus.
        choice: name of the group of which exactly one is checked.
    """

    key: str
    menu: str
    text: Callable[[], str]
    keys: tuple[str, ...] = ()
    icon: str = ""
    rule: Rule = _always
    letters: tuple[str, ...] = ()
    choice: str = ""
    separated: bool = False


MENUS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("file", lambda: _("&File")),
    ("edit", lambda: _("&Edit")),
    ("view", lambda: _("&View")),
    ("part", lambda: _("&Part")),
    ("help", lambda: _("&Help")),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "import_files",
        "file",
        lambda: _("&Import files…"),
        ("Ctrl+I",),
        "file-import",
        _when_ready,
    ),
    ActionSpec(
        "import_folder",
        "file",
        lambda: _("Import f&older…"),
        ("Ctrl+Shift+I",),
        "folder",
        _when_ready,
    ),
    ActionSpec(
        "open_library",
        "file",
        lambda: _("&Open library…"),
        ("Ctrl+O",),
        "folder-open",
        separated=True,
    ),
    ActionSpec("new_library", "file", lambda: _("&New library…"), ("Ctrl+N",), "plus"),
    ActionSpec("quit", "file", lambda: _("&Quit"), ("Ctrl+Q",), separated=True),
    ActionSpec("undo", "edit", lambda: _("&Undo"), ("Ctrl+Z",), "arrow-back-up", _when_undoable),
    ActionSpec(
        "redo",
        "edit",
        lambda: _("&Redo"),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "arrow-forward-up",
        _when_redoable,
    ),
    ActionSpec(
        "copy",
        "edit",
        lambda: _("&Copy rows"),
        ("Ctrl+C",),
        "copy",
        _when_selected,
        separated=True,
    ),
    ActionSpec("select_all", "edit", lambda: _("Select &all"), ("Ctrl+A",), rule=_when_listed),
    ActionSpec(
        "find",
        "edit",
        lambda: _("&Find"),
        ("Ctrl+F",),
        "search",
        lambda state: "" if state.searchable else _("This page has no search field."),
        letters=("/",),
        separated=True,
    ),
    ActionSpec("find_or_do", "edit", lambda: _("Find or &do…"), ("Ctrl+K",)),
    *(
        ActionSpec(f"show_{page.key}", "view", page.entry, (page.keys,), page.icon)
        for page in PAGES
    ),
    ActionSpec(
        "back",
        "view",
        lambda: _("&Back"),
        ("Alt+Left",),
        "arrow-left",
        lambda state: "" if state.can_go_back else _("There is no earlier page."),
        separated=True,
    ),
    ActionSpec(
        "forward",
        "view",
        lambda: _("&Forward"),
        ("Alt+Right",),
        "arrow-right",
        lambda state: "" if state.can_go_forward else _("There is no later page."),
    ),
    ActionSpec(
        "refresh", "view", lambda: _("&Refresh"), ("F5",), "refresh", _when_ready, separated=True
    ),
    ActionSpec("jobs", "view", lambda: _("&Jobs"), ("Ctrl+J",)),
    ActionSpec(
        "theme_system",
        "view",
        lambda: _("Colours like the &system"),
        choice="theme",
        separated=True,
    ),
    ActionSpec("theme_light", "view", lambda: _("&Light colours"), icon="sun", choice="theme"),
    ActionSpec("theme_dark", "view", lambda: _("&Dark colours"), icon="moon", choice="theme"),
    ActionSpec("open_part", "part", lambda: _("&Open"), icon="box", rule=_when_part),
    ActionSpec(
        "next_part",
        "part",
        lambda: _("&Next part"),
        (),
        "chevron-down",
        _when_stepping,
        letters=("J",),
    ),
    ActionSpec(
        "previous_part",
        "part",
        lambda: _("&Previous part"),
        (),
        "chevron-up",
        _when_stepping,
        letters=("K",),
    ),
    ActionSpec(
        "export_package",
        "part",
        lambda: _("E&xport print package…"),
        ("Ctrl+Shift+P",),
        "package-export",
        _when_part,
        separated=True,
    ),
    ActionSpec(
        "certify",
        "part",
        lambda: _("&Issue certificate…"),
        ("Ctrl+Shift+C",),
        "certificate",
        _when_part,
    ),
    ActionSpec("show_keys", "help", lambda: _("&Keys"), ("F1",), "info-circle", letters=("?",)),
    ActionSpec("about", "help", lambda: _("&About Everspare")),
)


class Actions(QObject):
    """The actions as Qt wants them, made from the data above.

    Args:
        letters: whether single letters are shortcuts at all.
    """

    def __init__(self, parent: QObject, *, letters: bool = True) -> None:
        super().__init__(parent)
        self._with_letters = letters
        self._letters_act = False
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(spec.text(), self)
            if spec.icon:
                action.setIcon(icon(spec.icon))
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setCheckable(bool(spec.choice))
            action.setMenuRole(QAction.MenuRole.NoRole)
            self._actions[spec.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def let_letters_act(self, act: bool) -> None:
        """Switch single letters on while a list or a part has the focus, off elsewhere."""
        act = act and self._with_letters
        if act == self._letters_act:
            return
        self._letters_act = act
        for spec in ACTIONS:
            if spec.letters:
                keys = (*spec.keys, *(spec.letters if act else ()))
                self._actions[spec.key].setShortcuts([QKeySequence(key) for key in keys])

    def bind(self, key: str, slot: Callable[[], object]) -> None:
        """Call `slot` when the action is triggered.

        Raises:
            KeyError: no such action.
        """
        self._actions[key].triggered.connect(lambda _checked=False: slot())

    def fill(self, bar: QMenuBar) -> None:
        """Put all actions into the menus of `bar`."""
        menus: dict[str, QMenu] = {name: bar.addMenu(title()) for name, title in MENUS}
        for menu in menus.values():
            menu.setToolTipsVisible(True)
        for spec in ACTIONS:
            menu = menus[spec.menu]
            if spec.separated:
                menu.addSeparator()
            menu.addAction(self._actions[spec.key])

    def check(self, choice: str, key: str) -> None:
        """Mark `key` as the one chosen of its group."""
        for spec in ACTIONS:
            if spec.choice == choice:
                self._actions[spec.key].setChecked(spec.key == key)

    def update_state(self, state: WindowState) -> None:
        """Enable what can be done now; the others say why not."""
        for spec in ACTIONS:
            action, refusal = self._actions[spec.key], spec.rule(state)
            action.setEnabled(not refusal)
            action.setToolTip(refusal or spec.text().replace("&", ""))
        self._actions["undo"].setText(_named(_("&Undo"), state.undo_act))
        self._actions["redo"].setText(_named(_("&Redo"), state.redo_act))


def _named(verb: str, act: str) -> str:
    return _("{verb} “{act}”").format(verb=verb, act=act) if act else verb


def shortcut_text(action: QAction) -> str:
    """Return the shown shortcut of an action, as this system writes it."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def letters_may_act(focused: QWidget | None, part: QWidget | None) -> bool:
    """Say whether single letters are commands where the focus is: in lists and on the part."""
    if focused is None or isinstance(focused, QAbstractItemView):
        return True
    if focused.inherits("QLineEdit") or focused.inherits("QPlainTextEdit"):
        return False
    return part is not None and (part is focused or part.isAncestorOf(focused))
