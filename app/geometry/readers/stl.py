"""STL, binary and text, read by our own few lines: nothing is dropped and every count compared."""

from __future__ import annotations

import re
import struct

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import mark, tell
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
)
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.limits import check_triangle_count, no_triangles
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.stl_text import load_text_corners
from app.geometry.readers.unstated_unit import mesh_without_unit
from app.geometry.welding import weld

_HEADER = 84
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
_UNKNOWN_COUNTS = (0, 0xFFFFFFFF)  # written by programs that stream and never come back
_TEXT_START = re.compile(rb"\A\xef?\xbb?\xbf?\s*solid\b", re.IGNORECASE)
_TEXT_BODY = re.compile(rb"\bfacet\s+normal\b|\bendsolid\b", re.IGNORECASE)


class StlReader:
    """Reads STL; the format states no unit."""

    format = GeometryFormat.STL
    suffixes: tuple[str, ...] = (".stl",)

    def recognise(self, data: bytes) -> Match:
        if _fits_exactly(data):
            return Match.CERTAIN
        if _is_text(data):
            return Match.LIKELY
        return Match.POSSIBLE if len(data) >= _HEADER else Match.NO

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all triangles. See `MeshReader.load`."""
        if not _fits_exactly(data) and _is_text(data):
            corners, raw, findings = load_text_corners(data)
        else:
            corners, raw, findings = _load_binary(data)
        if len(corners) == 0:
            raise no_triangles()
        places, index = weld(corners)
        return mesh_without_unit(
            places,
            index.reshape(-1, 3),
            raw_triangles=raw,
            unit=unit,
            format=self.format,
            findings=findings,
        )


def _promised(data: bytes) -> int:
    return int(struct.unpack_from("<I", data, 80)[0])


def _fits_exactly(data: bytes) -> bool:
    """Whether the length is that of a binary STL; many of those begin with "solid" all the same."""
    return len(data) >= _HEADER and len(data) == _HEADER + _RECORD.itemsize * _promised(data)


def _is_text(data: bytes) -> bool:
    head = data[:4096]
    if b"\0" in head:
        return False
    return bool(_TEXT_START.search(head) or _TEXT_BODY.search(head))


def _load_binary(data: bytes) -> tuple[NDArray[np.float32], int, list[Finding]]:
    """Return (3m, 3) corners, the promised count, and what does not fit."""
    if len(data) < _HEADER:
        raise GeometryError(
            _("The file ends after {size} bytes; a binary STL begins with 84 bytes.").format(
                size=len(data)
            ),
            hint=_("Copy or export the file again."),
        )
    promised = _promised(data)
    present, remainder = divmod(len(data) - _HEADER, _RECORD.itemsize)
    count = present if promised in _UNKNOWN_COUNTS else min(promised, present)
    check_triangle_count(count)
    findings = list(_compare_counts(promised, present, remainder))
    records = np.frombuffer(data, _RECORD, count, _HEADER)
    return records["corners"].reshape(-1, 3), promised, findings


def _compare_counts(promised: int, present: int, remainder: int) -> list[Finding]:
    if promised == present and remainder == 0:
        return []
    if promised == present:
        text = tell(
            "{count} surplus bytes follow the last triangle and were not read.", count=remainder
        )
        return [Finding(FindingCode.READER_WARNING, Severity.WARNING, text)]
    if promised in _UNKNOWN_COUNTS:
        words = mark(
            "The header counts {promised} triangles, the file holds {present}; all were read."
        )
    elif promised > present:
        words = mark(
            "The header promises {promised} triangles, but the file ends after {present}: it is "
            "cut off or its count is wrong."
        )
    else:
        words = mark(
            "The header promises {promised} triangles, but the file holds {present}; the surplus "
            "was not read."
        )
    text = tell(words, promised=promised, present=present)
    return [Finding(FindingCode.COUNT_LIES, Severity.DANGER, text)]
