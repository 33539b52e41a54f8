"""Use case: list or search parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.inventory.part_list import PartFilter, PartListRow, PartSort

if TYPE_CHECKING:
    from app.storage.library import Library


def list_parts(
    library: Library,
    part_filter: PartFilter,
    *,
    sort: PartSort = PartSort.NUMBER,
    descending: bool = False,
    limit: int | None = None,
) -> list[PartListRow]:
    """Return the lines of matching parts in order, at most `limit`."""
    with library.reading() as read:
        ids = read.parts.ids(part_filter, sort, descending=descending, limit=limit)
        return read.parts.rows(ids)
