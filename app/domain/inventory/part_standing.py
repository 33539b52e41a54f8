"""How a part stands today, over all products that use it and all proofs of a revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.inventory.part_details import PartDetails, ProductUse, RevisionDetails
from app.domain.inventory.part_step import counting_qualifications, current_definition
from app.domain.lifecycle.life_cycle_stage import assess_stage
from app.domain.lifecycle.product import LifeCycleStage, MilestoneKind
from app.domain.qualification.validity import QualificationStatus, assess_status

# The product that lives longest speaks for the part.
_LIFE_LEFT = (
    LifeCycleStage.SERVICE_ENDED,
    LifeCycleStage.DISCONTINUED,
    LifeCycleStage.PHASE_OUT,
    LifeCycleStage.ANNOUNCED,
    LifeCycleStage.SERIES,
)
_BEST_LAST = (
    QualificationStatus.BLOCKED,
    QualificationStatus.EXPIRED,
    QualificationStatus.DRAFT,
    QualificationStatus.UNDER_TEST,
    QualificationStatus.IN_REVIEW,
    QualificationStatus.EXPIRING,
    QualificationStatus.QUALIFIED,
)


@dataclass(frozen=True, slots=True)
class SupplyStanding:
    """The life-cycle stage of the longest-living product, and its end where one is announced.

    Attributes:
        stage: None where no product uses the part; unknown where one of them has no dates, unless
            another is in series.
        until: end of the phase-out.
    """

    stage: LifeCycleStage | None
    until: date | None = None


def assess_standing(details: PartDetails, today: date) -> SupplyStanding:
    """Return how the products that use the part stand."""
    stages = [(use, assess_stage(use.milestones, today)) for use in details.products]
    if not stages:
        return SupplyStanding(None)
    best = _longest(stage for _use, stage in stages)
    if best is LifeCycleStage.PHASE_OUT:
        ends = [_series_end(use) for use, stage in stages if stage is best]
        return SupplyStanding(best, max((end for end in ends if end is not None), default=None))
    return SupplyStanding(best)


def qualification_standing(revision: RevisionDetails, today: date) -> QualificationStatus | None:
    """Return the best state among the proofs of the current print definition; None without any."""
    definition = current_definition(revision)
    if definition is None:
        return None
    found = [
        assess_status(item.qualification, today)
        for item in counting_qualifications(revision, definition)
    ]
    return max(found, key=_BEST_LAST.index, default=None)


def _longest(stages: Iterable[LifeCycleStage]) -> LifeCycleStage:
    known = list(stages)
    alive = (LifeCycleStage.SERIES, LifeCycleStage.ANNOUNCED)
    if LifeCycleStage.UNKNOWN in known and not any(stage in alive for stage in known):
        return LifeCycleStage.UNKNOWN
    return max((s for s in known if s is not LifeCycleStage.UNKNOWN), key=_LIFE_LEFT.index)


def _series_end(use: ProductUse) -> date | None:
    for kind in (MilestoneKind.LAST_PLACED, MilestoneKind.LAST_PRODUCED):
        days = [item.on for item in use.milestones if item.kind is kind]
        if days:
            return max(days)
    return None
