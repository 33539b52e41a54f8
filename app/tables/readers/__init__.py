"""The only place that parses spreadsheets; foreign files, so it runs in a worker process."""

from __future__ import annotations

from pathlib import Path

from app.base.errors import TableError
from app.base.i18n import _
from app.domain.catalog.table_sheet import TableSheet

TABLE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".tab"})

_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY_MARKS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc",
)


def load_table(path: Path) -> list[TableSheet]:
    """Read an xlsx workbook or a text table (csv and its relatives), told apart by content.

    Raises:
        TableError: the file cannot be read as a table; the sentence says why and what to do.
    """
    try:
        if path.exists() and not path.is_file():
            raise TableError(
                _("{file} is no file.").format(file=path.name),
                hint=_("Expected an Excel workbook (.xlsx) or a text table (.csv)."),
            )
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as error:
        raise TableError(
            _("{file} cannot be read: {reason}").format(
                file=path.name, reason=error.strerror or error
            )
        ) from error
    if not start:
        raise TableError(_("{file} is empty.").format(file=path.name))
    if start.startswith(_ZIP_MARK):
        from app.tables.readers.workbook import load_workbook_sheets

        return load_workbook_sheets(path)
    if start.startswith(_OLE_MARK):
        raise TableError(
            _("{file} is an old Excel file (.xls) or protected by a password.").format(
                file=path.name
            ),
            hint=_("Save it as .xlsx without a password, or as .csv."),
        )
    if start.startswith(_BINARY_MARKS):
        raise TableError(
            _("{file} is no table.").format(file=path.name),
            hint=_("Expected an Excel workbook (.xlsx) or a text table (.csv)."),
        )
    from app.tables.readers.delimited import load_delimited_sheet

    return [load_delimited_sheet(path)]
