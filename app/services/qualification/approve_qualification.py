"""Use case: approve a qualification, with a second pair of eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import PartRevision, RevisionState
from app.domain.changes import Changes
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
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
    from app.storage.reader import Reader


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
        RuleViolation: author approves, or whoever added evidence; wrong state; evidence is missing,
            failed or out of date; the definition or its revision was replaced meanwhile.
        NotFound: no such qualification.
    """
    with library.writing(
        who=who, act=tell("approve qualification"), why=why, undoable=False
    ) as write:
        qualification = find_qualification(write, qualification_id)
        evidence = write.fetch(Evidence, qualification_id=qualification.id)
        until = valid_until or default_validity(qualification.consequence_class, today)
        check_approval(qualification, evidence, who, today, until)
        _check_still_current(write, qualification)
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


def _check_still_current(read: Reader, qualification: Qualification) -> None:
    """Refuse to approve what was tested on another recipe than the one that now counts."""
    tested = read.one(PrintDefinition, id=qualification.definition_id)
    revision = read.one(PartRevision, id=tested.revision_id)
    if revision.state is RevisionState.OBSOLETE:
        raise RuleViolation(
            _("Revision {label}, on which this was tested, is obsolete.").format(
                label=revision.label
            ),
            hint=_("Start a qualification for the current one."),
        )
    released = read.find(
        PrintDefinition, revision_id=tested.revision_id, state=DefinitionState.RELEASED
    )
    if released is None or released.major != tested.major:
        raise RuleViolation(
            _("Print definition {major}.{minor}, on which this was tested, was replaced.").format(
                major=tested.major, minor=tested.minor
            ),
            hint=_("Start a qualification for the current one."),
        )
