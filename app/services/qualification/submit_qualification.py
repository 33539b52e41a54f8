"""Use case: hand a qualification in for review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.qualification import Evidence, QualificationState
from app.domain.qualification.transitions import check_submission
from app.services.qualification.start_qualification import find_qualification

if TYPE_CHECKING:
    from app.storage.library import Library


def submit_qualification(
    library: Library, qualification_id: int, *, who: str, today: date
) -> Changes:
    """Close the collection of evidence and ask for a decision.

    Raises:
        RuleViolation: wrong state, or evidence is missing, failed or out of date.
        NotFound: no such qualification.
    """
    with library.writing(who=who, act=tell("submit qualification")) as write:
        qualification = find_qualification(write, qualification_id)
        evidence = write.fetch(Evidence, qualification_id=qualification.id)
        check_submission(qualification, evidence, today)
        write.update(replace(qualification, state=QualificationState.IN_REVIEW))
        return write.changes
