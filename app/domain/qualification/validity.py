"""Whether a qualification still holds today: computed from its dates, never typed."""

from datetime import date

from app.domain.catalog.part import ConsequenceClass
from app.domain.qualification.qualification import Qualification
from app.domain.qualification.qualification_status import BEST_LAST as BEST_LAST
from app.domain.qualification.qualification_status import (
    EXPIRING_WITHIN_DAYS as EXPIRING_WITHIN_DAYS,
)
from app.domain.qualification.qualification_status import QualificationStatus as QualificationStatus
from app.domain.qualification.qualification_status import status_on


def assess_status(
    qualification: Qualification, today: date, *, within_days: int = EXPIRING_WITHIN_DAYS
) -> QualificationStatus:
    """Judge a qualification on a day.

    Args:
        qualification: as recorded. It holds up to and including `valid_until`.
        today: the day of the judgement.
        within_days: how long before its end a qualification counts as expiring.
    """
    return status_on(qualification.state, qualification.valid_until, today, within_days=within_days)


def holds(qualification: Qualification, today: date) -> bool:
    """Say whether packages may leave under this qualification on that day."""
    return assess_status(qualification, today) in (
        QualificationStatus.QUALIFIED,
        QualificationStatus.EXPIRING,
    )


def was_in_force(qualification: Qualification, day: date) -> bool:
    """Say whether it was approved and not expired on that day, whatever became of it since."""
    approved = qualification.approved_at is not None and qualification.approved_at.date() <= day
    return approved and (qualification.valid_until is None or day <= qualification.valid_until)


def default_validity(consequence: ConsequenceClass, approved_on: date) -> date:
    """Return the last day of a new qualification: the graver a failure, the sooner the next look.

    Three years for a low consequence, two for a medium one, one for a high or unknown one.
    """
    years = {ConsequenceClass.LOW: 3, ConsequenceClass.MEDIUM: 2}.get(consequence, 1)
    try:
        return approved_on.replace(year=approved_on.year + years)
    except ValueError:  # 29 February, and the year it ends in has none
        return date(approved_on.year + years, 2, 28)
