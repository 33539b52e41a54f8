"""Read the cells of one column into typed values, or say what is wrong with each.

A column is read as a whole, because its clear cells tell how to read the doubtful ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from app.base.i18n import _
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
from app.domain.catalog.heading_text import CURRENCIES, CURRENCY_SIGNS, fold_heading
from app.domain.catalog.number_text import (
    BLANK_WORDS,
    Amount,
    Trouble,
    judge_decimal_mark,
    read_amount,
)
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality
from app.domain.catalog.part_table import CellIssue, ProblemCode, Reading
from app.domain.catalog.table_sheet import Cell, CellFault, Formula, cell_text

EMPTY = Reading()
_SHOWN = 60
_MAX_NUMBER_CHARACTERS = 64
_MAX_TEXT_CHARACTERS = 2_000
_EXACT_INTEGERS = 10**15  # a spreadsheet keeps 15 digits
_LARGEST = Decimal(10) ** 12
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u2028\u2029]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
_PRODUCT_SEPARATORS = re.compile(r"\s*[;|\n]\s*")

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

_CONSEQUENCE_WORDS = {
    "low": ConsequenceClass.LOW, "niedrig": ConsequenceClass.LOW, "gering": ConsequenceClass.LOW,
    "medium": ConsequenceClass.MEDIUM, "mittel": ConsequenceClass.MEDIUM,
    "moderate": ConsequenceClass.MEDIUM, "high": ConsequenceClass.HIGH,
    "hoch": ConsequenceClass.HIGH, "unknown": ConsequenceClass.UNKNOWN,
    "unbekannt": ConsequenceClass.UNKNOWN,
}  # fmt: skip
_SUPPLY_WORDS = {
    "v": SupplyCriticality.VITAL, "vital": SupplyCriticality.VITAL,
    "lebenswichtig": SupplyCriticality.VITAL, "e": SupplyCriticality.ESSENTIAL,
    "essential": SupplyCriticality.ESSENTIAL, "wesentlich": SupplyCriticality.ESSENTIAL,
    "d": SupplyCriticality.DESIRABLE, "desirable": SupplyCriticality.DESIRABLE,
    "wuenschenswert": SupplyCriticality.DESIRABLE,
}  # fmt: skip


def column_mark(use: ColumnUse, cells: Sequence[Cell]) -> DecimalMark | None:
    """Return the decimal mark of a column of numbers; None: another field, or nothing decides."""
    if use.field not in NUMBER_FIELDS:
        return None
    texts = [cell for cell in cells if isinstance(cell, str)]
    return use.decimal_mark or judge_decimal_mark(texts)


def read_column(
    use: ColumnUse, cells: Sequence[Cell], sheet_mark: DecimalMark | None = None
) -> list[Reading]:
    """Return one reading per cell, in order.

    Args:
        sheet_mark: decimal mark of the sheet's other columns, for one that does not decide itself.
    """
    if use.field in NUMBER_FIELDS:
        mark = column_mark(use, cells) or _undecided_mark(cells, sheet_mark)
        return [_read_number(cell, use, mark) for cell in cells]
    if use.field in DATE_FIELDS:
        texts = [cell for cell in cells if isinstance(cell, str)]
        order = use.date_order or judge_date_order(texts)
        form = expected_form(texts, order)
        return [_read_date(cell, order, form) for cell in cells]
    reader = _TEXT_READERS.get(use.field, _read_text)
    return [reader(cell) for cell in cells]


def _undecided_mark(cells: Sequence[Cell], sheet_mark: DecimalMark | None) -> DecimalMark | None:
    """Return the sheet's mark unless the column contradicts itself, and is read cell by cell."""
    clear = {judge_decimal_mark([cell]) for cell in cells if isinstance(cell, str)}
    return None if clear - {None} else sheet_mark


def shorten(text: str) -> str:
    """Return text for a complaint: one line, not too long, nothing invisible."""
    visible = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return visible if len(visible) <= _SHOWN else f"{visible[: _SHOWN - 1]}…"


def _issue(code: ProblemCode, cell: Cell, complaint: str, expected: str) -> Reading:
    found = shorten(cell_text(cell))
    return Reading(
        issue=CellIssue(code, found, complaint.format(found=found), expected),
    )


def _formula(cell: Cell, expected: str) -> Reading:
    return _issue(
        ProblemCode.FORMULA,
        cell,
        _("'{found}' is a formula; formulas are not evaluated."),
        expected,
    )


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, Formula) or (isinstance(cell, str) and cell.lstrip().startswith("="))


