"""Use case: all products with their dates and stages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from app.domain.lifecycle.product import Milestone, Product
from app.domain.lifecycle.product_overview import ProductOverview

if TYPE_CHECKING:
    from app.storage.library import Library


def list_products(library: Library, *, today: date) -> list[ProductOverview]:
    """Return all products by name; the stage is computed for `today`."""
    from app.domain.lifecycle.life_cycle_stage import assess_stage

    with library.reading() as read:
        products = read.fetch(Product)
        milestones = read.fetch(Milestone, part_id=None)
        parts = read.lifecycle.part_counts()
    dated: defaultdict[int | None, list[Milestone]] = defaultdict(list)
    for milestone in sorted(milestones, key=lambda m: (m.on, m.id)):
        dated[milestone.product_id].append(milestone)
    return [
        ProductOverview(
            product=product,
            stage=assess_stage(dated[product.id], today),
            milestones=tuple(dated[product.id]),
            parts=parts.get(product.id, 0),
        )
        for product in sorted(products, key=lambda p: p.name_key)
    ]
