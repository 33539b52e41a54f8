"""Read the cells of one column into typed values, or say what is wrong with each.

A column is read as a whole, because its clear cells tell how to read the doubtful ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from app.base.figures import figure
from app.base.i18n import _
from app.domain.catalog.cell_issue import EMPTY, bad_cell, formula_cell, is_formula
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnUse, DateOrder, DecimalMark
from app.domain.catalog.date_text import (
    DateReading,
    DateTrouble,
    expected_form,
    judge_date_order,
    plausible_date,
    read_date,
)
from app.domain.catalog.number_text import (
    BLANK_WORDS,
    Amount,
    Trouble,
    judge_decimal_mark,
    read_amount,
)
from app.domain.catalog.part_table import ProblemCode, Reading
from app.domain.catalog.table_sheet import Cell, cell_text
from app.domain.catalog.text_cells import TEXT_READERS, read_text

_LARGEST = Decimal(10) ** 12

NUMBER_FIELDS = frozenset(
    {
        ColumnField.QUANTITY, ColumnField.PRICE, ColumnField.PRICE_UNIT,
        ColumnField.MINIMUM_ORDER, ColumnField.LEAD_TIME, ColumnField.STOCK,
        ColumnField.SAFETY_STOCK, ColumnField.OPEN_ORDERS, ColumnField.DEMAND,
        ColumnField.INSTALLED_BASE, ColumnField.FAILURE_RATE,
    }
)  # fmt: skip
DATE_FIELDS = frozenset(
    {
        ColumnField.LAST_ORDER, ColumnField.PRODUCTION_END, ColumnField.INTRODUCTION,
        ColumnField.LAST_PRODUCED, ColumnField.LAST_PLACED, ColumnField.END_OF_SERVICE,
    }
)  # fmt: skip
_WHOLE = frozenset({ColumnField.PRICE_UNIT, ColumnField.INSTALLED_BASE})


def column_mark(use: ColumnUse, cells: Sequence[Cell]) -> DecimalMark | None:
    """Return the decimal mark of a column of numbers; None: another field, or nothing decides."""
    if use.field not in NUMBER_FIELDS:
        return None
    return use.decimal_mark or judge_decimal_mark(_different_texts(cells))


def read_column(
    use: ColumnUse, cells: Sequence[Cell], sheet_mark: DecimalMark | None = None
) -> list[Reading]:
    """Return one reading per cell, in order.

    Args:
        sheet_mark: decimal mark of the sheet's other columns, for one that does not decide itself.
    """
    if use.field in NUMBER_FIELDS:
        mark = column_mark(use, cells) or _undecided_mark(cells, sheet_mark)
        if not (use.percent and _are_shares(cells)):
            return _read_once(cells, lambda cell: _read_number(cell, use, mark))
        shares = replace(use, percent=False)
        return _read_once(cells, lambda cell: _told_share(_read_number(cell, shares, mark)))
    if use.field in DATE_FIELDS:
        texts = [cell for cell in cells if isinstance(cell, str)]
        order = use.date_order or judge_date_order(texts)
        form = expected_form(texts, order)
        return _read_once(cells, lambda cell: _read_date(cell, order, form))
    reader = TEXT_READERS.get(use.field, read_text)
    return [reader(cell) for cell in cells]


def _are_shares(cells: Sequence[Cell]) -> bool:
    """Say whether numbers under "%" are shares: a sheet keeps 0.025 and shows 2.5 %.

    One number above 1 in the column, and none of them is a share.
    """
    typed = [c for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]
    return bool(typed) and max(typed) <= 1 and len(typed) == sum(c is not None for c in cells)


def _told_share(reading: Reading) -> Reading:
    if not isinstance(reading.value, Decimal):
        return reading
    percent = figure(float(reading.value * 100), 6)
    return replace(reading, note=_("read as {percent} %").format(percent=percent))


def _read_once(cells: Sequence[Cell], read: Callable[[Cell], Reading]) -> list[Reading]:
    """Read equal cells once: columns of demand hold little but zeros."""
    known: dict[tuple[type, Cell], Reading] = {}
    readings = []
    for cell in cells:
        key = (type(cell), cell)  # 1, 1.0 and TRUE are equal, but not the same
        reading = known.get(key)
        if reading is None:
            reading = known[key] = read(cell)
        readings.append(reading)
    return readings


def _different_texts(cells: Sequence[Cell]) -> set[str]:
    return {cell for cell in cells if isinstance(cell, str)}


def _undecided_mark(cells: Sequence[Cell], sheet_mark: DecimalMark | None) -> DecimalMark | None:
    """Return the sheet's mark unless the column contradicts itself, and is read cell by cell."""
    clear = {judge_decimal_mark([text]) for text in _different_texts(cells)}
    return None if clear - {None} else sheet_mark


def _is_no_date(cell: Cell) -> bool:
    """Say whether a cell states that there is no date: spreadsheets show day 0 as a midnight."""
    if isinstance(cell, str):
        return cell.strip().casefold() in BLANK_WORDS
    return cell is None or cell == time(0) or (cell == 0 and not isinstance(cell, bool))


