"""Running numbers of packages and certificates: one series a year, never reused."""

import re
from collections.abc import Iterable


def next_number(prefix: str, year: int, used: Iterable[str]) -> str:
    """Return the number after the highest used one of that prefix and year.

    Args:
        prefix: series, such as P or C.
        year: four digits.
        used: every number ever given, withdrawn ones included: gaps are never filled.
    """
    pattern = re.compile(rf"{re.escape(prefix)}-{year:04d}-(\d+)")
    taken = (pattern.fullmatch(number) for number in used)
    highest = max((int(match[1]) for match in taken if match), default=0)
    return f"{prefix}-{year:04d}-{highest + 1:04d}"
