"""A table over a million rows: ids in order, rows a page at a time, never SQL while painting."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, takewhile
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import ngettext
from app.base.progress import Progress
from app.ui.jobs import Job, JobRunner
from app.ui.models.columns import Column, HasId, RowCells, prepare_rows
from app.ui.models.page_cache import PAGE_ROWS, PageCache

ID_CHUNK = 2000
REQUESTS_AT_ONCE = 2
REQUESTS_WAITING = 8
NOT_YET = "…"

Index = QModelIndex | QPersistentModelIndex


class RowSource(Protocol):
    """One list: a filter and an order. Called on read threads only."""

    def first_rows(self, limit: int) -> Sequence[HasId]:
        """Return the first rows of the list."""
        ...

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all rows in order, `size` at a time, the first ones included."""
        ...

    def rows(self, ids: Sequence[int]) -> Sequence[HasId]:
        """Return the rows of `ids`, in any order; ids that are gone are left out."""
        ...


class PagedModel(QAbstractTableModel):
    """Shows a `RowSource`; what is not there yet reads "…" and is asked for once.

    Answers that arrive after the source was changed are dropped by their generation number.

    Signals:
        counted: (rows: int, complete: bool); more rows may follow until complete.
        load_failed: (error: AppError); what was shown stays.
        loaded: the first rows of a new source, or all rows of a reloaded one, are there.
    """

    counted = QtSignal(int, bool)
    load_failed = QtSignal(object)
    loaded = QtSignal()

    def __init__(
        self, jobs: JobRunner, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._jobs = jobs
        self._source: RowSource | None = None
        self._ids: array[int] = array("q")
        self._cache = PageCache()
        self._generation = 0
        self._complete = True
        self._asked: set[int] = set()
        self._refused: set[int] = set()
        self._waiting: deque[int] = deque(maxlen=REQUESTS_WAITING)
        self._listing: Job | None = None

    @property
    def ids(self) -> Sequence[int]:
        """Ids of all rows known, in order."""
        return self._ids

    @property
    def complete(self) -> bool:
        """Whether `ids` is the whole list."""
        return self._complete

    def set_source(self, source: RowSource) -> None:
        """Show another list; the old one stays until the first rows of the new one arrive."""
        self._source = source
        generation = self._next_generation()
        columns = self.columns
        self._listing = self._jobs.start(
            lambda progress: prepare_rows(columns, source.first_rows(PAGE_ROWS)),
            owner=self,
            done=lambda rows: self._show_first(generation, rows),
            failed=lambda error: self._fail(generation, error),
        )

    def show_first_rows(self, rows: Sequence[HasId]) -> None:
        """Show rows that were read before any source could be made (the first paint)."""
        self._next_generation()
        self._replace(array("q", [row.id for row in rows]))
        self._cache.clear()
        self._cache.put(0, prepare_rows(self.columns, rows))
        self._complete = len(rows) < PAGE_ROWS
        self.loaded.emit()

    def reload(self) -> None:
        """Ask for the same list again; what is shown stays until the new list is there."""
        source = self._source
        if source is None:
            return
        generation = self._next_generation()

        def list_all(progress: Progress) -> array[int]:
            found = array("q")
            for chunk in source.id_chunks(ID_CHUNK):
                progress.check()
                found.extend(chunk)
            return found

        self._listing = self._jobs.start(
            list_all,
            owner=self,
            done=lambda ids: self._show_all(generation, ids),
            failed=lambda error: self._fail(generation, error),
        )

    def row_of(self, row_id: int) -> int:
        """Return the position of a row; -1 if the list does not hold it."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def is_fresh(self, position: int) -> bool:
        """Whether the row at a position was read since the list was asked for last."""
        return self._cache.row(position) is not None

    def cells(self, position: int) -> RowCells | None:
        """Return the row at a position if it is there, and ask for it otherwise."""
        row = self._cache.row(position)
        if row is not None:
            return row
        if not self._cache.covers(position):
            self._request(position // PAGE_ROWS)
        return self._cache.stale_row(self._ids[position])

    def collect(
        self,
        ranges: Iterable[tuple[int, int]],
        told: Callable[[RowCells], str],
        done: Callable[[list[str]], None],
    ) -> None:
        """Call `done` with a text of each row: at once if all are there, else once fetched.

        Rows that are gone are left out; an error goes to `load_failed`.

        Args:
            ranges: (first row, last row), both included.
            told: makes the text of a row; may run on a read thread.
        """
        places = [range(first, last + 1) for first, last in ranges]
        count = sum(map(len, places))
        known = takewhile(lambda row: row is not None, map(self._cache.row, chain(*places)))
        there = [row for row in known if row is not None]
        source, columns = self._source, self.columns
        if len(there) == count or source is None:
            done([told(row) for row in there])
            return
        ids: array[int] = array("q")
        for rows in places:
            ids.extend(self._ids[rows.start : rows.stop])

        def fetch(progress: Progress) -> list[str]:
            texts: list[str] = []
            for start in range(0, count, PAGE_ROWS):
                progress.report(start / count)
                page = list(ids[start : start + PAGE_ROWS])
                found = {row.id: row for row in prepare_rows(columns, source.rows(page))}
                texts.extend(told(found[row_id]) for row_id in page if row_id in found)
            return texts

        title = ngettext("Fetch {count} row", "Fetch {count} rows", count)
        self._jobs.start(
            fetch,
            owner=self,
            done=done,
            failed=self.load_failed.emit,
            title=title.format(count=figure(count)),
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.cells(index.row())
        return NOT_YET if row is None else row.texts[index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self.columns[section].title()
        return None

    def _next_generation(self) -> int:
        self._generation += 1
        self._asked.clear()
        self._refused.clear()
        self._waiting.clear()
        if self._listing is not None:
            self._listing.cancel()
            self._listing = None
        return self._generation

    def _show_first(self, generation: int, rows: list[RowCells]) -> None:
        if generation != self._generation:
            return
        self._cache.clear()
        self._cache.put(0, rows)
        self._replace(array("q", [row.id for row in rows]))
        self._complete = len(rows) < PAGE_ROWS
        self.counted.emit(len(self._ids), self._complete)
        self.loaded.emit()
        if not self._complete:
            self._list_ids(generation)

    def _list_ids(self, generation: int) -> None:
        source = self._source
        assert source is not None
        arrived: deque[Sequence[int]] = deque()

        def list_in_chunks(progress: Progress) -> None:
            known = 0
            for chunk in source.id_chunks(ID_CHUNK):
                arrived.append(chunk)
                known += len(chunk)
                progress.report(0.0, str(known))

        fresh: array[int] = array("q")

        def take(complete: bool) -> None:
            if generation == self._generation:
                while arrived:
                    fresh.extend(arrived.popleft())
                self._extend(fresh, complete)

        self._listing = self._jobs.start(
            list_in_chunks,
            owner=self,
            done=lambda _nothing: take(complete=True),
            failed=lambda error: self._fail(generation, error),
        )
        self._listing.progressed.connect(lambda _share, _text: take(complete=False))

    def _extend(self, fresh: array[int], complete: bool) -> None:
        """Take over the ids known so far; they usually begin with those that are shown."""
        known = len(self._ids)
        if fresh[:known] != self._ids[: len(fresh)]:
            self._cache.age()
            self._replace(array("q", fresh))
        elif len(fresh) > known:
            self.beginInsertRows(QModelIndex(), known, len(fresh) - 1)
            self._ids.extend(fresh[known:])
            self.endInsertRows()
        if complete and len(self._ids) > len(fresh):
            self._cache.age()
            self._replace(array("q", fresh))
        self._complete = complete
        self.counted.emit(len(self._ids), complete)

    def _show_all(self, generation: int, ids: array[int]) -> None:
        if generation != self._generation:
            return
        self._cache.age()
        if ids == self._ids:
            if ids:
                corner = self.index(len(ids) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), corner)
        else:
            self._replace(ids)
        self._complete = True
        self.counted.emit(len(ids), True)
        self.loaded.emit()

    def _replace(self, ids: array[int]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._waiting.clear()  # pages of the old list; painting asks for those of the new one
        self.endResetModel()

    def _request(self, page: int) -> None:
        if self._source is None or page in self._asked or page in self._refused:
            return
        if page in self._waiting:
            return
        if len(self._asked) < REQUESTS_AT_ONCE:
            self._fetch(page)
        else:
            self._waiting.append(page)  # the oldest wish falls out: it was scrolled past

    def _fetch(self, page: int) -> None:
        source, columns, generation = self._source, self.columns, self._generation
        assert source is not None
        ids = list(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
        self._asked.add(page)

        def fetch(progress: Progress) -> list[RowCells | None]:
            found = {row.id: row for row in prepare_rows(columns, source.rows(ids))}
            return [found.get(row_id) for row_id in ids]

        self._jobs.start(
            fetch,
            owner=self,
            done=lambda rows: self._show_page(generation, page, ids, rows),
            failed=lambda error: self._fail(generation, error),
        )

    def _show_page(
        self, generation: int, page: int, ids: list[int], rows: list[RowCells | None]
    ) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        first = page * PAGE_ROWS
        last = min(first + len(ids), len(self._ids)) - 1
        if ids == list(self._ids[first : last + 1]):
            self._cache.put(page, rows)
        # Told even where the list moved on in the meantime: painting then asks again.
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        if self._waiting:
            self._fetch(self._waiting.pop())

    def _fail(self, generation: int, error: AppError) -> None:
        if generation == self._generation:
            # Painting must not ask again at once, or the error would come round for ever.
            self._refused |= self._asked | set(self._waiting)
            self._asked.clear()
            self._waiting.clear()
            self.load_failed.emit(error)
