"""The sheet of facts: what it says, to eyes and to screen readers, and where it is scrolled to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.fact_sheet import FactSheet


@pytest.fixture
def sheet(qtbot: QtBot) -> FactSheet:
    made = FactSheet("Facts")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def _fill(sheet: FactSheet, rows: int, *, named: str = "") -> None:
    sheet.begin()
    for number in range(rows):
        sheet.section(f"Section {number}", name=named if number == rows - 1 else "")
        sheet.fact(f"Label {number}", f"Value {number}", mark="good", note="note", below="below")
    sheet.finish()


def test_a_row_is_one_sentence_to_a_screen_reader(sheet: FactSheet) -> None:
    sheet.begin()
    sheet.fact("Size", "40 mm", note="measured", below="in the file")
    sheet.fact("Owner", "")
    sheet.facts("Why", ("First.", "Second."))
    sheet.finish()
    names = {widget.accessibleName() for widget in sheet.widget().findChildren(QWidget)}
    assert {"Size: 40 mm measured in the file", "Owner: —", "Why: First. Second."} <= names
    assert sheet.text.splitlines() == [
        "Size 40 mm measured in the file",
        "Owner —",
        "Why First. Second.",
    ]


def test_it_stays_where_it_was_when_it_is_filled_anew(sheet: FactSheet, qtbot: QtBot) -> None:
    _fill(sheet, 20)
    bar = sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    qtbot.wait(20)
    bar.setValue(250)
    _fill(sheet, 20)
    qtbot.waitUntil(lambda: bar.value() == 250)
    _fill(sheet, 20)
    _fill(sheet, 20)
    qtbot.wait(20)
    assert bar.value() == 250, "also when it is filled twice before it could be laid out"
    _fill(sheet, 1)
    qtbot.waitUntil(lambda: bar.value() == 0)


def test_a_named_section_can_be_revealed(sheet: FactSheet, qtbot: QtBot) -> None:
    _fill(sheet, 20, named="last")
    bar = sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    sheet.reveal("last")
    qtbot.waitUntil(lambda: bar.value() > 300)
    before = bar.value()
    sheet.reveal("nowhere")
    qtbot.wait(20)
    assert bar.value() == before


def test_a_long_identifier_is_shortened_but_copied_whole(sheet: FactSheet, qtbot: QtBot) -> None:
    sheet.begin()
    sheet.code("SHA-256", "0123456789abcdef" * 4)
    sheet.finish()
    [copy] = sheet.widget().findChildren(QToolButton)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "0123456789abcdef" * 4
    assert sheet.widget().width() <= sheet.viewport().width()


def test_long_values_wrap_instead_of_widening_the_sheet(sheet: FactSheet, qtbot: QtBot) -> None:
    sheet.begin()
    sheet.fact("Why", "A long sentence that goes on. " * 20, below="And another. " * 20)
    sheet.finish()
    qtbot.wait(20)
    assert sheet.widget().width() <= sheet.viewport().width()
    assert sheet.widget().sizeHint().height() > 200