def _read_date(cell: Cell, order: DateOrder | None, form: str) -> Reading:
    if _is_no_date(cell):
        return EMPTY
    if is_formula(cell):
        return formula_cell(cell, form)
    if isinstance(cell, datetime):
        read = plausible_date(cell.date())
    elif isinstance(cell, date):
        read = plausible_date(cell)
    elif isinstance(cell, str) or (type(cell) is int and len(str(cell)) == len("YYYYMMDD")):
        read = read_date(cell_text(cell), order)
    else:
        read = DateTrouble.NO_DATE
    if isinstance(read, DateReading):
        return Reading(read.on, note=_date_note(read))
    if read is DateTrouble.AMBIGUOUS:
        return bad_cell(
            ProblemCode.AMBIGUOUS,
            cell,
            _("'{found}' can be read with the day or the month first."),
            _("DD.MM.YYYY or YYYY-MM-DD"),
        )
    if read is DateTrouble.IMPLAUSIBLE:
        return bad_cell(
            ProblemCode.OUT_OF_RANGE,
            cell,
            _("'{found}' lies in no year that can be meant."),
            _("a date from 1900 to 2199"),
        )
    return bad_cell(ProblemCode.NO_DATE, cell, _("'{found}' is no date."), form)


def _date_note(read: DateReading) -> str:
    if read.endless:
        return _("stands for 'no end'; no date was stored")
    return _("no day is given; the month's last day was taken") if read.month_only else ""


def _read_number(cell: Cell, use: ColumnUse, mark: DecimalMark | None) -> Reading:
    if cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANK_WORDS):
        return EMPTY
    if is_formula(cell):
        return formula_cell(cell, _("a number"))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell):
            return bad_cell(
                ProblemCode.NO_NUMBER, cell, _("'{found}' is no number."), _("a number")
            )
        # Fifteen digits are what the user saw; the rest is binary noise.
        return _in_range(cell, Amount(Decimal(f"{cell:.15g}")), use)
    amount = read_amount(cell, mark) if isinstance(cell, str) else Trouble.NO_NUMBER
    if amount is Trouble.AMBIGUOUS and use.field in _WHOLE:
        amount = _whole_reading(cell_text(cell))
    if isinstance(amount, Amount):
        return _in_range(cell, amount, use)
    if amount is Trouble.AMBIGUOUS:
        return bad_cell(
            ProblemCode.AMBIGUOUS,
            cell,
            _("'{found}' can be read with a decimal or a thousands mark."),
            _("a number without thousands mark"),
        )
    expected = (
        {
            DecimalMark.COMMA: _("a number such as 1.234,50"),
            DecimalMark.POINT: _("a number such as 1,234.50"),
        }.get(mark, _("a number"))
        if mark
        else _("a number")
    )
    return bad_cell(ProblemCode.NO_NUMBER, cell, _("'{found}' is no number."), expected)


def _whole_reading(text: str) -> Amount | Trouble:
    """Return the one reading that is a whole number: 8.200 devices are not 8.2 devices."""
    readings = [read_amount(text, mark) for mark in DecimalMark]
    whole = [
        read
        for read in readings
        if isinstance(read, Amount) and read.value == read.value.to_integral_value()
    ]
    return whole[0] if len(whole) == 1 else Trouble.AMBIGUOUS


def _in_range(cell: Cell, amount: Amount, use: ColumnUse) -> Reading:
    value = amount.value
    expected, good = _("a number from 0 up"), 0 <= value <= _LARGEST
    if use.field is ColumnField.QUANTITY:
        expected, good = _("a number above 0"), 0 < value <= _LARGEST
    elif use.field is ColumnField.FAILURE_RATE:
        if amount.percent or use.percent:
            value = value / 100
        expected, good = _("a share from 0 to 1, or per cent"), 0 <= value <= 1
    elif use.field is ColumnField.LEAD_TIME:
        unit = amount.time_unit or use.time_unit
        days = value * Decimal(unit.in_days if unit is not None else 1)
        expected, good = _("days from 0 to 10,000"), 0 <= days <= 10_000
        value = Decimal(math.ceil(days))  # half a day late is a day late
    elif use.field in _WHOLE:
        low = 1 if use.field is ColumnField.PRICE_UNIT else 0
        expected = _("a whole number from {low} up").format(low=low)
        good = value == value.to_integral_value() and low <= value <= _LARGEST
    if amount.currency and use.field is not ColumnField.PRICE:
        return bad_cell(
            ProblemCode.NO_NUMBER, cell, _("'{found}' is an amount of money."), expected
        )
    if amount.percent and use.field is not ColumnField.FAILURE_RATE:
        return bad_cell(ProblemCode.NO_NUMBER, cell, _("'{found}' is a share."), expected)
    if amount.time_unit and use.field is not ColumnField.LEAD_TIME:
        return bad_cell(ProblemCode.NO_NUMBER, cell, _("'{found}' is a time."), expected)
    if not good:
        return bad_cell(ProblemCode.OUT_OF_RANGE, cell, _("'{found}' is out of range."), expected)
    if amount.currency and use.currency and amount.currency != use.currency:
        return bad_cell(
            ProblemCode.CONTRADICTION,
            cell,
            _("'{found}' is not in the currency of the heading."),
            use.currency,
        )
    return Reading(value, extra=amount.currency)
