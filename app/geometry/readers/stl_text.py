"""The text dialect of STL."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.domain.catalog.geometry import Finding, FindingCode, Severity
from app.geometry.readers.limits import check_triangle_count

_CHUNK_BYTES = 4 << 20  # text is taken apart piece by piece, or the pieces would fill the memory
_NAME_LINE = re.compile(rb"^[ \t]*(?:end)?solid\b[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_FACET = re.compile(rb"\bfacet\b", re.IGNORECASE)
_WORDS = (b"facet normal", b"outer loop", b"vertex", b"endloop", b"endfacet")
_VERTEX = re.compile(rb"\bvertex\s+(\S+)\s+(\S+)\s+(\S+)", re.IGNORECASE)
_TAIL_BYTES = 1024  # "endsolid" and the longest name that may follow it
_PER_FACET = 12  # numbers: the normal and three corners


def load_text_corners(data: bytes) -> tuple[NDArray[np.float32], int, list[Finding]]:
    """Read a text STL of one or several solids.

    Returns:
        (3m, 3) float32 corners; number of facets the text opens; findings.

    Raises:
        GeometryError: a corner is not made of three numbers.
    """
    pieces = [_parse_chunk(chunk) for chunk in _split(data)]
    corners = np.concatenate(pieces) if pieces else np.empty((0, 3), np.float32)
    facets = _count_facets(data)
    whole = len(corners) // 3
    findings = []
    if facets != whole or len(corners) % 3:
        text = _(
            "The text opens {facets} facets, but only {whole} have three corners: the file is cut "
            "off or damaged."
        ).format(facets=facets, whole=whole)
        findings.append(Finding(FindingCode.COUNT_LIES, Severity.DANGER, text))
    elif b"endsolid" not in data[-_TAIL_BYTES:].lower():
        text = _("The text ends without “endsolid”: its last numbers may be cut off.")
        findings.append(Finding(FindingCode.COUNT_LIES, Severity.DANGER, text))
    return corners[: 3 * whole], facets, findings


def _count_facets(data: bytes) -> int:
    unnamed = _NAME_LINE.sub(b"", data) if _may_hide_facets(data) else data
    opened = unnamed.count(b"facet normal")
    if opened == 0 or opened != unnamed.count(b"endfacet"):
        opened = sum(1 for __ in _FACET.finditer(unnamed))
    return opened


def _may_hide_facets(data: bytes) -> bool:
    return any(b"facet" in line.group().lower() for line in _NAME_LINE.finditer(data))


def _split(data: bytes) -> Iterator[bytes]:
    """Yield pieces that end between two facets."""
    start = 0
    while start < len(data):
        stop = len(data)
        if stop - start > _CHUNK_BYTES:
            found = data.find(b"endfacet", start + _CHUNK_BYTES)
            stop = found + len(b"endfacet") if found >= 0 else len(data)
        piece = data[start:stop]
        yield _NAME_LINE.sub(b"", piece) if b"solid" in piece.lower() else piece
        start = stop


def _parse_chunk(chunk: bytes) -> NDArray[np.float32]:
    corners = _parse_regular(chunk)
    return _parse_irregular(chunk) if corners is None else corners


def _parse_regular(chunk: bytes) -> NDArray[np.float32] | None:
    """Parse the spelling that nearly every program writes; None if it is another one."""
    facets = chunk.count(b"facet normal")
    corners = chunk.count(b"vertex")
    if facets == 0 or corners != 3 * facets:
        return None
    check_triangle_count(facets)
    numbers = chunk
    for word in _WORDS:
        numbers = numbers.replace(word, b"")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            values = np.fromstring(numbers, np.float64, sep=" ")
        except (ValueError, DeprecationWarning):
            return None
    if len(values) != _PER_FACET * facets:
        return None
    table = values.reshape(facets, 4, 3)
    return table[:, 1:].reshape(-1, 3).astype(np.float32)


def _parse_irregular(chunk: bytes) -> NDArray[np.float32]:
    """Parse corner by corner, whatever stands between them."""
    found = _VERTEX.findall(chunk)
    check_triangle_count(len(found) // 3)
    try:
        return np.array(found, dtype="S").astype(np.float64).astype(np.float32).reshape(-1, 3)
    except ValueError as error:
        raise GeometryError(
            _("A corner in the text is not made of three numbers: {error}").format(error=error),
            hint=_("Export the file again, as binary STL if you can."),
        ) from error
