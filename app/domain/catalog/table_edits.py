"""What a person decides about a parts list for one import: corrected cells, skipped rows, sheets.

The list itself stays as it is, byte for byte; the corrections are laid over what was read of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.base.i18n import _
from app.domain.catalog.cell_issue import shorten
from app.domain.catalog.column_mapping import SheetKind
from app.domain.catalog.part_table import RowNote
from app.domain.catalog.table_sheet import Cell, TableSheet, cell_text, column_letter

RowPlace = tuple[str, int]  # sheet and row number as the spreadsheet shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFix:
    """A cell that is read as if something else stood in it.

    Attributes:
        row: number as the spreadsheet shows it.
        column: position counted from 0.
        text: what is read; "" stands for an empty cell.
    """

    sheet: str
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """How one sheet is to be read, where a person said so.

    Attributes:
        taken: False leaves the sheet out.
        heading_row: number of the row of headings as the spreadsheet shows it; None finds it.
        kind: whether it lists parts or products; None finds out.
    """

    sheet: str
    taken: bool = True
    heading_row: int | None = None
    kind: SheetKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEdits:
    """All decisions about one list."""

    fixes: tuple[CellFix, ...] = ()
    skipped: frozenset[RowPlace] = frozenset()
    choices: tuple[SheetChoice, ...] = ()

    def with_fix(self, fix: CellFix) -> TableEdits:
        """Correct a cell; an earlier correction of it gives way, and its row counts again."""
        place = (fix.sheet, fix.row, fix.column)
        others = (f for f in self.fixes if (f.sheet, f.row, f.column) != place)
        return replace(self, fixes=(*others, fix), skipped=self.skipped - {(fix.sheet, fix.row)})

    def without_fixes(self, sheet: str, row: int) -> TableEdits:
        """Read a row as it stands in the list again."""
        kept = tuple(f for f in self.fixes if (f.sheet, f.row) != (sheet, row))
        return replace(self, fixes=kept)

    def with_skipped(self, place: RowPlace, *, skip: bool = True) -> TableEdits:
        """Leave a row out, or take it in again."""
        skipped = self.skipped | {place} if skip else self.skipped - {place}
        return replace(self, skipped=skipped)

    def with_choice(self, choice: SheetChoice) -> TableEdits:
        """Say how a sheet is to be read."""
        others = (c for c in self.choices if c.sheet != choice.sheet)
        return replace(self, choices=(*others, choice))

    def choice_of(self, sheet: str) -> SheetChoice:
        """Return what was said of a sheet."""
        said = (choice for choice in self.choices if choice.sheet == sheet)
        return next(said, SheetChoice(sheet=sheet))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCell:
    """A correction beside what stands in the list.

    Attributes:
        column: letter as the spreadsheet shows it.
    """

    sheet: str
    row: int
    column: str
    found: str
    text: str


def corrected_cells(
    sheets: Iterable[TableSheet], fixes: Iterable[CellFix]
) -> tuple[CorrectedCell, ...]:
    """Return the corrections that change anything, in the order of the list."""
    named = {sheet.name: sheet for sheet in sheets}
    corrected = []
    for fix in sorted(fixes, key=lambda fix: (fix.sheet, fix.row, fix.column)):
        sheet = named.get(fix.sheet)
        if sheet is None or not 0 <= fix.row - sheet.first_row < len(sheet.rows):
            continue
        found = cell_text(sheet.cell(fix.row - sheet.first_row, fix.column))
        if found != fix.text:
            corrected.append(
                CorrectedCell(
                    sheet=fix.sheet,
                    row=fix.row,
                    column=column_letter(fix.column),
                    found=found,
                    text=fix.text,
                )
            )
    return tuple(corrected)


def correct_sheets(sheets: Sequence[TableSheet], fixes: Sequence[CellFix]) -> list[TableSheet]:
    """Return the sheets with the corrections laid over them."""
    by_sheet: dict[str, dict[int, dict[int, str]]] = {}
    for fix in fixes:
        by_sheet.setdefault(fix.sheet, {}).setdefault(fix.row, {})[fix.column] = fix.text
    return [
        replace(sheet, rows=_corrected_rows(sheet, by_sheet[sheet.name]))
        if sheet.name in by_sheet
        else sheet
        for sheet in sheets
    ]


def correction_notes(corrected: Iterable[CorrectedCell]) -> tuple[RowNote, ...]:
    """Return one sentence for each corrected cell."""
    text = _(
        "Row {row}, column {column}: '{found}' was read as '{text}', as corrected by hand; the "
        "list itself is unchanged."
    )
    return tuple(
        RowNote(
            sheet=cell.sheet,
            row=cell.row,
            column=cell.column,
            text=text.format(
                row=cell.row,
                column=cell.column,
                found=shorten(cell.found),
                text=shorten(cell.text),
            ),
        )
        for cell in corrected
    )


def _corrected_rows(
    sheet: TableSheet, fixes: dict[int, dict[int, str]]
) -> tuple[tuple[Cell, ...], ...]:
    rows = list(sheet.rows)
    for row, cells in fixes.items():
        index = row - sheet.first_row
        if 0 <= index < len(rows):
            wide = [*rows[index], *[None] * (max(cells) + 1 - len(rows[index]))]
            for column, text in cells.items():
                wide[column] = text or None
            rows[index] = tuple(wide)
    return tuple(rows)
