"""The trail as a list of any length: filtered in SQL, newest first, read by number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, func, select, type_coerce

from app.base.told import read_text
from app.domain.audit.chain import TrailEntry
from app.domain.audit.trail import ActState, TrailChange, TrailFacts, TrailFilter, TrailRow
from app.domain.catalog.part import number_key
from app.storage.audit.record_names import Record, name_records, records_of_parts
from app.storage.audit.tables import ChangeDetailRow, ChangeSetRow
from app.storage.damage import read_as_written
from app.storage.table_base import table_of

_SETS = table_of(ChangeSetRow)
_DETAILS = table_of(ChangeDetailRow)
_DAY = type_coerce(_SETS.c.at, String)  # ISO 8601 begins with the day, in the zone of the act
# As they are kept: sentences are told in the language of the reader when they are compared.
_SAID = (type_coerce(_SETS.c.act, String), type_coerce(_SETS.c.why, String), _SETS.c.who)
_TOLD_ANEW = 4096
_UNDONE = select(_SETS.c.undoes).where(_SETS.c.undoes.is_not(None))
SCANNED = 2000  # acts whose words are looked at between two questions whether to stop
RARE = 20_000  # changes of a kind that are sooner listed than looked for act by act
LOOKED_AT = 20  # records of an act whose parts are named
_PARTS = 200  # parts that a word may begin the number of
_BATCH = 900
_LINKED = '"table", row_id, field, old, new, row_digest'
_AFTER_ALL = "\U0010ffff"

# The first records of each act, and how many there are; they were written one after the other.
_FIRST_CHANGES = f"""
SELECT act.id, act.count, detail."table", detail.row_id, detail.old, detail.new, detail.field
FROM (SELECT change_set_id AS id, min(id) AS first, count(*) AS count FROM change_detail
      WHERE change_set_id IN (SELECT value FROM json_each(?)) GROUP BY change_set_id) AS act
JOIN change_detail AS detail
  ON detail.id BETWEEN act.first AND act.first + {LOOKED_AT - 1} AND detail.change_set_id = act.id
ORDER BY detail.id"""
# One step of the index for each kind, instead of every change.
_TABLES = """
WITH RECURSIVE kind(name) AS (
  SELECT min("table") FROM change_detail
  UNION ALL
  SELECT (SELECT min("table") FROM change_detail WHERE "table" > kind.name) FROM kind
  WHERE kind.name IS NOT NULL)
