"""Use case: take back a date of a product or part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import Milestone

if TYPE_CHECKING:
    from app.storage.library import Library


def remove_milestone(library: Library, milestone_id: int, *, who: str, why: str = "") -> Changes:
    """Remove a milestone.

    Raises:
        NotFound: there is none with this id.
    """
    with library.writing(who=who, act=tell("remove milestone"), why=why) as write:
        write.one(Milestone, id=milestone_id)
        write.delete(Milestone, [milestone_id])
        return write.changes
