"""The search index over parts (SQLite FTS5, trigrams: finds any run of three letters or digits).

The writer keeps it in step by hand: triggers may not touch a virtual table while `trusted_schema`
is off, and that switch protects against a hostile database file.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from app.domain.catalog.part import Part

SEARCH_TABLE = "part_search"
_COLUMNS = "number, name, material"
_ADD = text(
    f"INSERT INTO {SEARCH_TABLE}(rowid, {_COLUMNS}) VALUES (:id, :number, :name, :material)"
)
_REMOVE = text(
    f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rowid, {_COLUMNS})"
    " VALUES ('delete', :id, :number, :name, :material)"
)


def create_index(connection: Connection) -> None:
    """Make the index and fill it from the parts."""
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5({_COLUMNS},"
            " content='part', content_rowid='id', tokenize='trigram')"
        )
    )
    connection.execute(text(f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES ('rebuild')"))


def drop_index(connection: Connection) -> None:
    connection.execute(text(f"DROP TABLE IF EXISTS {SEARCH_TABLE}"))


def add(connection: Connection, parts: Iterable[Part]) -> None:
    """Make parts findable."""
    connection.execute(_ADD, [_words(part) for part in parts])


def remove(connection: Connection, parts: Iterable[Part]) -> None:
    """Forget parts, given exactly as they were added."""
    connection.execute(_REMOVE, [_words(part) for part in parts])


def is_whole(connection: Connection) -> bool:
    """Say whether the index fits the parts; needs the write lock, though it changes nothing."""
    query = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES ('integrity-check', 1)"
    try:
        connection.execute(text(query))
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            return False
        raise
    return True


def _words(part: Part) -> dict[str, object]:
    return {"id": part.id, "number": part.number, "name": part.name, "material": part.material}
