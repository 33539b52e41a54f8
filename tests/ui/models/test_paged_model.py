"""The paged model: pages on demand, late answers dropped, errors without loops."""

import threading
from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.jobs import JobRunner
from app.ui.models.page_cache import KEPT_PAGES, PAGE_ROWS
from app.ui.models.paged_model import NOT_YET, PagedModel
from helpers.paged_source import COLUMNS, NumberSource

Settle = Callable[[], None]
threads_only = pytest.mark.parametrize("jobs", ["threads"], indirect=True)


@pytest.fixture
def model(jobs: JobRunner) -> PagedModel:
    return PagedModel(jobs, COLUMNS)


def text(model: PagedModel, row: int, column: int = 2) -> str:
    return str(model.data(model.index(row, column)))


def test_a_short_list_is_there_at_once_and_whole(model: PagedModel, settle: Settle) -> None:
    model.set_source(NumberSource(3))
    settle()
    assert model.rowCount() == 3
    assert model.complete
    assert [text(model, row) for row in range(3)] == ["Part 1", "Part 2", "Part 3"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Number"


@pytest.mark.parametrize("jobs", ["inline", "threads"], indirect=True)
def test_a_million_rows_need_few_questions(model: PagedModel, settle: Settle) -> None:
    source = NumberSource(1_000_000)
    model.set_source(source)
    settle()
    assert model.rowCount() == 1_000_000
    assert model.complete
    assert len(source.asked) == 1
    assert text(model, 900_000) == NOT_YET
    assert text(model, 900_001) == NOT_YET
    settle()
    assert text(model, 900_000) == "Part 900001"
    assert len(source.asked) == 2, "one page is asked for once"
    assert len(source.asked[1]) == PAGE_ROWS


def test_old_pages_are_forgotten(model: PagedModel, settle: Settle) -> None:
    source = NumberSource(PAGE_ROWS * (KEPT_PAGES + 10))
    model.set_source(source)
    settle()
    for page in range(KEPT_PAGES + 10):
        text(model, page * PAGE_ROWS)
        settle()
    assert len(model._cache) == KEPT_PAGES
    assert text(model, 0) == NOT_YET


@threads_only
def test_scrolling_past_pages_asks_only_for_the_last_ones(
    model: PagedModel, settle: Settle
) -> None:
    source = NumberSource(100_000)
    model.set_source(source)
    settle()
    source.gate = threading.Event()
    for page in range(1, 200):
        text(model, page * PAGE_ROWS)
    source.gate.set()
    settle()
    assert text(model, 199 * PAGE_ROWS) == f"Part {199 * PAGE_ROWS + 1}"
    assert len(source.asked) < 15


@threads_only
def test_a_late_answer_of_an_old_list_is_dropped(model: PagedModel, settle: Settle) -> None:
    slow, fast = NumberSource(5, "Slow", gate=threading.Event()), NumberSource(4, "Fast")
    model.set_source(slow)
    model.set_source(fast)
    assert slow.gate is not None
    slow.gate.set()
    settle()
    assert [text(model, row) for row in range(model.rowCount())] == [
        f"Fast {i}" for i in range(1, 5)
    ]


def test_the_old_list_stays_until_the_new_one_is_there(model: PagedModel, settle: Settle) -> None:
    model.set_source(NumberSource(3, "Old"))
    settle()
    model.set_source(NumberSource(2, "New"))
    assert text(model, 0) == "Old 1"
    settle()
    assert text(model, 0) == "New 1"
    assert model.rowCount() == 2


def test_a_failing_library_is_told_once_and_swallows_nothing(
    model: PagedModel, settle: Settle
) -> None:
    errors: list[str] = []
    model.load_failed.connect(lambda error: errors.append(str(error)))
    source = NumberSource(5000)
    model.set_source(source)
    settle()
    source.failing = True
    for _ in range(20):
        assert text(model, 3000) == NOT_YET
        settle()
    assert errors == ["The library is locked by another program."]
    assert text(model, 0) == "Part 1", "what was shown stays"
    source.failing = False
    model.reload()
    settle()
    text(model, 3000)
    settle()
    assert text(model, 3000) == "Part 3001"


def test_a_row_that_is_gone_reads_as_not_there_and_is_not_asked_for_again(
    model: PagedModel, settle: Settle
) -> None:
    source = NumberSource(1000, gone=frozenset({601}))
    model.set_source(source)
    settle()
    text(model, 600)
    settle()
    asked = len(source.asked)
    assert text(model, 600) == NOT_YET
    settle()
    assert len(source.asked) == asked
    assert text(model, 601) == "Part 602"


def test_reloading_shows_the_old_row_until_the_fresh_one_arrives(
    model: PagedModel, settle: Settle
) -> None:
    source = NumberSource(300, "Old")
    model.set_source(source)
    settle()
    source.prefix = "Fresh"
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.reload()
    settle()
    assert text(model, 0) == "Old 1", "asks for the page and shows what it has"
    settle()
    assert text(model, 0) == "Fresh 1"
    assert changed
    assert resets == [], "the same ids need no reset, so nothing scrolls"


@pytest.mark.parametrize("later", [range(2001, 1, -1), range(1, 101)], ids=["turned", "shorter"])
def test_a_list_that_changes_while_it_is_read_ends_as_it_is_now(
    model: PagedModel, settle: Settle, later: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = NumberSource(2000)
    complete: list[tuple[int, bool]] = []
    model.counted.connect(lambda rows, whole: complete.append((rows, whole)))
    monkeypatch.setattr(source, "id_chunks", lambda size: iter([later]))
    model.set_source(source)
    settle()
    assert list(model.ids) == list(later)
    assert complete[-1] == (len(later), True)
    text(model, 3)
    settle()
    assert text(model, 3) == f"Part {later[3]}"


def test_a_page_that_arrives_for_another_order_is_asked_for_again(
    model: PagedModel, settle: Settle
) -> None:
    source = NumberSource(1000)
    model.set_source(source)
    settle()
    told: list[range] = []
    model.dataChanged.connect(lambda a, b: told.append(range(a.row(), b.row() + 1)))
    text(model, 600)
    model._replace(array("q", range(1000, 0, -1)))
    settle()
    assert 600 in told[-1], "or the view would show … until something else repaints it"
    assert text(model, 600) == NOT_YET
    settle()
    assert text(model, 600) == "Part 400"


def test_a_page_behind_the_end_of_a_shorter_list_is_dropped(
    model: PagedModel, settle: Settle
) -> None:
    source = NumberSource(1000)
    model.set_source(source)
    settle()
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append(first.row()))
    text(model, 900)
    model._replace(array("q", range(1, 101)))
    settle()
    assert told == []
    assert text(model, 99) == "Part 100"


def test_reloading_a_list_that_grew_takes_the_new_rows(model: PagedModel, settle: Settle) -> None:
    source = NumberSource(300)
    model.set_source(source)
    settle()
    source.count = 2600
    model.reload()
    settle()
    assert model.rowCount() == 2600
    source.count = 0
    model.reload()
    settle()
    assert model.rowCount() == 0


def test_rows_read_before_the_first_paint_are_shown_without_a_source(
    model: PagedModel, qapp: QApplication
) -> None:
    source = NumberSource(PAGE_ROWS)
    model.show_first_rows(source.first_rows(PAGE_ROWS))
    assert text(model, 255) == "Part 256"
    assert not model.complete, "a full first page may have rows behind it"
    model.show_first_rows(source.first_rows(2))
    assert model.complete


def test_positions_of_rows(model: PagedModel, settle: Settle, qtbot: QtBot) -> None:
    model.set_source(NumberSource(5000))
    settle()
    assert model.row_of(4321) == 4320
    assert model.row_of(5001) == -1


def test_the_model_keeps_its_word_to_qt(model: PagedModel, settle: Settle) -> None:
    """Qt's own tester warns, and so fails this test, where a model contradicts itself."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    source = NumberSource(600)
    model.set_source(source)
    settle()
    source.count = 700
    model.reload()
    settle()
    model.set_source(NumberSource(0))
    settle()
    assert model.rowCount() == 0
    tester.deleteLater()
