"""What is worth telling of a list although it refuses nothing: what is not stored, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.base.i18n import _
from app.domain.catalog.cell_issue import shorten
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnUse, SheetKind, SheetLayout
from app.domain.catalog.part_table import PartRow
from app.domain.catalog.plant_rows import JoinedRows
from app.domain.catalog.table_sheet import TableSheet

_F = ColumnField
_TERMS: tuple[tuple[ColumnField, Callable[[PartRow], object]], ...] = (
    (_F.LEAD_TIME, lambda row: row.lead_time_days),
    (_F.MINIMUM_ORDER, lambda row: row.minimum_order),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence and the column it is about, "" for none."""

    text: str
    column: str = ""


def left_out_text(sheet: TableSheet) -> str:
    """Return why nothing of a sheet was taken."""
    if sheet.hidden:
        text = _("Sheet '{sheet}' is hidden; it was left out.")
    else:
        text = _("Sheet '{sheet}' has no headings that are understood; it was left out.")
    return text.format(sheet=sheet.name)


def column_notes(layout: SheetLayout) -> list[Note]:
    """Return what is to be said of columns as a whole."""
    notes = []
    for use in layout.columns:
        if text := _column_text(use, layout):
            notes.append(Note(text, use.letter))
    if len(layout.sheet.rows) == layout.heading_index + 1:
        notes.append(
            Note(
                _("Sheet '{sheet}' holds no rows below its headings.").format(
                    sheet=layout.sheet.name
                )
            )
        )
    return notes


def _column_text(use: ColumnUse, layout: SheetLayout) -> str:
    place = {"column": use.letter, "heading": shorten(use.heading)}
    if use.field is _F.IGNORED:
        return _("Column {column} ({heading}) is not used.").format(**place)
    if use.field is _F.PRICE and not use.currency and not layout.uses_of(_F.CURRENCY):
        return _("Column {column} ({heading}) names no currency.").format(**place)
    terms = {field for field, _value in _TERMS}
    if layout.kind is SheetKind.PARTS and use.field in terms and not layout.uses_of(_F.SUPPLIER):
        return _(
            "Column {column} ({heading}) is not stored: it belongs to a supplier, and the list "
            "names none."
        ).format(**place)
    return ""


def row_notes(row: PartRow, layout: SheetLayout) -> list[Note]:
    """Return what is to be said of a good row."""
    if row.suppliers or not layout.uses_of(_F.SUPPLIER):
        return []  # without any column of suppliers the columns have been spoken of
    lost = [
        use
        for field, value in _TERMS
        if value(row) is not None
        for use in layout.uses_of(field)[:1]
    ]
    return [
        Note(
            _(
                "Row {row}, column {column} ({heading}): not stored, because the row names no "
                "supplier."
            ).format(row=row.row, column=use.letter, heading=shorten(use.heading)),
            use.letter,
        )
        for use in lost
    ]


def plant_notes(
    joined: JoinedRows, row: PartRow, first: PartRow, layout: SheetLayout
) -> list[Note]:
    """Return what another plant's row says otherwise than the first row of its part."""
    notes = []
    for difference in joined.differences:
        use = next(iter(layout.uses_of(difference.field)), None)
        notes.append(
            Note(
                _(
                    "Row {row} (plant {plant}): {heading} '{other}' differs from '{kept}' in row "
                    "{first}; '{kept}' was kept."
                ).format(
                    row=row.row,
                    plant=row.plant,
                    heading=shorten(use.heading) if use else difference.field.value,
                    other=shorten(difference.other),
                    kept=shorten(difference.kept),
                    first=first.row,
                ),
                use.letter if use else "",
            )
        )
    place = {"row": row.row, "plant": row.plant, "first": first.row}
    if joined.demand_added:
        text = _("Row {row} (plant {plant}): its demand was added to that of row {first}.")
        notes.append(Note(text.format(**place)))
    if joined.demand_repeated:
        text = _(
            "Row {row} (plant {plant}) repeats the demand of row {first}; it was counted once."
        )
        notes.append(Note(text.format(**place)))
    return notes
