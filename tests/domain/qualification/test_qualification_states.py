"""The order of states, what each step needs, and how the calendar ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.domain.catalog.part import ConsequenceClass
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import (
    PERMITTED,
    check_approval,
    check_evidence_may_be_added,
    check_submission,
    check_transition,
    evidence_gaps,
)
from app.domain.qualification.validity import (
    QualificationStatus,
    assess_status,
    default_validity,
    holds,
)
from helpers.signed_samples import TODAY, evidence, qualification

STATES = tuple(QualificationState)


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_exactly_the_permitted_steps_are_permitted(
    old: QualificationState, new: QualificationState
) -> None:
    if new in PERMITTED[old]:
        check_transition(old, new)
        return
    with pytest.raises(RuleViolation, match="cannot become"):
        check_transition(old, new)


def test_only_a_review_leads_to_qualified() -> None:
    ways = [old for old in STATES if QualificationState.QUALIFIED in PERMITTED[old]]
    assert ways == [QualificationState.IN_REVIEW]
    assert not PERMITTED[QualificationState.BLOCKED]


def test_evidence_cannot_slip_in_behind_the_review() -> None:
    for state in (QualificationState.DRAFT, QualificationState.UNDER_TEST):
        check_evidence_may_be_added(qualification(state=state))
    for state in (
        QualificationState.IN_REVIEW,
        QualificationState.QUALIFIED,
        QualificationState.BLOCKED,
    ):
        with pytest.raises(RuleViolation, match="no longer"):
            check_evidence_may_be_added(qualification(state=state))


def test_nothing_is_submitted_without_good_evidence() -> None:
    tested = qualification(state=QualificationState.UNDER_TEST)
    check_submission(tested, [evidence()], TODAY)
    for bad in (
        [],
        [evidence(), evidence(passed=False)],
        [evidence(valid_until=TODAY - timedelta(days=1))],
    ):
        with pytest.raises(RuleViolation):
            check_submission(tested, bad, TODAY)


def test_every_gap_is_named_at_once() -> None:
    gaps = evidence_gaps(
        [evidence(title="A", passed=False, valid_until=date(2020, 1, 1)), evidence()], TODAY
    )
    assert len(gaps) == 2
    assert all("“A”" in gap for gap in gaps)


def test_an_approval_needs_four_eyes_evidence_and_a_future() -> None:
    reviewed = qualification(state=QualificationState.IN_REVIEW)
    later = TODAY + timedelta(days=1)
    check_approval(reviewed, [evidence()], "Ben", TODAY, later)
    for approver, proofs, until in (
        ("anna ", [evidence()], later),
        ("Ben", [], later),
        ("Ben", [evidence()], TODAY),
    ):
        with pytest.raises(RuleViolation):
            check_approval(reviewed, proofs, approver, TODAY, until)
    with pytest.raises(RuleViolation, match="cannot become"):
        check_approval(qualification(), [evidence()], "Ben", TODAY, later)


@pytest.mark.parametrize(
    ("days_left", "status"),
    [
        (100, QualificationStatus.QUALIFIED),
        (60, QualificationStatus.QUALIFIED),
        (59, QualificationStatus.EXPIRING),
        (0, QualificationStatus.EXPIRING),
        (-1, QualificationStatus.EXPIRED),
    ],
)
def test_the_calendar_ends_a_qualification(days_left: int, status: QualificationStatus) -> None:
    judged = qualification(valid_until=TODAY + timedelta(days=days_left))
    assert assess_status(judged, TODAY) is status
    assert holds(judged, TODAY) is (days_left >= 0)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_a_qualification_that_has_ended_never_holds_again(end: date, later: int) -> None:
    judged = qualification(valid_until=end)
    day = end + timedelta(days=1 + later)
    assert not holds(judged, day)


@pytest.mark.parametrize(
    "state", [state for state in STATES if state is not QualificationState.QUALIFIED]
)
def test_only_qualified_holds(state: QualificationState) -> None:
    assert not holds(qualification(state=state), TODAY)
    assert assess_status(qualification(state=state), TODAY).value == state.value


def test_the_graver_a_failure_the_sooner_the_next_look() -> None:
    ends = [
        default_validity(consequence, TODAY)
        for consequence in (ConsequenceClass.HIGH, ConsequenceClass.MEDIUM, ConsequenceClass.LOW)
    ]
    assert ends == [date(2027, 11, 23), date(2028, 11, 23), date(2029, 11, 23)]
    assert default_validity(ConsequenceClass.HIGH, date(2028, 2, 29)) == date(2029, 2, 28)
