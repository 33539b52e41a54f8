"""What an action of the window is, and the rules that say why one cannot be done now.

A rule returns the reason in words; "" means that the action can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.base.i18n import _
from app.ui.places import PART, PARTS


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
        offered: acts of the record that has the focus, each with why it cannot be done.
        undo_act, redo_act: what would be undone or redone, in words; "" for nothing.
        can_go_back, can_go_forward: the window remembers a place there.
    """

    page: str = "parts"
    ready: bool = False
    listed: bool = False
    searchable: bool = False
    selected: int = 0
    part_number: str = ""
    offered: Mapping[str, str] = field(default_factory=dict)
    undo_act: str = ""
    redo_act: str = ""
    can_go_back: bool = False
    can_go_forward: bool = False


Rule = Callable[[WindowState], str]


def always(state: WindowState) -> str:
    return ""


def when_ready(state: WindowState) -> str:
    return "" if state.ready else _("The library is not open yet.")


def when_part(state: WindowState) -> str:
    return when_ready(state) or ("" if state.part_number else _("Choose a part first."))


def when_offered(key: str, none: Callable[[], str]) -> Rule:
    """Return the rule of an act on the record with the focus; `none` says what to choose first."""

    def rule(state: WindowState) -> str:
        return when_ready(state) or (state.offered[key] if key in state.offered else none())

    return rule


def when_part_or_offered(key: str) -> Rule:
    return lambda state: state.offered[key] if key in state.offered else when_part(state)


def choose_product() -> str:
    return _("Open the page of products and choose one first.")


def choose_package() -> str:
    return _("Choose a package first.")


def choose_issued() -> str:
    return _("Choose a package or a certificate first.")


def choose_certificate() -> str:
    return _("Choose a certificate first.")


def when_listed(state: WindowState) -> str:
    return "" if state.listed else _("This page has no list.")


def when_row(state: WindowState) -> str:
    return when_listed(state) or when_part(state)


def when_pasting(state: WindowState) -> str:
    return when_ready(state) or (
        "" if state.page == PARTS else _("Only the list of parts takes part numbers.")
    )


def when_selected(state: WindowState) -> str:
    return "" if state.selected else _("Choose rows of the list first.")


def when_stepping(state: WindowState) -> str:
    return when_part(state) or (
        "" if state.listed or state.page == PART else _("This page has no list.")
    )


def when_undoable(state: WindowState) -> str:
    return when_ready(state) or ("" if state.undo_act else _("There is nothing to undo."))


def when_redoable(state: WindowState) -> str:
    return when_ready(state) or ("" if state.redo_act else _("There is nothing to redo."))


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the user can do.

    Attributes:
        text: its menu entry, an ampersand before the access key.
        keys: shortcuts as Qt writes them, the first one is shown.
        rule: why it cannot be done now.
        letters: single keys that act only while a list or a part has the focus.
        everywhere: its letters act wherever no text is typed.
        choice: name of the group of which exactly one is checked.
    """

    key: str
    menu: str
    text: Callable[[], str]
    keys: tuple[str, ...] = ()
    icon: str = ""
    rule: Rule = always
    letters: tuple[str, ...] = ()
    choice: str = ""
    separated: bool = False
    everywhere: bool = False
