"""What the worklist is made of: its list, its horizon, and its words when it is empty."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.lifecycle.flag import Answer, Flag
from app.storage.library import Library
from app.ui.worklist.horizon_control import HorizonControl
from app.ui.worklist.nothing_listed import Remedy, describe_nothing
from app.ui.worklist.worklist_source import WorklistItem, WorklistSource, start_words
from helpers.builders import parts

TODAY = date(2026, 11, 23)


def _many(library: Library, count: int) -> None:
    """Store parts whose rank falls with their number; every tenth is unknown."""
    with library.writing(who="Anna Tester", act="import") as write:
        ids = write.insert(parts(count))
        flags = [
            Flag(
                part_id=part_id,
                answer=Answer.UNKNOWN if number % 10 == 9 else Answer.YES,
                rank=float(count - number),
                last_safe_start=TODAY + timedelta(days=number),
                assessed_for=TODAY,
                horizon_months=24,
            )
            for number, part_id in enumerate(ids)
        ]
        write.replace_derived(Flag, flags, key="part_id")


def test_a_long_list_is_the_same_in_one_piece_and_in_pages(library: Library) -> None:
    _many(library, 700)
    source = WorklistSource(library, (Answer.YES,))
    whole = source.first_rows(10_000)
    assert len(whole) == 630
    assert [item.place for item in whole] == list(range(1, 631))
    ids = [part_id for chunk in source.id_chunks(256) for part_id in chunk]
    assert ids == [item.id for item in whole]
    page = {item.id: item for item in source.rows(ids[256:512])}
    assert [page[part_id].place for part_id in ids[256:512]] == list(range(257, 513))
    assert all(isinstance(item, WorklistItem) for item in page.values())
    assert [item.row.number for item in source.first_rows(3)] == ["A00001", "A00002", "A00003"]


def test_rows_that_are_gone_are_left_out(library: Library) -> None:
    _many(library, 10)
    source = WorklistSource(library, (Answer.UNKNOWN,))
    [only] = source.first_rows(5)
    assert only.row.number == "A00010"
    assert source.rows([only.id, 999_999])[0].id == only.id
    assert len(source.rows([999_999])) == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, ""), (-1, "Past 2026-11-22"), (0, "2026-11-23"), (40, "2027-01-02")],
)
def test_an_overdue_start_says_so(days: int | None, expected: str) -> None:
    start = None if days is None else TODAY + timedelta(days=days)
    assert start_words(start, TODAY) == expected


def _counts(yes: int = 0, no: int = 0, unknown: int = 0) -> dict[Answer, int]:
    return {Answer.YES: yes, Answer.NO: no, Answer.UNKNOWN: unknown}


@pytest.mark.parametrize(
    ("counts", "unassessed", "answer", "words", "remedy"),
    [
        (_counts(), 0, Answer.YES, "Import files", Remedy.NONE),
        (_counts(), 3, Answer.YES, "3 parts wait for their verdict.", Remedy.JUDGE),
        (_counts(no=4), 0, Answer.YES, "within 24 months", Remedy.NONE),
        (_counts(no=4), 3, Answer.YES, "3 parts wait for their verdict.", Remedy.JUDGE),
        (_counts(no=4), 3, Answer.UNKNOWN, "3 parts wait for their verdict.", Remedy.JUDGE),
        (_counts(no=4, unknown=2), 0, Answer.YES, "within 24 months", Remedy.SHOW_UNKNOWN),
        (_counts(no=4), 0, Answer.UNKNOWN, "Every part has a verdict.", Remedy.NONE),
    ],
)
def test_an_empty_list_says_why_and_offers_one_thing(
    counts: dict[Answer, int], unassessed: int, answer: Answer, words: str, remedy: Remedy
) -> None:
    nothing = describe_nothing(counts, unassessed, answer, 24)
    assert words in nothing.sentence
    assert nothing.remedy is remedy
    assert bool(nothing.action) is (remedy is not Remedy.NONE)


@pytest.fixture
def horizon(qtbot: QtBot) -> HorizonControl:
    made = HorizonControl(24)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_horizon_moves_in_half_years_between_its_limits(
    horizon: HorizonControl, qtbot: QtBot
) -> None:
    qtbot.mouseClick(horizon.more, Qt.MouseButton.LeftButton)
    assert horizon.months.value() == 30
    horizon.step(-10)
    assert horizon.months.value() == 6
    horizon.step(100)
    assert horizon.months.value() == 60


def test_it_tells_once_after_many_steps_and_not_where_nothing_changed(
    horizon: HorizonControl, qtbot: QtBot
) -> None:
    told: list[int] = []
    horizon.horizon_chosen.connect(told.append)
    with qtbot.waitSignal(horizon.horizon_chosen):
        for _step in range(3):
            horizon.step(1)
    assert told == [42]
    horizon.step(1)
    horizon.step(-1)
    qtbot.wait(600)
    assert told == [42]
    horizon.show_months(12)
    qtbot.wait(600)
    assert told == [42]


def test_a_typed_horizon_counts_too(horizon: HorizonControl, qtbot: QtBot) -> None:
    with qtbot.waitSignal(horizon.horizon_chosen) as told:
        horizon.months.selectAll()
        qtbot.keyClicks(horizon.months, "36")
        qtbot.keyClick(horizon.months, Qt.Key.Key_Return)
    assert told.args == [36]


def test_its_controls_are_named(horizon: HorizonControl) -> None:
    for widget in (horizon.months, horizon.less, horizon.more):
        assert widget.accessibleName()
