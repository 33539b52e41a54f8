from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lifecycle.day_numbers import LAST_DAY, NO_END, add_months, day_number, day_of
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.spare_need import ANSWERS, assess_spare_need

TODAY = 740_000.0
HORIZON = TODAY + 730.0
DAYS = st.one_of(st.floats(TODAY - 4000, TODAY + 40_000), st.just(np.inf))
MAYBE_DAYS = st.one_of(DAYS, st.just(np.nan))
COLUMN = st.lists(
    st.tuples(MAYBE_DAYS, MAYBE_DAYS, st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=20
)


def judge(need: float, supply: float) -> Answer:
    answers = assess_spare_need(
        np.array([need]), np.array([supply]), today=TODAY, horizon_end=HORIZON
    )
    return ANSWERS[answers[0]]


@pytest.mark.parametrize(
    ("need", "supply", "answer"),
    [
        (TODAY + 2, TODAY + 1, Answer.YES),
        (TODAY + 1, TODAY + 1, Answer.NO),
        (np.inf, HORIZON, Answer.YES),
        (np.inf, HORIZON + 1, Answer.NO),
        (np.inf, np.inf, Answer.NO),
        (TODAY + 1, np.inf, Answer.NO),
        (TODAY - 1, TODAY - 2, Answer.NO),  # need is over
        (TODAY, TODAY - 1, Answer.YES),
        (TODAY - 1, np.nan, Answer.NO),
        (TODAY + 1, np.nan, Answer.UNKNOWN),
        (np.nan, TODAY + 1, Answer.UNKNOWN),
        (np.nan, np.inf, Answer.UNKNOWN),
        (np.nan, np.nan, Answer.UNKNOWN),
    ],
)
def test_need_is_compared_with_supply(need: float, supply: float, answer: Answer) -> None:
    assert judge(need, supply) is answer


def test_a_certain_part_of_an_unknown_need_is_enough_for_yes() -> None:
    answers = assess_spare_need(
        np.array([np.nan, np.nan]),
        np.array([TODAY - 1, TODAY + 9]),
        today=TODAY,
        horizon_end=HORIZON,
        need_at_least=np.array([TODAY, TODAY]),
    )

    assert [ANSWERS[answer] for answer in answers] == [Answer.YES, Answer.UNKNOWN]


def test_a_stock_that_covers_a_known_need_makes_the_supplier_immaterial() -> None:
    answers = assess_spare_need(
        np.array([TODAY + 99, TODAY + 99, np.nan]),
        np.array([np.nan, np.nan, np.nan]),
        today=TODAY,
        horizon_end=HORIZON,
        supply_at_least=np.array([TODAY + 99, TODAY + 98, TODAY + 9999]),
    )

    assert [ANSWERS[answer] for answer in answers] == [Answer.NO, Answer.UNKNOWN, Answer.UNKNOWN]


@given(need=DAYS, later=st.floats(0, 20_000), supply=MAYBE_DAYS)
def test_later_need_never_turns_yes_into_no(need: float, later: float, supply: float) -> None:
    if judge(need, supply) is Answer.YES:
        assert judge(need + later, supply) is Answer.YES


@given(need=MAYBE_DAYS, supply=DAYS, later=st.floats(0, 20_000))
def test_later_supply_never_turns_no_into_yes(need: float, supply: float, later: float) -> None:
    if judge(need, supply) is Answer.NO:
        assert judge(need, supply + later) is Answer.NO


@given(supply=MAYBE_DAYS)
def test_an_unknown_need_is_never_fine(supply: float) -> None:
    assert judge(np.nan, supply) is Answer.UNKNOWN


@given(rows=COLUMN)
def test_a_column_is_judged_as_its_rows(rows: list[tuple[float, float, float, float]]) -> None:
    need, supply, need_least, supply_least = (
        np.array(column) for column in zip(*rows, strict=True)
    )

    def assess(chosen: slice) -> list[int]:
        return assess_spare_need(
            need[chosen],
            supply[chosen],
            today=TODAY,
            horizon_end=HORIZON,
            need_at_least=TODAY + need_least[chosen],
            supply_at_least=TODAY + supply_least[chosen],
        ).tolist()

    assert assess(slice(None)) == [assess(slice(row, row + 1))[0] for row in range(len(rows))]


@given(day=st.dates(max_value=LAST_DAY))
def test_days_come_back_from_their_numbers(day: date) -> None:
    assert day_of(day_number(day)) == day


def test_unknown_no_end_and_beyond_the_calendar_stay_apart() -> None:
    assert day_of(day_number(None)) is None
    assert day_of(day_number(NO_END)) == NO_END
    assert day_of(5e6) == NO_END - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 24, date(2028, 11, 23)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(9998, 12, 1), 48, LAST_DAY),
    ],
)
def test_horizon_counts_calendar_months(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
