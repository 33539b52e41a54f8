"""Use case: how many products there are, and how many leave series soon."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.lifecycle.product_lane import ProductTotals

if TYPE_CHECKING:
    from app.storage.library import Library


def count_products(library: Library, *, today: date, horizon_months: int) -> ProductTotals:
    """Count all products, those without a date, and those that leave series in the horizon."""
    from app.domain.lifecycle.day_numbers import add_months

    with library.reading() as read:
        return read.products.totals(today, add_months(today, horizon_months))
