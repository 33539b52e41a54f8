"""Products, their dated milestones and which parts they use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.lifecycle.product_stage import LifeCycleStage as LifeCycleStage


class MilestoneKind(StrEnum):
    """Dates that make a life cycle; the stage is computed from them, never typed."""

    INTRODUCTION = "introduction"
    LAST_PRODUCED = "last_produced"
    LAST_PLACED = "last_placed"  # last unit placed on the market; not the same as last produced
    END_OF_SERVICE = "end_of_service"
    LAST_ORDER = "last_order"  # last date a conventional supplier takes orders


class Confidence(StrEnum):
    CONFIRMED = "confirmed"
    PLANNED = "planned"
    ESTIMATED = "estimated"


def name_key(name: str) -> str:
    """Return the form of a product name used for matching: case and spacing do not matter."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A model or series that is sold.

    Attributes:
        installed_base: units in use today; None: not known.
        annual_failure_rate: share of units that fail in a year, 0 to 1; None: not known.
    """

    id: int = 0
    version: int = 1
    name: str
    name_key: str
    product_group: str = ""
    installed_base: int | None = None
    annual_failure_rate: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated event of a product, or a supply milestone of one part; exactly one of the ids is set.

    Attributes:
        market: region code where the date holds; "" means everywhere.
    """

    id: int = 0
    version: int = 1
    product_id: int | None = None
    part_id: int | None = None
    kind: MilestoneKind
    on: date
    market: str = ""
    confidence: Confidence = Confidence.CONFIRMED
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereUsed:
    """A part in a product.

    Attributes:
        quantity: pieces in one product.
        failure_share: the part's share of the product's failures, 0 to 1; None: not known.
    """

    id: int = 0
    version: int = 1
    part_id: int
    product_id: int
    quantity: float = 1.0
    legal_part_kind: str = ""
    failure_share: float | None = None
    source: str = ""
