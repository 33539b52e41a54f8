"""What takes a card on or back, and what stands against it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.catalog.part import RevisionState
from app.domain.inventory.part_details import DefinitionDetails, QualificationDetails
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.print_definition import DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.validity import QualificationStatus
from app.ui.board.card_moves import (
    CARD_ACTS,
    Move,
    ShownCard,
    card_refusal,
    move_back,
    move_on,
    shown_card,
)
from app.ui.catalog.objections import Objection
from helpers import part_samples as samples
from helpers.part_samples import TODAY

AUTHOR, REVIEWER = "Anna Tester", "Ben Kolb"
State = QualificationState


def definition(*qualified: QualificationDetails, **more: Any) -> DefinitionDetails:
    return replace(samples.definition_details(**more), qualifications=qualified)


def card(
    state: QualificationState = State.DRAFT,
    *definitions: DefinitionDetails,
    user: str = REVIEWER,
    revision: RevisionState = RevisionState.RELEASED,
    proof: dict[str, Any] | None = None,
    **more: Any,
) -> ShownCard:
    """Return the card of qualification 7; its only proof is changed by `proof`."""
    qualified = samples.qualification_details(state=state, **more)
    if proof is not None:
        qualified = replace(qualified, evidence=(replace(qualified.evidence[0], **proof),))
    shown = samples.revision_details(definition(qualified), *definitions, state=revision)
    found = shown_card(
        samples.part_details(revisions=(shown,)),
        7,
        user=user,
        today=TODAY,
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.DRAFT, PartStep.ADD_EVIDENCE),
        (State.UNDER_TEST, PartStep.SUBMIT_QUALIFICATION),
        (State.IN_REVIEW, PartStep.APPROVE_QUALIFICATION),
    ],
)
def test_the_next_step_moves_a_card_on(state: QualificationState, act: PartStep) -> None:
    assert move_on(card(state)) == Move(act)


def test_evidence_that_failed_keeps_a_card_under_test() -> None:
    move = move_on(card(State.UNDER_TEST, proof={"passed": False}))
    assert (move.act, move.remedy) == (None, Objection.BLOCK)
    assert "“Pull test” states that the test failed." in move.refusal


def test_an_author_is_told_who_may_approve() -> None:
    move = move_on(card(State.IN_REVIEW, user="anna tester"))
    assert (move.act, move.remedy) == (None, None)
    assert move.refusal == "Anna Tester wrote this or added evidence; anybody else may approve."


def test_a_review_with_old_evidence_can_be_sent_back() -> None:
    past = {"valid_until": TODAY - timedelta(days=1)}
    move = move_on(card(State.IN_REVIEW, proof=past))
    assert (move.act, move.remedy) == (None, Objection.SEND_BACK)
    assert "was valid until" in move.refusal


@pytest.mark.parametrize(
    ("more", "words", "remedy"),
    [
        ({"valid_until": TODAY + timedelta(days=900)}, "Qualified until", None),
        ({"valid_until": None}, "Qualified without an end.", None),
        ({"valid_until": TODAY}, "It ends on", PartStep.START_QUALIFICATION),
        ({"valid_until": TODAY - timedelta(days=1)}, "It ended on", PartStep.START_QUALIFICATION),
        (
            {"state": State.BLOCKED, "blocked_reason": "Clip broke"},
            "Blocked for good: Clip broke",
            PartStep.START_QUALIFICATION,
        ),
    ],
)
def test_what_is_decided_goes_nowhere(
    more: dict[str, Any], words: str, remedy: PartStep | None
) -> None:
    move = move_on(card(**{"state": State.QUALIFIED, **more}))
    assert (move.act, move.remedy) == (None, remedy)
    assert words in move.refusal


def test_only_a_review_goes_back() -> None:
    assert move_back(card(State.IN_REVIEW)) == Move(Objection.SEND_BACK)
    tested = move_back(card(State.UNDER_TEST))
    assert tested.refusal == "A qualification that is under test cannot become draft."
    assert tested.remedy is Objection.BLOCK
    assert "first step" in move_back(card(State.DRAFT)).refusal
    assert "cannot be taken back" in move_back(card(State.QUALIFIED)).refusal
    assert "Blocked for good" in move_back(card(State.BLOCKED)).refusal


def test_a_replaced_definition_leads_nowhere() -> None:
    newer = definition(id=6, major=2)
    old = definition(samples.qualification_details(state=State.IN_REVIEW), state=SUPERSEDED)
    shown = samples.revision_details(newer, old)
    found = shown_card(
        samples.part_details(revisions=(shown,)),
        7,
        user=REVIEWER,
        today=TODAY,
    )
    assert found is not None
    move = move_on(found)
    assert (move.act, move.remedy) == (None, PartStep.START_QUALIFICATION)
    assert move.refusal == "Print definition 1.0, on which this was tested, was replaced."
    assert card_refusal(Objection.BLOCK, found) == ""


SUPERSEDED = DefinitionState.SUPERSEDED


def test_an_obsolete_revision_leads_nowhere() -> None:
    move = move_on(card(State.IN_REVIEW, revision=RevisionState.OBSOLETE))
    assert move.refusal == "Revision B, on which this was tested, is obsolete."


def test_a_card_is_judged_without_its_newer_sisters() -> None:
    newer = samples.qualification_details(id=9, state=State.UNDER_TEST)
    mine = samples.qualification_details(id=7, state=State.DRAFT)
    details = samples.part_details(revisions=(samples.revision_details(definition(newer, mine)),))
    found = shown_card(details, 7, user=REVIEWER, today=TODAY)
    assert found is not None
    assert (found.id, found.status) == (7, QualificationStatus.DRAFT)
    assert card_refusal(PartStep.SUBMIT_QUALIFICATION, found) == "No qualification is under test."
    assert [act for act in CARD_ACTS if not card_refusal(act, found)] == [
        PartStep.ADD_EVIDENCE,
        Objection.BLOCK,
        PartStep.START_QUALIFICATION,
    ]


def test_a_card_whose_qualification_is_gone_is_none() -> None:
    details = samples.part_details()
    assert shown_card(details, 999, user=REVIEWER, today=TODAY) is None
