"""A product with its dates, its computed stage and the parts it uses."""

from dataclasses import dataclass

from app.domain.lifecycle.product import LifeCycleStage, Milestone, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOverview:
    """One product, as it stands on one day.

    Attributes:
        milestones: in the order of their dates.
        parts: how many parts it uses.
    """

    product: Product
    stage: LifeCycleStage
    milestones: tuple[Milestone, ...]
    parts: int
