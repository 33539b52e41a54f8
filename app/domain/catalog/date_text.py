"""Read dates as people and ERP systems write them, with day and month order judged per column."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from app.domain.catalog.column_mapping import DateOrder
from app.domain.catalog.heading_text import MONTHS, fold_heading

FIRST_YEAR, LAST_YEAR = 1900, 2199
BLANK_DATES = frozenset({"00.00.0000", "0000-00-00", "00000000", "00/00/0000", "0"})
ENDLESS_YEAR = 9999  # what ERP systems write for "no end"

_TIME = r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_DOTTED = re.compile(rf"([0-9]{{1,2}})\.\s?([0-9]{{1,2}})\.\s?([0-9]{{4}}){_TIME}")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20|21|99)[0-9]{2})([0-9]{2})([0-9]{2})")
_SLASHED = re.compile(rf"([0-9]{{1,2}})([-/])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_DAY_NAME_YEAR = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}) ([0-9]{4})")
_NAME_DAY_YEAR = re.compile(r"([a-z]{3,9}) ([0-9]{1,2})(?:st|nd|rd|th)? ([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_NAME_YEAR = re.compile(r"([a-z]{3,9}) ([0-9]{4})")
_MONTHS_A_YEAR = 12
_MAX_CHARACTERS = 80


class DateTrouble(Enum):
    """Why a text is no date."""

    NO_DATE = auto()
    AMBIGUOUS = auto()  # day and month could be exchanged
    IMPLAUSIBLE = auto()  # a real date, but in no year that a parts list speaks of


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as written.

    Attributes:
        on: None: the text says "no date" or "no end".
        month_only: no day was written; `on` is the last day of the month.
        endless: the text stands for "no end".
    """

    on: date | None
    month_only: bool = False
    endless: bool = False


def judge_date_order(texts: Iterable[str]) -> DateOrder | None:
    """Return the order that the slashed dates allow; None: nothing decides, or a contradiction."""
    seen = set()
    for text in texts:
        match = _SLASHED.fullmatch(text.strip())
        if match:
            first, second = int(match[1]), int(match[3])
            if first > _MONTHS_A_YEAR >= second:
                seen.add(DateOrder.DAY_FIRST)
            elif second > _MONTHS_A_YEAR >= first:
                seen.add(DateOrder.MONTH_FIRST)
    return seen.pop() if len(seen) == 1 else None


def expected_form(texts: Iterable[str], order: DateOrder | None) -> str:
    """Return the way most dates of a column are written, to name it in a complaint."""
    counts = dict.fromkeys(("DD.MM.YYYY", "YYYY-MM-DD", "slashed"), 0)
    for text in texts:
        bare = text.strip()
        counts["DD.MM.YYYY"] += bool(_DOTTED.fullmatch(bare))
        counts["YYYY-MM-DD"] += bool(_YEAR_FIRST.fullmatch(bare))
        counts["slashed"] += bool(_SLASHED.fullmatch(bare))
    form, count = max(counts.items(), key=lambda item: item[1])
    if not count:
        return "DD.MM.YYYY / YYYY-MM-DD"
    if form != "slashed":
        return form
    return "MM/DD/YYYY" if order is DateOrder.MONTH_FIRST else "DD/MM/YYYY"


def read_date(text: str, order: DateOrder | None) -> DateReading | DateTrouble:
    """Read one date.

    Args:
        text: as found, not empty.
        order: day or month first, for dates with slashes or dashes; None: only clear ones are read.
    """
    bare = text.strip()
    if len(bare) > _MAX_CHARACTERS:
        return DateTrouble.NO_DATE
    if bare in BLANK_DATES:
        return DateReading(None)
    if match := _DOTTED.fullmatch(bare):
        return _checked(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(bare):
        return _checked(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(bare):
        return _checked(match[1], match[2], match[3])
    if match := _SLASHED.fullmatch(bare):
        return _slashed(match[4], match[1], match[3], order)
    return _worded(fold_heading(bare)) or _month_only(bare)


def _slashed(
    year: str, first: str, second: str, order: DateOrder | None
) -> DateReading | DateTrouble:
    if order is DateOrder.DAY_FIRST:
        return _checked(year, second, first)
    if order is DateOrder.MONTH_FIRST:
        return _checked(year, first, second)
    if int(first) > _MONTHS_A_YEAR:
        return _checked(year, second, first)
    if int(second) > _MONTHS_A_YEAR or int(first) == int(second):
        return _checked(year, first, second)
    return DateTrouble.AMBIGUOUS


def _worded(folded: str) -> DateReading | DateTrouble | None:
    if (match := _DAY_NAME_YEAR.fullmatch(folded)) and match[2] in MONTHS:
        return _checked(match[3], MONTHS[match[2]], match[1])
    if (match := _NAME_DAY_YEAR.fullmatch(folded)) and match[1] in MONTHS:
        return _checked(match[3], MONTHS[match[1]], match[2])
    if (match := _NAME_YEAR.fullmatch(folded)) and match[1] in MONTHS:
        return _month_end(int(match[2]), MONTHS[match[1]])
    return None


def _month_only(bare: str) -> DateReading | DateTrouble:
    if match := _MONTH_YEAR.fullmatch(bare):
        return _month_end(int(match[2]), int(match[1]))
    if match := _YEAR_MONTH.fullmatch(bare):
        return _month_end(int(match[1]), int(match[2]))
    return DateTrouble.NO_DATE


def _checked(year: str, month: str | int, day: str) -> DateReading | DateTrouble:
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return DateTrouble.NO_DATE
    return plausible_date(on)


def plausible_date(on: date) -> DateReading | DateTrouble:
    """Return the date if a parts list can mean it; the ERP's year 9999 means "no end"."""
    if on.year == ENDLESS_YEAR:
        return DateReading(None, endless=True)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return DateTrouble.IMPLAUSIBLE
    return DateReading(on)


def _month_end(year: int, month: int) -> DateReading | DateTrouble:
    if not 1 <= month <= _MONTHS_A_YEAR or not year:
        return DateTrouble.NO_DATE
    read = plausible_date(date(year, month, calendar.monthrange(year, month)[1]))
    if isinstance(read, DateReading) and read.on is not None:
        return replace(read, month_only=True)
    return read
