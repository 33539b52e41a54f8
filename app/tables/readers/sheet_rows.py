"""Gather rows into a sheet within the limits; shared by all readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.base.errors import TableError
from app.base.figures import figure
from app.base.i18n import _
from app.domain.catalog.table_sheet import Cell, CellFault, TableSheet
from app.tables.readers.limits import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
)

_SHOWN_CHARACTERS = 40


class CellBudget:
    """Counts the filled cells of a whole file."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self._left = MAX_CELLS

    def spend(self, cells: int) -> None:
        """Take `cells` off the budget.

        Raises:
            TableError: the file holds more cells than a table may.
        """
        self._left -= cells
        if self._left < 0:
            raise TableError(
                _("{file} holds more than {limit} filled cells.").format(
                    file=self._file_name, limit=figure(MAX_CELLS)
                ),
                hint=_("Split the table or leave out columns that are not needed."),
            )


def gather_sheet(name: str, rows: Iterable[Sequence[Cell]], budget: CellBudget) -> TableSheet:
    """Return the rows as a sheet, blank ones at both ends left out, numbering kept.

    Raises:
        TableError: too many rows, columns or cells.
    """
    kept: list[tuple[Cell, ...]] = []
    first_row = 1
    last_filled = 0
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise TableError(
                _("{sheet} has more than {limit} rows.").format(sheet=name, limit=figure(MAX_ROWS))
            )
        cells = _trimmed(row)
        if not cells and not kept:
            continue
        if not kept:
            first_row = number
        if len(cells) > MAX_COLUMNS:
            raise TableError(
                _("Row {row} of {sheet} has {count} columns; at most {limit} are read.").format(
                    row=number, sheet=name, count=figure(len(cells)), limit=figure(MAX_COLUMNS)
                )
            )
        budget.spend(len(cells) - cells.count(None))
        kept.append(cells)
        if cells:
            last_filled = len(kept)
    return TableSheet(name, first_row, tuple(kept[:last_filled]))


def _trimmed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = [_limited(cell) if isinstance(cell, str) else cell for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _limited(text: str) -> Cell:
    if len(text) > MAX_CELL_CHARACTERS:
        return CellFault(
            _("{start}… ({count} characters)").format(
                start=text[:_SHOWN_CHARACTERS], count=figure(len(text))
            )
        )
    return None if not text or text.isspace() else text
