"""The columns of the products table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.base.i18n import _
from app.domain.lifecycle.product_lane import ProductLane, ProductSort
from app.ui.models.columns import CellKind, Column
from app.ui.products.lane_words import end_text, in_use_text, qualified_text
from app.ui.words import stage_mark

NAME, QUALIFIED = "product", "qualified"


def product_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns; `today` decides what has ended."""
    return (
        Column(
            NAME,
            lambda: _("Product"),
            136,
            lambda lane: lane.product.name,
            CellKind.IDENTIFIER,
            sort=ProductSort.NAME,
            stretch=True,
            inset=8,
        ),
        Column(
            "end",
            lambda: _("End of production"),
            140,
            lambda lane: end_text(lane, today()),
            CellKind.STATUS,
            lambda lane: stage_mark(lane.stage),
            sort=ProductSort.END_OF_PRODUCTION,
        ),
        Column(
            "in_use",
            lambda: _("In use"),
            78,
            in_use_text,
            CellKind.NUMBER,
            sort=ProductSort.IN_USE,
        ),
        Column(
            QUALIFIED,
            lambda: _("Qualified"),
            116,
            qualified_text,
            CellKind.BAR,
            _qualified_share,
            sort=ProductSort.QUALIFIED,
        ),
    )


def _qualified_share(lane: ProductLane) -> float | None:
    standing = lane.standing
    return standing.qualified / standing.parts if standing.parts else None
