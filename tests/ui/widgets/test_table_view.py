"""The table: selecting a million rows, keys, mouse, and a place that survives reloading."""

from collections.abc import Callable
from operator import attrgetter

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.jobs import JobRunner
from app.ui.models.columns import CellKind, Column
from app.ui.models.paged_model import PagedModel
from app.ui.theme import Theme
from app.ui.widgets.table_view import TableView
from helpers.paged_source import COLUMNS, NumberSource

Settle = Callable[[], None]


@pytest.fixture
def table(qtbot: QtBot, jobs: JobRunner) -> TableView:
    view = TableView(PagedModel(jobs, COLUMNS), row_height=36)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return view


def fill(table: TableView, settle: Settle, count: int) -> NumberSource:
    source = NumberSource(count)
    table.paged_model.set_source(source)
    settle()
    return source


def cell_center(table: TableView, row: int, column: int) -> QPoint:
    return table.visualRect(table.paged_model.index(row, column)).center()


def test_ctrl_a_on_a_million_rows_asks_no_row(table: TableView, settle: Settle) -> None:
    source = fill(table, settle, 1_000_000)
    asked = len(source.asked)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert table.selected_count() == 1_000_000
    selection = table.selection()
    assert selection.inverted
    assert selection.ids == frozenset()
    assert len(source.asked) == asked
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell_center(table, 2, 0))
    assert table.selection().count == 999_999
    assert table.selection().ids == frozenset({3})


def test_rows_that_arrive_after_ctrl_a_are_chosen_too(
    table: TableView, jobs: JobRunner, settle: Settle
) -> None:
    table.paged_model.show_first_rows(NumberSource(256).first_rows(256))
    table.selectAll()
    table.paged_model.beginInsertRows(table.rootIndex(), 256, 299)
    table.paged_model._ids.extend(range(257, 301))
    table.paged_model.endInsertRows()
    assert table.selected_count() == 300


def test_the_box_in_the_head_chooses_all_and_none(table: TableView, settle: Settle) -> None:
    fill(table, settle, 40)
    header = table.horizontalHeader().viewport()
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(16, 16))
    assert table.selected_count() == 40
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(16, 16))
    assert table.selected_count() == 0


def test_clicking_a_heading_asks_for_that_order_and_again_for_its_reverse(
    table: TableView, settle: Settle
) -> None:
    fill(table, settle, 5)
    asked: list[tuple[str, bool]] = []

    def sort(name: str, descending: bool) -> None:
        asked.append((name, descending))
        table.show_sort(name, descending=descending)

    table.sort_requested.connect(sort)
    header = table.horizontalHeader().viewport()
    for position in (40, 40, 150, 350):
        QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(position, 16))
    assert asked == [("id", False), ("id", True), ("name", False), ("name", True)]


def test_enter_and_double_click_open_a_row(table: TableView, settle: Settle) -> None:
    fill(table, settle, 5)
    opened: list[int] = []
    table.row_activated.connect(opened.append)
    table.select_id(4)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell_center(table, 1, 2))
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell_center(table, 1, 2))
    assert opened == [4, 2]


def test_stepping_stops_at_both_ends(table: TableView, settle: Settle) -> None:
    fill(table, settle, 3)
    assert [table.step(1) for _ in range(4)] == [1, 2, 3, 3]
    assert [table.step(-1) for _ in range(3)] == [2, 1, 1]


def test_the_place_survives_a_reload_that_adds_rows(table: TableView, settle: Settle) -> None:
    source = fill(table, settle, 1000)
    table.select_id(500)
    scrolled = table.verticalScrollBar().value()
    told: list[int] = []
    table.current_changed.connect(told.append)
    source.count = 1200
    table.paged_model.reload()
    settle()
    assert table.current_id() == 500
    assert table.selection().ids == frozenset({500})
    assert table.verticalScrollBar().value() == scrolled
    assert told == [], "the same row is no news"


def test_a_current_row_that_is_gone_is_told(table: TableView, settle: Settle) -> None:
    source = fill(table, settle, 10)
    table.select_id(10)
    told: list[int] = []
    table.current_changed.connect(told.append)
    source.count = 5
    table.paged_model.reload()
    settle()
    assert told == [0]
    assert not table.selection()


def test_copy_gives_headings_and_cells(table: TableView, settle: Settle) -> None:
    fill(table, settle, 5)
    table.select_id(2)
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == ("Number\tName\tState\tShare\n2\tPart 2\tDraft\t")


