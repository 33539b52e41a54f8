"""A list that is already in memory, shown through a `PagedModel`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.ui.models.columns import HasId


class ListSource:
    """Rows in the order given; ids must differ."""

    def __init__(self, rows: Sequence[HasId]) -> None:
        self._rows = tuple(rows)
        self._by_id = {row.id: row for row in self._rows}

    def first_rows(self, limit: int) -> Sequence[HasId]:
        return self._rows[:limit]

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        for start in range(0, len(self._rows), size):
            yield [row.id for row in self._rows[start : start + size]]

    def rows(self, ids: Sequence[int]) -> Sequence[HasId]:
        return [self._by_id[row_id] for row_id in ids if row_id in self._by_id]
