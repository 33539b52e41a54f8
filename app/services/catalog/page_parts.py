"""Use case: a list of parts that may hold a million, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.inventory.part_list import BY_NUMBER, PartFilter, PartListRow, PartOrder

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class PartPages:
    """One filter in one order. Safe to ask from several threads."""

    library: Library
    part_filter: PartFilter
    order: tuple[PartOrder, ...]
    today: date

    def first_rows(self, limit: int) -> Sequence[PartListRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            return read.parts.rows(
                read.parts.ids(self.part_filter, self.order, today=self.today, limit=limit)
            )

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all parts of the list in order, `size` at a time, of one snapshot."""
        with self.library.reading() as read:
            yield from read.parts.id_chunks(
                self.part_filter, self.order, today=self.today, size=size
            )

    def rows(self, ids: Sequence[int]) -> Sequence[PartListRow]:
        """Return the lines of these parts; parts that are gone are left out."""
        with self.library.reading() as read:
            return read.parts.rows(ids)


def page_parts(
    library: Library,
    part_filter: PartFilter,
    *,
    today: date,
    order: Sequence[PartOrder] = BY_NUMBER,
) -> PartPages:
    """Return the pages of matching parts; nothing is read yet.

    Args:
        today: status, stage and start dates are judged for this day.
    """
    return PartPages(library, part_filter, tuple(order), today)
