"""Many numbers out of text, at the speed of numpy and without guessing."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _

_LARGEST = 2.0**62  # beyond any corner number, yet an integer for numpy


def parse_flat(text: bytes) -> NDArray[np.float64] | None:
    """Return all numbers of a text that white space divides; None if anything else is in it."""
    if not text.strip():
        return np.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(text, np.float64, sep=" ")
        except (ValueError, DeprecationWarning):
            return None


def to_whole_numbers(values: NDArray[Any]) -> NDArray[np.int64] | None:
    """Return numbers as integers; None if one is a fraction, infinite or no number."""
    if values.dtype.kind == "f":
        if not np.isfinite(values).all() or (values != np.floor(values)).any():
            return None
        values = np.clip(values, -_LARGEST, _LARGEST)
    whole: NDArray[np.int64] = values.astype(np.int64)
    return whole


def parse_rows(lines: list[bytes], columns: int) -> NDArray[np.float64]:
    """Return the first `columns` numbers of each line as (len(lines), columns).

    Raises:
        GeometryError: a line has too few numbers or something that is none.
    """
    if not lines:
        return np.empty((0, columns))
    width = len(lines[0].split())
    joined = b"\n".join(lines)
    if width >= columns and not _has_shorter_line(joined, width):
        values = parse_flat(joined)
        # No line is shorter than the first; if the total fits, none is longer either.
        if values is not None and len(values) == width * len(lines):
            return values.reshape(-1, width)[:, :columns]
    return np.array([_parse_row(line, columns) for line in lines])


def _has_shorter_line(joined: bytes, width: int) -> bool:
    shorter = rb"^[ \t]*(?:\S+[ \t]+){0,%d}\S*[ \t]*$" % (width - 2)
    return width < 2 or re.search(shorter, joined, re.MULTILINE) is not None


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
