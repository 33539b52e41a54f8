"""How a qualification stands on a day. Loads little: a list shows it at start-up."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from app.domain.qualification.qualification_state import QualificationState

EXPIRING_WITHIN_DAYS = 60


class QualificationStatus(StrEnum):
    """What people see: the recorded state, refined by the calendar."""

    DRAFT = "draft"
    UNDER_TEST = "under_test"
    IN_REVIEW = "in_review"
    QUALIFIED = "qualified"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    BLOCKED = "blocked"


# What says most for a part comes last.
BEST_LAST = (
    QualificationStatus.BLOCKED,
    QualificationStatus.EXPIRED,
    QualificationStatus.DRAFT,
    QualificationStatus.UNDER_TEST,
    QualificationStatus.IN_REVIEW,
    QualificationStatus.EXPIRING,
    QualificationStatus.QUALIFIED,
)


def best_status(found: Iterable[QualificationStatus]) -> QualificationStatus | None:
    """Return the status that says most for a part; None for none."""
    return max(found, key=BEST_LAST.index, default=None)


def status_on(
    state: QualificationState,
    valid_until: date | None,
    today: date,
    *,
    within_days: int = EXPIRING_WITHIN_DAYS,
) -> QualificationStatus:
    """Judge a recorded state and its last day, as `validity.assess_status` does."""
    if state is not QualificationState.QUALIFIED or valid_until is None:
        return QualificationStatus(state.value)
    if today > valid_until:
        return QualificationStatus.EXPIRED
    if today + timedelta(days=within_days) > valid_until:
        return QualificationStatus.EXPIRING
    return QualificationStatus.QUALIFIED
