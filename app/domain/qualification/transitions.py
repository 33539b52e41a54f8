"""The permitted order of a qualification's states, and what each step needs."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.qualification.four_eyes import check_four_eyes, same_person
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)

PERMITTED: dict[QualificationState, frozenset[QualificationState]] = {
    QualificationState.DRAFT: frozenset(
        {QualificationState.UNDER_TEST, QualificationState.BLOCKED}
    ),
    QualificationState.UNDER_TEST: frozenset(
        {QualificationState.IN_REVIEW, QualificationState.BLOCKED}
    ),
    QualificationState.IN_REVIEW: frozenset(
        {
            QualificationState.QUALIFIED,
            QualificationState.UNDER_TEST,
            QualificationState.BLOCKED,
        }
    ),
    QualificationState.QUALIFIED: frozenset({QualificationState.BLOCKED}),
    QualificationState.BLOCKED: frozenset(),
}


def state_word(state: QualificationState) -> str:
    """Return the state as people read it."""
    return {
        QualificationState.DRAFT: _("draft"),
        QualificationState.UNDER_TEST: _("under test"),
        QualificationState.IN_REVIEW: _("in review"),
        QualificationState.QUALIFIED: _("qualified"),
        QualificationState.BLOCKED: _("blocked"),
    }[state]


def check_transition(old: QualificationState, new: QualificationState) -> None:
    """Refuse a step that leaves the permitted order.

    Raises:
        RuleViolation: the step is not permitted.
    """
    if new not in PERMITTED[old]:
        raise RuleViolation(
            _("A qualification that is {old} cannot become {new}.").format(
                old=state_word(old), new=state_word(new)
            )
        )


def check_evidence_may_be_added(qualification: Qualification) -> None:
    """Refuse evidence once the reviewer has it, so that nothing slips in behind a review.

    Raises:
        RuleViolation: the qualification is in review, qualified or blocked.
    """
    if qualification.state not in (
        QualificationState.DRAFT,
        QualificationState.UNDER_TEST,
    ):
        raise RuleViolation(
            _("The qualification is {state}: evidence can no longer be added.").format(
                state=state_word(qualification.state)
            ),
            hint=_("Start a new qualification for further tests."),
        )


def evidence_gaps(evidence: Sequence[Evidence], today: date) -> tuple[str, ...]:
    """Return what is missing or wrong in the evidence of a qualification, in sentences."""
    if not evidence:
        return (_("There is no evidence: add at least one test report or inspection record."),)
    gaps = []
    for item in evidence:
        if not item.passed:
            gaps.append(_("“{title}” states that the test failed.").format(title=item.title))
        if item.valid_until is not None and item.valid_until < today:
            gaps.append(
                _("“{title}” was valid until {day} only.").format(
                    title=item.title, day=item.valid_until.isoformat()
                )
            )
    return tuple(gaps)


def check_submission(
    qualification: Qualification, evidence: Sequence[Evidence], today: date
) -> None:
    """Refuse to hand in for review without good evidence.

    Raises:
        RuleViolation: wrong state, or evidence is missing, failed or out of date.
    """
    check_transition(qualification.state, QualificationState.IN_REVIEW)
    _refuse_gaps(evidence_gaps(evidence, today))


def check_approval(
    qualification: Qualification,
    evidence: Sequence[Evidence],
    approver: str,
    today: date,
    valid_until: date | None,
) -> None:
    """Refuse an approval that four eyes, evidence or dates do not carry.

    Raises:
        RuleViolation: author approves, or whoever added evidence; wrong state, evidence missing or
            validity already over.
    """
    check_transition(qualification.state, QualificationState.QUALIFIED)
    check_four_eyes(qualification.author, approver)
    own = next((item for item in evidence if same_person(item.added_by, approver)), None)
    if own is not None:
        raise RuleViolation(
            _("{approver} added “{title}” and cannot approve it as well.").format(
                approver=approver, title=own.title
            ),
            hint=_("Ask a second person to approve."),
        )
    _refuse_gaps(evidence_gaps(evidence, today))
    if valid_until is not None and valid_until <= today:
        raise RuleViolation(
            _("The validity would end on {day}, which is not after today.").format(
                day=valid_until.isoformat()
            )
        )


def _refuse_gaps(gaps: tuple[str, ...]) -> None:
    if gaps:
        raise RuleViolation(" ".join(gaps))
