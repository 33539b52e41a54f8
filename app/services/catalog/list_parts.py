"""Use case: list or search parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.domain.inventory.part_list import BY_NUMBER, PartFilter, PartListRow, PartOrder

if TYPE_CHECKING:
    from app.storage.library import Library


def list_parts(
    library: Library,
    part_filter: PartFilter,
    *,
    today: date,
    order: Sequence[PartOrder] = BY_NUMBER,
    limit: int | None = None,
) -> list[PartListRow]:
    """Return the lines of matching parts in order, at most `limit`, judged for `today`."""
    with library.reading() as read:
        ids = read.parts.ids(part_filter, order, today=today, limit=limit)
        return read.parts.rows(ids)
