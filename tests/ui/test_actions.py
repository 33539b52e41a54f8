"""Actions: every rule says why not, shortcuts do not collide, letters only act in lists."""

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar

from app.ui.action_spec import WindowState
from app.ui.actions import ACTIONS, MENUS, RECORD_ACTS, Actions, shortcut_text

READY = WindowState(
    page="parts",
    ready=True,
    listed=True,
    searchable=True,
    selected=2,
    part_number="A1",
    offered=dict.fromkeys((*RECORD_ACTS, "certify"), ""),
    undo_act="import list.xlsx",
    redo_act="rename",
    can_go_back=True,
    can_go_forward=True,
)


def made(qapp: QApplication, *, letters: bool = True) -> tuple[QObject, Actions]:
    parent = QObject()
    return parent, Actions(parent, letters=letters)


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(key for spec in ACTIONS for key in (*spec.keys, *spec.letters))
    assert [key for key, count in keys.items() if count > 1] == []
    for key in keys:
        assert not QKeySequence(key).isEmpty(), key


def test_every_action_has_a_menu_and_a_text(qapp: QApplication) -> None:
    parent, actions = made(qapp)
    bar = QMenuBar()
    actions.fill(bar)
    shown = {
        action.text() for menu in bar.actions() for action in menu.menu().actions() if action.text()
    }
    assert len(bar.actions()) == len(MENUS)
    assert {actions[spec.key].text() for spec in ACTIONS} == shown
    del parent


def test_all_can_be_done_when_everything_is_there(qapp: QApplication) -> None:
    parent, actions = made(qapp)
    actions.update_state(READY)
    assert [spec.key for spec in ACTIONS if not actions[spec.key].isEnabled()] == []
    del parent


def test_what_cannot_be_done_says_why(qapp: QApplication) -> None:
    parent, actions = made(qapp)
    cases = {
        "import_files": replace(READY, ready=False),
        "undo": replace(READY, undo_act=""),
        "redo": replace(READY, redo_act=""),
        "copy": replace(READY, selected=0),
        "select_all": replace(READY, listed=False),
        "find": replace(READY, searchable=False),
        "export_package": replace(READY, part_number=""),
        "certify": replace(READY, part_number="", offered={}),
        "book_lot": replace(READY, offered={"book_lot": "Every piece has been delivered."}),
        "withdraw": replace(READY, offered={}),
        "verify_record": replace(READY, offered={}),
        "verify_file": replace(READY, ready=False),
        "next_part": replace(READY, page="import", listed=False),
        "back": replace(READY, can_go_back=False),
        "forward": replace(READY, can_go_forward=False),
    }
    for key, state in cases.items():
        actions.update_state(state)
        assert not actions[key].isEnabled(), key
        assert actions[key].toolTip().endswith("."), key
    del parent


def test_undo_names_what_it_reverts(qapp: QApplication) -> None:
    parent, actions = made(qapp)
    actions.update_state(READY)
    assert actions["undo"].text() == "&Undo “import list.xlsx”"
    assert actions["redo"].text() == "&Redo “rename”"
    actions.update_state(replace(READY, undo_act=""))
    assert actions["undo"].text() == "&Undo"
    del parent


def test_letters_act_only_where_they_are_let(qapp: QApplication) -> None:
    parent, actions = made(qapp)
    assert shortcut_text(actions["next_part"]) == ""
    actions.let_letters_act(True)
    assert shortcut_text(actions["next_part"]) == "J"
    assert [key.toString() for key in actions["find"].shortcuts()] == ["Ctrl+F", "/"]
    actions.let_letters_act(False)
    assert [key.toString() for key in actions["find"].shortcuts()] == ["Ctrl+F"]
    del parent


def test_letters_can_be_switched_off_for_good(qapp: QApplication) -> None:
    parent, actions = made(qapp, letters=False)
    actions.let_letters_act(True)
    assert shortcut_text(actions["next_part"]) == ""
    del parent


def test_one_choice_of_a_group_is_marked_and_a_slot_is_called_without_arguments(
    qapp: QApplication,
) -> None:
    parent, actions = made(qapp)
    actions.check("theme", "theme_dark")
    checked = [spec.key for spec in ACTIONS if actions[spec.key].isChecked()]
    assert checked == ["theme_dark"]
    called: list[str] = []
    actions.bind("refresh", lambda: called.append("refresh"))
    actions["refresh"].trigger()
    assert called == ["refresh"]
    del parent
