"""The rows of a PLY file, text or binary, with lists of any length."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.geometry.readers.number_text import count_words, parse_flat
from app.geometry.readers.ply_header import PlyElement, PlyHeader


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """A column of lists: (n,) lengths and all values one after the other."""

    lengths: NDArray[np.int64]
    values: NDArray[Any]


Table = dict[str, NDArray[Any] | Lists]


def load_ply_tables(data: bytes, header: PlyHeader, wanted: frozenset[str]) -> dict[str, Table]:
    """Read the tables up to the last wanted one.

    Raises:
        GeometryError: the file ends in the middle, or a row is damaged.
    """
    body: _Body
    body = _BinaryBody(data, header.body_start) if header.byte_order else _text_body(data, header)
    tables: dict[str, Table] = {}
    for element in header.elements:
        tables[element.name] = body.take(element)
        if wanted <= tables.keys():
            break
    return tables


def _cut_off(element: PlyElement) -> GeometryError:
    return GeometryError(
        _("The header promises {count} rows of “{name}”, but the file ends before.").format(
            count=element.count, name=element.name
        ),
        hint=_("The file is cut off or damaged; copy or export it again."),
    )


class _Body(ABC):
    """Rows of numbers, taken from front to back."""

    def take(self, element: PlyElement) -> Table:
        """Take all rows of an element."""
        if element.count == 0 or not element.properties:
            return {
                column.name: np.empty(0)
                if column.length_type is None
                else Lists(np.empty(0, np.int64), np.empty(0))
                for column in element.properties
            }
        table = self.take_even(element)
        return self.take_uneven(element) if table is None else table

    @abstractmethod
    def take_even(self, element: PlyElement) -> Table | None:
        """Take rows that are all alike; None if their lists differ in length."""

    def take_uneven(self, element: PlyElement) -> Table:
        """Take rows one by one."""
        lengths: dict[str, list[int]] = {column.name: [] for column in element.properties}
        values: dict[str, list[NDArray[Any]]] = {column.name: [] for column in element.properties}
        for __ in range(element.count):
            for column in element.properties:
                count = 1
                if column.length_type is not None:
                    count = _as_length(self.next(element, column.length_type, 1)[0])
                lengths[column.name].append(count)
                values[column.name].append(self.next(element, column.type, count))
        table: Table = {}
        for column in element.properties:
            flat = np.concatenate(values[column.name])
            table[column.name] = flat
            if column.length_type is not None:
                table[column.name] = Lists(np.array(lengths[column.name], np.int64), flat)
        return table

    @abstractmethod
    def next(self, element: PlyElement, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        """Take `count` numbers of one type."""


class _BinaryBody(_Body):
    def __init__(self, data: bytes, position: int) -> None:
        self._data, self._position = data, position

    def take_even(self, element: PlyElement) -> Table | None:
        row = self._row_type(element)
        if row is None or self._position + element.count * row.itemsize > len(self._data):
            if row is not None and not element.has_lists:
                raise _cut_off(element)
            return None
        rows = np.frombuffer(self._data, row, element.count, self._position)
        table: Table = {}
        for index, column in enumerate(element.properties):
            values = rows[f"v{index}"]
            if column.length_type is None:
                table[column.name] = values
                continue
            lengths = rows[f"n{index}"].astype(np.int64)
            if (lengths != lengths[0]).any():
                return None
            table[column.name] = Lists(lengths, values.reshape(-1))
        self._position += element.count * row.itemsize
        return table

    def _row_type(self, element: PlyElement) -> np.dtype[Any] | None:
        """Return the layout of the first row; None if it does not fit into the file."""
        fields: list[tuple[Any, ...]] = []
        position = self._position
        for index, column in enumerate(element.properties):
            if column.length_type is None:
                fields.append((f"v{index}", column.type))
                position += column.type.itemsize
                continue
            head = self._data[position : position + column.length_type.itemsize]
            if len(head) < column.length_type.itemsize:
                return None
            length = int(np.frombuffer(head, column.length_type)[0])
            position += column.length_type.itemsize + length * column.type.itemsize
            if length < 0 or position > len(self._data):
                return None
            fields += [(f"n{index}", column.length_type), (f"v{index}", column.type, (length,))]
        return np.dtype(fields)

    def next(self, element: PlyElement, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        end = self._position + count * kind.itemsize
        if count < 0 or end > len(self._data):
            raise _cut_off(element)
        values = np.frombuffer(self._data, kind, count, self._position)
        self._position = end
        return values


class _TextBody(_Body):
    """Numbers of a text.

    Args:
        values: all of them.
        line_widths: for an element whose rows are lines of so many numbers each; some programs
            write more of them than the header names, always at the end.
    """

    def __init__(self, values: NDArray[np.float64], line_widths: dict[str, int]) -> None:
        self._values, self._line_widths = values, line_widths
        self._position = 0

    def take_even(self, element: PlyElement) -> Table | None:
        lengths = self._first_row_lengths(element)
        if lengths is None:
            return None
        columns = list(zip(element.properties, lengths, strict=True))
        needed = sum(length + (column.length_type is not None) for column, length in columns)
        width = max(needed, self._line_widths.get(element.name, 0))
        stop = self._position + width * element.count
        if stop > len(self._values):
            return None
        rows = self._values[self._position : stop].reshape(element.count, width)
        table: Table = {}
        place = 0
        for column, length in columns:
            if column.length_type is None:
                table[column.name] = rows[:, place]
                place += 1
                continue
            if (rows[:, place] != length).any():
                return None
            values = rows[:, place + 1 : place + 1 + length].reshape(-1)
            table[column.name] = Lists(np.full(element.count, length, np.int64), values)
            place += 1 + length
        self._position = stop
        return table

    def _first_row_lengths(self, element: PlyElement) -> list[int] | None:
        position, lengths = self._position, list[int]()
        for column in element.properties:
            length = 1
            if column.length_type is not None:
                if position >= len(self._values):
                    return None
                length = _as_length(self._values[position])
                position += 1
            if length < 0 or position + length > len(self._values):
                return None
            position += length
            lengths.append(length)
        return lengths

    def next(self, element: PlyElement, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        end = self._position + count
        if count < 0 or end > len(self._values):
            raise _cut_off(element)
        values = self._values[self._position : end]
        self._position = end
        return values


def _as_length(value: float) -> int:
    return int(value) if np.isfinite(value) and value == int(value) else -1


def _text_body(data: bytes, header: PlyHeader) -> _TextBody:
    text = data[header.body_start :]
    values = parse_flat(text)
    if values is None:
        raise GeometryError(
            _("The rows hold something that is no number."),
            hint=_("The file is damaged; export it again."),
        )
    return _TextBody(values, _measure_lines(text, header))


def _measure_lines(text: bytes, header: PlyHeader) -> dict[str, int]:
    """Return the width of each element whose rows are lines of one width."""
    widths = count_words(text)
    widths = widths[widths > 0]
    if len(widths) != sum(element.count for element in header.elements):
        return {}
    found, start = {}, 0
    for element in header.elements:
        rows = widths[start : start + element.count]
        if len(rows) and (rows == rows[0]).all():
            found[element.name] = int(rows[0])
        start += element.count
    return found
