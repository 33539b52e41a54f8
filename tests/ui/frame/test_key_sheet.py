"""The sheet of keys: the page's own first, then menus and lists."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions
from app.ui.frame.key_sheet import KeySheet, list_keys
from app.ui.widgets.small_marks import KeyHint

OWN = (("Shorter horizon", "["), ("Quick look", "Space"))


def made(qtbot: QtBot, keys: tuple[tuple[str, str], ...]) -> KeySheet:
    parent = QObject()
    sheet = KeySheet(Actions(parent), "Worklist", keys)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def test_the_keys_of_the_page_come_first(qtbot: QtBot) -> None:
    sheet = made(qtbot, OWN)
    assert sheet.groups[0] == ("On this page: Worklist", OWN)
    titles = [title for title, _keys in sheet.groups]
    assert titles[1:3] == ["File", "Edit"]
    assert titles[-1] == "In lists"
    assert dict(sheet.groups)["In lists"] == list_keys()
    shown = [hint.text() for hint in sheet.findChildren(KeyHint)]
    assert shown[:2] == ["[", "Space"]
    assert "?" in shown
    assert "F1" in shown


def test_a_page_without_keys_of_its_own_has_no_empty_group(qtbot: QtBot) -> None:
    sheet = made(qtbot, ())
    assert sheet.groups[0][0] == "File"
    assert all(keys for _title, keys in sheet.groups)


def test_no_line_is_squeezed(qtbot: QtBot) -> None:
    sheet = made(qtbot, OWN * 20)
    sheet.resize(700, 300)
    [area] = sheet.findChildren(QScrollArea)
    content = area.widget()
    assert content is not None
    assert content.height() >= content.sizeHint().height()
    assert area.verticalScrollBar().maximum() > 0
