"""Use case: a list of parts that may hold a million, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.inventory.part_list import PartFilter, PartListRow, PartSort

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class PartPages:
    """One filter in one order. Safe to ask from several threads."""

    library: Library
    part_filter: PartFilter
    sort: PartSort
    descending: bool

    def first_rows(self, limit: int) -> Sequence[PartListRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            ids = read.parts.ids(
                self.part_filter, self.sort, descending=self.descending, limit=limit
            )
            return read.parts.rows(ids)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all parts of the list in order, `size` at a time, of one snapshot."""
        with self.library.reading() as read:
            after = None
            while True:
                ids = read.parts.ids(
                    self.part_filter,
                    self.sort,
                    descending=self.descending,
                    limit=size,
                    after=after,
                )
                if ids:
                    yield ids
                if len(ids) < size:
                    return
                after = (read.parts.sort_value(ids[-1], self.sort), ids[-1])

    def rows(self, ids: Sequence[int]) -> Sequence[PartListRow]:
        """Return the lines of these parts; parts that are gone are left out."""
        with self.library.reading() as read:
            return read.parts.rows(ids)


def page_parts(
    library: Library,
    part_filter: PartFilter,
    *,
    sort: PartSort = PartSort.NUMBER,
    descending: bool = False,
) -> PartPages:
    """Return the pages of matching parts; nothing is read yet."""
    return PartPages(library, part_filter, sort, descending)
