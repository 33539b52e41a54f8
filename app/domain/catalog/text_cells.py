"""Read cells of text: part numbers, names, products, and words that stand for classes."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum

from app.base.i18n import _
from app.domain.catalog.cell_issue import (
    EMPTY,
    INVISIBLE,
    UNREADABLE,
    bad_cell,
    formula_cell,
    is_formula,
)
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.heading_text import CURRENCIES, CURRENCY_SIGNS, fold_heading
from app.domain.catalog.number_text import BLANK_WORDS
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality
from app.domain.catalog.part_table import ProblemCode, Reading
from app.domain.catalog.table_sheet import Cell, CellFault, Formula, cell_text

_MAX_NUMBER_CHARACTERS = 64
_MAX_TEXT_CHARACTERS = 2_000
_EXACT_INTEGERS = 10**15  # a spreadsheet keeps 15 digits
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
_PRODUCT_SEPARATORS = re.compile(r"\s*[;|\n]\s*")

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


def read_text(cell: Cell) -> Reading:
    """Read text; a workbook's formula counts as what it last showed."""
    note = ""
    if isinstance(cell, Formula):
        if cell.shown is None:
            return formula_cell(cell, _("text"))
        note = _("a formula; what it last showed was taken")
        cell = cell.shown
    if isinstance(cell, CellFault):
        return bad_cell(ProblemCode.UNREADABLE, cell, _("'{found}' is no text."), _("text"))
    text = cell_text(cell)
    if INVISIBLE.search(text):
        text, note = INVISIBLE.sub("", text).strip(), _("invisible characters were left out")
    if not text:
        return EMPTY
    if UNREADABLE.search(text):
        return bad_cell(
            ProblemCode.UNREADABLE,
            cell,
            _("'{found}' holds a character that cannot be read."),
            _("readable text"),
        )
    if len(text) > _MAX_TEXT_CHARACTERS:
        return bad_cell(
            ProblemCode.TOO_LONG,
            cell,
            _("'{found}' is too long."),
            _("at most {limit} characters").format(limit=_MAX_TEXT_CHARACTERS),
        )
    return Reading(text, note=note)


def _read_part_number(cell: Cell) -> Reading:
    expected = _("a part number")
    if is_formula(cell):
        return formula_cell(cell, expected)
    if isinstance(cell, bool | datetime | date | time):
        return bad_cell(
            ProblemCode.LOST_DIGITS,
            cell,
            _("the spreadsheet turned the number into '{found}'."),
            _("a part number as text"),
        )
    if isinstance(cell, float | int):
        if not math.isfinite(cell) or cell != int(cell) or abs(cell) >= _EXACT_INTEGERS:
            return bad_cell(
                ProblemCode.LOST_DIGITS,
                cell,
                _("'{found}' was kept as a decimal number and may have lost digits."),
                _("a part number as text"),
            )
        return Reading(str(int(cell)))
    reading = read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    text = str(reading.value)
    if text.casefold() in BLANK_WORDS:
        return EMPTY
    if _SCIENTIFIC.fullmatch(text) and "+" in text:
        return bad_cell(
            ProblemCode.LOST_DIGITS,
            cell,
            _("'{found}' is a rounded number; the spreadsheet lost digits."),
            _("a part number as text"),
        )
    if len(text) > _MAX_NUMBER_CHARACTERS or "\n" in text:
        return bad_cell(
            ProblemCode.TOO_LONG,
            cell,
            _("'{found}' is too long for a part number."),
            _("one line of at most {limit} characters").format(limit=_MAX_NUMBER_CHARACTERS),
        )
    # A space without break looks like a space and must not make a second part.
    written = " ".join(unicodedata.normalize("NFC", text).split())
    return Reading(written, note=reading.note)


def _read_products(cell: Cell) -> Reading:
    reading = read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    names = [" ".join(name.split()) for name in _PRODUCT_SEPARATORS.split(str(reading.value))]
    return Reading(tuple(dict.fromkeys(name for name in names if name)), note=reading.note)


def _words_reader(words: Mapping[str, StrEnum], shown: str) -> Callable[[Cell], Reading]:
    def read(cell: Cell) -> Reading:
        reading = read_text(cell)
        if reading.issue or reading.value is None:
            return reading
        text = str(reading.value)
        if text.casefold() in BLANK_WORDS:
            return EMPTY
        word = words.get(fold_heading(text))
        if word is None:
            return bad_cell(
                ProblemCode.UNKNOWN_WORD, cell, _("'{found}' is not understood."), shown
            )
        return Reading(word)

    return read


def _read_currency(cell: Cell) -> Reading:
    reading = read_text(cell)
    if reading.issue or reading.value is None:
        return reading
    text = str(reading.value).upper()
    if text.casefold() in BLANK_WORDS:
        return EMPTY
    text = {"EURO": "EUR", "US$": "USD", "SFR": "CHF", "FR.": "CHF"}.get(text, text)
    code = CURRENCY_SIGNS.get(text, text)
    if code in CURRENCIES:
        return Reading(code)
    return bad_cell(
        ProblemCode.UNKNOWN_WORD, cell, _("'{found}' is no currency."), _("a code such as EUR")
    )


TEXT_READERS: dict[ColumnField, Callable[[Cell], Reading]] = {
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
