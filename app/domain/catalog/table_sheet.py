"""A spreadsheet as it was read: plain values that cross the border of the reading process.

Rows and columns keep the numbers the user sees in the spreadsheet program, so that every complaint
can name the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; never evaluated.

    Attributes:
        text: as typed, with its leading "=".
        shown: what the spreadsheet program last showed for it; None: it never did.
    """

    text: str
    shown: str | int | float | bool | datetime | None = None


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that holds no usable value: an error such as #N/A, or text beyond every limit."""

    shown: str


Cell = str | int | float | bool | datetime | date | time | Formula | CellFault | None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet; a text file has exactly one.

    Attributes:
        name: name of the sheet, or the stem of the text file.
        first_row: number of the first of `rows`, counted from 1 as the spreadsheet does.
        rows: cells from column A on, empty ones at the end of a row left out.
        hidden: its owner cannot see it, so it was not read and has no rows.
    """

    name: str
    first_row: int
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False

    def row_number(self, index: int) -> int:
        return self.first_row + index

    def cell(self, index: int, column: int) -> Cell:
        """Return a cell by position in `rows`; None beyond the end of the row."""
        row = self.rows[index]
        return row[column] if column < len(row) else None

    def numbered_rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        yield from enumerate(self.rows, self.first_row)


def column_letter(column: int) -> str:
    """Return the spreadsheet's name of a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """Return a cell the way a person reads it, for headings, text columns and complaints."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, CellFault):
        return cell.shown
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _float_text(value: float) -> str:
    # A spreadsheet shows 15 digits; the 16th and 17th are leftovers of binary arithmetic.
    shown = f"{value:.15g}"
    return shown if "e" in shown else shown.removesuffix(".0")
