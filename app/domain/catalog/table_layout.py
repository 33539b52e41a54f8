"""Find the heading row of each sheet and say what its columns mean, by rule, words and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from app.base.errors import TableError
from app.base.i18n import _
from app.domain.catalog.column_headings import (
    DOUBTFUL_PART_HEADINGS,
    PART_FIELDS,
    PART_HEADINGS,
    PRODUCT_FIELDS,
    PRODUCT_HEADINGS,
    REPEATABLE,
    ColumnField,
)
from app.domain.catalog.column_mapping import (
    ColumnMapping,
    ColumnUse,
    HeadingRule,
    SheetKind,
    SheetLayout,
)
from app.domain.catalog.date_text import DateTrouble, read_date
from app.domain.catalog.heading_text import (
    HeadingText,
    fold_heading,
    read_heading,
    read_month,
    without_fillers,
)
from app.domain.catalog.table_edits import SheetChoice
from app.domain.catalog.table_sheet import Cell, Formula, TableSheet, cell_text

_SEARCHED_ROWS = 60
_SAMPLED_ROWS = 500
_PLANT = re.compile(r"\b(?:werk|plant)\b\s*[:=]?\s*([A-Z0-9ÄÖÜ][\w-]{0,19})(?!\w)", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9]{5,}")
_FILE_NAME = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_IDENTITY = {SheetKind.PARTS: ColumnField.NUMBER, SheetKind.PRODUCTS: ColumnField.PRODUCT}
_Rules = dict[tuple[str, int], HeadingRule]


def _lookup(table: dict[ColumnField, tuple[str, ...]]) -> dict[str, ColumnField]:
    return {
        form: field
        for field, words in table.items()
        for word in words
        for form in (without_fillers(word), word)
    }


_WORDS = {
    SheetKind.PARTS: _lookup(PART_HEADINGS),
    SheetKind.PRODUCTS: _lookup(PRODUCT_HEADINGS),
}


def lay_out_tables(
    sheets: Sequence[TableSheet],
    mapping: ColumnMapping | None = None,
    choices: Sequence[SheetChoice] = (),
) -> tuple[SheetLayout, ...]:
    """Lay a mapping, or a guess, over the sheets of one file.

    Sheets without understood headings are left out.

    Args:
        choices: what a person said of sheets; each at most once.

    Raises:
        TableError: no sheet has a column for the part number or the product.
    """
    rules = {kind: mapping.by_key(kind) if mapping is not None else {} for kind in SheetKind}
    said = {choice.sheet: choice for choice in choices}
    layouts = [
        layout
        for sheet in sheets
        if (layout := _lay_out(sheet, rules, said.get(sheet.name))) is not None
    ]
    if not layouts:
        raise TableError(
            _(
                "No row of headings with a part number was found in {sheets}. "
                "Expected a heading such as 'Part No' or 'Materialnr.'."
            ).format(sheets=", ".join(f"'{sheet.name}'" for sheet in sheets)),
            hint=_("Rename the heading, or name the columns in a mapping."),
        )
    return tuple(layouts)


def _lay_out(
    sheet: TableSheet, rules: dict[SheetKind, _Rules], choice: SheetChoice | None
) -> SheetLayout | None:
    if choice is not None and not choice.taken:
        return None
    named = choice.heading_row if choice is not None else None
    searched = range(min(len(sheet.rows), _SEARCHED_ROWS))
    if named is not None:
        start = named - sheet.first_row
        searched = range(start, start + 1) if 0 <= start < len(sheet.rows) else range(0)
    kinds = [choice.kind] if choice is not None and choice.kind is not None else list(SheetKind)
    best: tuple[int, SheetLayout] | None = None
    for index in searched:
        row = sheet.rows[index]
        if sum(cell is not None for cell in row) == 0:
            continue
        for kind in kinds:
            # Words first: judging values costs more and cannot make a heading row of a data row.
            if _recognised(row, kind, rules[kind]) <= (best[0] if best else 0):
                continue
            columns = _columns(sheet, index, kind, rules[kind])
            fields = {use.field for use in columns} - {ColumnField.IGNORED}
            if _IDENTITY[kind] not in fields:
                continue
            if named is None and len(fields) == 1 and len(row) > 1:
                continue  # a lone word above a list; a row that a person named may well be one
            score = len(fields)
            if best is None or score > best[0]:
                best = (
                    score,
                    SheetLayout(
                        sheet=sheet,
                        kind=kind,
                        heading_index=index,
                        columns=columns,
                        plant=_plant_above(sheet, index),
                    ),
                )
    return best[1] if best else None


def _recognised(row: Sequence[Cell], kind: SheetKind, rules: _Rules) -> int:
    """Count the different fields that the words of a row could name."""
    fields: set[object] = set()
    for cell, key in zip(row, _keys(row), strict=True):
        if key in rules:
            fields.add(rules[key].field)
        elif _month_of(cell) is not None:
            fields.add(ColumnField.DEMAND)
        elif isinstance(cell, str):
            field = _known_field(read_heading(cell), kind)
            doubtful = DOUBTFUL_PART_HEADINGS.get(fold_heading(cell))
            if field is not None:
                fields.add(field)
            elif doubtful and kind is SheetKind.PARTS:
                fields.add(fold_heading(cell))
    return len(fields)


def _keys(row: Sequence[Cell]) -> list[tuple[str, int]]:
    """Return folded heading and occurrence of each cell."""
    seen: dict[str, int] = {}
    keys = []
    for cell in row:
        folded = fold_heading(cell_text(cell))
        keys.append((folded, seen.get(folded, 0)))
        seen[folded] = seen.get(folded, 0) + 1
    return keys


def _month_of(cell: Cell) -> date | None:
    return read_month(cell) if isinstance(cell, str | int | date | datetime) else None


def _known_field(heading: HeadingText, kind: SheetKind) -> ColumnField | None:
    words = _WORDS[kind]
    forms = (heading.whole, heading.words, without_fillers(heading.words), heading.bare)
    for form in forms:
        if form in words:
            return words[form]
    return None


def _columns(
    sheet: TableSheet, index: int, kind: SheetKind, rules: _Rules
) -> tuple[ColumnUse, ...]:
    row = sheet.rows[index]
    keys = _keys(row)
    allowed = PART_FIELDS if kind is SheetKind.PARTS else PRODUCT_FIELDS
    chosen: dict[int, ColumnField] = {}
    taken: set[ColumnField] = set()
    months: set[date] = set()

    def choose(column: int, field: ColumnField) -> None:
        free = field in allowed and (field in REPEATABLE or field not in taken)
        chosen[column] = field if free else ColumnField.IGNORED
        taken.add(chosen[column])

    for column, key in enumerate(keys):
        if key in rules:
            choose(column, rules[key].field)
    for column, cell in enumerate(row):
        if column in chosen:
            continue
        month = _month_of(cell) if kind is SheetKind.PARTS else None
        if month is not None:
            # A month that stands there twice is counted once.
            choose(column, ColumnField.IGNORED if month in months else ColumnField.DEMAND)
            months.add(month)
        elif isinstance(cell, str) and (field := _known_field(read_heading(cell), kind)):
            choose(column, field)
    if kind is SheetKind.PARTS:
        for column, cell in enumerate(row):
            candidates = DOUBTFUL_PART_HEADINGS.get(fold_heading(cell_text(cell)), ())
            if column not in chosen and candidates:
                values = _sample(sheet, index, column)
                choose(column, _by_values(candidates, values, taken))
    return tuple(
        _use(column, row[column], chosen.get(column, ColumnField.IGNORED), rules.get(keys[column]))
        for column in range(len(row))
        if row[column] is not None
    )


def _by_values(
    candidates: Sequence[ColumnField], values: Sequence[Cell], taken: set[ColumnField]
) -> ColumnField:
    for field in candidates:
        if field not in taken and _plausible(field, values):
            return field
    return ColumnField.IGNORED


def _sample(sheet: TableSheet, index: int, column: int) -> list[Cell]:
    rows = sheet.rows[index + 1 : index + 1 + _SAMPLED_ROWS]
    cells = (row[column] for row in rows if column < len(row))
    return [cell for cell in cells if cell is not None and not isinstance(cell, Formula)]


def _plausible(field: ColumnField, values: Sequence[Cell]) -> bool:
    """Say whether values look like the field, where the heading alone does not tell."""
    texts = [cell_text(value) for value in values]
    if not texts:
        return field in {ColumnField.NUMBER, ColumnField.NAME}
    if field is ColumnField.NUMBER:
        if sum(bool(_LONG_NUMBER.fullmatch(text)) for text in texts) >= 0.9 * len(texts):
            return True  # several plants repeat a number; a material such as 1.4301 has points
        with_digit = sum(any(letter.isdigit() for letter in text) for text in texts)
        different = len(set(texts))
        return different >= 0.8 * len(texts) and with_digit >= 0.5 * len(texts)
    if field is ColumnField.PRODUCTION_END:
        dated = sum(not isinstance(value, str | bool) or _is_date(value) for value in values)
        return dated >= 0.5 * len(values)  # "Discontinued: yes" tells no day
    if field is ColumnField.FILE:
        return sum(bool(_FILE_NAME.search(text)) for text in texts) >= 0.5 * len(texts)
    return True


def _is_date(value: object) -> bool:
    return isinstance(value, str) and read_date(value, None) is not DateTrouble.NO_DATE


def _use(column: int, cell: Cell, field: ColumnField, rule: HeadingRule | None) -> ColumnUse:
    heading = cell_text(cell)
    text = read_heading(heading)
    return ColumnUse(
        column=column,
        heading=heading,
        field=field,
        currency=(rule.currency if rule else "") or text.currency,
        time_unit=(rule.time_unit if rule else None) or text.time_unit,
        price_unit=(rule.price_unit if rule else None) or text.price_unit,
        percent=text.percent,
        month=_month_of(cell) if field is ColumnField.DEMAND else None,
        decimal_mark=rule.decimal_mark if rule else None,
        date_order=rule.date_order if rule else None,
    )


def _plant_above(sheet: TableSheet, index: int) -> str:
    """Return the plant that a title line names: 'Bestandsliste Werk 1000'."""
    for row in sheet.rows[:index]:
        for cell in row:
            match = _PLANT.search(cell) if isinstance(cell, str) else None
            if match and (match[1][0].isdigit() or match[1][0].isupper()):
                return match[1]
    return ""
