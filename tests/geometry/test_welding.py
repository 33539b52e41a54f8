"""Corners at one place become one, and no others do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.geometry import welding
from app.geometry.welding import find_first_equal, weld
from helpers.meshes import box, torus


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_corners_of_a_soup_become_the_vertices_they_came_from(kind: type) -> None:
    vertices, faces = torus()
    soup = vertices.astype(kind)[faces].reshape(-1, 3)
    places, index = weld(soup)
    assert len(places) == len(vertices)
    assert (places[index] == soup).all()


def test_zeros_of_every_spelling_are_one_place() -> None:
    corners = np.array([[0.0, 0, 5], [-0.0, 1e-17, 5], [0, -1e-12, 5.0]])
    places, index = weld(corners)
    assert len(places) == 1
    assert index.tolist() == [0, 0, 0]


def test_neighbouring_numbers_of_single_precision_stay_apart() -> None:
    one = np.float32(1.0)
    corners = np.array([[one, 0, 0], [np.nextafter(one, np.float32(2)), 0, 0]], np.float32)
    assert len(weld(corners)[0]) == 2


def test_corners_that_are_no_numbers_do_not_disturb_the_others() -> None:
    corners = np.array([[np.nan, 0, 0], [1, 2, 3], [np.inf, 0, 0], [1, 2, 3]])
    places, index = weld(corners)
    assert index[1] == index[3]
    assert places[index[1]].tolist() == [1, 2, 3]


def test_a_wild_corner_does_not_coarsen_the_grid_for_the_others() -> None:
    for wild in (1e30, -1e30, 1e9, np.inf, np.nan):
        vertices, faces = torus()
        corners = np.vstack([vertices[faces].reshape(-1, 3), [[wild, 0, 0], [wild, 0, 0]]])
        places, index = weld(corners)
        assert len(places) == len(vertices) + 1
        assert index[-1] == index[-2]


def test_opposite_wild_corners_stay_apart() -> None:
    corners = np.vstack([np.ones((50, 3)), [[1e12, 0, 0], [-1e12, 0, 0], [1e13, 0, 0]]])
    assert len(weld(corners)[0]) == 4


def test_a_flat_part_mostly_at_zero_is_welded() -> None:
    corners = np.zeros((1000, 3))
    corners[:5, 0] = [1, 2, 3, 2, 1]
    assert len(weld(corners)[0]) == 4


def test_nothing_and_a_single_place() -> None:
    assert len(weld(np.empty((0, 3)))[0]) == 0
    assert len(weld(np.zeros((7, 3)))[0]) == 1


def test_places_come_in_the_order_of_first_appearance() -> None:
    vertices, _ = box()
    places, index = weld(np.vstack([vertices, vertices[::-1]]))
    assert (places == vertices).all()
    assert index.tolist() == [*range(8), *range(7, -1, -1)]


@given(arrays(np.uint32, st.tuples(st.integers(0, 60), st.just(3)), elements=st.integers(0, 3)))
def test_first_equal_rows_are_those_that_a_plain_search_finds(rows: np.ndarray) -> None:
    listed = rows.tolist()
    assert find_first_equal(rows).tolist() == [listed.index(row) for row in listed]


def test_rows_whose_hashes_all_collide_are_still_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(welding, "_hash_rows", lambda bits: np.zeros(len(bits), np.uint64))
    rows = np.array([[n % 40, 0, 1] for n in range(200)], np.uint32)
    assert find_first_equal(rows).tolist() == [n % 40 for n in range(200)]
