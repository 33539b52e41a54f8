"""Check a parts list row by row: good rows become drafts, bad ones are refused with every reason.

A row is refused as a whole, so that nothing half-read is catalogued; its neighbours stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.base.i18n import _
from app.domain.catalog.cell_issue import shorten
from app.domain.catalog.cell_reading import column_mark, read_column
from app.domain.catalog.column_headings import TOTALS, ColumnField
from app.domain.catalog.column_mapping import ColumnMapping, ColumnUse, SheetKind, SheetLayout
from app.domain.catalog.doubled_rows import without_doubles
from app.domain.catalog.heading_text import fold_heading
from app.domain.catalog.part_table import (
    CellIssue,
    PartRow,
    PartTable,
    ProblemCode,
    ProductDate,
    ProductRow,
    Reading,
    RefusedRow,
    RowNote,
    RowProblem,
    place_problem,
)
from app.domain.catalog.plant_rows import is_other_plant, join_plants
from app.domain.catalog.row_drafts import part_draft, product_draft, product_key
from app.domain.catalog.row_notes import Note, column_notes, left_out_text, plant_notes, row_notes
from app.domain.catalog.table_edits import (
    TableEdits,
    correct_sheets,
    corrected_cells,
    correction_notes,
)
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import Cell, Formula, TableSheet

_F = ColumnField


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet with its readings, by position in `layout.columns`."""

    number: int
    readings: tuple[Reading, ...]


def check_part_table(
    sheets: Sequence[TableSheet],
    mapping: ColumnMapping | None = None,
    edits: TableEdits = TableEdits(),  # noqa: B008 # frozen
) -> PartTable:
    """Read every sheet that has understood headings.

    Args:
        edits: what a person corrected or left out for this import.

    Raises:
        TableError: no sheet has a heading row that is understood.
    """
    told = correction_notes(corrected_cells(sheets, edits.fixes))
    sheets = correct_sheets(sheets, edits.fixes)
    layouts = lay_out_tables(sheets, mapping, edits.choices)
    tables = [_check_sheet(layout, name_sheet=len(layouts) > 1, edits=edits) for layout in layouts]
    understood = {layout.sheet.name for layout in layouts}
    left_out = [sheet for sheet in sheets if sheet.name not in understood]
    notes = [
        RowNote(sheet=sheet.name, row=0, column="", text=left_out_text(sheet)) for sheet in left_out
    ]
    return without_doubles(
        PartTable(
            parts=tuple(row for table in tables for row in table.parts),
            products=tuple(row for table in tables for row in table.products),
            product_dates=tuple(day for table in tables for day in table.product_dates),
            refused=tuple(row for table in tables for row in table.refused),
            notes=(*told, *(note for table in tables for note in table.notes), *notes),
        ),
        layouts,
    )


def _check_sheet(layout: SheetLayout, *, name_sheet: bool, edits: TableEdits) -> PartTable:
    rows, notes = _read_rows(layout)
    skipped = frozenset(row for sheet, row in edits.skipped if sheet == layout.sheet.name)
    checker = _SheetCheck(layout, name_sheet=name_sheet, skipped=skipped)
    notes += [
        RowNote(sheet=layout.sheet.name, row=layout.heading_row, column=note.column, text=note.text)
        for note in column_notes(layout)
    ]
    for row in rows:
        checker.take(row)
    return replace(
        checker.table(), product_dates=_agreed_dates(layout, rows), notes=(*notes, *checker.notes)
    )


def _read_rows(layout: SheetLayout) -> tuple[list[_Row], list[RowNote]]:
    """Read all rows below the headings, column by column; blank rows are left out."""
    numbers: list[int] = []
    kept: list[tuple[Cell, ...]] = []
    notes: list[RowNote] = []
    headings = layout.sheet.rows[layout.heading_index]
    for index in range(layout.heading_index + 1, len(layout.sheet.rows)):
        cells = layout.sheet.rows[index]
        if all(_is_rule(cell) for cell in cells) or cells == headings:
            continue
        row = layout.sheet.row_number(index)
        if _is_total(layout, cells):
            text = _("Row {row} holds totals and was left out.").format(row=row)
            notes.append(RowNote(sheet=layout.sheet.name, row=row, column="", text=text))
            continue
        numbers.append(row)
        kept.append(cells)
    by_row = zip(*_read_columns(layout, kept), strict=True)
    return [_Row(number, readings) for number, readings in zip(numbers, by_row, strict=True)], notes


