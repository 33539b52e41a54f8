"""Read text tables: csv in the dialects that ERP systems and spreadsheets write.

The delimiter is found by trying; quotes may span lines; one stray quotation mark harms only its own
line. Numbers and dates stay text here: their style is judged per column later.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.base.errors import TableError
from app.base.i18n import _
from app.domain.catalog.table_sheet import Cell, TableSheet
from app.tables.readers.limits import MAX_CELL_CHARACTERS, MAX_FILE_BYTES
from app.tables.readers.sheet_rows import CellBudget, gather_sheet
from app.tables.readers.text_encoding import decode_text

_DELIMITERS = (";", "\t", "|", ",")
_SAMPLE_LINES = 200
_MAX_QUOTED_LINES = 100
_SEPARATOR_LINE = re.compile(r"\Asep=(.)[\r\n]", re.IGNORECASE)
# Excel and ERP systems write ="0815" to keep a number from being taken for one: a literal.
_QUOTED_LITERAL = re.compile(r'="([^"]*)"')
_RULED_LINE = re.compile(r"[-+|=\s]*--[-+|=\s]*")  # the dashes between the rows of a printed list


def load_delimited_sheet(path: Path) -> TableSheet:
    """Read a text table.

    Raises:
        TableError: the file is too large, no text, or beyond the limits of a table.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise TableError(
                _("{file} has {size} MB; tables up to {limit} MB are read.").format(
                    file=path.name, size=size // 1_000_000, limit=MAX_FILE_BYTES // 1_000_000
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise TableError(
            _("{file} cannot be read: {reason}").format(
                file=path.name, reason=error.strerror or error
            )
        ) from error
    text = decode_text(content, path.name)
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :].removeprefix("\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = named.group(1) if named else find_delimiter(text)
    rows = (_cells(record) for record in split_records(text, delimiter))
    sheet = gather_sheet(path.stem, rows, CellBudget(path.name))
    if not sheet.rows:
        raise TableError(_("{file} holds no rows.").format(file=path.name))
    return sheet


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines into equally many columns, most consistently.

    A decimal comma also cuts lines, but not the headings; so the share of equally long rows counts
    first and the number of columns second.
    """
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    scores = []
    for delimiter in _DELIMITERS:
        widths = Counter(len(record) for record in split_records(sample, delimiter) if any(record))
        if not widths:
            continue
        width, rows = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        if width > 1:
            scores.append((rows / widths.total(), width, delimiter))
    return max(scores, key=lambda score: score[:2])[2] if scores else ";"


def split_records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Cut text with plain line ends into records.

    Strictly quoted text takes the fast way; otherwise each record is read by itself.
    """
    try:
        yield from list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        yield from _split_patiently(text, delimiter)


def _split_patiently(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    index = 0
    while index < len(lines):
        record, used = _read_record(lines, index, delimiter)
        yield record
        index += used


def _read_record(lines: list[str], index: int, delimiter: str) -> tuple[list[str], int]:
    """Return the record that starts at a line and how many lines it takes."""
    joined = lines[index]
    for used in range(1, _MAX_QUOTED_LINES + 1):
        if len(joined) > MAX_CELL_CHARACTERS:
            break
        try:
            return _one_record(joined, delimiter, strict=True), used
        except csv.Error as error:
            if "unexpected end" not in str(error):
                break
        if index + used >= len(lines):
            break
        joined += "\n" + lines[index + used]
    return lines[index].split(delimiter) if _is_open(lines[index], delimiter) else _one_record(
        lines[index], delimiter, strict=False
    ), 1


def _one_record(line: str, delimiter: str, *, strict: bool) -> list[str]:
    limit = csv.field_size_limit(max(len(line) + 1, MAX_CELL_CHARACTERS))
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=strict), [])
    finally:
        csv.field_size_limit(limit)


def _is_open(line: str, delimiter: str) -> bool:
    """Say whether a quotation mark is opened in the line and never closed."""
    try:
        _one_record(line, delimiter, strict=True)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _cells(record: list[str]) -> list[Cell]:
    if len(record) == 1 and _RULED_LINE.fullmatch(record[0]):
        return []
    return [_cell(field) for field in record]


def _cell(field: str) -> Cell:
    literal = _QUOTED_LITERAL.fullmatch(field)
    return literal.group(1) if literal else field
