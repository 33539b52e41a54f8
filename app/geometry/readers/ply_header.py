"""The header of a PLY file, believed only as far as the file is long enough for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.base.errors import GeometryError
from app.base.i18n import _

MAX_HEADER_BYTES = 64 << 10
_TYPES = {
    **dict.fromkeys(("char", "int8"), "i1"),
    **dict.fromkeys(("uchar", "uint8"), "u1"),
    **dict.fromkeys(("short", "int16"), "i2"),
    **dict.fromkeys(("ushort", "uint16"), "u2"),
    **dict.fromkeys(("int", "int32"), "i4"),
    **dict.fromkeys(("uint", "uint32"), "u4"),
    **dict.fromkeys(("float", "float32"), "f4"),
    **dict.fromkeys(("double", "float64"), "f8"),
    **dict.fromkeys(("int64", "long"), "i8"),
    **dict.fromkeys(("uint64", "ulong"), "u8"),
}
_BYTE_ORDERS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}


@dataclass(frozen=True, slots=True)
class PlyProperty:
    """One column; `length_type` is that of the leading count if it is a list."""

    name: str
    type: np.dtype[np.generic]
    length_type: np.dtype[np.generic] | None = None


@dataclass(frozen=True, slots=True)
class PlyElement:
    """One table of the file."""

    name: str
    count: int
    properties: tuple[PlyProperty, ...]

    @property
    def has_lists(self) -> bool:
        return any(column.length_type is not None for column in self.properties)

    @property
    def least_bytes(self) -> int:
        """Bytes of a row whose lists are empty."""
        return sum((column.length_type or column.type).itemsize for column in self.properties)


@dataclass(frozen=True, slots=True)
class PlyHeader:
    """The tables of a file and where their rows begin."""

    byte_order: str  # "" for text
    elements: tuple[PlyElement, ...]
    body_start: int


def load_ply_header(data: bytes) -> PlyHeader:
    """Read the header.

    Raises:
        GeometryError: it does not end, is not understood, or promises more than the file can hold.
    """
    end = data.find(b"end_header", 0, MAX_HEADER_BYTES)
    if end < 0:
        raise _bad(_("it does not end within {limit} KB").format(limit=MAX_HEADER_BYTES >> 10))
    body_start = _skip_line_end(data, end + len(b"end_header"))
    lines = data[:end].decode("utf-8", "replace").splitlines()
    words = [line.split() for line in lines[1:] if line.split()]
    byte_order, elements = "", list[PlyElement]()
    for line in words:
        if line[0] == "format" and len(line) > 1 and line[1] in _BYTE_ORDERS:
            byte_order = _BYTE_ORDERS[line[1]]
        elif line[0] == "format":
            raise _bad(" ".join(line))
        elif line[0] == "element":
            elements.append(_element(line))
        elif line[0] == "property":
            elements.append(_with_property(elements, line, byte_order))
    header = PlyHeader(byte_order, tuple(elements), body_start)
    _check_room(header, len(data) - body_start)
    return header


def _skip_line_end(data: bytes, position: int) -> int:
    line_end = data.find(b"\n", position, position + 80)
    if line_end >= 0:
        return line_end + 1
    return position + 1  # old Macintosh line ends


def _element(words: list[str]) -> PlyElement:
    if len(words) != 3 or not (words[2].isascii() and words[2].isdigit()) or len(words[2]) > 18:
        raise _bad(" ".join(words))
    return PlyElement(words[1], int(words[2]), ())


def _with_property(elements: list[PlyElement], words: list[str], byte_order: str) -> PlyElement:
    """Take the last element off the list and return it with one more property."""
    if not elements:
        raise _bad(" ".join(words))
    is_list = len(words) == 5 and words[1] == "list"
    if not is_list and len(words) != 3:
        raise _bad(" ".join(words))
    kinds = words[2:4] if is_list else words[1:2]
    if any(kind not in _TYPES for kind in kinds):
        raise _bad(" ".join(words))
    types = [np.dtype((byte_order or "<") + _TYPES[kind]) for kind in kinds]
    if is_list and types[0].kind == "f":
        raise _bad(" ".join(words))
    column = PlyProperty(words[-1], types[-1], types[0] if is_list else None)
    last = elements.pop()
    return PlyElement(last.name, last.count, (*last.properties, column))


def _check_room(header: PlyHeader, room: int) -> None:
    for element in header.elements:
        # A number and its gap take two characters at least.
        least = element.least_bytes if header.byte_order else 2 * len(element.properties)
        if element.count * least > room + 1:
            raise GeometryError(
                _(
                    "The header promises {count} rows of “{name}”, more than the {size} bytes "
                    "that follow can hold."
                ).format(count=element.count, name=element.name, size=room),
                hint=_("The file is cut off or damaged; copy or export it again."),
            )


def _bad(what: str) -> GeometryError:
    return GeometryError(
        _("The PLY header is not understood: {what}.").format(what=what[:80]),
        hint=_("Export the file again."),
    )
