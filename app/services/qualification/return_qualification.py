"""Use case: send a qualification back from review, for more or better evidence."""

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


def return_qualification(library: Library, qualification_id: int, *, who: str, why: str) -> Changes:
    """Open a reviewed qualification for evidence again.

    Raises:
        RuleViolation: it is not in review, or no reason is given.
        NotFound: no such qualification.
    """
    if not why.strip():
        raise RuleViolation(_("Say what is missing, so that the author can act."))
    with library.writing(who=who, act=tell("return qualification"), why=why) as write:
        qualification = find_qualification(write, qualification_id)
        if qualification.state is not QualificationState.IN_REVIEW:
            raise RuleViolation(_("Only a qualification in review can be sent back."))
        check_transition(qualification.state, QualificationState.UNDER_TEST)
        write.update(replace(qualification, state=QualificationState.UNDER_TEST))
        return write.changes
