"""Read xlsx workbooks with openpyxl, after looking at the archive with suspicion.

Formulas are never evaluated. Where a sheet holds one, the file is read a second time for what the
spreadsheet program last showed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from app.base.errors import TableError
from app.base.figures import figure
from app.base.i18n import _
from app.domain.catalog.table_sheet import Cell, CellFault, Formula, TableSheet
from app.tables.readers.limits import (
    MAX_ARCHIVE_MEMBERS,
    MAX_FILE_BYTES,
    MAX_PACKING_RATIO,
    MAX_SHEETS,
    MAX_UNPACKED_BYTES,
)
from app.tables.readers.sheet_rows import CellBudget, gather_sheet

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_PACKING_COUNTS_FROM_BYTES = 1_000_000
_SCAN_BYTES = 1_048_576
_DECLARATION = re.compile(
    rb"<!(DOCTYPE|ENTITY)|<\x00!\x00(D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00[DE]", re.IGNORECASE
)
_DECLARATION_BYTES = 16  # longest match minus one, kept between two chunks


def load_workbook_sheets(path: Path) -> list[TableSheet]:
    """Read every visible sheet that holds anything; hidden ones come without rows.

    Raises:
        TableError: no workbook, damaged, hostile or beyond the limits.
    """
    check_archive(path)
    with warnings.catch_warnings():
        # openpyxl warns about styles and validations it drops; only values matter here.
        warnings.simplefilter("ignore")
        try:
            sheets = _read_sheets(path)
        except TableError:
            raise
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise _damaged(path) from error
        except (ParseError, SyntaxError, ValueError, KeyError, TypeError) as error:
            raise _damaged(path) from error
        except (AttributeError, IndexError, OverflowError) as error:
            # openpyxl has no error family of its own: a workbook that lies fails anywhere in it.
            raise _damaged(path) from error
    if not any(sheet.rows for sheet in sheets):
        raise TableError(_("{file} holds no rows.").format(file=path.name))
    return sheets


def check_archive(path: Path) -> None:
    """Refuse archives that would explode, are encrypted, or are no xlsx.

    Raises:
        TableError: naming what is wrong.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise TableError(
            _("{file} has {size} MB; tables up to {limit} MB are read.").format(
                file=path.name,
                size=path.stat().st_size // 1_000_000,
                limit=MAX_FILE_BYTES // 1_000_000,
            )
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(path, members)
            _check_kind(path, {member.filename for member in members})
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_declarations(path, archive, member)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise _damaged(path) from error
    except NotImplementedError as error:
        raise _damaged(path) from error  # a packing method that Office never uses


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    bomb = len(members) > MAX_ARCHIVE_MEMBERS or unpacked > MAX_UNPACKED_BYTES
    for member in members:
        if member.file_size > _PACKING_COUNTS_FROM_BYTES:
            bomb |= member.file_size > MAX_PACKING_RATIO * max(member.compress_size, 1)
    if bomb:
        raise TableError(
            _("{file} would unpack to {size} MB and was not opened.").format(
                file=path.name, size=figure(unpacked // 1_000_000)
            ),
            hint=_("Save the table anew in a spreadsheet program, or as .csv."),
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise TableError(
            _("{file} is protected by a password.").format(file=path.name),
            hint=_("Save it without a password."),
        )


def _check_kind(path: Path, names: set[str]) -> None:
    if any(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names):
        return
    if "xl/workbook.bin" in names:
        raise TableError(
            _("{file} is a binary Excel workbook (.xlsb).").format(file=path.name),
            hint=_("Save it as .xlsx or .csv."),
        )
    if "content.xml" in names:
        raise TableError(
            _("{file} is an OpenDocument table (.ods).").format(file=path.name),
            hint=_("Save it as .xlsx or .csv."),
        )
    raise TableError(
        _("{file} is an archive, but no Excel workbook.").format(file=path.name),
        hint=_("Expected an Excel workbook (.xlsx) or a text table (.csv)."),
    )


def _check_declarations(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse document type declarations: Office never writes them, entity bombs need them."""
    kept = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_SCAN_BYTES):
            if _DECLARATION.search(kept + chunk):
                raise TableError(
                    _("{file} declares its own entities and was not opened.").format(
                        file=path.name
                    ),
                    hint=_("Save the table anew in a spreadsheet program, or as .csv."),
                )
            kept = chunk[-_DECLARATION_BYTES:]


def _damaged(path: Path) -> TableError:
    return TableError(
        _("{file} is damaged or no Excel workbook.").format(file=path.name),
        hint=_("Open it in a spreadsheet program and save it anew as .xlsx or .csv."),
    )


def _read_sheets(path: Path) -> list[TableSheet]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheets = _gather_book(path, book)
    finally:
        book.close()
    if not any(_has_formula(sheet) for sheet in sheets):
        return sheets
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        shown = {sheet.name: sheet for sheet in _gather_book(path, book)}
    finally:
        book.close()
    return [_with_shown_values(sheet, shown.get(sheet.name)) for sheet in sheets]


def _gather_book(path: Path, book: Workbook) -> list[TableSheet]:
    if len(book.worksheets) > MAX_SHEETS:
        raise TableError(
            _("{file} has {count} sheets; at most {limit} are read.").format(
                file=path.name, count=figure(len(book.worksheets)), limit=MAX_SHEETS
            )
        )
    budget = CellBudget(path.name)
    gathered = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            # What its owner cannot see was not meant for import.
            gathered.append(TableSheet(sheet.title, 1, (), hidden=True))
            continue
        gathered.append(gather_sheet(sheet.title, _sheet_rows(sheet), budget))
    return [sheet for sheet in gathered if sheet.rows or sheet.hidden]


def _sheet_rows(sheet: Any) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()  # the stated size may lie; count what is there
    for row in sheet.iter_rows():
        yield [_plain(cell.value, cell.data_type) for cell in row]


def _plain(value: object, data_type: str) -> Cell:
    if data_type == "f":
        # Array and data-table formulas arrive as objects that hold their text.
        text = value if isinstance(value, str) else getattr(value, "text", None)
        return Formula(str(text or "="))
    if data_type == "e":
        return CellFault(str(value))
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | int | float | datetime):
        return value
    if isinstance(value, timedelta):
        return str(value)
    return value if isinstance(value, Cell) else str(value)


def _has_formula(sheet: TableSheet) -> bool:
    return any(isinstance(cell, Formula) for row in sheet.rows for cell in row)


def _with_shown_values(sheet: TableSheet, shown: TableSheet | None) -> TableSheet:
    if shown is None:
        return sheet
    rows = tuple(
        tuple(
            Formula(cell.text, _shown_value(shown, number, column))
            if isinstance(cell, Formula)
            else cell
            for column, cell in enumerate(row)
        )
        for number, row in sheet.numbered_rows()
    )
    return replace(sheet, rows=rows)


def _shown_value(shown: TableSheet, number: int, column: int) -> Any:
    index = number - shown.first_row
    if not 0 <= index < len(shown.rows):
        return None
    value = shown.cell(index, column)
    return value if isinstance(value, str | int | float | bool | datetime) else None
