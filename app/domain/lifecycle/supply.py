"""What is in stock, who still delivers, and what was needed month by month."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPosition:
    """Stock of one part at one plant, as imported on `as_of` from `source`.

    Attributes:
        plant: plant or storage location; "" where the list names none.
        stock: pieces on hand.
        price_amount: decimal number as text, for `price_unit` pieces, in `currency`.
    """

    id: int = 0
    version: int = 1
    part_id: int
    plant: str = ""
    stock: float | None = None
    open_orders: float = 0.0
    safety_stock: float = 0.0
    price_amount: str = ""
    price_unit: int = 1
    currency: str = ""
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplySource:
    """A supplier of one part.

    Attributes:
        last_order_on: last day orders are taken; None: still takes orders, no end announced.
    """

    id: int = 0
    version: int = 1
    part_id: int
    supplier: str
    lead_time_days: int | None = None
    minimum_order: float | None = None
    last_order_on: date | None = None
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandHistory:
    """Pieces needed per calendar month.

    Attributes:
        first_month: first day of the first month.
        quantities: one number a month, without gaps.
    """

    id: int = 0
    version: int = 1
    part_id: int
    first_month: date
    quantities: tuple[float, ...]
    source: str = ""
