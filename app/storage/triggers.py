"""The one list of triggers and search tables: locked rows are defended below all services."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.storage.catalog import part_search
from app.storage.translation import LOCK_MARK

_BOOKKEEPING = ("version", "digest")


@dataclass(frozen=True, slots=True)
class Lock:
    """When rows of a table are locked.

    Attributes:
        when: SQL condition on a row `{row}`; "1" locks from the start.
        may_change: columns that may change although the row is locked, where `allowed` holds.
        allowed: SQL condition on OLD and NEW for such a change.
        closed_parent: rows belong to a parent; then new rows are refused as well while `when`.
    """

    table: str
    when: str
    may_change: tuple[str, ...] = ()
    allowed: str = "0"
    closed_parent: bool = False


_REVISION_CLOSED = "(SELECT state FROM part_revision WHERE id = {row}.revision_id) <> 'draft'"
_DEFINITION_CLOSED = (
    "(SELECT state FROM print_definition WHERE id = {row}.definition_id) <> 'draft'"
)
_QUALIFICATION_CLOSED = (
    "(SELECT state FROM qualification WHERE id = {row}.qualification_id)"
    " IN ('qualified', 'blocked')"
)

LOCKS: tuple[Lock, ...] = (
    Lock("stored_file", "1"),
    Lock("change_set", "1"),
    Lock("change_detail", "1"),
    Lock("print_package", "1"),
    Lock(
        "certificate",
        "1",
        ("state",),
        "OLD.state = 'issued' AND NEW.state IN ('superseded', 'withdrawn')",
    ),
    Lock("part_revision", "{row}.state <> 'draft'", ("state",), "NEW.state = 'obsolete'"),
    Lock("geometry", _REVISION_CLOSED, closed_parent=True),
    Lock("print_definition", "{row}.state <> 'draft'", ("state",), "NEW.state = 'superseded'"),
    Lock("definition_field", _DEFINITION_CLOSED, closed_parent=True),
    Lock(
        "qualification",
        "{row}.state IN ('qualified', 'blocked')",
        ("state", "blocked_reason"),
        "OLD.state = 'qualified' AND NEW.state = 'blocked'",
    ),
    Lock("evidence", _QUALIFICATION_CLOSED, closed_parent=True),
)


def _refuse(lock: Lock) -> str:
    return f"SELECT RAISE(ABORT, '{LOCK_MARK}{lock.table} ');"


def _lock_triggers(lock: Lock, columns: tuple[str, ...]) -> dict[str, str]:
    """Return name -> SQL of the triggers that defend one table with these columns."""
    old, new = lock.when.format(row="OLD"), lock.when.format(row="NEW")
    frozen = [c for c in columns if c not in (*lock.may_change, *_BOOKKEEPING)]
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in frozen)
    locked = f"({old}) AND NOT ({lock.allowed} AND {same})"
    if lock.closed_parent:
        locked = f"({old}) OR ({new})"
    triggers = {
        f"lock_{lock.table}_update": f"BEFORE UPDATE ON {lock.table} WHEN {locked}",
        f"lock_{lock.table}_delete": f"BEFORE DELETE ON {lock.table} WHEN {old}",
    }
    if lock.closed_parent:
        triggers[f"lock_{lock.table}_insert"] = f"BEFORE INSERT ON {lock.table} WHEN {new}"
    return {
        name: f"CREATE TRIGGER {name} {head} BEGIN {_refuse(lock)} END"
        for name, head in triggers.items()
    }


def expected_triggers(connection: Connection) -> dict[str, str]:
    """Return name -> SQL of every trigger a library must have."""
    wanted: dict[str, str] = {}
    for lock in LOCKS:
        rows = connection.execute(text(f"PRAGMA table_info({lock.table})"))
        wanted |= _lock_triggers(lock, tuple(row.name for row in rows))
    return wanted


def drop_all(connection: Connection) -> None:
    """Remove all triggers and search tables, before a migration touches the tables."""
    for name in _existing(connection):
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    part_search.drop_index(connection)


def create_all(connection: Connection) -> None:
    """Make all triggers and search tables, and fill the search tables."""
    part_search.create_index(connection)
    for sql in expected_triggers(connection).values():
        connection.exec_driver_sql(sql)


def altered_triggers(connection: Connection) -> list[str]:
    """Return the names of triggers that are missing, altered or not ours."""
    wanted, found = expected_triggers(connection), _existing(connection)
    return sorted(n for n in wanted.keys() | found.keys() if wanted.get(n) != found.get(n))


def _existing(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in rows}
