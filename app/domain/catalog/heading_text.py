"""Read a heading: fold it for comparison, and find currency, unit, price unit and month in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.catalog.table_sheet import Cell, cell_text

_CURRENCY_CODES = (
    "EUR USD GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF RON BGN TRY INR KRW CAD AUD NZD BRL MXN ZAR "
    "SGD HKD TWD THB ILS AED SAR RUB UAH"
)
CURRENCIES = frozenset(_CURRENCY_CODES.split())
CURRENCY_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jaenner",
            "feb february februar",
            "mar march maerz mrz mae",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in names.split()
}

_FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})
_UNITS = {
    "d": "days",
    "day": "days",
    "days": "days",
    "tag": "days",
    "tage": "days",
    "tagen": "days",
    "kalendertage": "days",
    "wk": "weeks",
    "wks": "weeks",
    "week": "weeks",
    "weeks": "weeks",
    "woche": "weeks",
    "wochen": "weeks",
    "kw": "weeks",
    "wo": "weeks",
    "wch": "weeks",
    "mo": "months",
    "month": "months",
    "months": "months",
    "monat": "months",
    "monate": "months",
    "monaten": "months",
    "mon": "months",
    "mth": "months",
    "mths": "months",
    "arbeitstag": "working days",
    "arbeitstage": "working days",
    "arbeitstagen": "working days",
    "werktag": "working days",
    "werktage": "working days",
    "werktagen": "working days",
    "workdays": "working days",
    "jahr": "years",
    "jahre": "years",
    "jahren": "years",
    "year": "years",
    "years": "years",
    "yr": "years",
    "yrs": "years",
}
# Units where they stand in brackets, "WBZ (AT)"; elsewhere they may be words, "stock at plant".
_UNITS_IN_BRACKETS = {
    "at": "working days", "wt": "working days", "wd": "working days", "kt": "days", "t": "days",
    "w": "weeks", "m": "months", "mt": "months", "a": "years", "j": "years", "y": "years",
}  # fmt: skip
_WORKING_DAYS = re.compile(r"\b(?:working|business|work)[ -]days?\b")
_PIECES = frozenset({"stk", "stck", "stueck", "pcs", "pc", "pieces"})
_FILLERS = frozenset({"in", "the", "of", "der", "die", "das", "des"})
_PRICE_UNIT = re.compile(r"(?:/|\bper\b|\bje\b|\bpro\b)\s*(1000|100|10|1)\b")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./ ]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{4})")
_NAME_FIRST = re.compile(r"([a-z]{3,9})\.?[\s\-./']*(\d{4}|\d{2})")
_NAME_LAST = re.compile(r"(\d{4})[\s\-./]*([a-z]{3,9})\.?")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_DEMAND_WORDS = re.compile(
    r"^(demand|verbrauch|bedarf|consumption|usage|absatz|sales|qty|menge)\b\W*"
)
_FIRST_YEAR, _LAST_YEAR = 1950, 2199
_CENTURY_PIVOT = 70


_DAYS_IN = {
    "days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "working days": 1.4, "years": 365.25,
}  # fmt: skip


class TimeUnit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working days"  # five a week
    YEARS = "years"

    @property
    def in_days(self) -> float:
        return _DAYS_IN[self.value]


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading taken apart.

    Attributes:
        words: folded, without currency, unit and running number: "unit price", "supplier".
        whole: folded, everything kept.
        bare: folded, without what stands in brackets.
        currency: ISO code named in the heading, else "".
        time_unit: unit of time named in the heading.
        price_unit: pieces that a price in this column is for, where the heading says so.
        percent: whether the heading asks for per cent.
        ordinal: running number at the end ("Supplier 2"), else 0.
    """

    words: str
    whole: str
    bare: str = ""
    currency: str = ""
    time_unit: TimeUnit | None = None
    price_unit: int | None = None
    percent: bool = False
    ordinal: int = 0


def fold_heading(text: str) -> str:
    """Return a heading in lower case, umlauts as two letters, punctuation as single spaces."""
    folded = text.casefold().translate(_FOLDS)
    return " ".join(re.sub(r"[^\w]+|_", " ", folded).split())


def read_heading(text: str) -> HeadingText:
    """Take a heading apart."""
    lowered = text.casefold().translate(_FOLDS)
    lowered = _WORKING_DAYS.sub("arbeitstage", lowered)
    per = _PRICE_UNIT.search(lowered)
    if per:
        lowered = f"{lowered[: per.start()]} {lowered[per.end() :]}"
    currency = next((code for sign, code in CURRENCY_SIGNS.items() if sign in text), "")
    unit: TimeUnit | None = None
    words: list[str] = []
    for word in fold_heading(lowered).split():
        if word.upper() in CURRENCIES:
            currency = word.upper()
        elif word in _UNITS and words:
            unit = TimeUnit(_UNITS[word])
        elif word in _PIECES and (per or words):
            continue
        else:
            words.append(word)
    for bracket in _BRACKETS.findall(lowered):
        short = fold_heading(bracket)
        unit = TimeUnit(_UNITS_IN_BRACKETS[short]) if short in _UNITS_IN_BRACKETS else unit
    ordinal = 0
    if len(words) > 1 and re.fullmatch(r"[0-9]{1,2}", words[-1]):
        ordinal = int(words.pop())
    return HeadingText(
        words=" ".join(words),
        whole=fold_heading(text),
        bare=fold_heading(_BRACKETS.sub(" ", text)),
        currency=currency,
        time_unit=unit,
        price_unit=int(per.group(1)) if per else None,
        percent="%" in text or "percent" in lowered or "prozent" in lowered,
        ordinal=ordinal,
    )


def named_time_unit(word: str) -> TimeUnit | None:
    """Return the unit of time that a single word stands for: days, Wochen, Monate."""
    name = _UNITS.get(word.casefold().translate(_FOLDS))
    return TimeUnit(name) if name else None


def without_fillers(words: str) -> str:
    """Return folded words without articles and prepositions, for a second, looser comparison."""
    return " ".join(word for word in words.split() if word not in _FILLERS)


def read_month(cell: Cell) -> date | None:
    """Return the first day of the month that a heading names; None if it names none.

    Real dates count only when they are the first of a month, as spreadsheets write months.
    """
    if isinstance(cell, datetime):
        return cell.date() if cell.day == 1 else None
    if isinstance(cell, date):
        return cell if cell.day == 1 else None
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return None
    text = " ".join(cell_text(cell).casefold().translate(_FOLDS).split())
    text = _DEMAND_WORDS.sub("", text)
    return _numeric_month(text) or _named_month(text)


def _numeric_month(text: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})-(\d{2})-01(?: 00:00(?::00)?)?", text):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"0?1\.(\d{1,2})\.(\d{4})", text) or _YEAR_LAST.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    return None


def _named_month(text: str) -> date | None:
    if (match := _NAME_FIRST.fullmatch(text)) and match[1] in MONTHS:
        return _month(_full_year(match[2]), MONTHS[match[1]])
    if (match := _NAME_LAST.fullmatch(text)) and match[2] in MONTHS:
        return _month(int(match[1]), MONTHS[match[2]])
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # written out
        return year
    return year + (1900 if year >= _CENTURY_PIVOT else 2000)


def _month(year: int, month: int) -> date | None:
    plausible = _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12
    return date(year, month, 1) if plausible else None
