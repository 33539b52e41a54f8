"""A mesh made ready to be drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.preview.surface import STAND_IN_ABOVE, prepare_surface
from helpers.boxes import box_mesh

_BOX_VERTICES, _BOX_FACES = box_mesh(4.0, 3.0, 2.0)


def _tube(segments: int, height_mm: float) -> tuple[np.ndarray, np.ndarray]:
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.stack((np.cos(angles) * 10, np.sin(angles) * 10, np.zeros(segments)), axis=1)
    vertices = np.vstack((ring, ring + np.array((0, 0, height_mm))))
    here = np.arange(segments)
    there = (here + 1) % segments
    return vertices, np.vstack(
        (
            np.stack((here, there, there + segments), axis=1),
            np.stack((here, there + segments, here + segments), axis=1),
        )
    )


def test_box_keeps_twelve_edges_and_sharp_corners() -> None:
    surface = prepare_surface(_BOX_VERTICES, _BOX_FACES)
    assert len(surface.edge_lines) == 12
    assert len(surface.points) == 24  # each corner once for each of its three sides
    assert surface.size_mm == (4.0, 3.0, 2.0)
    assert surface.centre_mm == (2.0, 1.5, 1.0)
    assert np.allclose(np.abs(surface.normals).max(axis=1), 1.0)


def test_round_wall_is_smooth_but_its_rims_are_edges() -> None:
    surface = prepare_surface(*_tube(64, 5.0))
    assert len(surface.points) == 128  # nothing was split
    assert len(surface.edge_lines) == 128  # two open rims
    radial = surface.points[:, :2] / np.linalg.norm(surface.points[:, :2], axis=1)[:, None]
    assert np.abs((surface.normals[:, :2] * radial).sum(axis=1)).min() > 0.99


def test_far_from_the_origin_no_detail_is_lost() -> None:
    near = prepare_surface(_BOX_VERTICES, _BOX_FACES)
    far = prepare_surface(_BOX_VERTICES + 1e7, _BOX_FACES)
    assert np.array_equal(near.points, far.points)
    assert far.centre_mm == (1e7 + 2.0, 1e7 + 1.5, 1e7 + 1.0)


@pytest.mark.parametrize("wild", [np.nan, np.inf, 1e30])
def test_face_with_a_corner_that_nothing_measures_is_left_out(wild: float) -> None:
    vertices = _BOX_VERTICES.copy()
    vertices[7] = wild
    surface = prepare_surface(vertices, _BOX_FACES)
    touching = int((_BOX_FACES == 7).any(axis=1).sum())
    assert len(surface.faces) == len(_BOX_FACES) - touching
    assert surface.size_mm == (4.0, 3.0, 2.0)


def test_vertex_that_no_face_uses_does_not_count() -> None:
    vertices = np.vstack((_BOX_VERTICES, (1e6, 0.0, 0.0)))
    assert prepare_surface(vertices, _BOX_FACES).size_mm == (4.0, 3.0, 2.0)


@pytest.mark.parametrize("bad", [-1, 8, 2**31 - 1])
def test_face_naming_a_missing_vertex_is_our_bug(bad: int) -> None:
    faces = _BOX_FACES.copy()
    faces[3, 1] = bad
    with pytest.raises(ValueError, match="vertex"):
        prepare_surface(_BOX_VERTICES, faces)


def test_wrong_shape_is_our_bug() -> None:
    with pytest.raises(ValueError, match="expected"):
        prepare_surface(_BOX_VERTICES.ravel(), _BOX_FACES)


def test_no_face_left_is_an_empty_surface() -> None:
    surface = prepare_surface(_BOX_VERTICES, np.empty((0, 3), int), stand_in=True)
    assert surface.diagonal_mm == 0.0
    assert not len(surface.edge_lines)


def test_only_a_large_mesh_gets_a_stand_in() -> None:
    small = prepare_surface(*_tube(64, 5.0), stand_in=True)
    large = prepare_surface(*_tube(STAND_IN_ABOVE, 5.0), smooth=False, edges=False, stand_in=True)
    assert not small.has_stand_in
    assert 100 < len(large.stand_in_faces) < STAND_IN_ABOVE / 4
    assert np.abs(large.stand_in_points).max() <= np.abs(large.points).max() * 1.05


@given(st.integers(3, 60), st.floats(1e-3, 1e3), st.floats(-1e4, 1e4))
def test_points_stay_where_they_are(segments: int, height_mm: float, shift_mm: float) -> None:
    vertices, faces = _tube(segments, height_mm)
    surface = prepare_surface(vertices + shift_mm, faces)
    placed = surface.points.astype(np.float64) + surface.centre_mm
    corners = placed[surface.faces].reshape(-1, 3)
    wanted = (vertices + shift_mm)[faces].reshape(-1, 3)
    assert np.abs(corners - wanted).max() < 1e-3


def test_only_a_closed_mesh_right_side_out_is_solid() -> None:
    assert prepare_surface(_BOX_VERTICES, _BOX_FACES).solid
    assert not prepare_surface(_BOX_VERTICES, _BOX_FACES[:, ::-1]).solid
    assert not prepare_surface(_BOX_VERTICES, _BOX_FACES[1:]).solid
    assert not prepare_surface(_BOX_VERTICES, np.vstack((_BOX_FACES, _BOX_FACES[:1]))).solid
    assert not prepare_surface(_BOX_VERTICES, _BOX_FACES, edges=False).solid
    assert not prepare_surface(_BOX_VERTICES, np.empty((0, 3), int)).solid
