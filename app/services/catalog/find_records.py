"""Use case: find parts, products, lots, packages and certificates by a few typed letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.inventory.found_record import FoundRecord, RecordKind
from app.domain.inventory.part_list import PartFilter

if TYPE_CHECKING:
    from app.storage.library import Library


def find_records(library: Library, text: str, *, limit: int = 6) -> list[FoundRecord]:
    """Return at most `limit` records of each kind: parts first, the part of that number on top.

    Args:
        text: for parts, every word must occur in number, name or material; for the others the
            whole text must occur in the number or name. Nothing is found by blanks alone.
    """
    wanted = text.strip()
    if not wanted:
        return []
    with library.reading() as read:
        ids = read.parts.ids(PartFilter(text=wanted), limit=limit)
        exact = read.parts.ids(PartFilter(numbers=(wanted,)), limit=1)
        parts = read.parts.rows([*exact, *(part_id for part_id in ids if part_id not in exact)])
        others = read.records.containing(wanted, limit)
    return [
        *(
            FoundRecord(kind=RecordKind.PART, name=part.number, detail=part.name)
            for part in parts[:limit]
        ),
        *others,
    ]
