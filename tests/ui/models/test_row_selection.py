"""A choice of rows is the same set, whichever way it is held."""

from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.ui.models.row_selection import RowSelection, ranges_of_ids, selection_of_ranges


@given(chosen=st.sets(st.integers(0, 59)), length=st.integers(1, 60), complete=st.booleans())
def test_the_choice_holds_exactly_the_chosen_rows(
    chosen: set[int], length: int, complete: bool
) -> None:
    ids = [1000 + 7 * row for row in range(length)]
    rows = sorted(row for row in chosen if row < length)
    ranges = [(row, row) for row in rows]
    selection = selection_of_ranges(ids, ranges, complete=complete)
    assert [row for row in range(length) if ids[row] in selection] == rows
    assert selection.count == len(rows)
    assert bool(selection) == bool(rows)
    if complete:
        assert len(selection.ids) <= (length + 1) // 2


@given(chosen=st.frozensets(st.integers(0, 40)), length=st.integers(0, 30))
def test_chosen_ids_are_found_again_in_stretches(chosen: frozenset[int], length: int) -> None:
    ids = array("q", reversed(range(length)))
    ranges = ranges_of_ids(ids, chosen)
    rows = [row for first, last in ranges for row in range(first, last + 1)]
    assert [ids[row] for row in rows] == [row_id for row_id in ids if row_id in chosen]
    assert all(after - before > 1 for (_, before), (after, _) in pairwise(ranges))


def test_everything_is_all_but_none() -> None:
    ids = range(1, 1_000_001)
    selection = selection_of_ranges(ids, [(0, 999_999)], complete=True)
    assert selection == RowSelection(frozenset(), True, 1_000_000)


def test_a_list_still_growing_is_chosen_by_ids() -> None:
    assert selection_of_ranges([5, 6, 7], [(0, 2)], complete=False) == RowSelection(
        frozenset({5, 6, 7}), False, 3
    )
