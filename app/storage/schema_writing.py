"""Writing to the schema itself, which is otherwise closed to SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


def set_defensive(connection: object, on: bool) -> None:
    """Forbid or allow to write to the schema through SQL tricks; only from Python 3.12 on."""
    set_config = getattr(connection, "setconfig", None)
    if set_config is not None:
        set_config(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), on)  # noqa: B009  # 3.11 lacks it


@contextmanager
def open_schema(connection: Connection) -> Iterator[None]:
    """Let a repair write to `sqlite_master` inside the open transaction."""
    plain = connection.connection.driver_connection
    set_defensive(plain, False)
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
        set_defensive(plain, True)
