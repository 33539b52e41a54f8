"""Worker task: read a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from app.domain.catalog.table_sheet import TableSheet
from app.tables.readers import load_table as _load_table


def load_table(path: str) -> list[TableSheet]:
    """Read a spreadsheet into plain values.

    Raises:
        TableError: the file cannot be read as a table.
    """
    return _load_table(Path(path))