def _read_columns(layout: SheetLayout, rows: Sequence[Sequence[Cell]]) -> list[list[Reading]]:
    cells = [
        [row[use.column] if use.column < len(row) else None for row in rows]
        for use in layout.columns
    ]
    pairs = list(zip(layout.columns, cells, strict=True))
    marks = {mark for use, column in pairs if (mark := column_mark(use, column)) is not None}
    sheet_mark = marks.pop() if len(marks) == 1 else None
    return [
        [Reading()] * len(rows) if use.field is _F.IGNORED else read_column(use, column, sheet_mark)
        for use, column in pairs
    ]


def _is_rule(cell: Cell) -> bool:
    """Say whether a cell is empty or only draws a line: printed lists rule off their rows."""
    return cell is None or (isinstance(cell, str) and not cell.strip("-=_+ \t"))


def _is_total(layout: SheetLayout, cells: Sequence[Cell]) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    return (
        isinstance(first, str)
        and fold_heading(first) in TOTALS
        and any(
            isinstance(cell, int | float | Formula)
            or (isinstance(cell, str) and cell[:1].isdigit())
            for cell in cells
        )
        and layout.kind is SheetKind.PARTS
    )


class _SheetCheck:
    """Takes the rows of one sheet in order; keeps the first good row of each number."""

    def __init__(self, layout: SheetLayout, *, name_sheet: bool, skipped: frozenset[int]) -> None:
        self._layout = layout
        self._skipped = skipped
        self._name_sheet = name_sheet
        self._good: dict[str, PartRow | ProductRow] = {}
        self._refused: list[RefusedRow] = []
        self.notes: list[RowNote] = []
        identity = _F.NUMBER if layout.kind is SheetKind.PARTS else _F.PRODUCT
        self._identity = next(
            place for place, use in enumerate(layout.columns) if use.field is identity
        )

    def take(self, row: _Row) -> None:
        """Accept the row, or refuse it with all its problems."""
        uses = self._layout.columns
        problems = [
            self._problem(row.number, use, reading.issue)
            for use, reading in zip(uses, row.readings, strict=True)
            if reading.issue is not None
        ]
        problems += self._price_problems(row)
        self._note_readings(row)
        identity = row.readings[self._identity]
        if identity.value is None and identity.issue is None:
            problems.insert(0, self._problem(row.number, uses[self._identity], self._missing()))
        if row.number in self._skipped:
            self._refuse(row, problems or [self._left_out(row)])
            return
        draft = self._draft(row) if identity.value is not None else None
        if draft is None:
            self._refuse(row, problems)
            return
        key = self._key(draft)
        earlier = self._good.get(key)
        if earlier is not None:
            if not problems and self._joined(key, draft, earlier):
                return
            problems.append(
                self._problem(row.number, uses[self._identity], _doubled(draft, earlier))
            )
        if problems:
            self._refuse(row, problems)
        else:
            self._good[key] = draft
            if isinstance(draft, PartRow):
                self._tell(draft.row, row_notes(draft, self._layout))

    def _price_problems(self, row: _Row) -> list[RowProblem]:
        """Refuse a currency that is not the one beside the price or in its heading."""
        columns = {
            use.field: (use, reading)
            for use, reading in zip(self._layout.columns, row.readings, strict=True)
        }
        if not {_F.PRICE, _F.CURRENCY} <= columns.keys():
            return []
        (price_use, price), (use, currency) = columns[_F.PRICE], columns[_F.CURRENCY]
        stated = price.extra or price_use.currency
        if price.value is None or not stated or currency.value in (None, stated):
            return []
        complaint = (
            _("'{found}' is not the currency beside the price, {price}.")
            if price.extra
            else _("'{found}' is not in the currency of the heading.")
        ).format(found=currency.value, price=stated)
        found = str(currency.value)
        issue = CellIssue(ProblemCode.CONTRADICTION, found, complaint, stated)
        return [self._problem(row.number, use, issue)]

    def _joined(self, key: str, draft: PartRow | ProductRow, earlier: PartRow | ProductRow) -> bool:
        """Say whether a second row of a number says the same, or the same of another plant."""
        known: list[PartRow | ProductRow] = [earlier]
        if isinstance(earlier, PartRow):
            known = [replace(earlier, other_plants=()), *earlier.other_plants]
        for other in known:
            if replace(draft, row=other.row) == other:
                text = _("Row {row} repeats row {earlier} and was left out.").format(
                    row=draft.row, earlier=other.row
                )
                self._note(draft.row, "", text)
                return True
        if not isinstance(draft, PartRow) or not isinstance(earlier, PartRow):
            return False
        if not is_other_plant(draft, earlier):
            return False
        joined = join_plants(earlier, draft)
        self._good[key] = joined.row
        self._tell(draft.row, plant_notes(joined, draft, earlier, self._layout))
        self._tell(draft.row, row_notes(draft, self._layout))
        return True

    def table(self) -> PartTable:
        return PartTable(
            parts=tuple(row for row in self._good.values() if isinstance(row, PartRow)),
            products=tuple(row for row in self._good.values() if isinstance(row, ProductRow)),
            refused=tuple(self._refused),
        )

    def _draft(self, row: _Row) -> PartRow | ProductRow:
        make = part_draft if self._layout.kind is SheetKind.PARTS else product_draft
        return make(self._layout, row.number, row.readings)

    def _key(self, draft: PartRow | ProductRow) -> str:
        return draft.number_key if isinstance(draft, PartRow) else product_key(draft.name)

    def _missing(self) -> CellIssue:
        if self._layout.kind is SheetKind.PARTS:
            return CellIssue(
                ProblemCode.MISSING, "", _("the part number is missing."), _("a part number")
            )
        return CellIssue(ProblemCode.MISSING, "", _("the product's name is missing."), _("a name"))

    def _problem(self, row: int, use: ColumnUse, issue: CellIssue) -> RowProblem:
        return place_problem(
            issue,
            sheet=self._layout.sheet.name,
            row=row,
            column=use.letter,
            heading=shorten(use.heading),
            name_sheet=self._name_sheet,
        )

    def _refuse(self, row: _Row, problems: list[RowProblem]) -> None:
        values = dict(zip(self._layout.columns, row.readings, strict=True))
        file = next((r.value for use, r in values.items() if use.field is _F.FILE), None)
        identity = row.readings[self._identity]
        shown = identity.value or (identity.issue.found if identity.issue else "")
        self._refused.append(
            RefusedRow(
                sheet=self._layout.sheet.name,
                row=row.number,
                number=str(shown),
                file=str(file or ""),
                problems=tuple(problems),
                skipped=row.number in self._skipped,
            )
        )

    def _left_out(self, row: _Row) -> RowProblem:
        """Return what is told of a sound row that a person skips."""
        return RowProblem(
            sheet=self._layout.sheet.name,
            row=row.number,
            column="",
            heading="",
            code=ProblemCode.SKIPPED,
            expected="",
            found="",
            text=_("Row {row} was skipped by hand.").format(row=row.number),
        )

    def _note_readings(self, row: _Row) -> None:
        for use, reading in zip(self._layout.columns, row.readings, strict=True):
            if reading.note:
                text = _("Row {row}, column {column} ({heading}): {note}.").format(
                    row=row.number, column=use.letter, heading=use.heading, note=reading.note
                )
                self._note(row.number, use.letter, text)

    def _tell(self, row: int, notes: Sequence[Note]) -> None:
        for note in notes:
            self._note(row, note.column, note.text)

    def _note(self, row: int, column: str, text: str) -> None:
        self.notes.append(RowNote(sheet=self._layout.sheet.name, row=row, column=column, text=text))


