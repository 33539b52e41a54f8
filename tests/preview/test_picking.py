"""A ray against triangles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.preview.picking import pick_point

_SQUARE = np.array([(0, 0, 0), (4, 0, 0), (4, 4, 0), (0, 4, 0)], float)
_TWO = np.array([(0, 1, 2), (0, 2, 3)])
_DOWN = np.array((0.0, 0.0, -1.0))


# Closer to the border than this, rounding decides.
_CLEAR = st.floats(-2, 6).filter(lambda place: min(abs(place), abs(place - 4)) > 1e-9)


@given(_CLEAR | st.sampled_from((0.0, 4.0)), _CLEAR | st.sampled_from((0.0, 4.0)))
def test_hits_exactly_inside_the_square(x: float, y: float) -> None:
    found = pick_point(_SQUARE, _TWO, np.array((x, y, 5.0)), _DOWN)
    if 0 <= x <= 4 and 0 <= y <= 4:
        assert found == pytest.approx((x, y, 0.0))
    else:
        assert found is None


def test_nearest_of_several_is_picked() -> None:
    stacked = np.vstack((_SQUARE, _SQUARE + np.array((0, 0, 1)), _SQUARE - np.array((0, 0, 1))))
    faces = np.vstack((_TWO, _TWO + 4, _TWO + 8))
    assert pick_point(stacked, faces, np.array((1.0, 2.0, 9.0)), _DOWN) == (1.0, 2.0, 1.0)


def test_behind_the_eye_and_edge_on_count_for_nothing() -> None:
    assert pick_point(_SQUARE, _TWO, np.array((1.0, 2.0, -1.0)), _DOWN) is None
    flat = np.array((1.0, 0.0, 0.0))
    assert pick_point(_SQUARE, _TWO, np.array((-1.0, 2.0, 0.0)), flat) is None


def test_collapsed_triangles_and_nothing_at_all_are_missed() -> None:
    collapsed = np.array([(0, 0, 0), (0, 2, 2)])
    above = np.array((0.0, 0.0, 1.0))
    assert pick_point(_SQUARE, collapsed, above, _DOWN) is None
    assert pick_point(_SQUARE, np.empty((0, 3), int), above, _DOWN) is None


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e5])
def test_size_of_the_part_does_not_matter(scale: float) -> None:
    found = pick_point(_SQUARE * scale, _TWO, np.array((1.0, 2.0, 5.0)) * scale, _DOWN)
    assert found == pytest.approx((scale, 2 * scale, 0.0))
