"""Part numbers as people paste them: one below the other, in a row, or a column of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.catalog.part import number_key

_SEPARATOR = re.compile(r"[\t;,]")


@dataclass(frozen=True, slots=True)
class PastedNumbers:
    """Numbers as written, each once, in their order."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.found, *self.missing)


def read_lists(text: str) -> list[tuple[str, ...]]:
    """Return the lists of numbers that a text may mean.

    Cells end at tabs, commas, semicolons and line ends. Lines of equally many cells are a table,
    any of whose columns may hold the numbers; anything else is one list. What is the same number
    is named once.
    """
    cells = [
        [cell.strip().strip('"').strip() for cell in _SEPARATOR.split(line)]
        for line in text.splitlines()
        if line.strip()
    ]
    widths = {len(line) for line in cells}
    if len(cells) > 1 and len(widths) == 1 and widths != {1}:
        lists = [[line[column] for line in cells] for column in range(widths.pop())]
    else:
        lists = [[cell for line in cells for cell in line]]
    return [numbers for numbers in map(_once, lists) if numbers]


def tell_apart(lists: Sequence[tuple[str, ...]], known: Collection[str]) -> PastedNumbers:
    """Take the list with the most numbers that are known, and others with half as many of them.

    Where nothing is known, the first list is what was meant.

    Args:
        known: keys of the numbers that there are.
    """
    hits = [sum(number_key(number) in known for number in numbers) for numbers in lists]
    most = max(hits, default=0)
    meant = [
        numbers for numbers, count in zip(lists, hits, strict=True) if most and 2 * count >= most
    ]
    told = _once([number for numbers in meant or lists[:1] for number in numbers])
    return PastedNumbers(
        found=tuple(number for number in told if number_key(number) in known),
        missing=tuple(number for number in told if number_key(number) not in known),
    )


def _once(cells: Sequence[str]) -> tuple[str, ...]:
    by_key = {number_key(cell): cell for cell in reversed(cells) if cell}
    return tuple(reversed(by_key.values()))
