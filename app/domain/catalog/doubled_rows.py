"""Rows of one file that stand in several of its sheets: joined, told or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.base.i18n import _
from app.domain.catalog.cell_issue import shorten
from app.domain.catalog.column_mapping import SheetLayout
from app.domain.catalog.part_table import (
    PartRow,
    PartTable,
    ProblemCode,
    ProductRow,
    RefusedRow,
    RowNote,
    RowProblem,
)
from app.domain.catalog.plant_rows import is_other_plant, join_plants
from app.domain.catalog.row_drafts import product_key
from app.domain.catalog.row_notes import plant_notes


def without_doubles(table: PartTable, layouts: Sequence[SheetLayout]) -> PartTable:
    """Keep the first row of a number or product that stands in two sheets.

    Sheets of different plants are one list in several pieces.
    """
    seen: dict[str, PartRow] = {}
    products: dict[str, ProductRow] = {}
    refused, notes = list(table.refused), list(table.notes)
    layout_of = {layout.sheet.name: layout for layout in layouts}
    for row in table.parts:
        earlier = seen.setdefault(row.number_key, row)
        if earlier is row:
            continue
        if is_other_plant(row, earlier) and not row.other_plants:
            joined = join_plants(earlier, row)
            seen[row.number_key] = joined.row
            notes += [
                RowNote(sheet=row.sheet, row=row.row, column=note.column, text=note.text)
                for note in plant_notes(joined, row, earlier, layout_of[row.sheet])
            ]
            continue
        _leave_out(row, earlier, refused, notes)
    for product in table.products:
        first = products.setdefault(product_key(product.name), product)
        if first is not product:
            _leave_out(product, first, refused, notes)
    return replace(
        table,
        parts=tuple(seen.values()),
        products=tuple(products.values()),
        refused=tuple(refused),
        notes=tuple(notes),
    )


def _leave_out(
    row: PartRow | ProductRow,
    earlier: PartRow | ProductRow,
    refused: list[RefusedRow],
    notes: list[RowNote],
) -> None:
    """Tell of a row that repeats one of another sheet; refuse it where it says something else."""
    number = row.identity
    text = _(
        "Sheet '{sheet}', row {row}: '{number}' already stands in sheet '{other}', row {earlier}. "
        "Expected each number once."
    ).format(
        sheet=row.sheet,
        row=row.row,
        number=shorten(number),
        other=earlier.sheet,
        earlier=earlier.row,
    )
    if replace(row, sheet=earlier.sheet, row=earlier.row) == earlier:
        notes.append(RowNote(sheet=row.sheet, row=row.row, column="", text=text))
        return
    problem = RowProblem(
        sheet=row.sheet, row=row.row, column="", heading="", code=ProblemCode.DUPLICATE,
        expected=_("each number once"), found=number, text=text,
    )  # fmt: skip
    file = row.file if isinstance(row, PartRow) else ""
    refused.append(
        RefusedRow(sheet=row.sheet, row=row.row, number=number, file=file, problems=(problem,))
    )
