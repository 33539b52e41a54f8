"""The text dialect of STL."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import Finding, FindingCode, Severity
from app.geometry.readers.limits import check_triangle_count
from app.geometry.readers.number_text import parse_flat

_CHUNK_BYTES = 4 << 20  # text is taken apart piece by piece, or the pieces would fill the memory
_LINE_END = re.compile(rb"[\r\n]")
_FACET = re.compile(rb"\bfacet\b")
_LETTERS = string.ascii_lowercase.encode()
_BLANKED = bytes.maketrans(_LETTERS, b" " * len(_LETTERS))
_LETTERS_PER_FACET = len("facetnormal" + "outerloop" + 3 * "vertex" + "endloop" + "endfacet")
_VERTEX = re.compile(rb"\bvertex\s+(\S+)\s+(\S+)\s+(\S+)")
_TAIL_BYTES = 1024  # "endsolid" and the longest name that may follow it
_INDENT = 64  # "solid" further from its line's beginning is no statement
_PER_FACET = 12  # numbers: the normal and three corners


def load_text_corners(data: bytes) -> tuple[NDArray[np.float32], int, list[Finding]]:
    """Read a text STL of one or several solids.

    Returns:
        (3m, 3) float32 corners; number of facets the text opens; findings.

    Raises:
        GeometryError: a corner is not made of three numbers.
    """
    pieces, facets, found = [np.empty((0, 3), np.float32)], 0, 0
    for chunk in _split(data):
        corners, opened = _parse_chunk(_cut_names(chunk.lower()))
        pieces.append(corners)
        facets, found = facets + opened, found + len(corners)
        check_triangle_count(found // 3)
    corners = np.concatenate(pieces)
    whole = len(corners) // 3
    findings = []
    if facets != whole or len(corners) % 3:
        text = tell(
            "The text opens {facets} facets, but only {whole} have three corners: the file is cut "
            "off or damaged.",
            facets=facets,
            whole=whole,
        )
        findings.append(Finding(FindingCode.COUNT_LIES, Severity.DANGER, text))
    elif b"endsolid" not in data[-_TAIL_BYTES:].lower():
        text = tell("The text ends without “endsolid”: its last numbers may be cut off.")
        findings.append(Finding(FindingCode.COUNT_LIES, Severity.DANGER, text))
    return corners[: 3 * whole], facets, findings


def _split(data: bytes) -> Iterator[bytes]:
    """Yield pieces that end between two facets."""
    start = 0
    end = b"endfacet" if b"endfacet" in data else b"ENDFACET"
    while start < len(data):
        stop = len(data)
        if stop - start > _CHUNK_BYTES:
            found = data.find(end, start + _CHUNK_BYTES)
            stop = found + len(end) if found >= 0 else len(data)
        yield data[start:stop]
        start = stop


def _cut_names(chunk: bytes) -> bytes:
    """Take out the lines that name a solid; names may hold any words. The text is in small."""
    kept, copied = [], 0
    found = chunk.find(b"solid")
    while found >= 0:
        window = max(0, found - _INDENT)
        line_start = 1 + max(chunk.rfind(b"\n", window, found), chunk.rfind(b"\r", window, found))
        line_start = max(line_start, window)
        line_end = _LINE_END.search(chunk, found)
        stop = line_end.start() if line_end else len(chunk)
        if chunk[line_start:found].strip() in (b"", b"end"):
            kept.append(chunk[copied:line_start])
            copied = stop
        found = chunk.find(b"solid", stop)
    kept.append(chunk[copied:])
    return b"".join(kept)


def _parse_chunk(chunk: bytes) -> tuple[NDArray[np.float32], int]:
    """Return (k, 3) corners and how many facets the piece opens."""
    facets = chunk.count(b"facet normal")
    corners = _parse_regular(chunk, facets)
    if corners is not None:
        return corners, facets
    return _parse_irregular(chunk), sum(1 for __ in _FACET.finditer(chunk))


def _parse_regular(chunk: bytes, facets: int) -> NDArray[np.float32] | None:
    """Parse the spelling that nearly every program writes; None if it is another one."""
    if facets == 0 or chunk.count(b"vertex") != 3 * facets:
        return None
    numbers, letters = _blank_words(chunk)
    if letters != _LETTERS_PER_FACET * facets:
        return None
    values = parse_flat(numbers)
    if values is None or len(values) != _PER_FACET * facets:
        return None
    table = values.reshape(facets, 4, 3)
    return table[:, 1:].reshape(-1, 3).astype(np.float32)


def _blank_words(chunk: bytes) -> tuple[bytes, int]:
    """Return the text with blanks for all letters but those of exponents, and how many they are.

    Five words taken out one after the other would cost as much as reading the numbers.
    """
    letters = np.frombuffer(chunk, np.uint8)
    blanked = np.frombuffer(chunk.translate(_BLANKED), np.uint8).copy()
    before = np.concatenate([letters[:1], letters[:-1]])
    of_exponent = (letters == ord("e")) & (before <= ord("9")) & (before >= ord("."))
    blanked[of_exponent] = ord("e")
    return blanked.tobytes(), int(np.count_nonzero(blanked != letters))


def _parse_irregular(chunk: bytes) -> NDArray[np.float32]:
    """Parse corner by corner, whatever stands between them."""
    found = _VERTEX.findall(chunk)
    try:
        return np.array(found, dtype="S").astype(np.float64).astype(np.float32).reshape(-1, 3)
    except ValueError as error:
        raise GeometryError(
            _("A corner in the text is not made of three numbers: {error}").format(error=error),
            hint=_("Export the file again, as binary STL if you can."),
        ) from error
