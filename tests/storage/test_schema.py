"""The schema that the steps build is the one the tables declare."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel

from app.storage import registry
from app.storage.library import Library


def shape(connection: Connection) -> dict[str, object]:
    """Describe every table: columns with affinity, uniqueness, references and indexes."""
    found: dict[str, object] = {}
    for kind in registry.ROW_OF:
        name = registry.table_of(kind).name
        columns = connection.exec_driver_sql(f'PRAGMA table_info("{name}")').fetchall()
        keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').fetchall()
        indexes = connection.exec_driver_sql(f'PRAGMA index_list("{name}")').fetchall()
        found[name] = (
            [(c[1], affinity(c[2]), c[3], c[5]) for c in columns],
            sorted((k[2], k[3], k[4], k[5], k[6]) for k in keys),
            sorted((index_columns(connection, i[1]), i[2], i[3]) for i in indexes),
        )
    return found


def affinity(declared: str) -> str:
    return "TEXT" if declared in ("VARCHAR", "TEXT") else declared


def index_columns(connection: Connection, name: str) -> tuple[str, ...]:
    rows = connection.exec_driver_sql(f'PRAGMA index_info("{name}")').fetchall()
    return tuple(row[2] for row in rows)


def test_steps_and_tables_agree(library: Library) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as declared, library.reading() as read:
        SQLModel.metadata.create_all(declared)
        assert shape(read.connection) == shape(declared)
    engine.dispose()


def test_ids_are_never_used_twice_in_any_table(library: Library) -> None:
    with library.reading() as read:
        for kind in registry.ROW_OF:
            query = "SELECT sql FROM sqlite_master WHERE name = ?"
            name = registry.table_of(kind).name
            [sql] = read.connection.exec_driver_sql(query, (name,)).fetchone()
            assert "AUTOINCREMENT" in sql, name
