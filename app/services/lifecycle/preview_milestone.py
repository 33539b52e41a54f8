"""Use case: what a milestone would change in the worklist; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.lifecycle.milestone_preview import MilestonePreview, VerdictPair
from app.domain.lifecycle.product import Milestone

if TYPE_CHECKING:
    from app.domain.lifecycle.flag import Flag
    from app.storage.library import Library
    from app.storage.reader import Reader


def preview_milestone(
    library: Library, milestone: Milestone, *, today: date, horizon_months: int
) -> MilestonePreview:
    """Judge the parts of the milestone's product as they are, and as they would be with it.

    Same rule as the stored verdicts; the library is only read, and only the records of these parts.

    Args:
        milestone: of a product; stands in for the stored one of the same kind and market.
    """
    if milestone.product_id is None:
        raise ValueError("the preview is for milestones of products")
    with library.reading() as read:
        before = _judge(read, milestone.product_id, None, today, horizon_months)
        after = _judge(read, milestone.product_id, milestone, today, horizon_months)
    pairs = [VerdictPair(before=old, after=new) for old, new in zip(before, after, strict=True)]
    pairs.sort(
        key=lambda pair: (-pair.after.rank, pair.after.last_safe_start or date.max, pair.part_id)
    )
    return MilestonePreview(pairs=tuple(pairs))


def _judge(
    read: Reader, product_id: int, instead: Milestone | None, today: date, horizon_months: int
) -> list[Flag]:
    from app.domain.lifecycle.eternal_spare import assess_spares
    from app.domain.lifecycle.spare_flags import make_flags

    columns = read.lifecycle.product_spare_columns(today, product_id, instead=instead)
    verdicts = assess_spares(columns, today=today, horizon_months=horizon_months)
    return make_flags(columns, verdicts, range(columns.part_ids.size))
