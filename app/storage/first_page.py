"""What the window shows first, read with the standard library's sqlite3 alone.

The database layer takes three times as long to load as a bare window; so the first page of parts
is there before it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.domain.inventory.part_list import PartListRow
from app.storage.catalog.part_list_sql import FIRST_ROWS, part_list_row
from app.storage.damage import read_as_written
from app.storage.opening import schema_version, unreadable
from app.storage.schema import DATABASE

FIRST_PAGE_ROWS = 256


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first parts by number, and whether there are more than these."""

    rows: tuple[PartListRow, ...]
    complete: bool


def read_first_page(library: Path, limit: int = FIRST_PAGE_ROWS) -> FirstPage:
    """Check that the folder holds a library of ours and read its first parts.

    Raises:
        LibraryTooNew, LibraryLocked, StorageError: as `app.storage.opening.open_library`.
    """
    schema_version(library)
    try:
        with closing(sqlite3.connect(library / DATABASE, timeout=5)) as connection:
            found = connection.execute(FIRST_ROWS, (limit + 1,)).fetchall()
        with read_as_written():
            rows = tuple(part_list_row(row) for row in found[:limit])
    except sqlite3.Error as error:
        raise unreadable(library, error) from error
    return FirstPage(rows, complete=len(found) <= limit)
