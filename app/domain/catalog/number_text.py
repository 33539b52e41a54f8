"""Read numbers as people and ERP systems write them, with the decimal mark judged per column.

1.234,50 and 1,234.50 and 1'234.50 are one number; 1.234 alone can be two, and then the rest of the
column decides. Where nothing decides, it is refused rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from app.domain.catalog.column_mapping import DecimalMark
from app.domain.catalog.heading_text import CURRENCIES, CURRENCY_SIGNS, TimeUnit, named_time_unit

# Words that say "nothing entered".
BLANK_WORDS = frozenset({"-", "--", "–", "—", "n/a", "na", "n.a.", "k.a.", "k. a.", "/", "#"})

_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u2007\u2009\u202f'\u2019"))
_SHAPE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+")
_GROUPED_SPACES = re.compile(
    r"[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f'\u2019][0-9]{3})+(?:[.,][0-9]*)?"
)
_AMOUNT = re.compile(
    r"^([^0-9.,+\-−]*)([+\-−]?)\s*([0-9.,][0-9.,\s'\u2019]*?)\s*(-?)\s*((?:[^0-9.,]|(?<=[^\W\d])\.)*)$"
)
_NO_CENTS = re.compile(r"([0-9])[.,](?:-{1,2}|[–—])(?![0-9])")  # a price of 12.- is 12
_THOUSAND = 3
_MAX_DIGITS = 30
_MAX_CHARACTERS = 80  # nothing longer is a number, and the pattern must not be made to backtrack
_PIECES = frozenset(
    {"stk", "st", "stck", "stueck", "stück", "pcs", "pc", "pce", "piece", "pieces", "ea", "x"}
)


class Trouble(Enum):
    """Why a text is no number."""

    NO_NUMBER = auto()
    AMBIGUOUS = auto()  # the decimal mark could be a thousands mark


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stood around it.

    Attributes:
        currency: ISO code written beside the number, else "".
        time_unit: unit of time written beside it.
        percent: a per cent sign stood beside it; the value is as written.
    """

    value: Decimal
    currency: str = ""
    time_unit: TimeUnit | None = None
    percent: bool = False


def judge_decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """Return the decimal mark that the clear numbers among the texts use.

    None: no number is clear, or they contradict each other.
    """
    seen: set[DecimalMark] = set()
    for text in texts:
        parts = _AMOUNT.match(text.strip()) if len(text) <= _MAX_CHARACTERS else None
        if parts:
            mark = _clear_mark(parts[3].translate(_SPACES))
            if mark is not None:
                seen.add(mark)
    return seen.pop() if len(seen) == 1 else None


def read_amount(text: str, mark: DecimalMark | None) -> Amount | Trouble:
    """Read one number, with currency, unit or per cent beside it.

    Args:
        text: as found, not empty.
        mark: decimal mark of the column; None: only clear numbers can be read.
    """
    text = _NO_CENTS.sub(r"\1", text)
    parts = _AMOUNT.match(text.strip()) if len(text) <= _MAX_CHARACTERS else None
    if parts is None or (parts[2] and parts[4]):
        return Trouble.NO_NUMBER
    digits = _read_digits(parts[3].strip(), mark)
    if isinstance(digits, Trouble):
        return digits
    surroundings = _read_surroundings(f"{parts[1]} {parts[5]}")
    if surroundings is None:
        return Trouble.NO_NUMBER
    negative = parts[4] == "-" or parts[2] in {"-", "−"}
    return Amount(-digits if negative else digits, *surroundings)


def _read_digits(text: str, mark: DecimalMark | None) -> Decimal | Trouble:
    if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS:
        return Decimal(text)
    if any(ord(letter) in _SPACES for letter in text) and not _GROUPED_SPACES.fullmatch(text):
        return Trouble.NO_NUMBER
    plain = text.translate(_SPACES)
    if not _SHAPE.fullmatch(plain.rstrip(".,")) or len(plain) > _MAX_DIGITS:
        return Trouble.NO_NUMBER
    if plain[-1] in ".," and ("." in plain[:-1] or "," in plain[:-1]):
        return Trouble.NO_NUMBER
    plain = plain.rstrip(".,")
    if "." not in plain and "," not in plain:
        return Decimal(plain)
    clear = _clear_mark(plain)
    if clear is None and mark is None:
        return (
            Trouble.AMBIGUOUS
            if _grouped(plain, ".") or _grouped(plain, ",")
            else (Trouble.NO_NUMBER)
        )
    if clear is not None and mark is not None and clear is not mark:
        return Trouble.NO_NUMBER
    return _with_mark(plain, clear or mark or DecimalMark.POINT)


def _with_mark(plain: str, mark: DecimalMark) -> Decimal | Trouble:
    decimal, thousands = (",", ".") if mark is DecimalMark.COMMA else (".", ",")
    whole, _point, fraction = plain.partition(decimal)
    if decimal in fraction or thousands in fraction:
        return Trouble.NO_NUMBER
    if thousands in whole and not _grouped(whole, thousands):
        return Trouble.NO_NUMBER
    digits = whole.replace(thousands, "") or "0"
    return Decimal(f"{digits}.{fraction}" if fraction else digits)


def _grouped(whole: str, thousands: str) -> bool:
    first, *groups = whole.split(thousands)
    return (
        bool(groups)
        and 1 <= len(first) <= _THOUSAND
        and first.isdigit()
        and all(len(group) == _THOUSAND and group.isdigit() for group in groups)
    )


def _clear_mark(plain: str) -> DecimalMark | None:
    """Return the decimal mark where a number allows only one reading."""
    comma, point = plain.count(","), plain.count(".")
    if comma and point:
        # Two marks: the last one is the decimal mark and stands once.
        last_is_comma = plain.rindex(",") > plain.rindex(".")
        once = comma == 1 if last_is_comma else point == 1
        if not once:
            return None
        return DecimalMark.COMMA if last_is_comma else DecimalMark.POINT
    if not comma and not point:
        return None
    used, other = (
        (DecimalMark.COMMA, DecimalMark.POINT) if comma else (DecimalMark.POINT, DecimalMark.COMMA)
    )
    character = "," if comma else "."
    if comma + point > 1:
        return other if _grouped(plain, character) else None
    whole, _point, fraction = plain.partition(character)
    if not fraction:
        return None  # "12,-" says nothing about 1.234
    could_be_thousands = len(fraction) == _THOUSAND and _grouped(plain, character)
    return None if could_be_thousands and not whole.startswith("0") else used


def _read_surroundings(text: str) -> tuple[str, TimeUnit | None, bool] | None:
    """Return currency, time unit and per cent; None if any word is none of these."""
    currency, unit, percent = "", None, False
    for sign, code in CURRENCY_SIGNS.items():
        if sign in text:
            currency, text = code, text.replace(sign, " ")
    if "%" in text:
        percent, text = True, text.replace("%", " ")
    for word in text.split():
        bare = word.strip(".").casefold()
        time_unit = named_time_unit(bare)
        if bare.upper() in CURRENCIES:
            currency = bare.upper()
        elif time_unit is not None:
            unit = time_unit
        elif bare and bare not in _PIECES:
            return None
    return currency, unit, percent
