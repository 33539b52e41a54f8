"""Pages of prepared rows, the least recently used ones forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from app.ui.models.columns import RowCells

PAGE_ROWS = 256
KEPT_PAGES = 64


class PageCache:
    """Rows by position in pages of `PAGE_ROWS`, and old rows by id until fresh ones arrive."""

    def __init__(self, kept_pages: int = KEPT_PAGES) -> None:
        self._kept = kept_pages
        self._pages: OrderedDict[int, list[RowCells | None]] = OrderedDict()
        self._stale: dict[int, RowCells] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def covers(self, position: int) -> bool:
        """Whether the row at a position was fetched, even if it is gone."""
        rows = self._pages.get(position // PAGE_ROWS)
        return rows is not None and position % PAGE_ROWS < len(rows)

    def row(self, position: int) -> RowCells | None:
        """Return the row at a position, or None where its page is not there."""
        page = position // PAGE_ROWS
        rows = self._pages.get(page)
        if rows is None:
            return None
        self._pages.move_to_end(page)
        offset = position % PAGE_ROWS
        return rows[offset] if offset < len(rows) else None

    def stale_row(self, row_id: int) -> RowCells | None:
        """Return how the row looked before the list was loaded again."""
        return self._stale.get(row_id)

    def put(self, page: int, rows: Iterable[RowCells | None]) -> None:
        self._pages[page] = list(rows)
        self._pages.move_to_end(page)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)

    def age(self) -> None:
        """Forget all positions; rows stay to be shown until they are fetched again."""
        for rows in self._pages.values():
            for row in rows:
                if row is not None:
                    self._stale[row.id] = row
        self._pages.clear()
        surplus = len(self._stale) - self._kept * PAGE_ROWS
        for row_id in list(self._stale)[: max(0, surplus)]:
            del self._stale[row_id]

    def clear(self) -> None:
        self._pages.clear()
        self._stale.clear()
