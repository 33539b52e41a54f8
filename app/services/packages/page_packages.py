"""Use case: the packages that left the house, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.packages.package_list import PackageFilter, PackageRow

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class PackagePages:
    """One list, the newest first. Safe to ask from several threads."""

    library: Library
    today: date
    which: PackageFilter
    text: str

    def first_rows(self, limit: int) -> Sequence[PackageRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            ids = read.packages.ids(self.which, text=self.text, today=self.today, limit=limit)
            return read.packages.rows(ids, self.today)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all packages of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = read.packages.ids(self.which, text=self.text, today=self.today)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[PackageRow]:
        """Return these packages; those that are gone are left out."""
        with self.library.reading() as read:
            return read.packages.rows(ids, self.today)


def page_packages(
    library: Library,
    *,
    today: date,
    which: PackageFilter = PackageFilter.ALL,
    text: str = "",
) -> PackagePages:
    """Return the pages of the exported packages; nothing is read yet.

    Args:
        today: whether a package is still current is computed for this day.
        text: must occur in number, part, recipient or file name; "" for all.
    """
    return PackagePages(library, today, which, text)
