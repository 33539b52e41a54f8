"""The dates of one product and the stage they make, without arrays: a list shows it at start-up.

The rule is that of `life_cycle_stage.assess_stages`, which judges columns; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.lifecycle.product_stage import LifeCycleStage


@dataclass(frozen=True, slots=True)
class ProductDates:
    """Milestones of a product over all markets; None: not known."""

    introduced: date | None = None
    last_produced: date | None = None
    last_placed: date | None = None
    end_of_service: date | None = None

    @property
    def series_end(self) -> date | None:
        """The day the series ends: last placed on the market, else last produced."""
        return self.last_placed or self.last_produced

    @property
    def production_end(self) -> date | None:
        """The day production ends: last produced, else last placed on the market."""
        return self.last_produced or self.last_placed

    def stage(self, today: date) -> LifeCycleStage:
        """Return where the product stands; a date that is today has not passed yet."""
        if self.end_of_service is not None and self.end_of_service < today:
            return LifeCycleStage.SERVICE_ENDED
        if self.series_end is not None:
            over = self.series_end < today
            return LifeCycleStage.DISCONTINUED if over else LifeCycleStage.PHASE_OUT
        if self.introduced is not None:
            ahead = self.introduced > today
            return LifeCycleStage.ANNOUNCED if ahead else LifeCycleStage.SERIES
        return LifeCycleStage.UNKNOWN
