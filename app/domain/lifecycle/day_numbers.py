"""Dates as columns of numbers, so that a rule judges a million parts at once.

A day is a float64: `date.toordinal()`. nan: the date is not known. inf: there is no end in sight,
which values of the domain write as `date.max`.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]
Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAYS_PER_MONTH = 365.25 / 12
NO_END = date.max
# The last day that is still a date; `date.max` itself is kept for "no end".
LAST_DAY = NO_END - timedelta(days=1)


def day_number(day: date | None) -> float:
    """Return `day` as a number; None becomes nan and `date.max` becomes inf."""
    if day is None:
        return math.nan
    return math.inf if day == NO_END else float(day.toordinal())


def day_numbers(days: Iterable[date | None]) -> Days:
    """Return a column of days, (n,) float64."""
    return np.array([day_number(day) for day in days], dtype=np.float64)


def day_of(number: float) -> date | None:
    """Return the date of a day number.

    nan becomes None and inf becomes `date.max`. A finite day beyond the calendar becomes the last
    day before `date.max`, so that a very long time is never mistaken for "no end".
    """
    if math.isnan(number):
        return None
    if number == math.inf:
        return NO_END
    if number >= LAST_DAY.toordinal():
        return LAST_DAY
    return date.fromordinal(max(1, math.floor(number)))


def day_text(number: float) -> str:
    """Return the day in ISO 8601; "?" where it is not known."""
    day = day_of(number)
    return day.isoformat() if day is not None else "?"


def add_months(day: date, months: int) -> date:
    """Return the day `months` later; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > NO_END.year:
        return LAST_DAY
    last = calendar.monthrange(year, month + 1)[1]
    return min(date(year, month + 1, min(day.day, last)), LAST_DAY)
