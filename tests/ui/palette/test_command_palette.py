"""The palette over a real window and a real library."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lifecycle.product import Product, name_key
from app.ui.action_spec import WindowState
from app.ui.actions import Actions
from app.ui.context import UiContext
from app.ui.palette.command_palette import RECENT, CommandPalette
from app.ui.palette.palette_entry import EntryKind
from app.ui.palette.palette_list import second_text
from app.ui.places import Place
from app.ui.widgets.search_field import SearchField
from helpers.builders import parts


@pytest.fixture
def actions(qtbot: QtBot, dressed: object) -> Iterator[Actions]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = Actions(owner)
    made.update_state(WindowState(ready=True, listed=True, searchable=True))
    yield made


@pytest.fixture
def palette(
    qtbot: QtBot, context: UiContext, actions: Actions, settle: Callable[[], None]
) -> CommandPalette:
    with context.services.library.writing(who="Anna", act="seed") as write:
        write.insert(parts(5))
        write.insert([Product(name="Dishwasher D620", name_key=name_key("Dishwasher D620"))])
    over = QWidget()
    over.resize(1000, 700)
    qtbot.addWidget(over)
    other = SearchField("Elsewhere")
    QVBoxLayout(over).addWidget(other)
    made = CommandPalette(actions, context.jobs, context.state, over)
    over.show()
    qtbot.waitExposed(over)
    over.activateWindow()
    qtbot.waitUntil(over.isActiveWindow)
    other.setFocus()
    return made


def _type(palette: CommandPalette, qtbot: QtBot, text: str, settle: Callable[[], None]) -> None:
    QTest.keyClicks(palette.field, text)
    qtbot.wait(60)  # longer than the field waits for the next key
    settle()


def _titles(palette: CommandPalette) -> list[str]:
    return [entry.title for entry in palette.entries]


def test_it_lists_what_can_be_done_now_with_its_shortcut(
    palette: CommandPalette, context: UiContext
) -> None:
    palette.open(context)
    shown = {entry.key: entry for entry in palette.entries}
    assert shown["show_parts"].keys == "Ctrl+2"
    assert "undo" not in shown, "there is nothing to undo"
    assert "find_or_do" not in shown


def test_a_part_is_found_by_number_and_opened_by_enter(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    spy = QSignalSpy(palette.place_chosen)
    palette.open(context)
    _type(palette, qtbot, "A00002", settle)
    assert palette.entries[0].kind is EntryKind.PART
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: spy.count() == 1)
    assert spy.at(0)[0] == Place("part", "A00002", "parts")
    assert not palette.isVisible()


def test_a_product_is_found_by_part_of_its_name(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    palette.open(context)
    _type(palette, qtbot, "washer d6", settle)
    assert [(e.kind, e.title) for e in palette.entries] == [(EntryKind.PRODUCT, "Dishwasher D620")]


def test_a_command_runs_and_is_the_first_next_time(
    palette: CommandPalette,
    context: UiContext,
    actions: Actions,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    ran: list[bool] = []
    actions.bind("theme_dark", lambda: ran.append(True))
    palette.open(context)
    _type(palette, qtbot, "dark", settle)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ran == [True])
    palette.open(context)
    assert palette.entries[0].key == "theme_dark"


def test_a_command_that_cannot_be_used_says_why_and_does_nothing(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    palette.open(context)
    _type(palette, qtbot, ">redo", settle)
    assert second_text(palette.entries[0]) == "There is nothing to redo."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_the_sign_for_commands_leaves_records_out(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    palette.open(context)
    _type(palette, qtbot, ">pa", settle)
    assert {entry.kind for entry in palette.entries} == {EntryKind.COMMAND}
    palette.field.clear()
    _type(palette, qtbot, "#A00002", settle)
    assert palette.entries == (), "no lot or paper has that number"


def test_arrows_move_and_escape_gives_the_focus_back(
    palette: CommandPalette, context: UiContext, qtbot: QtBot
) -> None:
    before = palette.window().findChild(SearchField)
    palette.open(context)
    qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.entries) - 1, "round the end"
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert before is not None
    qtbot.waitUntil(before.hasFocus)


def test_what_is_not_found_is_said(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    palette.open(context)
    _type(palette, qtbot, "zzz", settle)
    assert palette.entries == ()
    assert "Nothing is called “zzz”." in [
        child.text() for child in palette.children() if hasattr(child, "text")
    ]


def test_a_spoilt_memory_is_no_obstacle(palette: CommandPalette, context: UiContext) -> None:
    for spoilt in ("{", "[1]", json.dumps([{"kind": "part"}]), json.dumps({"kind": 3})):
        context.state.setValue(RECENT, spoilt)
        palette.open(context)
        assert "show_parts" in [entry.key for entry in palette.entries]


def test_every_line_is_read_out(palette: CommandPalette, context: UiContext) -> None:
    palette.open(context)
    view: QAbstractItemView = palette.list
    said = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert palette.entries[0].title in said
    assert "Command" in said


def test_recent_records_survive_the_session(
    palette: CommandPalette, context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    palette.open(context)
    _type(palette, qtbot, "A00003", settle)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    context.state.sync()
    stored = QSettings(context.state.fileName(), QSettings.Format.IniFormat)
    assert Path(context.state.fileName()).exists()
    assert json.loads(str(stored.value(RECENT)))[0]["title"] == "A00003"
