"""Lists of parts: filter and sort in SQL, ids first, rows a page at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    or_,
    select,
    text,
)

from app.domain.catalog.part import number_key
from app.domain.inventory.part_list import PartFilter, PartListRow, PartSort
from app.storage.catalog.part_list_sql import ROWS_BY_ID, part_list_row
from app.storage.catalog.part_search import SEARCH_TABLE
from app.storage.catalog.tables import PartRow
from app.storage.damage import read_as_written
from app.storage.lifecycle.tables import FlagRow
from app.storage.table_base import table_of

_PART = table_of(PartRow)
_FLAG = table_of(FlagRow)
TRIGRAM = 3  # shorter words cannot be looked up in the trigram index
CHUNK = 900


class PartQueries:
    """Made by `Reader.parts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        part_filter: PartFilter,
        sort: PartSort = PartSort.NUMBER,
        *,
        descending: bool = False,
        limit: int | None = None,
        after: tuple[Any, int] | None = None,
    ) -> list[int]:
        """Return the ids of matching parts in order.

        Args:
            after: (sort value, id) of the last part already known; continues behind it.
        """
        column = _SORT_COLUMNS[sort]
        query = self._filtered(select(_PART.c.id), part_filter, sort)
        if after is not None:
            query = query.where(_behind(column, after, descending))
        order = (column.desc(), _PART.c.id.desc()) if descending else (column, _PART.c.id)
        query = query.order_by(*order)
        if limit is not None:
            query = query.limit(limit)
        return list(self._connection.execute(query).scalars())

    def sort_value(self, part_id: int, sort: PartSort) -> Any:
        """Return what part `part_id` sorts by, to continue a list behind it."""
        query = select(_SORT_COLUMNS[sort]).select_from(
            _PART.outerjoin(_FLAG, _FLAG.c.part_id == _PART.c.id)
        )
        return self._connection.execute(query.where(_PART.c.id == part_id)).scalar_one()

    def count(self, part_filter: PartFilter) -> int:
        """Return how many parts match."""
        query = self._filtered(select(func.count()), part_filter, None)
        return int(self._connection.execute(query).scalar_one())

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Return those of the keys of part numbers that there are parts for."""
        asked = func.json_each(json.dumps([searchable(key) for key in keys])).table_valued("value")
        query = select(_PART.c.number_key).where(_PART.c.number_key.in_(select(asked.c.value)))
        return set(self._connection.execute(query).scalars())

    def rows(self, ids: Sequence[int]) -> list[PartListRow]:
        """Return the lines for `ids` in that order; ids that are gone are left out."""
        found: dict[int, PartListRow] = {}
        for start in range(0, len(ids), CHUNK):
            chunk = json.dumps(ids[start : start + CHUNK])
            rows = self._connection.exec_driver_sql(ROWS_BY_ID, (chunk,))
            with read_as_written():
                found.update((row[0], part_list_row(row)) for row in rows)
        return [found[part_id] for part_id in ids if part_id in found]

    def _filtered(
        self, query: Select[Any], part_filter: PartFilter, sort: PartSort | None
    ) -> Select[Any]:
        flagged = sort in _FLAG_SORTS or part_filter.answer is not None
        joined = _PART.outerjoin(_FLAG, _FLAG.c.part_id == _PART.c.id) if flagged else _PART
        query = query.select_from(joined)
        if part_filter.answer is not None:
            query = query.where(_FLAG.c.answer == part_filter.answer)
        if part_filter.numbers:
            keys = sorted({number_key(searchable(number)) for number in part_filter.numbers})
            listed = func.json_each(json.dumps(keys)).table_valued("value")
            query = query.where(_PART.c.number_key.in_(select(listed.c.value)))
        for word in searchable(part_filter.text).split():
            query = query.where(part_matches(word))
        return query


_FAR = "9999-12-31"
_FLAG_SORTS = (PartSort.LAST_SAFE_START, PartSort.RANK)
_SORT_COLUMNS: dict[PartSort, ColumnElement[Any]] = {
    PartSort.NUMBER: _PART.c.number_key,
    PartSort.NAME: _PART.c.name,
    PartSort.MATERIAL: _PART.c.material,
    PartSort.LAST_SAFE_START: func.coalesce(_FLAG.c.last_safe_start, _FAR),
    PartSort.RANK: func.coalesce(_FLAG.c.rank, 0.0),
}


def _behind(
    column: ColumnElement[Any], after: tuple[Any, int], descending: bool
) -> ColumnElement[bool]:
    value, part_id = after
    if descending:
        return or_(column < value, and_(column == value, _PART.c.id < part_id))
    return or_(column > value, and_(column == value, _PART.c.id > part_id))


def part_matches(word: str) -> ColumnElement[bool]:
    """Return that a word occurs in number, name or material of a part."""
    key = number_key(word)
    if len(word) >= TRIGRAM:
        quoted = '"' + word.replace('"', '""') + '"'
        hit = text(f"SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH :word")
        found = _PART.c.id.in_(hit.bindparams(word=quoted).columns(_PART.c.id))
        return or_(found, _PART.c.number_key == key)
    prefix = escape_like(word)
    return or_(
        _PART.c.number_key.like(escape_like(key) + "%", escape="\\"),
        _PART.c.number_key.like(escape_like(word.casefold()) + "%", escape="\\"),
        _PART.c.name.like(prefix + "%", escape="\\"),
        _PART.c.name.like("% " + prefix + "%", escape="\\"),
    )


def searchable(text: str) -> str:
    """Drop what no stored text holds and SQLite chokes on: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode()


def escape_like(word: str) -> str:
    """Return a word for LIKE with a backslash as escape: its own % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
