"""Menus, shortcuts and enabling rules, as data.

A rule returns why an action cannot be done now, in words; "" means that it can. The reason is the
action's tool tip, so that a grey entry explains itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QMenuBar, QWidget

from app.base.i18n import _
from app.ui.action_spec import (
    ActionSpec,
    WindowState,
    choose_certificate,
    choose_issued,
    choose_package,
    choose_product,
    when_listed,
    when_offered,
    when_part,
    when_part_or_offered,
    when_pasting,
    when_ready,
    when_redoable,
    when_row,
    when_selected,
    when_stepping,
    when_undoable,
)
from app.ui.icons import icon
from app.ui.places import PAGES
from app.ui.tool_actions import TOOL_ACTIONS

MENUS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("file", lambda: _("&File")),
    ("edit", lambda: _("&Edit")),
    ("view", lambda: _("&View")),
    ("part", lambda: _("&Part")),
    ("product", lambda: _("Pr&oduct")),
    ("package", lambda: _("Pac&kage")),
    ("certificate", lambda: _("&Certificate")),
    ("tools", lambda: _("&Tools")),
    ("help", lambda: _("&Help")),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "import_files",
        "file",
        lambda: _("&Import files…"),
        ("Ctrl+I",),
        "file-import",
        when_ready,
    ),
    ActionSpec(
        "import_folder",
        "file",
        lambda: _("Import f&older…"),
        ("Ctrl+Shift+I",),
        "folder",
        when_ready,
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
    ActionSpec("undo", "edit", lambda: _("&Undo"), ("Ctrl+Z",), "arrow-back-up", when_undoable),
    ActionSpec(
        "redo",
        "edit",
        lambda: _("&Redo"),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "arrow-forward-up",
        when_redoable,
    ),
    ActionSpec("undo_history", "edit", lambda: _("Undo &history"), rule=when_ready),
    ActionSpec(
        "copy",
        "edit",
        lambda: _("&Copy rows"),
        ("Ctrl+C",),
        "copy",
        when_selected,
        separated=True,
    ),
    ActionSpec(
        "paste_numbers", "edit", lambda: _("&Paste part numbers"), ("Ctrl+V",), rule=when_pasting
    ),
    ActionSpec("select_all", "edit", lambda: _("Select &all"), ("Ctrl+A",), rule=when_listed),
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
        "refresh", "view", lambda: _("&Refresh"), ("F5",), "refresh", when_ready, separated=True
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
    ActionSpec("open_part", "part", lambda: _("&Open"), icon="box", rule=when_part),
    ActionSpec("quick_look", "part", lambda: _("&Quick look"), rule=when_row),
    ActionSpec(
        "next_part",
        "part",
        lambda: _("&Next part"),
        (),
        "chevron-down",
        when_stepping,
        letters=("J",),
    ),
    ActionSpec(
        "previous_part",
        "part",
        lambda: _("&Previous part"),
        (),
        "chevron-up",
        when_stepping,
        letters=("K",),
    ),
    ActionSpec(
        "new_product",
        "product",
        lambda: _("&New product…"),
        icon="plus",
        rule=when_offered("new_product", choose_product),
    ),
    ActionSpec(
        "edit_product",
        "product",
        lambda: _("&Edit product…"),
        rule=when_offered("edit_product", choose_product),
    ),
    ActionSpec(
        "add_part",
        "product",
        lambda: _("Add &part…"),
        rule=when_offered("add_part", choose_product),
    ),
    ActionSpec(
        "add_date",
        "product",
        lambda: _("Add &date…"),
        rule=when_offered("add_date", choose_product),
        separated=True,
    ),
    ActionSpec(
        "type_date",
        "product",
        lambda: _("&Type date…"),
        rule=when_offered("type_date", choose_product),
    ),
    ActionSpec(
        "remove_date",
        "product",
        lambda: _("&Remove date…"),
        rule=when_offered("remove_date", choose_product),
    ),
    ActionSpec(
        "export_package",
        "package",
        lambda: _("E&xport print package…"),
        ("Ctrl+Shift+P",),
        "package-export",
        when_part,
    ),
    ActionSpec(
        "book_lot",
        "package",
        lambda: _("&Book delivered lot…"),
        rule=when_offered("book_lot", choose_package),
    ),
    ActionSpec(
        "copy_record",
        "package",
        lambda: _("&Copy issued file…"),
        rule=when_offered("copy_record", choose_issued),
        separated=True,
    ),
    ActionSpec(
        "verify_record",
        "package",
        lambda: _("&Verify kept copy"),
        rule=when_offered("verify_record", choose_issued),
    ),
    ActionSpec(
        "verify_file",
        "package",
        lambda: _("Verify a &file…"),
        ("Ctrl+Shift+V",),
        "shield-check",
        when_ready,
    ),
    ActionSpec(
        "certify",
        "certificate",
        lambda: _("&Issue certificate…"),
        ("Ctrl+Shift+C",),
        "certificate",
        when_part_or_offered("certify"),
    ),
    ActionSpec(
        "supersede",
        "certificate",
        lambda: _("&Supersede…"),
        rule=when_offered("supersede", choose_certificate),
    ),
    ActionSpec(
        "withdraw",
        "certificate",
        lambda: _("&Withdraw…"),
        rule=when_offered("withdraw", choose_certificate),
    ),
    ActionSpec(
        "open_pdf",
        "certificate",
        lambda: _("&Open PDF"),
        rule=when_offered("open_pdf", choose_certificate),
        separated=True,
    ),
    *TOOL_ACTIONS,
    ActionSpec("help_page", "help", lambda: _("&Help on this page"), ("F1",), "help-circle"),
    ActionSpec("first_steps", "help", lambda: _("&First steps")),
    ActionSpec(
        "show_keys",
        "help",
        lambda: _("&Keys"),
        icon="keyboard",
        letters=("?",),
        everywhere=True,
    ),
    ActionSpec("about", "help", lambda: _("&About Everspare"), icon="info-circle", separated=True),
)


# Acts on the record that has the focus; the page that shows it carries them out.
RECORD_ACTS = (
    "new_product",
    "edit_product",
    "add_part",
    "add_date",
    "type_date",
    "remove_date",
    "book_lot",
    "copy_record",
    "verify_record",
    "supersede",
    "withdraw",
    "open_pdf",
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
            always = spec.letters if letters and spec.everywhere else ()
            action.setShortcuts([QKeySequence(key) for key in (*spec.keys, *always)])
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
            if spec.letters and not spec.everywhere:
                keys = (*spec.keys, *(spec.letters if act else ()))
                self._actions[spec.key].setShortcuts([QKeySequence(key) for key in keys])

    def use_letters(self, use: bool) -> None:
        """Let single letters be shortcuts at all, or not."""
        acting = self._letters_act
        self.let_letters_act(False)
        self._with_letters = use
        for spec in ACTIONS:
            if spec.everywhere and spec.letters:
                keys = (*spec.keys, *(spec.letters if use else ()))
                self._actions[spec.key].setShortcuts([QKeySequence(key) for key in keys])
        self.let_letters_act(acting)

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
