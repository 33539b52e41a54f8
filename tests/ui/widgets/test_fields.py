"""Small fields: what they show, say and refuse to do."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.models.list_source import ListSource
from app.ui.theme import Theme, set_property
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.folder_field import FileField, FolderField
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.keyed_buttons import KeyedButton, KeyedTool
from app.ui.widgets.stated_list import StatedList


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def _has(image: QImage, color: QColor) -> bool:
    return any(
        image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height())
    )


def test_a_check_field_shows_its_state_in_every_theme(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp)
    field = CheckField("Trial")
    qtbot.addWidget(field)
    field.resize(field.sizeHint())
    field.show()
    assert _has(_picture(field), theme.color("controlBorder"))
    assert not _has(_picture(field), theme.color("accent"))
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() - 8, 8))
    assert field.isChecked()
    assert _has(_picture(field), theme.color("accent"))
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert not field.isChecked()


def test_the_wheel_does_not_change_a_choice(qtbot: QtBot) -> None:
    box = ChoiceBox()
    box.addItems(["one", "two", "three"])
    qtbot.addWidget(box)
    box.show()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentText() == "one"
    assert not event.isAccepted()


def test_a_button_is_wide_enough_for_its_word_and_its_key(qtbot: QtBot) -> None:
    plain, keyed = KeyedButton(""), KeyedButton("Ctrl+⏎")
    for button in (plain, keyed):
        button.setText("Release revision…")
        set_property(button, "primary", True)
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() > plain.sizeHint().width()
    tool = KeyedTool("cube", "Views", "0–6")
    qtbot.addWidget(tool)
    assert tool.toolTip() == "Views (0–6)"
    assert tool.accessibleName() == "Views"
    assert tool.sizeHint().width() >= 24
    assert tool.height() >= 24


def test_a_tool_shows_its_word_before_its_key(theme: Theme, qtbot: QtBot) -> None:
    tool = KeyedTool("cube", "Views", "0–6")
    qtbot.addWidget(tool)
    tool.resize(tool.sizeHint())

    def ink(left: int, right: int) -> int:
        image = _picture(tool)
        ground = image.pixelColor(1, tool.height() // 2)
        return sum(
            image.pixelColor(x, y) != ground
            for x in range(left, right)
            for y in range(4, image.height() - 4)
        )

    middle = tool.width() * 2 // 3
    assert ink(4, middle) > 40
    assert ink(middle, tool.width() - 4) > 10


def test_a_folder_may_be_typed_or_chosen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    field = FolderField(str(tmp_path))
    qtbot.addWidget(field)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    field.button.click()
    assert field.text() == str(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/elsewhere")
    field.button.click()
    assert field.text() == "/elsewhere"
    file = FileField()
    qtbot.addWidget(file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/a/report.pdf", ""))
    file.button.click()
    assert file.text() == "/a/report.pdf"
    assert file.editor.accessibleName() == "File"


def test_sentences_are_replaced_and_read_out(qtbot: QtBot) -> None:
    stated = StatedList("Preflight")
    qtbot.addWidget(stated)
    stated.show_lines([("", "Two reasons:"), ("danger", "First."), ("danger", "Second.")])
    assert stated.text == "Two reasons: First. Second."
    stated.say("good", "Nothing stands against it.")
    assert stated.text == "Nothing stands against it."
    assert stated.accessibleName() == "Preflight"


def test_the_bar_of_a_head_lies_over_its_lower_edge(theme: Theme, qtbot: QtBot) -> None:
    head = HeadBar()
    qtbot.addWidget(head)
    head.resize(400, head.height())
    head.show()
    assert head.height() == 56
    assert head.busy.geometry().bottom() == head.height() - 1
    head.busy.set_share(0.5)
    bottom = head.height() - 1
    assert _picture(head).pixelColor(10, bottom) == theme.color("barFill")
    head.busy.set_share(-1)
    assert _picture(head).pixelColor(10, bottom) == theme.color("hairline")


class _Row:
    def __init__(self, row_id: int) -> None:
        self.id = row_id


def test_a_list_in_memory_is_a_source_like_any_other() -> None:
    rows = [_Row(number) for number in (5, 3, 9)]
    source = ListSource(rows)
    assert list(source.first_rows(2)) == rows[:2]
    assert [list(chunk) for chunk in source.id_chunks(2)] == [[5, 3], [9]]
    assert list(source.rows([9, 4, 5])) == [rows[2], rows[0]]
