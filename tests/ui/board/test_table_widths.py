"""The width of a table is shared until somebody sets it."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.board.table_widths import TableWidths
from app.ui.jobs import JobRunner
from app.ui.models.columns import Column
from app.ui.models.paged_model import PagedModel
from app.ui.widgets.table_view import TableView


@pytest.fixture
def table(jobs: JobRunner, qtbot: QtBot) -> TableView:
    columns = (
        Column("name", lambda: "Name", 100, str, stretch=True),
        Column("machine", lambda: "Machine", 100, str),
        Column("day", lambda: "Day", 100, str),
    )
    made = TableView(PagedModel(jobs, columns), row_height=28)
    qtbot.addWidget(made)
    return made


def test_what_is_left_is_shared(table: TableView) -> None:
    widths = TableWidths(table, {"machine": 0.25})
    table.resize(700, 300)
    table.show()
    QApplication.processEvents()
    assert [table.columnWidth(n) for n in range(3)] == [400, 200, 100]
    table.resize(260, 300)
    QApplication.processEvents()
    assert [table.columnWidth(n) for n in (1, 2)] == [100, 100]
    assert not widths.touched


def test_what_was_set_by_hand_stays(table: TableView) -> None:
    widths = TableWidths(table, {"machine": 0.25})
    table.resize(700, 300)
    table.show()
    QApplication.processEvents()
    table.setColumnWidth(1, 150)
    assert widths.touched
    table.resize(900, 300)
    QApplication.processEvents()
    assert table.columnWidth(1) == 150
