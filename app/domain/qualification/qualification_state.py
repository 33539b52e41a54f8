"""How far a qualification has come."""

from enum import StrEnum


class QualificationState(StrEnum):
    """Recorded state; "expiring" and "expired" are computed from `valid_until` and today."""

    DRAFT = "draft"
    UNDER_TEST = "under_test"
    IN_REVIEW = "in_review"
    QUALIFIED = "qualified"
    BLOCKED = "blocked"
