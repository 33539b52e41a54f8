"""Which rows are chosen: their ids, or all rows of the list but some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowSelection:
    """A choice of rows that stays small for a million of them.

    Attributes:
        ids: the chosen rows, or with `inverted` the rows that are not chosen.
        count: how many rows are chosen.
    """

    ids: frozenset[int] = frozenset()
    inverted: bool = False
    count: int = 0

    def __contains__(self, row_id: int) -> bool:
        return (row_id in self.ids) != self.inverted

    def __bool__(self) -> bool:
        return self.count > 0


def selection_of_ranges(
    ids: Sequence[int], ranges: Iterable[tuple[int, int]], *, complete: bool
) -> RowSelection:
    """Return the choice that `ranges` of rows make.

    Args:
        ids: of all rows known, in order.
        ranges: (first row, last row), both included, not overlapping.
        complete: whether `ids` is the whole list; only then may a choice be "all but some".
    """
    ordered = sorted(ranges)
    count = sum(last - first + 1 for first, last in ordered)
    if not complete or count * 2 <= len(ids):
        chosen = frozenset(row_id for first, last in ordered for row_id in ids[first : last + 1])
        return RowSelection(chosen, False, count)
    left_out: list[int] = []
    next_row = 0
    for first, last in ordered:
        left_out.extend(ids[next_row:first])
        next_row = last + 1
    left_out.extend(ids[next_row:])
    return RowSelection(frozenset(left_out), True, count)


def ranges_of_ids(ids: Sequence[int], chosen: frozenset[int]) -> list[tuple[int, int]]:
    """Return where rows are: first and last row of each stretch of chosen ones, in order.

    Args:
        ids: of all rows, in order; an array of 64-bit numbers is not copied.
    """
    if not chosen:
        return []
    import numpy as np  # absent at the first paint, when nothing is chosen

    wanted = np.fromiter(chosen, np.int64, len(chosen))
    rows = np.flatnonzero(np.isin(np.asarray(ids, np.int64), wanted))
    if not len(rows):
        return []
    ends = np.flatnonzero(np.diff(rows) != 1)
    firsts, lasts = rows[np.r_[0, ends + 1]], rows[np.r_[ends, len(rows) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