SELECT name FROM kind WHERE name IS NOT NULL"""


def _never() -> bool:
    return False


class TrailQueries:
    """Made by `AuditQueries.trail`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def facts(self, after_id: int = 0) -> TrailFacts:
        """Describe the trail; people only as far as they acted after `after_id`."""
        people = select(_SETS.c.who).where(_SETS.c.id > after_id).distinct()
        counted = self._connection.execute(select(func.count(), func.max(_SETS.c.id))).one()
        return TrailFacts(
            entries=int(counted[0]),
            last_id=int(counted[1] or 0),
            people=tuple(sorted(self._connection.execute(people).scalars(), key=str.casefold)),
            tables=tuple(row[0] for row in self._connection.exec_driver_sql(_TABLES)),
        )

    def ids(
        self,
        wanted: TrailFilter,
        *,
        limit: int,
        before_id: int | None = None,
        stopped: Callable[[], bool] = _never,
    ) -> list[int]:
        """Return the numbers of acts that match, newest first.

        Args:
            before_id: only older ones; continues a list.
            stopped: asked now and then while words are looked for; True ends the list early.
        """
        words = wanted.text.casefold().split()
        conditions = self._conditions(wanted)
        if not words:
            return [row[0] for row in self._acts((_SETS.c.id,), conditions, limit, before_id)]
        touched = {word: self._acts_of_parts(word) for word in words}
        told = lru_cache(_TOLD_ANEW)(read_text)  # there are many acts but few sentences
        found: list[int] = []
        while len(found) < limit and not stopped():
            acts = self._acts((_SETS.c.id, *_SAID), conditions, SCANNED, before_id)
            for act_id, act, why, who in acts:
                said = f"{told(act)} {told(why)} {who}".casefold()
                if all(word in said or act_id in touched[word] for word in words):
                    found.append(act_id)
            if len(acts) < SCANNED:
                break
            before_id = acts[-1][0]
        return found[:limit]

    def rows(self, ids: Sequence[int]) -> list[TrailRow]:
        """Return the acts `ids` in that order; those that do not exist are left out."""
        found: dict[int, TrailRow] = {}
        for start in range(0, len(ids), _BATCH):
            found.update(self._some_rows(ids[start : start + _BATCH]))
        return [found[act_id] for act_id in ids if act_id in found]

    def change_ids(self, act_id: int, *, after_id: int, limit: int) -> list[int]:
        """Return the numbers of an act's changes behind `after_id`, in order."""
        query = (
            select(_DETAILS.c.id)
            .where(_DETAILS.c.change_set_id == act_id, _DETAILS.c.id > after_id)
            .order_by(_DETAILS.c.id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def changes(self, ids: Sequence[int]) -> list[TrailChange]:
        """Return changes by number, with the names of the records as far as they can be told."""
        shown = ("id", "table", "row_id", "field", "old", "new")
        query = select(*(_DETAILS.c[name] for name in shown)).order_by(_DETAILS.c.id)
        found: list[Any] = []
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            found += self._connection.execute(query.where(_DETAILS.c.id.in_(batch)))
        names = name_records(
            self._connection,
            {(row.table, row.row_id) for row in found},
            _remembered((row.table, row.row_id, row.field, row.old, row.new) for row in found),
        )
        with read_as_written():
            return [
                TrailChange(
                    **row._mapping,
                    record=names[row.table, row.row_id].name,
                    part_number=names[row.table, row.row_id].part_number,
                )
                for row in found
            ]

    def entries(self, ids: Sequence[int]) -> Iterator[TrailEntry]:
        """Yield acts with their changes as they are linked, in the order of `ids`."""
        columns = ", ".join(f'"{column.name}"' for column in _SETS.columns)
        detail = f"SELECT {_LINKED} FROM change_detail WHERE change_set_id = ? ORDER BY id"
        for act_id in ids:
            found = self._connection.exec_driver_sql(
                f"SELECT {columns} FROM change_set WHERE id = ?", (act_id,)
            ).one_or_none()
            if found is None:
                continue
            act = {**found._mapping, "undoable": bool(found.undoable)}
            rows = self._connection.exec_driver_sql(detail, (act_id,))
            yield TrailEntry(act, [tuple(row) for row in rows], read_text(found.act))

    # filtering

    def _acts(
        self,
        columns: Sequence[ColumnElement[Any]],
        conditions: Sequence[ColumnElement[bool]],
        limit: int,
        before_id: int | None,
    ) -> Sequence[Any]:
        query = select(*columns).where(*conditions).order_by(_SETS.c.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(_SETS.c.id < before_id)
        return self._connection.execute(query).all()

    def _conditions(self, wanted: TrailFilter) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if wanted.who:
            conditions.append(_SETS.c.who == wanted.who)
        if wanted.first_day is not None:
            conditions.append(wanted.first_day.isoformat() <= _DAY)
        if wanted.last_day is not None:
            conditions.append((wanted.last_day + timedelta(days=1)).isoformat() > _DAY)
        if wanted.state is not None:
            conditions += _STATES[wanted.state]
        if wanted.table:
            conditions.append(self._touches(wanted.table))
        return conditions

    def _touches(self, table: str) -> ColumnElement[bool]:
        """Say that an act changed a record of a kind, in the way that is quicker for the kind."""
        some = select(_DETAILS.c.id).where(_DETAILS.c.table == table).limit(RARE + 1).subquery()
        if self._connection.execute(select(func.count()).select_from(some)).scalar_one() <= RARE:
            acts = select(_DETAILS.c.change_set_id).where(_DETAILS.c.table == table)
            return _SETS.c.id.in_(acts)
        of_act = select(_DETAILS.c.id).where(
            _DETAILS.c.change_set_id == _SETS.c.id, _DETAILS.c.table == table
        )
        return of_act.exists()

    def _acts_of_parts(self, word: str) -> frozenset[int]:
        """Return the acts that touched a part whose number begins with `word`."""
        key = number_key(word)
        query = "SELECT id FROM part WHERE number_key >= ? AND number_key < ? LIMIT ?"
        rows = self._connection.exec_driver_sql(query, (key, key + _AFTER_ALL, _PARTS))
        records = records_of_parts(self._connection, [row[0] for row in rows])
        by_table: defaultdict[str, list[int]] = defaultdict(list)
        for table, row_id in records:
            by_table[table].append(row_id)
        query = (
            'SELECT DISTINCT change_set_id FROM change_detail WHERE "table" = ?'
            " AND row_id IN (SELECT value FROM json_each(?))"
        )
        return frozenset(
            row[0]
            for table, ids in by_table.items()
            for row in self._connection.exec_driver_sql(query, (table, json.dumps(ids)))
        )

    # lines

    def _some_rows(self, ids: Sequence[int]) -> Iterator[tuple[int, TrailRow]]:
        acts = self._connection.execute(select(_SETS).where(_SETS.c.id.in_(ids))).all()
        undone = self._undone([act.group_id for act in acts])
        counts, records, names = self._touched(ids)
        with read_as_written():
            for act in acts:
                numbers = [names[record].part_number for record in records[act.id]]
                yield (
                    act.id,
                    TrailRow(
                        id=act.id,
                        group_id=act.group_id,
                        who=act.who,
                        at=act.at,
                        act=act.act,
                        why=act.why,
                        state=_state(act, act.group_id in undone),
                        changes=counts.get(act.id, 0),
                        part_numbers=tuple(dict.fromkeys(filter(None, numbers))),
                        more=counts.get(act.id, 0) > LOOKED_AT,
                        hash=act.hash,
                    ),
                )

    def _touched(self, ids: Sequence[int]) -> tuple[dict[int, int], Any, Any]:
        """Return how many changes each act made, its first records, and their names."""
        counts: dict[int, int] = {}
        records: defaultdict[int, list[Record]] = defaultdict(list)
        whole: list[tuple[str, int, str, str, str]] = []
        asked = (json.dumps(list(ids)),)
        for act_id, count, table, row_id, old, new, field in self._connection.exec_driver_sql(
            _FIRST_CHANGES, asked
        ):
            counts[act_id] = count
            records[act_id].append((table, row_id))
            whole.append((table, row_id, field, old, new))
        wanted = {record for found in records.values() for record in found}
        return counts, records, name_records(self._connection, wanted, _remembered(whole))

    def _undone(self, group_ids: Sequence[int]) -> frozenset[int]:
        query = select(_SETS.c.undoes).where(_SETS.c.undoes.in_(group_ids))
        return frozenset(self._connection.execute(query).scalars())


_STATES: dict[ActState, list[ColumnElement[bool]]] = {
    ActState.OPEN: [_SETS.c.undoable.is_(True), _SETS.c.group_id.not_in(_UNDONE)],
    ActState.UNDONE: [_SETS.c.undoable.is_(True), _SETS.c.group_id.in_(_UNDONE)],
    ActState.UNDO: [_SETS.c.undoable.is_(False), _SETS.c.undoes.is_not(None)],
    ActState.FINAL: [_SETS.c.undoable.is_(False), _SETS.c.undoes.is_(None)],
}


def _state(act: Any, undone: bool) -> ActState:
    if act.undoable:
        return ActState.UNDONE if undone else ActState.OPEN
    return ActState.FINAL if act.undoes is None else ActState.UNDO


def _remembered(changes: Iterable[tuple[str, int, str, str, str]]) -> dict[Record, str]:
    """Return the JSON of records that came or went as a whole."""
    return {(table, row_id): new or old for table, row_id, field, old, new in changes if not field}
