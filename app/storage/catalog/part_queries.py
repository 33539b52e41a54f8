"""Lists of parts: filter and sort in SQL, ids first, rows a page at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    text,
)

from app.domain.catalog.part import number_key
from app.domain.inventory.part_list import (
    BY_NUMBER,
    PartFilter,
    PartListRow,
    PartOrder,
    PartSort,
)
from app.storage.catalog.part_conditions import (
    MANY,
    PRODUCT_LIFE,
    STANDINGS,
    days_of,
    part_conditions,
)
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
NEAR = 24_000  # parts that are looked through in some 30 ms


class PartQueries:
    """Made by `Reader.parts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        part_filter: PartFilter,
        order: Sequence[PartOrder] = BY_NUMBER,
        *,
        today: date | None = None,
        limit: int | None = None,
    ) -> list[int]:
        """Return the ids of matching parts in order.

        Args:
            today: what status, stage and start dates are judged for; may be left out where
                neither filter nor order asks for them.
        """
        leading = self._leading(part_filter, order, today, limit)
        if leading is not None:
            first = list(self._connection.execute(leading.limit(limit)).scalars())
            if len(first) == limit:
                return first
        along = self._along(part_filter, order, limit)
        if along is not None:
            first = list(self._connection.execute(along).scalars())
            if len(first) == limit:
                return first
        query = self._listed(part_filter, order, today)
        return list(self._connection.execute(query.limit(limit)).scalars())

    def id_chunks(
        self,
        part_filter: PartFilter,
        order: Sequence[PartOrder] = BY_NUMBER,
        *,
        today: date | None = None,
        size: int,
    ) -> Iterator[Sequence[int]]:
        """Yield the ids of matching parts in order, `size` at a time, from one statement.

        The list is sorted once at most, whatever it is ordered by; each chunk is read on from the
        last one.
        """
        listed = self._connection.execution_options(stream_results=True)
        found = listed.execute(self._listed(part_filter, order, today))
        yield from found.scalars().partitions(size)

    def count(self, part_filter: PartFilter, *, today: date | None = None) -> int:
        """Return how many parts match."""
        query = self._filtered(select(func.count()).select_from(_PART), part_filter, today)
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

    def _listed(
        self, part_filter: PartFilter, order: Sequence[PartOrder], today: date | None
    ) -> Select[Any]:
        sources = {_SORT_COLUMNS[item.sort][0] for item in order} - {""}
        joined: FromClause = _PART
        for name in sorted(sources):
            source = _source(name, today)
            joined = joined.outerjoin(source, source.c.part_id == _PART.c.id)
        query = self._filtered(select(_PART.c.id).select_from(joined), part_filter, today)
        return query.order_by(*_ordering(order))

    def _leading(
        self,
        part_filter: PartFilter,
        order: Sequence[PartOrder],
        today: date | None,
        limit: int | None,
    ) -> Select[Any] | None:
        """Return the parts that have the first key, which an index keeps in order; None if not.

        What has no value comes last, so a whole page of these is the first page.
        """
        first = order[0]
        if limit is None or first.sort not in _INDEXED or len(order) > 1:
            return None
        key = _FLAG.c[_INDEXED[first.sort]]
        query = select(_PART.c.id).select_from(_FLAG.join(_PART, _PART.c.id == _FLAG.c.part_id))
        query = query.where(key > 0 if first.sort is PartSort.RANK else key.is_not(None))
        ends = (key.desc(), _PART.c.id.desc()) if first.descending else (key, _PART.c.id)
        return self._filtered(query, part_filter, today).order_by(*ends)

    def _along(
        self, part_filter: PartFilter, order: Sequence[PartOrder], limit: int | None
    ) -> Select[Any] | None:
        """Return the parts that hold common words, looked for along an index; None if not.

        A word that every tenth part holds is found soon; to look all of them up would take long.
        It is looked for among the first parts alone: the next ones may all be without it.
        """
        text_alone = part_filter == PartFilter(text=part_filter.text)
        if limit is None or not text_alone or order[0].sort not in _NEVER_NULL or len(order) > 1:
            return None
        words = searchable(part_filter.text).split()
        if not words or not all(len(word) >= TRIGRAM and word.isascii() for word in words):
            return None  # LIKE tells upper from lower case in other letters
        if not all(map(self._is_common, words)):
            return None
        columns = (_PART.c.id, _PART.c.number_key, _PART.c.number, _PART.c.name, _PART.c.material)
        near = select(*columns).order_by(*_ordering(order)).limit(NEAR).subquery()
        query = select(near.c.id).limit(limit)
        for word in words:
            inside = f"%{escape_like(word)}%"
            held = (
                c.like(inside, escape="\\") for c in (near.c.number, near.c.name, near.c.material)
            )
            query = query.where(or_(*held, near.c.number_key == number_key(word)))
        return query

    def _filtered(
        self, query: Select[Any], part_filter: PartFilter, today: date | None
    ) -> Select[Any]:
        for condition in part_conditions(self._connection, part_filter, today):
            query = query.where(text(condition.sql).bindparams(**condition.values))
        if part_filter.numbers:
            keys = sorted({number_key(searchable(number)) for number in part_filter.numbers})
            listed = func.json_each(json.dumps(keys)).table_valued("value")
            query = query.where(_PART.c.number_key.in_(select(listed.c.value)))
        return query.where(*self._searched(searchable(part_filter.text).split()))

    def _searched(self, words: Sequence[str]) -> Iterator[ColumnElement[bool]]:
        """Yield that every word occurs in number, name or material of a part."""
        long = [word for word in words if len(word) >= TRIGRAM]
        if len(long) > 1 and not self.known_keys({number_key(word) for word in long}):
            # One look into the index is quicker than one for each word. A word that is a number
            # in another form is not in the index.
            yield _indexed(" AND ".join(map(_phrase, long)))
            words = [word for word in words if len(word) < TRIGRAM]
        yield from map(part_matches, words)

    def _is_common(self, word: str) -> bool:
        """Whether so many parts hold a word that looking them all up would take long."""
        hits = f"SELECT 1 FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH :word LIMIT {MANY}"
        query = text(f"SELECT count(*) FROM ({hits})").bindparams(word=_phrase(word))
        return int(self._connection.execute(query).scalar_one()) >= MANY


# Life and end of production of the products of a part; one named parameter: today.
_LIVES = f"""
SELECT where_used.part_id AS part_id, max(life) AS life,
       CASE WHEN count(production_end) = count(*) THEN max(production_end) END AS production_end
FROM where_used JOIN ({PRODUCT_LIFE}) USING (product_id) GROUP BY where_used.part_id
"""
# What a list is ordered by: where it stands, and the column there. A rank of 0 is none.
_SORT_COLUMNS: dict[PartSort, tuple[str, str]] = {
    PartSort.NUMBER: ("", "part.number_key"),
    PartSort.NAME: ("", "part.name"),
    PartSort.MATERIAL: ("", "nullif(part.material, '')"),
    PartSort.LAST_SAFE_START: ("flag", "flag.last_safe_start"),
    PartSort.RANK: ("flag", "nullif(flag.rank, 0)"),
    PartSort.ANSWER: (
        "flag",
        "CASE flag.answer WHEN 'yes' THEN 0 WHEN 'unknown' THEN 1 WHEN 'no' THEN 2 END",
    ),
    PartSort.NEED_UNTIL: ("flag", "flag.need_until"),
    PartSort.PRODUCTION_END: ("lives", "lives.production_end"),
    PartSort.SUPPLY: ("lives", "lives.life"),
    PartSort.QUALIFICATION: ("standings", "standings.standing"),
}
_INDEXED = {PartSort.RANK: "rank", PartSort.LAST_SAFE_START: "last_safe_start"}
_NEVER_NULL = (PartSort.NUMBER, PartSort.NAME)


def _source(name: str, today: date | None) -> FromClause:
    if name == "flag":
        return _FLAG
    days = days_of(today)
    if name == "lives":
        found = text(_LIVES).bindparams(today=days["today"])
        return found.columns(column("part_id"), column("life"), column("production_end")).subquery(
            name
        )
    found = text(STANDINGS).bindparams(**days)
    return found.columns(column("part_id"), column("standing")).subquery(name)


def _ordering(order: Sequence[PartOrder]) -> Iterator[ColumnElement[Any]]:
    for item in order:
        key: ColumnElement[Any] = literal_column(_SORT_COLUMNS[item.sort][1])
        if item.sort not in _NEVER_NULL:
            yield key.is_(None)
        yield key.desc() if item.descending else key.asc()
    yield _PART.c.id.desc() if order[-1].descending else _PART.c.id.asc()


def part_matches(word: str) -> ColumnElement[bool]:
    """Return that a word occurs in number, name or material of a part."""
    key = number_key(word)
    if len(word) >= TRIGRAM:
        return or_(_indexed(_phrase(word)), _PART.c.number_key == key)
    prefix = escape_like(word)
    return or_(
        _PART.c.number_key.like(escape_like(key) + "%", escape="\\"),
        _PART.c.number_key.like(escape_like(word.casefold()) + "%", escape="\\"),
        _PART.c.name.like(prefix + "%", escape="\\"),
        _PART.c.name.like("% " + prefix + "%", escape="\\"),
    )


def _indexed(wanted: str) -> ColumnElement[bool]:
    hit = text(f"SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH :word")
    # Unique, or the last word of a search would stand for all of them.
    word: BindParameter[str] = bindparam("word", wanted, unique=True)
    return _PART.c.id.in_(hit.bindparams(word).columns(_PART.c.id))


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def searchable(text: str) -> str:
    """Drop what no stored text holds and SQLite chokes on: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode()


def escape_like(word: str) -> str:
    """Return a word for LIKE with a backslash as escape: its own % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
