"""How every connection to a library is set up."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.storage.schema_writing import set_defensive

BUSY_TIMEOUT_MS = 20_000
WRITING = "everspare_writing"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL, not NORMAL: what was acknowledged must survive a power cut, not only a crash.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # SQLAlchemy must not guess where transactions begin: see `_begin`.
    connection.isolation_level = None
    # The patience must stand first: setting the journal mode needs a lock itself.
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    set_defensive(connection, True)


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once beside another writer,
    # whatever the timeout; so writers ask for the lock first.
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def make_engine(database: Path) -> Engine:
    """Return an engine whose connections are set up as a library needs them."""
    engine = create_engine(
        URL.create("sqlite", database=str(database)), poolclass=QueuePool, pool_size=5
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine
