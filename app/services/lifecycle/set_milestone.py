"""Use case: date an event in the life of a product, or the end of supply of a part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import Milestone, MilestoneKind

if TYPE_CHECKING:
    from app.storage.library import Library

PART_KINDS = frozenset({MilestoneKind.LAST_PRODUCED, MilestoneKind.LAST_ORDER})
PRODUCT_KINDS = frozenset(MilestoneKind) - {MilestoneKind.LAST_ORDER}
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def set_milestone(library: Library, milestone: Milestone, *, who: str, why: str = "") -> Changes:
    """Store a milestone; one of the same owner, kind and market is replaced.

    Args:
        milestone: its `id` and `version` are ignored.
        who: the person who acts.
        why: the reason, asked for where an imported date is overridden.

    Raises:
        RuleViolation: the kind does not fit the owner, or the date contradicts another one.
    """
    _refuse_misplaced(milestone)
    owner = {"product_id": milestone.product_id, "part_id": milestone.part_id}
    with library.writing(who=who, act=tell("set milestone"), why=why) as write:
        others = write.fetch(Milestone, **owner)
        same = [m for m in others if (m.kind, m.market) == (milestone.kind, milestone.market)]
        _refuse_disorder(milestone, [m for m in others if m not in same])
        if same:
            write.update(replace(milestone, id=same[0].id, version=same[0].version))
        else:
            write.insert([milestone])
        return write.changes


def _refuse_misplaced(milestone: Milestone) -> None:
    if (milestone.product_id is None) == (milestone.part_id is None):
        raise ValueError("a milestone belongs to one product or to one part")
    if milestone.part_id is not None and milestone.kind not in PART_KINDS:
        raise RuleViolation(
            _("A part has no milestone “{kind}”; expected one of: {kinds}.").format(
                kind=milestone.kind, kinds=_listed(PART_KINDS)
            )
        )
    if milestone.product_id is not None and milestone.kind not in PRODUCT_KINDS:
        raise RuleViolation(
            _("A product has no milestone “{kind}”; expected one of: {kinds}.").format(
                kind=milestone.kind, kinds=_listed(PRODUCT_KINDS)
            )
        )
    if not EARLIEST_YEAR <= milestone.on.year <= LATEST_YEAR:
        raise RuleViolation(
            _("{date} cannot be right; expected a year from {first} to {last}.").format(
                date=milestone.on, first=EARLIEST_YEAR, last=LATEST_YEAR
            )
        )


def _refuse_disorder(milestone: Milestone, others: Iterable[Milestone]) -> None:
    """Refuse a product that ends before it was introduced in the same market."""
    for other in others:
        if milestone.product_id is None or other.market != milestone.market:
            continue
        pair = {milestone.kind: milestone.on, other.kind: other.on}
        start = pair.pop(MilestoneKind.INTRODUCTION, None)
        for kind, end in pair.items():
            if start is not None and end < start:
                raise RuleViolation(
                    _("“{kind}” on {end} lies before the introduction on {start}.").format(
                        kind=kind, end=end, start=start
                    )
                )


def _listed(kinds: Iterable[MilestoneKind]) -> str:
    return ", ".join(sorted(kinds))
