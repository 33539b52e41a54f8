"""How the supply of a part stands: the product that lives longest speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.lifecycle.product_dates import ProductDates
from app.domain.lifecycle.product_stage import LifeCycleStage

# One product without dates may outlive all that are known to end, but not one that is alive.
LIFE_LEFT = (
    LifeCycleStage.SERVICE_ENDED,
    LifeCycleStage.DISCONTINUED,
    LifeCycleStage.PHASE_OUT,
    LifeCycleStage.UNKNOWN,
    LifeCycleStage.ANNOUNCED,
    LifeCycleStage.SERIES,
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


def longest_stage(stages: Iterable[LifeCycleStage]) -> LifeCycleStage | None:
    """Return the stage of the product that lives longest; None for no product."""
    return max(stages, key=LIFE_LEFT.index, default=None)


def assess_supply(products: Sequence[ProductDates], today: date) -> SupplyStanding:
    """Return how the products that use a part stand, from their dates alone."""
    best = longest_stage(dates.stage(today) for dates in products)
    if best is not LifeCycleStage.PHASE_OUT:
        return SupplyStanding(best)
    ends = (item.series_end for item in products if item.stage(today) is best)
    return SupplyStanding(best, max((end for end in ends if end is not None), default=None))


def production_end(products: Sequence[ProductDates]) -> date | None:
    """Return the day the last product with the part leaves production.

    None where no product uses the part, or where the end of one of them is not known.
    """
    ends = [dates.production_end for dates in products]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
