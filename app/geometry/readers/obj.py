"""Wavefront OBJ: corners and faces; materials, textures and lines are none of our business."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.domain.catalog.geometry import GeometryFormat, LengthUnit
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.limits import check_vertex_count
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.number_text import count_words, parse_rows, parse_whole_numbers
from app.geometry.readers.polygons import mesh_of_polygons

_STATEMENT = re.compile(
    rb"^[ \t]*(?:v|vt|vn|vp|f|l|p|o|g|s|mtllib|usemtl|usemap|maplib)(?:[ \t]|$)", re.MULTILINE
)
_VERTEX = re.compile(rb"^[ \t]*v[ \t]+([^\r\n#]*)", re.MULTILINE)
_FACE = re.compile(rb"^[ \t]*f[ \t]+([^\r\n#]*)", re.MULTILINE)
_STATEMENTS = {b"v": _VERTEX, b"f": _FACE}
_ODD_STARTS = (b" ", b"\t")
_ODD_SPELLINGS = (b"\t", b"\n ", b" #", b"\0")  # indented, divided by tabs, or with a remark behind
_VERTEX_OR_FACE = re.compile(rb"^[ \t]*([vf])[ \t]+([^\r\n#]*)", re.MULTILINE)
_BEYOND_CORNER = re.compile(rb"/[^\s]*")
_CONTINUED = re.compile(rb"\\[ \t]*\r?\n")


class ObjReader:
    """Reads OBJ; the format states no unit."""

    format = GeometryFormat.OBJ
    suffixes: tuple[str, ...] = (".obj",)

    def recognise(self, data: bytes) -> Match:
        head = data[:65536]
        if b"\0" in head:
            return Match.NO
        if _VERTEX.search(head) and _STATEMENT.search(head):
            return Match.LIKELY
        return Match.POSSIBLE

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all faces. See `MeshReader.load`."""
        text = _CONTINUED.sub(b" ", data) if b"\\" in data else data
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        plain = _gather(text, b"v")
        check_vertex_count(plain.count(b"\n") + 1)
        corners = parse_rows(plain, 3)
        lengths, numbers = _load_faces(text)
        return mesh_of_polygons(corners, lengths, numbers, unit=unit, format=self.format)


def _gather(text: bytes, keyword: bytes) -> bytes:
    """Return what follows a keyword on its lines, line by line; line ends are line feeds."""
    if not text.startswith(_ODD_STARTS) and not any(odd in text for odd in _ODD_SPELLINGS):
        letters = np.frombuffer(text, np.uint8)
        starts = np.concatenate([[0], np.flatnonzero(letters == ord("\n")) + 1])
        starts = starts[starts < len(text) - 1]
        ours = (letters[starts] == ord(keyword)) & (letters[starts + 1] == ord(" "))
        turns = np.flatnonzero(np.diff(ours, prepend=False, append=False))
        places = [*starts.tolist(), len(text)]
        runs = [text[places[a] : places[b]] for a, b in turns.reshape(-1, 2).tolist()]
        joined = b"".join(runs).rstrip(b"\n")
        if joined.count(keyword) == np.count_nonzero(ours):  # on no line a second one
            return joined.translate(bytes.maketrans(keyword, b" "))
    return b"\n".join(_STATEMENTS[keyword].findall(text))


def _load_faces(text: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (p,) corners of each face and all corner numbers, counted from 0."""
    plain = _gather(text, b"f")
    if b"-" in plain:
        return _load_relative_faces(text)
    if b"/" in plain:
        plain = _BEYOND_CORNER.sub(b"", plain)
    lengths = count_words(plain) if plain else np.empty(0, np.int64)
    numbers = parse_whole_numbers(plain)
    if numbers is None or len(numbers) != lengths.sum():
        raise _not_a_face(plain)
    return lengths, numbers - 1


def _load_relative_faces(text: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Read faces with negative numbers, which count back from the corners named so far."""
    seen = 0
    lengths: list[int] = []
    numbers: list[int] = []
    for kind, rest in _VERTEX_OR_FACE.findall(text):
        if kind == b"v":
            seen += 1
            continue
        words = rest.split()
        lengths.append(len(words))
        for word in words:
            try:
                number = int(word.partition(b"/")[0])
            except ValueError as error:
                raise _not_a_face(rest) from error
            # Nobody numbers from 0; -1 is refused as the number of a corner.
            numbers.append(number - 1 if number >= 0 else seen + number)
    try:
        return np.array(lengths, np.int64), np.array(numbers, np.int64)
    except OverflowError as error:
        raise _not_a_face(b"") from error


def _not_a_face(line: bytes) -> GeometryError:
    return GeometryError(
        _("A face names its corners by something that is no whole number: “{line}”").format(
            line=line[:60].decode("utf-8", "replace")
        ),
        hint=_("The file is damaged; export it again."),
    )
