"""Use case: how many qualifications stand where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.qualification.qualification_list import QualificationCounts, QualificationFilter

if TYPE_CHECKING:
    from app.storage.library import Library


def count_qualifications(
    library: Library, wanted: QualificationFilter, *, who: str, today: date
) -> QualificationCounts:
    """Count by scope in the whole library, and by status what passes the filter.

    Args:
        who: asks; some wait for the review of this person.
        today: the day for which statuses are computed.
    """
    with library.reading() as read:
        return read.qualifications.counts(wanted, who=who, today=today)
