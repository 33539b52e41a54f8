"""Use case: block a qualification for good, for instance after a failure in the field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import check_transition
from app.services.qualification.start_qualification import find_qualification

if TYPE_CHECKING:
    from app.storage.library import Library


def block_qualification(library: Library, qualification_id: int, *, who: str, why: str) -> Changes:
    """Block in any state; packages no longer leave under it.

    Raises:
        RuleViolation: it is blocked already, or no reason is given.
        NotFound: no such qualification.
    """
    if not why.strip():
        raise RuleViolation(_("Blocking a qualification needs a reason."))
    with library.writing(
        who=who, act=tell("block qualification"), why=why, undoable=False
    ) as write:
        qualification = find_qualification(write, qualification_id)
        check_transition(qualification.state, QualificationState.BLOCKED)
        blocked = replace(qualification, state=QualificationState.BLOCKED, blocked_reason=why)
        write.update(blocked)
        return write.changes
