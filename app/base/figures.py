"""Figures as people of the chosen language write them: 12,340.5 in English, 12.340,5 in German.

For everything a person reads; never for CSV, JSON or a field that is read back.
"""

from __future__ import annotations

import re

from app.base.i18n import language

NO_BREAK_SPACE = "\u00a0"
_GERMAN = str.maketrans(",.", ".,")
_UNITS = "%|°C|K|°|mm/s|mm³|mm²|mm|cm³|cm²|cm|µm|m|kg|g|s|min|h|W|N|MPa|bar|B|kB|MB|GB|EUR|€"
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w³²]))")
_WRITTEN = re.compile(r"[+-]?\d+\.\d+")


def figure(value: float, most_decimals: int = 2) -> str:
    """Return a number with its thousands told apart and no decimals that say nothing.

    Args:
        most_decimals: how many are shown at most; a value too small for them keeps one figure.
    """
    if isinstance(value, int):  # exact, however long: a float would change its last digits
        return _localized(f"{value:,d}")
    text = f"{value:,.{most_decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if value and text in ("0", "-0"):
        text = f"{value:.1g}"
    return _localized(text)


def fixed_figure(value: float, decimals: int) -> str:
    """Return a number with exactly so many decimals, as columns and measures have them."""
    return _localized(f"{value:,.{decimals}f}")


def written_figure(text: str) -> str:
    """Return a number that was written with a decimal point; any other text as it is."""
    return _localized(text) if _WRITTEN.fullmatch(text) else text


def unbroken(text: str) -> str:
    """Keep every figure on one line with the unit or per cent sign behind it."""
    return _BEFORE_UNIT.sub(NO_BREAK_SPACE, text)


def _localized(text: str) -> str:
    return text.translate(_GERMAN) if language() == "de" else text
