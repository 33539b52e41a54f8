"""What moves a card on or back, and what stands against it.

The services refuse the same, at the approval at the latest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.catalog.part import RevisionState
from app.domain.inventory.part_details import PartDetails, QualificationDetails, RevisionDetails
from app.domain.inventory.part_step import PartStep, counting_qualifications, current_definition
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import check_transition, evidence_gaps
from app.domain.qualification.validity import QualificationStatus, assess_status
from app.ui.catalog.act_rules import ShownPart, refusal_of
from app.ui.catalog.objections import Objection, objection_refusal
from app.ui.words import day

Act = PartStep | Objection

# In the order of the menu.
CARD_ACTS: tuple[Act, ...] = (
    PartStep.ADD_EVIDENCE,
    PartStep.SUBMIT_QUALIFICATION,
    PartStep.APPROVE_QUALIFICATION,
    Objection.SEND_BACK,
    Objection.BLOCK,
    PartStep.START_QUALIFICATION,
)
_ON = {
    QualificationStatus.DRAFT: PartStep.ADD_EVIDENCE,  # the first proof takes it under test
    QualificationStatus.UNDER_TEST: PartStep.SUBMIT_QUALIFICATION,
    QualificationStatus.IN_REVIEW: PartStep.APPROVE_QUALIFICATION,
}
_WAY_OUT: dict[PartStep, Act] = {
    PartStep.SUBMIT_QUALIFICATION: Objection.BLOCK,
    PartStep.APPROVE_QUALIFICATION: Objection.SEND_BACK,
}


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with its part, of which no other qualification is left."""

    shown: ShownPart
    details: QualificationDetails
    status: QualificationStatus

    @property
    def id(self) -> int:
        return self.details.qualification.id


@dataclass(frozen=True, slots=True)
class Move:
    """An act that moves a card, or the reason why there is none.

    Attributes:
        act: None where the card cannot move.
        refusal: what is missing, in sentences.
        remedy: what can be done instead.
    """

    act: Act | None = None
    refusal: str = ""
    remedy: Act | None = None


def shown_card(
    details: PartDetails, qualification_id: int, *, user: str, today: date
) -> ShownCard | None:
    """Return one qualification of a part for the rules that judge a part; None if it is gone.

    The rules take the newest qualification of a state. Here they are to judge this one alone, so
    they do not get to see the others. Its status is that of the library, whatever a list that is
    about to be read anew may still show.
    """
    for revision in details.revisions:
        for definition in revision.definitions:
            for item in definition.qualifications:
                if item.qualification.id == qualification_id:
                    alone = _alone(revision, qualification_id)
                    status = assess_status(item.qualification, today)
                    return ShownCard(ShownPart(details, alone, user, today), item, status)
    return None


def card_refusal(act: Act, card: ShownCard) -> str:
    """Return why an act cannot be done with a card; "" if it can."""
    if isinstance(act, Objection):
        return objection_refusal(act, card.shown)
    outdated = "" if act is PartStep.START_QUALIFICATION else _outdated(card)
    return outdated or refusal_of(act, card.shown)


def move_on(card: ShownCard) -> Move:
    """Return what takes a card to the next column."""
    act = _ON.get(card.status)
    if act is None:
        return _renewal(card)
    refusal = card_refusal(act, card)
    if not refusal:
        return Move(act)
    remedy = _WAY_OUT.get(act)
    if _outdated(card):
        remedy = PartStep.START_QUALIFICATION
    elif _someone_else_may(act, card):
        remedy = None
    return Move(None, refusal, _if_possible(remedy, card))


def move_back(card: ShownCard) -> Move:
    """Return what takes a card to the column before."""
    if card.status is QualificationStatus.IN_REVIEW:
        return Move(Objection.SEND_BACK)
    if card.status is QualificationStatus.DRAFT:
        return Move(None, _("A draft is the first step. It can be blocked."), Objection.BLOCK)
    if card.status is QualificationStatus.BLOCKED:
        return _renewal(card)
    refusal = _("An approval cannot be taken back. The qualification can be blocked.")
    if card.status is QualificationStatus.UNDER_TEST:
        try:
            check_transition(QualificationState.UNDER_TEST, QualificationState.DRAFT)
        except RuleViolation as error:
            refusal = str(error)
    return Move(None, refusal, Objection.BLOCK)


def _renewal(card: ShownCard) -> Move:
    """What holds, held or is blocked goes nowhere; a new one may take its place."""
    found = card.details.qualification
    until = day(found.valid_until)
    if card.status is QualificationStatus.QUALIFIED:
        held = (
            _("Qualified until {day}. There is no further step.")
            if until
            else _("Qualified without an end. There is no further step.")
        )
        return Move(None, held.format(day=until))
    words = {
        QualificationStatus.EXPIRING: _("It ends on {day}. A new qualification takes its place."),
        QualificationStatus.EXPIRED: _("It ended on {day}. A new qualification takes its place."),
        QualificationStatus.BLOCKED: _("Blocked for good: {reason}"),
    }[card.status].format(day=until, reason=found.blocked_reason)
    return Move(None, words, _if_possible(PartStep.START_QUALIFICATION, card))


def _if_possible(act: Act | None, card: ShownCard) -> Act | None:
    return act if act is not None and not card_refusal(act, card) else None


def _someone_else_may(act: PartStep, card: ShownCard) -> bool:
    """Whether nothing but four eyes stands against an approval: then the evidence is complete."""
    complete = not evidence_gaps(card.details.evidence, card.shown.today)
    return act is PartStep.APPROVE_QUALIFICATION and complete


def _outdated(card: ShownCard) -> str:
    """Return why a qualification leads nowhere any more: its recipe or its revision is replaced."""
    revision = card.shown.revision
    assert revision is not None
    label = revision.revision.label
    if revision.revision.state is RevisionState.OBSOLETE:
        return _("Revision {label}, on which this was tested, is obsolete.").format(label=label)
    current = current_definition(revision)
    counting = counting_qualifications(revision, current) if current is not None else ()
    if any(item.qualification.id == card.id for item in counting):
        return ""
    tested = next(
        item.definition for item in revision.definitions if card.details in item.qualifications
    )
    return _("Print definition {major}.{minor}, on which this was tested, was replaced.").format(
        major=tested.major, minor=tested.minor
    )


def _alone(revision: RevisionDetails, qualification_id: int) -> RevisionDetails:
    return replace(
        revision,
        definitions=tuple(
            replace(
                item,
                qualifications=tuple(
                    found
                    for found in item.qualifications
                    if found.qualification.id == qualification_id
                ),
            )
            for item in revision.definitions
        ),
    )
