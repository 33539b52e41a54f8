"""Use case: the delivered lots, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.certificates.certificate_list import LotRow

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class LotPages:
    """One list, lots without a certificate first. Safe to ask from several threads."""

    library: Library
    text: str

    def first_rows(self, limit: int) -> Sequence[LotRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            return read.certificates.lot_rows(read.certificates.lot_ids(self.text, limit=limit))

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all lots of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = read.certificates.lot_ids(self.text)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[LotRow]:
        """Return these lots; those that are gone are left out."""
        with self.library.reading() as read:
            return read.certificates.lot_rows(ids)


def page_lots(library: Library, *, text: str = "") -> LotPages:
    """Return the pages of the delivered lots; nothing is read yet.

    Args:
        text: must occur in lot, part, purchaser, order or maker; "" for all.
    """
    return LotPages(library, text)
