"""Use case: approve a qualification, with a second pair of eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.domain.changes import Changes
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)
from app.domain.qualification.transitions import check_approval
from app.domain.qualification.validity import default_validity
from app.services.qualification.start_qualification import find_qualification

if TYPE_CHECKING:
    from app.storage.library import Library


def approve_qualification(
    library: Library,
    qualification_id: int,
    *,
    who: str,
    today: date,
    valid_until: date | None = None,
    why: str = "",
) -> tuple[Qualification, Changes]:
    """Declare the tuple qualified; the record is locked from then on.

    Args:
        who: approves, and must be another person than the author.
        valid_until: last day; None takes the period of the consequence class.

    Raises:
        RuleViolation: author approves, wrong state, or evidence is missing, failed or out of date.
        NotFound: no such qualification.
    """
    with library.writing(who=who, act=_("approve qualification"), why=why, undoable=False) as write:
        qualification = find_qualification(write, qualification_id)
        evidence = write.fetch(Evidence, qualification_id=qualification.id)
        until = valid_until or default_validity(qualification.consequence_class, today)
        check_approval(qualification, evidence, who, today, until)
        write.update(
            replace(
                qualification,
                state=QualificationState.QUALIFIED,
                approver=who,
                approved_at=write.now,
                valid_until=until,
            )
        )
        return find_qualification(write, qualification_id), write.changes
