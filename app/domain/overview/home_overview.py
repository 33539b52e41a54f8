"""What needs attention today, counted and with the first few of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.product_lane import ProductLane


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingSeries:
    """Eternal spares that no qualification covers yet.

    Attributes:
        parts: how many; `products` is in how many products they are.
        overdue: of them, how many are past their last safe start.
        soon: how many more must start within the next six months.
    """

    parts: int = 0
    products: int = 0
    overdue: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionLine:
    """One part that needs something.

    Attributes:
        on: since when it waits, or when it ends; None for no date.
        detail: what of the part it is, such as who asks; "" for nothing.
    """

    part: PartListRow
    on: date | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How many need something, and the most urgent of them."""

    count: int = 0
    lines: tuple[AttentionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOverview:
    """Everything the first page shows of the library, as of one day.

    Attributes:
        parts, products: how many the library holds.
        reviews: qualifications that wait for the approval of the person who asks.
        expiring: qualifications that end within six months or have ended.
        lanes: the products with eternal spares that leave series next, or left it.
        unknown: parts of which it is not known whether they need an eternal spare.
    """

    parts: int
    products: int
    leaving: LeavingSeries
    reviews: Attention
    expiring: Attention
    unknown: Attention
    lanes: tuple[ProductLane, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.products)
