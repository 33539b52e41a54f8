"""Use case: a list of products with their dates and the standing of their parts, in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.lifecycle.product import Milestone, Product
from app.domain.lifecycle.product_lane import PartStanding, ProductLane, ProductSort

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class ProductPages:
    """One list in one order. Safe to ask from several threads."""

    library: Library
    today: date
    sort: ProductSort
    descending: bool
    dated: bool
    text: str

    def first_rows(self, limit: int) -> Sequence[ProductLane]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            return _lanes(read, self._ids(read, limit), self.today)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all products of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = self._ids(read, None)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[ProductLane]:
        """Return these products; those that are gone are left out."""
        with self.library.reading() as read:
            return _lanes(read, ids, self.today)

    def _ids(self, read: Reader, limit: int | None) -> list[int]:
        return read.products.ids(
            self.sort, descending=self.descending, dated=self.dated, text=self.text, limit=limit
        )


def page_products(
    library: Library,
    *,
    today: date,
    sort: ProductSort = ProductSort.END_OF_PRODUCTION,
    descending: bool = False,
    dated: bool = True,
    text: str = "",
) -> ProductPages:
    """Return the pages of the products; nothing is read yet.

    Args:
        today: the stage is computed for this day.
        dated: list the products of which a date is known; else those without any.
        text: must occur in the name or in the product group; "" for all.
    """
    return ProductPages(library, today, sort, descending, dated, text)


def _lanes(read: Reader, ids: Sequence[int], today: date) -> list[ProductLane]:
    from app.domain.lifecycle.life_cycle_stage import assess_stage

    products = {product.id: product for product in read.fetch(Product, id=list(ids))}
    dated: defaultdict[int | None, list[Milestone]] = defaultdict(list)
    for milestone in read.fetch(Milestone, product_id=list(ids)):
        dated[milestone.product_id].append(milestone)
    standings = read.products.standings(ids, today)
    return [
        ProductLane(
            product=products[product_id],
            stage=assess_stage(dated[product_id], today),
            milestones=tuple(sorted(dated[product_id], key=lambda m: (m.on, m.id))),
            standing=standings.get(product_id, PartStanding()),
        )
        for product_id in ids
        if product_id in products
    ]
