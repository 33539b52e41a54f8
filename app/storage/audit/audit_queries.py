"""Questions to the audit trail: history of a record, latest acts, what can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.storage.audit.tables import ChangeDetailRow, ChangeSetRow
from app.storage.audit.trail_queries import TrailQueries
from app.storage.damage import read_as_written
from app.storage.table_base import table_of

_SETS = table_of(ChangeSetRow)
_DETAILS = table_of(ChangeDetailRow)
_SET_NAMES = [field.name for field in fields(ChangeSet)]
_DETAIL_NAMES = [field.name for field in fields(ChangeDetail)]
_SET_COLUMNS = [_SETS.c[name] for name in _SET_NAMES]
_DETAIL_COLUMNS = [_DETAILS.c[name] for name in _DETAIL_NAMES]
_UNDONE = select(_SETS.c.undoes).where(_SETS.c.undoes.is_not(None))
PAIRS = 400  # two parameters each, below SQLite's historic ceiling of 999


class AuditQueries:
    """Made by `Reader.audit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def trail(self) -> TrailQueries:
        """The whole trail as a list to be filtered."""
        return TrailQueries(self._connection)

    def latest(self, limit: int = 100, before_id: int | None = None) -> list[ChangeSet]:
        """Return change sets, newest first, those before `before_id` if given."""
        query = select(*_SET_COLUMNS).order_by(_SETS.c.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(_SETS.c.id < before_id)
        return self._sets(query)

    def details(self, change_set_id: int) -> list[ChangeDetail]:
        """Return what one change set changed, in order."""
        query = (
            select(*_DETAIL_COLUMNS)
            .where(_DETAILS.c.change_set_id == change_set_id)
            .order_by(_DETAILS.c.id)
        )
        rows = self._connection.execute(query)
        with read_as_written():
            return [_detail(row) for row in rows]

    def history(self, table: str, row_id: int) -> list[tuple[ChangeSet, ChangeDetail]]:
        """Return every change of one record with the act it belongs to, newest first."""
        return self._changes_of([(table, row_id)], None)

    def histories(
        self, records: Sequence[tuple[str, int]], limit: int
    ) -> list[tuple[ChangeSet, ChangeDetail]]:
        """Return the newest `limit` changes of several records (table, row id), newest first."""
        found: list[tuple[ChangeSet, ChangeDetail]] = []
        for start in range(0, len(records), PAIRS):
            found += self._changes_of(records[start : start + PAIRS], limit)
        return sorted(found, key=lambda pair: pair[1].id, reverse=True)[:limit]

    def _changes_of(
        self, records: Sequence[tuple[str, int]], limit: int | None
    ) -> list[tuple[ChangeSet, ChangeDetail]]:
        query = (
            select(*_SET_COLUMNS, *_DETAIL_COLUMNS)
            .join(_SETS, _SETS.c.id == _DETAILS.c.change_set_id)
            .where(tuple_(_DETAILS.c.table, _DETAILS.c.row_id).in_(records))
            .order_by(_DETAILS.c.id.desc())
            .limit(limit)
        )
        width = len(_SET_COLUMNS)
        rows = self._connection.execute(query)
        with read_as_written():
            return [(_change_set(row[:width]), _detail(row[width:])) for row in map(tuple, rows)]

    def _sets(self, query: Select[Any]) -> list[ChangeSet]:
        rows = self._connection.execute(query)
        with read_as_written():
            return [_change_set(row) for row in rows]

    def last_change(self, table: str, row_id: int) -> ChangeSet | None:
        """Return the act that changed a record last, or None."""
        found = self._changes_of([(table, row_id)], 1)
        return found[0][0] if found else None

    def last_touching(self, tables: Sequence[str], *, after_id: int) -> ChangeSet | None:
        """Return the newest change set after `after_id` that changed a row of `tables`."""
        touched = select(_DETAILS.c.id).where(
            _DETAILS.c.change_set_id == _SETS.c.id, _DETAILS.c.table.in_(tables)
        )
        query = (
            select(*_SET_COLUMNS)
            .where(_SETS.c.id > after_id, touched.exists())
            .order_by(_SETS.c.id.desc())
            .limit(1)
        )
        return next(iter(self._sets(query)), None)

    def last_undoable(self) -> ChangeSet | None:
        """Return the first change set of the newest act that can still be undone, or None.

        A redo counts as an act of its own, an undo does not: it is redone instead.
        """
        return self._first(_SETS.c.undoable.is_(True), _SETS.c.group_id.not_in(_UNDONE))

    def last_redoable(self) -> ChangeSet | None:
        """Return the newest undo, unless something else was done since; or None."""
        undo = self._first(_SETS.c.undoes.is_not(None), _SETS.c.undoable.is_(False))
        newer = self._first(_SETS.c.undoable.is_(True), _SETS.c.undoes.is_(None))
        if undo is None or (newer is not None and newer.id > undo.id):
            return None
        return self._first(
            _SETS.c.undoes.is_not(None),
            _SETS.c.undoable.is_(False),
            _SETS.c.group_id.not_in(_UNDONE),
        )

    def _first(self, *conditions: ColumnElement[bool]) -> ChangeSet | None:
        query = (
            select(*_SET_COLUMNS)
            .where(_SETS.c.id == _SETS.c.group_id, *conditions)
            .order_by(_SETS.c.id.desc())
            .limit(1)
        )
        return next(iter(self._sets(query)), None)

    def group(self, group_id: int) -> list[ChangeSet]:
        """Return the change sets that are undone together, oldest first."""
        query = select(*_SET_COLUMNS).where(_SETS.c.group_id == group_id).order_by(_SETS.c.id)
        return self._sets(query)

    def head(self) -> ChangeSet | None:
        """Return the newest link of the chain."""
        return next(iter(self.latest(1)), None)

    def count(self) -> int:
        query = select(func.count()).select_from(_SETS)
        return int(self._connection.execute(query).scalar_one())


def _change_set(row: Sequence[Any]) -> ChangeSet:
    return ChangeSet(**dict(zip(_SET_NAMES, row, strict=True)))


def _detail(row: Sequence[Any]) -> ChangeDetail:
    return ChangeDetail(**dict(zip(_DETAIL_NAMES, row, strict=True)))
