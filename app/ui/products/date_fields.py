"""Reading what people type into the dialogs of products."""

from __future__ import annotations

import calendar
import re
from datetime import date

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.ui.widgets.act_dialog import read_day, read_number

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_GROUPS = re.compile(r"[\s.,'’\u00a0\u202f]")


def read_date(text: str, field: str) -> date | None:
    """Return the day typed; a month stands for its last day, an empty field for None.

    Raises:
        RuleViolation: it is no day; names the field and what is expected.
    """
    month = _MONTH.fullmatch(text.strip())
    if month is None:
        return read_day(text, field)
    year, number = int(month[1]), int(month[2])
    if not (1 <= number <= 12 and year >= 1):
        raise RuleViolation(
            _("{field}: “{text}” is no month. Expected YYYY-MM with a month from 01 to 12.").format(
                field=field, text=text.strip()
            )
        )
    return date(year, number, calendar.monthrange(year, number)[1])


def needed_date(text: str, field: str) -> date:
    """Return the day typed.

    Raises:
        RuleViolation: it is no day, or nothing was typed.
    """
    found = read_date(text, field)
    if found is None:
        raise RuleViolation(
            _("{field} is missing. Expected YYYY-MM-DD or YYYY-MM.").format(field=field)
        )
    return found


def read_count(text: str, field: str) -> int | None:
    """Return the whole number typed, however its thousands are told apart; None for nothing.

    Raises:
        RuleViolation: it is no whole number.
    """
    typed = text.strip()
    bare = _GROUPS.sub("", typed)
    if not typed:
        return None
    if not (bare.isascii() and bare.isdigit()) or not _grouped(typed):
        raise RuleViolation(
            _("{field}: “{text}” is no whole number. Expected such as 41300.").format(
                field=field, text=typed
            )
        )
    return int(bare)


def read_share(text: str, field: str) -> float | None:
    """Return the percentage typed as a share from 0 to 1; None for nothing.

    Raises:
        RuleViolation: it is no number.
    """
    value = read_number(text.strip().removesuffix("%"), field)
    return None if value is None else round(value / 100, 12)


def _grouped(text: str) -> bool:
    """Whether what separates figures separates thousands: 41.5 is no whole number."""
    return all(len(group) == 3 for group in _GROUPS.split(text)[1:])
