"""Use case: the parts of products, the most urgent one first, as they are or as they would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.inventory.product_part import ProductPart
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.milestone_preview import MilestonePreview, VerdictPair

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class ProductPartPages:
    """The parts that one of the products uses. Safe to ask from several threads.

    Attributes:
        pairs: the verdicts of a preview by part id, in its order; None for those stored.
    """

    library: Library
    product_ids: tuple[int, ...]
    pairs: dict[int, VerdictPair] | None

    def first_rows(self, limit: int) -> Sequence[ProductPart]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            return self._rows(read, self._ids(read)[:limit])

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all parts of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = self._ids(read)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[ProductPart]:
        """Return these parts; those that are gone are left out."""
        with self.library.reading() as read:
            return self._rows(read, ids)

    def _ids(self, read: Reader) -> list[int]:
        return (
            list(self.pairs) if self.pairs is not None else read.products.part_ids(self.product_ids)
        )

    def _rows(self, read: Reader, ids: Sequence[int]) -> list[ProductPart]:
        listed = read.parts.rows(ids)
        if self.pairs is not None:
            pairs = self.pairs
            return [
                ProductPart(row=row, flag=pairs[row.id].after, before=pairs[row.id].before)
                for row in listed
                if row.id in pairs
            ]
        flags = {flag.part_id: flag for flag in read.fetch(Flag, part_id=list(ids))}
        return [ProductPart(row=row, flag=flags.get(row.id)) for row in listed]


def page_product_parts(
    library: Library, product_ids: Sequence[int], *, preview: MilestonePreview | None = None
) -> ProductPartPages:
    """Return the pages of the parts of these products; nothing is read yet.

    Args:
        preview: of one of the products; its verdicts take the place of those stored.
    """
    pairs = None if preview is None else {pair.part_id: pair for pair in preview.pairs}
    return ProductPartPages(library, tuple(product_ids), pairs)
