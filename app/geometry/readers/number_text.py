"""Many numbers out of text, at the speed of numpy and without guessing."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _

_LARGEST = 2.0**62  # beyond any corner number, yet an integer for numpy


def parse_flat(
    text: bytes, kind: type[np.float64] | type[np.int64] = np.float64
) -> NDArray[Any] | None:
    """Return all numbers of a text that white space divides; None if anything else is in it."""
    if not text.strip():
        return np.empty(0, kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(text, kind, sep=" ")
        except (ValueError, DeprecationWarning):
            return None


def parse_whole_numbers(text: bytes) -> NDArray[np.int64] | None:
    """Return all whole numbers of a text; None if anything else is in it."""
    whole = parse_flat(text, np.int64)
    if whole is None:  # "3.0" is one, too
        numbers = parse_flat(text)
        return None if numbers is None else to_whole_numbers(numbers)
    return to_whole_numbers(whole)


def to_whole_numbers(values: NDArray[Any]) -> NDArray[np.int64] | None:
    """Return numbers as integers; None if one is a fraction, infinite or no number."""
    if values.dtype.kind == "f":
        if not np.isfinite(values).all() or (values != np.floor(values)).any():
            return None
        values = np.clip(values, -_LARGEST, _LARGEST)
    whole: NDArray[np.int64] = values.astype(np.int64)
    return whole


def count_words(text: bytes) -> NDArray[np.int64]:
    """Return (n,) how many words each line of a text has; lines end with a line feed."""
    characters = np.frombuffer(text if text.endswith(b"\n") else text + b"\n", np.uint8)
    is_word = characters > ord(" ")
    begins = is_word.copy()
    begins[1:] &= ~is_word[:-1]
    line_ends = np.flatnonzero(characters == ord("\n"))
    line_starts = np.concatenate([[0], line_ends[:-1] + 1])
    return np.add.reduceat(begins, line_starts, dtype=np.int64)


def parse_rows(text: bytes, columns: int) -> NDArray[np.float64]:
    """Return the first `columns` numbers of each line as (lines, columns).

    Raises:
        GeometryError: a line has too few numbers or something that is none.
    """
    if not text:
        return np.empty((0, columns))
    widths = count_words(text)
    width = int(widths[0])
    if width >= columns and (widths == width).all():
        values = parse_flat(text)
        if values is not None and len(values) == width * len(widths):
            return values.reshape(-1, width)[:, :columns]
    return np.array([_parse_row(line, columns) for line in text.split(b"\n")])


def _parse_row(line: bytes, columns: int) -> list[float]:
    words = line.split()[:columns]
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if len(numbers) < columns:
        raise GeometryError(
            _("“{line}” is not made of {count} numbers.").format(
                line=line[:60].decode("utf-8", "replace"), count=columns
            ),
            hint=_("The file is damaged; export it again."),
        )
    return numbers
