from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.day_numbers import day_number, day_of
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import Deadlines, LeadTimes, assess_deadlines
from app.domain.lifecycle.spare_need import NO, UNKNOWN, YES
from app.domain.lifecycle.urgency import (
    NextStep,
    assess_next_step,
    assess_rank,
    next_due,
)
from helpers.spare_cases import TODAY, PartCase, columns_of

RUN_OUT = date(2027, 12, 31)
CLEARED = PartCase(right=True, export_assessed=True, consequence=ConsequenceClass.LOW)


def deadlines_of(part: PartCase, orders_end: date | None, run_out: date | None) -> Deadlines:
    return assess_deadlines(
        np.array([day_number(orders_end)]),
        np.array([day_number(run_out)]),
        columns_of([part]).steps,
        LeadTimes(),
    )


@pytest.mark.parametrize(
    ("part", "days"),
    [
        (PartCase(), 14 + 42 + 10 + 5 + 14),
        (PartCase(has_file=True), 42 + 10 + 5 + 14),
        (PartCase(has_file=True, readiness=Readiness.UNDER_WAY), 42 + 10 + 5 + 14),
        (PartCase(has_file=True, readiness=Readiness.QUALIFIED), 10 + 5 + 14),
        (PartCase(readiness=Readiness.QUALIFIED), 10 + 5 + 14),
    ],
)
def test_start_by_counts_back_what_is_still_to_do(part: PartCase, days: int) -> None:
    deadlines = deadlines_of(part, None, RUN_OUT)

    assert day_of(deadlines.start_by[0]) == RUN_OUT - timedelta(days)
    assert day_of(deadlines.last_safe_start[0]) == RUN_OUT - timedelta(days)
    assert np.isnan(deadlines.decide_by[0])
    assert deadlines.lead_days[0].sum() == days


@pytest.mark.parametrize("readiness", [Readiness.UNDER_WAY, Readiness.QUALIFIED])
def test_what_is_decided_is_not_to_be_decided_again(readiness: Readiness) -> None:
    deadlines = deadlines_of(PartCase(readiness=readiness), date(2027, 1, 31), RUN_OUT)

    assert np.isnan(deadlines.decide_by[0])
    assert deadlines.last_safe_start[0] == deadlines.start_by[0]


def test_qualification_takes_its_time_by_consequence_class() -> None:
    days = {**LeadTimes().qualification_days, ConsequenceClass.HIGH: 120}
    steps = columns_of([PartCase(), PartCase(consequence=ConsequenceClass.HIGH)]).steps
    run_out = np.full(2, day_number(RUN_OUT))
    start = assess_deadlines(run_out, run_out, steps, LeadTimes(qualification_days=days)).start_by

    assert start[0] - start[1] == 120 - 42


def test_the_earlier_of_both_days_is_the_last_safe_start() -> None:
    deadlines = deadlines_of(PartCase(), date(2027, 1, 31), RUN_OUT)

    assert day_of(deadlines.decide_by[0]) == date(2027, 1, 16)
    assert day_of(deadlines.last_safe_start[0]) == date(2027, 1, 16)


def test_suppliers_without_an_end_set_no_day_to_decide() -> None:
    assert np.isnan(deadlines_of(PartCase(), date.max, None).last_safe_start[0])


def test_once_orders_are_closed_only_the_stock_counts() -> None:
    deadlines = deadlines_of(PartCase(), date(2025, 1, 31), RUN_OUT)
    due = next_due(deadlines, np.array([day_number(date(2025, 1, 31))]), today=day_number(TODAY))

    assert day_of(deadlines.last_safe_start[0]) == date(2025, 1, 16)
    assert due[0] == deadlines.start_by[0]


def rank_of(due: float, demand: float = 12.0, base: float = 0.0, breach: bool = False) -> float:
    one = np.ones(1)
    return float(
        assess_rank(
            np.array([YES]), one * due, one * demand, one * base, np.array([breach]), today=0.0
        ).rank[0]
    )


@given(due=st.floats(-3000, 3000), later=st.floats(0, 3000), demand=st.floats(0, 1e6))
def test_sooner_and_more_exposed_comes_first_and_a_breach_before_all(
    due: float, later: float, demand: float
) -> None:
    assert rank_of(due, demand) >= rank_of(due + later, demand) > 0
    assert rank_of(due, demand + 1) > rank_of(due, demand)
    assert rank_of(due, demand, base=10) > rank_of(due, demand)
    assert rank_of(3000, 0, breach=True) > rank_of(due, demand, base=1e7)


def test_unknown_terms_do_not_sink_a_part() -> None:
    assert rank_of(np.nan, np.nan, np.nan) == pytest.approx(1.0)


def test_only_a_yes_is_ranked() -> None:
    one = np.ones(2)
    rank = assess_rank(np.array([NO, UNKNOWN]), one, one, one, one > 0, today=0.0)

    assert rank.rank.tolist() == rank.urgency.tolist() == [0.0, 0.0]
    assert not rank.breach.any()


def test_next_steps_follow_the_working_order() -> None:
    drawn = replace(CLEARED, has_file=True)
    defined = replace(drawn, has_definition=True)
    steps = [
        (PartCase(), NextStep.SETTLE_RIGHT),
        (PartCase(right=True), NextStep.ASSESS_EXPORT),
        (PartCase(right=True, export_assessed=True), NextStep.SET_CONSEQUENCE_CLASS),
        (CLEARED, NextStep.GET_FILE),
        (replace(drawn, readiness=Readiness.NOT_PRINTABLE), NextStep.REDESIGN),
        (drawn, NextStep.RELEASE_DEFINITION),
        (defined, NextStep.QUALIFY),
        (replace(defined, readiness=Readiness.UNDER_WAY), NextStep.FINISH_QUALIFICATION),
        (replace(defined, readiness=Readiness.QUALIFIED), NextStep.EXPORT_PACKAGE),
        (replace(defined, readiness=Readiness.QUALIFIED, has_package=True), NextStep.ORDER),
        # The file alone does not jump the queue: rights come first.
        (PartCase(has_file=True, has_definition=True), NextStep.SETTLE_RIGHT),
    ]
    columns = columns_of([part for part, _step in steps]).steps

    assert assess_next_step(np.full(len(steps), YES), columns).tolist() == [s for _p, s in steps]


def test_a_no_asks_for_nothing_and_an_unknown_for_its_inputs() -> None:
    steps = columns_of([PartCase(), PartCase()]).steps

    assert assess_next_step(np.array([NO, UNKNOWN]), steps).tolist() == [
        NextStep.NONE,
        NextStep.ADD_INPUTS,
    ]
