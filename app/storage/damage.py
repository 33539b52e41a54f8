"""Tells values that nobody wrote from faults of the program; needs the standard library alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def read_as_written() -> Iterator[None]:
    """Take a stored value that its column cannot hold for damage.

    Raises:
        sqlite3.DatabaseError: as SQLite itself raises about a damaged page.
    """
    try:
        yield
    except (ValueError, TypeError, LookupError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