def _read_text(cell: Cell) -> Reading:
    """Read text; a workbook's formula counts as what it last showed."""
    note = ""
    if isinstance(cell, Formula):
        if cell.shown is None:
            return _formula(cell, _("text"))
        note = _("a formula; what it last showed was taken")
        cell = cell.shown
    if isinstance(cell, CellFault):
        return _issue(ProblemCode.UNREADABLE, cell, _("'{found}' is no text."), _("text"))
    text = cell_text(cell)
    if not text:
        return EMPTY
    if _CONTROL.search(text):
        return _issue(
            ProblemCode.UNREADABLE,
            cell,
            _("'{found}' holds a character that cannot be read."),
            _("readable text"),
        )
    if len(text) > _MAX_TEXT_CHARACTERS:
        return _issue(
            ProblemCode.TOO_LONG,
            cell,
            _("'{found}' is too long."),
            _("at most {limit} characters").format(limit=_MAX_TEXT_CHARACTERS),
        )
    return Reading(text, note=note)


def _read_part_number(cell: Cell) -> Reading:
    expected = _("a part number")
    if _is_formula(cell):
        return _formula(cell, expected)
    if isinstance(cell, bool | datetime | date | time):
        return _issue(
            ProblemCode.LOST_DIGITS,
            cell,
            _("the spreadsheet turned the number into '{found}'."),
            _("a part number as text"),
        )
    if isinstance(cell, float | int):
        if not math.isfinite(cell) or cell != int(cell) or abs(cell) >= _EXACT_INTEGERS:
            return _issue(
                ProblemCode.LOST_DIGITS,
                cell,
                _("'{found}' was kept as a decimal number and may have lost digits."),
                _("a part number as text"),
            )
        return Reading(str(int(cell)))
    reading = _read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    text = str(reading.value)
    if text in BLANK_WORDS:
        return EMPTY
    if _SCIENTIFIC.fullmatch(text) and "+" in text:
        return _issue(
            ProblemCode.LOST_DIGITS,
            cell,
            _("'{found}' is a rounded number; the spreadsheet lost digits."),
            _("a part number as text"),
        )
    if len(text) > _MAX_NUMBER_CHARACTERS or "\n" in text:
        return _issue(
            ProblemCode.TOO_LONG,
            cell,
            _("'{found}' is too long for a part number."),
            _("one line of at most {limit} characters").format(limit=_MAX_NUMBER_CHARACTERS),
        )
    return Reading(text)


def _read_products(cell: Cell) -> Reading:
    reading = _read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    names = [" ".join(name.split()) for name in _PRODUCT_SEPARATORS.split(str(reading.value))]
    return Reading(tuple(dict.fromkeys(name for name in names if name)), note=reading.note)


def _words_reader(words: Mapping[str, StrEnum], shown: str) -> Callable[[Cell], Reading]:
    def read(cell: Cell) -> Reading:
        reading = _read_text(cell)
        if reading.issue or reading.value is None:
            return reading
        text = str(reading.value)
        if text in BLANK_WORDS:
            return EMPTY
        word = words.get(fold_heading(text))
        if word is None:
            return _issue(ProblemCode.UNKNOWN_WORD, cell, _("'{found}' is not understood."), shown)
        return Reading(word)

    return read


def _read_currency(cell: Cell) -> Reading:
    reading = _read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    text = str(reading.value).upper()
    code = CURRENCY_SIGNS.get(text, text)
    if code in CURRENCIES:
        return Reading(code)
    return _issue(
        ProblemCode.UNKNOWN_WORD, cell, _("'{found}' is no currency."), _("a code such as EUR")
    )


_TEXT_READERS: dict[ColumnField, Callable[[Cell], Reading]] = {
    ColumnField.NUMBER: _read_part_number,
    ColumnField.SUCCESSOR: _read_part_number,
    ColumnField.USED_IN: _read_products,
    ColumnField.CURRENCY: _read_currency,
    ColumnField.CONSEQUENCE_CLASS: _words_reader(_CONSEQUENCE_WORDS, "low / medium / high"),
    ColumnField.SUPPLY_CRITICALITY: _words_reader(_SUPPLY_WORDS, "V / E / D"),
    ColumnField.CRITICALITY: _words_reader(
        {**_SUPPLY_WORDS, **_CONSEQUENCE_WORDS}, "low / medium / high / V / E / D"
    ),
}