def _doubled(draft: PartRow | ProductRow, earlier: PartRow | ProductRow) -> CellIssue:
    found = draft.identity
    return CellIssue(
        ProblemCode.DUPLICATE,
        found,
        _("'{found}' already stands in row {row} with other values.").format(
            found=shorten(found), row=earlier.row
        ),
        _("each number once"),
    )


def _agreed_dates(layout: SheetLayout, rows: Sequence[_Row]) -> tuple[ProductDate, ...]:
    """Return the ends of production on which all rows of a product agree.

    A refused row has a say as well, and a row without a date does not agree with one that has it.
    """
    places = {use.field: place for place, use in enumerate(layout.columns)}
    if not {_F.PRODUCTION_END, _F.USED_IN} <= places.keys():
        return ()
    stated: dict[str, tuple[str, set[Any], list[int]]] = {}
    for row in rows:
        products = row.readings[places[_F.USED_IN]].value
        on = row.readings[places[_F.PRODUCTION_END]].value
        for product in products if isinstance(products, tuple) else ():
            key = product_key(product)
            _first, dates, numbers = stated.setdefault(key, (product, set(), []))
            dates.add(on)
            numbers.append(row.number)
    return tuple(
        ProductDate(product=name, on=on, rows=tuple(numbers))
        for name, dates, numbers in stated.values()
        if len(dates) == 1 and isinstance(on := next(iter(dates)), date)
    )
