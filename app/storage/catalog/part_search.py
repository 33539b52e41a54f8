"""The search index over parts (SQLite FTS5, trigrams: finds any run of three letters or digits).

The writer keeps it in step by hand: triggers may not touch a virtual table while `trusted_schema`
is off, and that switch protects against a hostile database file.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from app.domain.catalog.part import Part
from app.storage.schema_writing import open_schema

SEARCH_TABLE = "part_search"
_COLUMNS = "number, name, material"
_ADD = text(
    f"INSERT INTO {SEARCH_TABLE}(rowid, {_COLUMNS}) VALUES (:id, :number, :name, :material)"
)
_CREATE = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5({_COLUMNS},"
    " content='part', content_rowid='id', tokenize='trigram')"
)
# Where FTS5 keeps the index itself.
_SHADOWS = tuple(f"{SEARCH_TABLE}_{name}" for name in ("config", "data", "docsize", "idx"))
_REMOVE = text(
    f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rowid, {_COLUMNS})"
    " VALUES ('delete', :id, :number, :name, :material)"
)


def create_index(connection: Connection) -> None:
    """Make the index and fill it from the parts."""
    connection.exec_driver_sql(_CREATE)
    connection.execute(text(f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES ('rebuild')"))


def drop_index(connection: Connection) -> None:
    """Remove the index, however damaged it is."""
    drop = f"DROP TABLE IF EXISTS {SEARCH_TABLE}"
    try:
        connection.exec_driver_sql(drop)
    except DatabaseError as error:
        if not _is_damage(error):
            raise
        # FTS5 must load the index before it drops it, and cannot: so take it apart by hand.
        for name in _SHADOWS:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        with open_schema(connection):
            connection.exec_driver_sql(f"DELETE FROM sqlite_master WHERE name = '{SEARCH_TABLE}'")


def add(connection: Connection, parts: Iterable[Part]) -> None:
    """Make parts findable."""
    connection.execute(_ADD, [_words(part) for part in parts])


def remove(connection: Connection, parts: Iterable[Part]) -> None:
    """Forget parts, given exactly as they were added."""
    connection.execute(_REMOVE, [_words(part) for part in parts])


def is_whole(connection: Connection) -> bool:
    """Say whether the index fits the parts; needs the write lock, though it changes nothing."""
    tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    found: dict[str, str] = {row.name: row.sql for row in tables}
    if found.get(SEARCH_TABLE) != _CREATE or not set(_SHADOWS) <= found.keys():
        return False
    query = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES ('integrity-check', 1)"
    try:
        connection.execute(text(query))
    except DatabaseError as error:
        if _is_damage(error):
            return False
        raise
    return True


def _is_damage(error: DatabaseError) -> bool:
    # SQLITE_ERROR: a table of the index is missing or says what FTS5 does not understand.
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    return name.startswith("SQLITE_CORRUPT") or name == "SQLITE_ERROR"


def _words(part: Part) -> dict[str, object]:
    return {"id": part.id, "number": part.number, "name": part.name, "material": part.material}