@pytest.mark.parametrize("jobs", ["inline", "threads"], indirect=True)
def test_rows_that_were_never_scrolled_to_are_copied_too(table: TableView, settle: Settle) -> None:
    source = fill(table, settle, 3000)
    source.gone = frozenset({2500})
    table.selectAll()
    table.copy_rows()
    settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    numbers = [int(line.split("\t")[0]) for line in lines[1:]]
    assert numbers == [number for number in range(1, 3001) if number != 2500]


def test_a_copy_that_fails_is_told_and_leaves_the_clipboard_alone(
    table: TableView, settle: Settle
) -> None:
    source = fill(table, settle, 3000)
    errors: list[str] = []
    table.paged_model.load_failed.connect(lambda error: errors.append(str(error)))
    QGuiApplication.clipboard().setText("as it was")
    source.failing = True
    table.selectAll()
    table.copy_rows()
    settle()
    assert errors == ["The library is locked by another program."]
    assert QGuiApplication.clipboard().text() == "as it was"


def test_letters_do_not_search(table: TableView, settle: Settle) -> None:
    fill(table, settle, 5)
    table.select_id(1)
    QTest.keyClicks(table, "3")
    assert table.current_id() == 1


def test_selected_hovered_and_plain_rows_look_different(
    table: TableView, settle: Settle, theme: Theme
) -> None:
    fill(table, settle, 5)
    table.select_id(1)
    QTest.mouseMove(table.viewport(), cell_center(table, 1, 2))
    table._hover(1)
    QApplication.processEvents()
    picture = table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def ground(row: int) -> QColor:
        rect = table.visualRect(table.paged_model.index(row, 2))
        return picture.pixelColor(int((rect.right() - 3) * ratio), int((rect.top() + 8) * ratio))

    assert ground(0) == theme.color("selected")
    assert ground(1) == theme.color("hover")
    assert ground(2) == theme.color("window")
    table.leaveEvent(QEvent(QEvent.Type.Leave))
    assert table._delegate.hovered_row == -1


class _Squares:
    """Pictures that are there for row 1 alone."""

    def pixmap(self, key: int, side: int) -> QPixmap | None:
        if key != 1:
            return None
        picture = QPixmap(side, side)
        picture.fill(QColor("magenta"))
        return picture


def test_a_picture_is_drawn_where_there_is_one(
    qtbot: QtBot, jobs: JobRunner, settle: Settle
) -> None:
    pictured = Column("picture", lambda: "", 48, lambda row: "", CellKind.PICTURE, attrgetter("id"))
    view = TableView(PagedModel(jobs, [pictured, *COLUMNS]), row_height=36, pictures=_Squares())
    qtbot.addWidget(view)
    view.resize(700, 200)
    view.show()
    fill(view, settle, 3)
    image = view.viewport().grab().toImage()
    shown = [image.pixelColor(cell_center(view, row, 0)) for row in range(3)]
    assert [color == QColor("magenta") for color in shown] == [True, False, False]


def test_the_row_with_the_focus_wears_a_ring(
    table: TableView, settle: Settle, theme: Theme, qtbot: QtBot
) -> None:
    fill(table, settle, 5)
    table.select_id(2)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    rect = table.visualRect(table.paged_model.index(1, 2))

    def edge() -> QColor:
        QApplication.processEvents()
        return table.viewport().grab().toImage().pixelColor(rect.center().x(), rect.top())

    assert edge() == theme.color("focusRing")
    table.clearFocus()
    assert edge() == theme.color("selected")


def test_widths_are_kept_and_the_name_takes_what_is_left(
    table: TableView, settle: Settle, qtbot: QtBot, jobs: JobRunner
) -> None:
    fill(table, settle, 5)
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    header.resizeSection(1, 141)
    other = TableView(PagedModel(jobs, COLUMNS), row_height=36)
    qtbot.addWidget(other)
    other.restore_layout(table.layout_state())
    assert other.horizontalHeader().sectionSize(1) == 141


def test_a_narrower_table_shrinks_the_name_instead_of_scrolling(
    table: TableView, settle: Settle, qtbot: QtBot
) -> None:
    fill(table, settle, 50)
    for width in (900, 700, 620, 800, 600):
        table.resize(width, 400)
        QApplication.processEvents()
        assert not table.horizontalScrollBar().isVisible(), width
        assert table.horizontalHeader().length() == table.viewport().width()
