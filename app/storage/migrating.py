"""Building and upgrading the schema with Alembic, configured in code.

An upgrade switches foreign keys off outside the transaction and drops all triggers first: with them
on, a batch alteration of a parent table silently deletes its children.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from app.base.errors import StorageError
from app.base.i18n import _
from app.storage import registry
from app.storage.migrations import STEPS
from app.storage.schema import APPLICATION_ID, SCHEMA_VERSION
from app.storage.triggers import create_all, drop_all

_META = "library_meta"


def build_schema(database: Path, *, library_id: str) -> None:
    """Make an empty database at the newest schema."""
    engine = _migration_engine(database)
    try:
        with engine.begin() as connection:
            _build_tables(connection)
            connection.execute(
                text(f"INSERT INTO {_META} VALUES ('library_id', :id)"), {"id": library_id}
            )
            create_all(connection)
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    finally:
        engine.dispose()
    with closing(sqlite3.connect(database)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")


@contextmanager
def empty_schema() -> Iterator[Connection]:
    """Give a database in memory with all tables and indexes of the newest schema."""
    engine = _migration_engine(Path(":memory:"))
    try:
        with engine.begin() as connection:
            _build_tables(connection)
            yield connection
    finally:
        engine.dispose()


def upgrade(database: Path, found: int) -> None:
    """Bring an older database to the newest schema, after keeping a copy of it in `backups`.

    Raises:
        StorageError: rows were lost or refer to nothing afterwards; nothing was changed.
    """
    kept = _keep_copy(database, found)
    engine = _migration_engine(database)
    try:
        with engine.begin() as connection:
            # Another process may have been quicker while this one waited for the lock.
            found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
            if found >= SCHEMA_VERSION:
                kept.unlink()  # it may hold the new schema already
                return
            before, counters = _row_counts(connection), _counters(connection)
            drop_all(connection)
            _run_steps(connection, found)
            _set_counters(connection, counters)
            create_all(connection)
            _must_be_whole(connection, before, kept)
            connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    finally:
        engine.dispose()


def library_id_of(database: Path) -> str:
    """Return the identifier a library was given when it was made."""
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        row = connection.execute(f"SELECT value FROM {_META} WHERE name = 'library_id'").fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"{_META} names no library")
    return str(row[0])


def _build_tables(connection: Connection) -> None:
    _run_steps(connection, 0)
    connection.execute(text(f"CREATE TABLE {_META} (name TEXT PRIMARY KEY, value TEXT)"))


def _run_steps(connection: Connection, found: int) -> None:
    operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
    for step in STEPS[found:SCHEMA_VERSION]:
        step(operations)


def _migration_engine(database: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(database)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 20000")
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    return engine


def _keep_copy(database: Path, found: int) -> Path:
    folder = database.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = folder / f"library-schema{found}-{stamp}-{uuid.uuid4().hex[:8]}.sqlite"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)
    return kept


def _counters(connection: Connection) -> dict[str, int]:
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {row.name: row.seq for row in rows}


def _set_counters(connection: Connection, counters: dict[str, int]) -> None:
    """Put the counters of ids back: a table copied by a step would give ids away twice."""
    now = _counters(connection)
    for name, highest in counters.items():
        if name in now and now[name] < highest:
            query = text("UPDATE sqlite_sequence SET seq = :highest WHERE name = :name")
            connection.execute(query, {"highest": highest, "name": name})
        elif name not in now and _has_table(connection, name):
            query = text("INSERT INTO sqlite_sequence(name, seq) VALUES (:name, :highest)")
            connection.execute(query, {"highest": highest, "name": name})


def _counts_ids(connection: Connection, name: str) -> bool:
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in str(connection.execute(query, {"name": name}).scalar())


def _has_table(connection: Connection, name: str) -> bool:
    query = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name")
    return connection.execute(query, {"name": name}).first() is not None


def _row_counts(connection: Connection) -> dict[str, int]:
    names = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ).scalars()
    recorded = {registry.table_of(kind).name for kind in registry.ROW_OF}
    return {
        name: int(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
        for name in names
        if name in recorded
    }


def _must_be_whole(connection: Connection, before: dict[str, int], kept: Path) -> None:
    dangling = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    after = _row_counts(connection)
    fewer = {name for name, rows in before.items() if after.get(name, 0) < rows}
    fewer |= {name for name in after if not _counts_ids(connection, name)}
    if dangling or fewer:
        raise StorageError(
            _(
                "The library could not be brought to the new format; it is unchanged and a copy is "
                "in {copy}. Please report this with the name {names}."
            ).format(copy=kept, names=", ".join(sorted(fewer)) or dangling[0][0])
        )