def _read_date(cell: Cell, order: DateOrder | None, form: str) -> Reading:
    if cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANK_WORDS):
        return EMPTY
    if _is_formula(cell):
        return _formula(cell, form)
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
        return _issue(
            ProblemCode.AMBIGUOUS,
            cell,
            _("'{found}' can be read with the day or the month first."),
            _("DD.MM.YYYY or YYYY-MM-DD"),
        )
    if read is DateTrouble.IMPLAUSIBLE:
        return _issue(
            ProblemCode.OUT_OF_RANGE,
            cell,
            _("'{found}' lies in no year that can be meant."),
            _("a date from 1900 to 2199"),
        )
    return _issue(ProblemCode.NO_DATE, cell, _("'{found}' is no date."), form)


def _date_note(read: DateReading) -> str:
    if read.endless:
        return _("stands for 'no end'; no date was stored")
    return _("no day is given; the month's last day was taken") if read.month_only else ""


def _read_number(cell: Cell, use: ColumnUse, mark: DecimalMark | None) -> Reading:
    if cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANK_WORDS):
        return EMPTY
    if _is_formula(cell):
        return _formula(cell, _("a number"))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell):
            return _issue(ProblemCode.NO_NUMBER, cell, _("'{found}' is no number."), _("a number"))
        # Fifteen digits are what the user saw; the rest is binary noise.
        return _in_range(cell, Amount(Decimal(f"{cell:.15g}")), use, typed=True)
    amount = read_amount(cell, mark) if isinstance(cell, str) else Trouble.NO_NUMBER
    if amount is Trouble.AMBIGUOUS and use.field in _WHOLE:
        amount = _whole_reading(cell_text(cell))
    if isinstance(amount, Amount):
        return _in_range(cell, amount, use, typed=False)
    if amount is Trouble.AMBIGUOUS:
        return _issue(
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
    return _issue(ProblemCode.NO_NUMBER, cell, _("'{found}' is no number."), expected)


def _whole_reading(text: str) -> Amount | Trouble:
    """Return the one reading that is a whole number: 8.200 devices are not 8.2 devices."""
    readings = [read_amount(text, mark) for mark in DecimalMark]
    whole = [
        read
        for read in readings
        if isinstance(read, Amount) and read.value == read.value.to_integral_value()
    ]
    return whole[0] if len(whole) == 1 else Trouble.AMBIGUOUS


def _in_range(cell: Cell, amount: Amount, use: ColumnUse, *, typed: bool) -> Reading:
    value = amount.value
    expected, good = _("a number from 0 up"), 0 <= value <= _LARGEST
    if use.field is ColumnField.QUANTITY:
        expected, good = _("a number above 0"), 0 < value <= _LARGEST
    elif use.field is ColumnField.FAILURE_RATE:
        if amount.percent or (use.percent and not typed) or (use.percent and value > 1):
            value = value / 100
        expected, good = _("a share from 0 to 1, or per cent"), 0 <= value <= 1
    elif use.field is ColumnField.LEAD_TIME:
        unit = amount.time_unit or use.time_unit
        if unit is not None:
            value = Decimal(math.ceil(value * Decimal(unit.in_days)))
        expected, good = _("days from 0 to 10,000"), 0 <= value <= 10_000
    elif use.field in _WHOLE:
        low = 1 if use.field is ColumnField.PRICE_UNIT else 0
        expected = _("a whole number from {low} up").format(low=low)
        good = value == value.to_integral_value() and low <= value <= _LARGEST
    if amount.currency and use.field is not ColumnField.PRICE:
        return _issue(ProblemCode.NO_NUMBER, cell, _("'{found}' is an amount of money."), expected)
    if amount.percent and use.field is not ColumnField.FAILURE_RATE:
        return _issue(ProblemCode.NO_NUMBER, cell, _("'{found}' is a share."), expected)
    if amount.time_unit and use.field is not ColumnField.LEAD_TIME:
        return _issue(ProblemCode.NO_NUMBER, cell, _("'{found}' is a time."), expected)
    if not good:
        return _issue(ProblemCode.OUT_OF_RANGE, cell, _("'{found}' is out of range."), expected)
    if amount.currency and use.currency and amount.currency != use.currency:
        return _issue(
            ProblemCode.CONTRADICTION,
            cell,
            _("'{found}' is not in the currency of the heading."),
            use.currency,
        )
    return Reading(value, extra=amount.currency)
