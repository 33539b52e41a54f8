"""How a milestone is stored: what fits its owner, in which order dates stand, one a market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.lifecycle.product import Milestone, MilestoneKind

if TYPE_CHECKING:
    from app.storage.writer import Writer

PART_KINDS = frozenset({MilestoneKind.LAST_PRODUCED, MilestoneKind.LAST_ORDER})
PRODUCT_KINDS = frozenset(MilestoneKind) - {MilestoneKind.LAST_ORDER}
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def refuse_misplaced(milestone: Milestone) -> None:
    """Refuse a kind that does not fit the owner, and a date that no product has.

    Raises:
        RuleViolation: names what is expected.
    """
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


def write_milestones(write: Writer, milestones: Sequence[Milestone]) -> None:
    """Store milestones of one owner; one of the same kind and market is replaced.

    Raises:
        RuleViolation: a date contradicts another one of the same market.
    """
    if not milestones:
        return
    owner = {"product_id": milestones[0].product_id, "part_id": milestones[0].part_id}
    stored = {(m.kind, m.market): m for m in write.fetch(Milestone, **owner)}
    dates = stored | {(m.kind, m.market): m for m in milestones}
    for milestone in milestones:
        _refuse_disorder(milestone, dates.values())
        known = stored.get((milestone.kind, milestone.market))
        if known is None:
            write.insert([milestone])
        else:
            write.update(replace(milestone, id=known.id, version=known.version))


def _refuse_disorder(milestone: Milestone, dates: Iterable[Milestone]) -> None:
    """Refuse a product that ends before it was introduced in the same market."""
    for other in dates:
        if other is milestone or milestone.product_id is None or other.market != milestone.market:
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
