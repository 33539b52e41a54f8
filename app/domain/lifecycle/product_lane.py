"""What the page of products shows of each product: its dates, and how its parts stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.lifecycle.product import LifeCycleStage, Milestone, MilestoneKind, Product


class ProductSort(StrEnum):
    END_OF_PRODUCTION = "end_of_production"  # products without an announced end come last
    NAME = "name"
    IN_USE = "in_use"
    QUALIFIED = "qualified"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStanding:
    """How the parts of one product stand, by the verdicts of the last assessment.

    Attributes:
        parts: how many parts the product uses.
        qualified: how many of them can be ordered printed.
        eternal: how many of them need an eternal spare.
        last_order: the next day on which the last supplier of one of them closes; the latest such
            day if all are over; None if no supplier named an end.
    """

    parts: int = 0
    qualified: int = 0
    eternal: int = 0
    last_order: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLane:
    """One product, as it stands on one day.

    Attributes:
        milestones: in the order of their dates.
    """

    product: Product
    stage: LifeCycleStage
    milestones: tuple[Milestone, ...] = ()
    standing: PartStanding = PartStanding()

    @property
    def id(self) -> int:
        return self.product.id

    @property
    def introduced(self) -> date | None:
        """The first introduction over all markets."""
        return min(self._days(MilestoneKind.INTRODUCTION), default=None)

    @property
    def series_end(self) -> date | None:
        """The day the series ends, as the stage sees it: last placed, else last produced."""
        return series_end(self.milestones)

    @property
    def production_end(self) -> date | None:
        """The last day produced over all markets, else the last day placed on the market."""
        produced = self._days(MilestoneKind.LAST_PRODUCED)
        return max(produced or self._days(MilestoneKind.LAST_PLACED), default=None)

    @property
    def end_of_service(self) -> date | None:
        """The last end of service over all markets."""
        return max(self._days(MilestoneKind.END_OF_SERVICE), default=None)

    def _days(self, kind: MilestoneKind) -> list[date]:
        return [milestone.on for milestone in self.milestones if milestone.kind is kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTotals:
    """Figures over all products.

    Attributes:
        undated: products of which no date is known.
        leaving: products whose series ends between today and the end of the horizon.
    """

    products: int
    undated: int
    leaving: int


def series_end(milestones: Iterable[Milestone]) -> date | None:
    """Return the last day placed on the market, else the last day produced, over all markets."""
    found: dict[MilestoneKind, date] = {}
    for milestone in milestones:
        found[milestone.kind] = max(found.get(milestone.kind, milestone.on), milestone.on)
    placed = found.get(MilestoneKind.LAST_PLACED)
    return placed if placed is not None else found.get(MilestoneKind.LAST_PRODUCED)


def replace_milestone(
    milestones: Iterable[Milestone], milestone: Milestone
) -> tuple[Milestone, ...]:
    """Return the dates with `milestone` instead of the one of its kind and market, in order."""
    kept = [m for m in milestones if (m.kind, m.market) != (milestone.kind, milestone.market)]
    return tuple(sorted([*kept, milestone], key=lambda m: (m.on, m.id)))
