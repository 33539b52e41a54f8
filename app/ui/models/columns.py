"""What a table shows: columns as data, and rows as finished short strings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar


class CellKind(Enum):
    """How a cell is drawn."""

    TEXT = "text"
    MUTED = "muted"
    IDENTIFIER = "identifier"
    NUMBER = "number"  # right-aligned, tabular figures
    STATUS = "status"  # glyph and word
    BAR = "bar"  # number and a bar of its share
    PICTURE = "picture"
    CHECK = "check"  # mirrors the selection


class HasId(Protocol):
    """Any row of a list: what tells it from the others."""

    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        key: names the column in stored layouts.
        title: its heading, in the language in use.
        text: gives a row's finished text.
        mark: for STATUS the name of the status, for BAR the share 0 to 1, for PICTURE the key of
            the picture.
        sort: name of the order it stands for; "" if the list cannot be ordered by it.
        stretch: takes what width is left.
        name: its whole name where the heading is short; the title if it is left out.
        inset: further room at its left, where the column stands at the edge of the page.
    """

    key: str
    title: Callable[[], str]
    width: int
    text: Callable[[Any], str]
    kind: CellKind = CellKind.TEXT
    mark: Callable[[Any], Any] | None = None
    sort: str = ""
    stretch: bool = False
    inset: int = 0
    name: Callable[[], str] | None = None

    @property
    def full_title(self) -> str:
        """Return its whole name."""
        return self.title() if self.name is None else self.name()


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row ready to paint: no conversion is left for the moment of painting."""

    id: int
    texts: tuple[str, ...]
    marks: tuple[Any, ...]
    value: Any


def prepare_rows(columns: Sequence[Column], rows: Sequence[HasId]) -> list[RowCells]:
    """Turn rows of the library into cells; called in the thread that fetched them."""
    return [
        RowCells(
            row.id,
            tuple(column.text(row) for column in columns),
            tuple(None if column.mark is None else column.mark(row) for column in columns),
            row,
        )
        for row in rows
    ]
