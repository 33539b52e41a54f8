"""Use case: date an event in the life of a product, or the end of supply of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import Milestone
from app.services.lifecycle.milestone_writing import PART_KINDS as PART_KINDS
from app.services.lifecycle.milestone_writing import PRODUCT_KINDS as PRODUCT_KINDS
from app.services.lifecycle.milestone_writing import refuse_misplaced, write_milestones

if TYPE_CHECKING:
    from app.storage.library import Library


def set_milestone(library: Library, milestone: Milestone, *, who: str, why: str = "") -> Changes:
    """Store a milestone; one of the same owner, kind and market is replaced.

    Args:
        milestone: its `id` and `version` are ignored.
        who: the person who acts.
        why: the reason, asked for where an imported date is overridden.

    Raises:
        RuleViolation: the kind does not fit the owner, or the date contradicts another one.
    """
    refuse_misplaced(milestone)
    with library.writing(who=who, act=tell("set milestone"), why=why) as write:
        write_milestones(write, [milestone])
        return write.changes
