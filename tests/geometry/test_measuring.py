"""Measures against closed forms, against trimesh, and under moves that may not change them."""

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalog.geometry import GeometryFormat, LengthUnit, UnitSource
from app.geometry.measuring import MeshMeasures, measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from helpers.meshes import Mesh, box, merged, moved, sphere, torus


def measure(mesh: Mesh) -> MeshMeasures:
    vertices, faces = mesh
    return measure_mesh(
        MeshArrays(
            vertices=np.asarray(vertices, np.float64),
            faces=np.asarray(faces, np.int32).reshape(-1, 3),
            raw_triangles=len(faces),
            unit=LengthUnit.MM,
            unit_source=UnitSource.USER,
            format=GeometryFormat.STL,
        )
    )


def turned(mesh: Mesh, axis: tuple[float, float, float], angle: float) -> Mesh:
    matrix = trimesh.transformations.rotation_matrix(angle, axis)[:3, :3]
    return mesh[0] @ matrix.T, mesh[1]


def test_a_box_is_measured_exactly() -> None:
    found = measure(box(10, 20, 30))
    assert found.volume_mm3 == 6000
    assert found.area_mm2 == pytest.approx(2200, rel=1e-15)
    assert found.bounds_mm == (0, 0, 0, 10, 20, 30)
    assert (found.triangles, found.bodies, found.watertight) == (12, 1, True)


def test_a_ball_and_a_torus_tend_to_their_closed_forms() -> None:
    ball = measure(sphere(10, 200))
    assert ball.volume_mm3 == pytest.approx(4 / 3 * np.pi * 10**3, rel=1e-3)
    assert ball.area_mm2 == pytest.approx(4 * np.pi * 10**2, rel=1e-3)
    ring = measure(torus(50, 20, 200))
    assert ring.volume_mm3 == pytest.approx(2 * np.pi**2 * 50 * 20**2, rel=1e-3)
    assert ring.area_mm2 == pytest.approx(4 * np.pi**2 * 50 * 20, rel=1e-3)


@pytest.mark.parametrize("mesh", [box(), sphere(), torus(), merged(box(), moved(torus(), x=200))])
def test_trimesh_finds_the_same(mesh: Mesh) -> None:
    oracle = trimesh.Trimesh(*mesh, process=False)
    found = measure(mesh)
    assert found.volume_mm3 == pytest.approx(oracle.volume, rel=1e-12)
    assert found.area_mm2 == pytest.approx(oracle.area, rel=1e-12)
    assert found.bounds_mm == pytest.approx(oracle.bounds.reshape(-1))
    assert found.bodies == oracle.body_count
    assert found.watertight is bool(oracle.is_watertight)


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(*[st.floats(-1e4, 1e4)] * 3),
    st.floats(0, 6.3),
    st.sampled_from([(1, 0, 0), (0, 1, 1), (1, 2, 3)]),
    st.floats(0.01, 100),
)
def test_moving_turning_and_scaling_change_what_they_must(
    shift: tuple[float, float, float], angle: float, axis: tuple[int, int, int], factor: float
) -> None:
    mesh = torus(steps=12)
    before = measure(mesh)
    vertices, faces = turned(mesh, axis, angle)
    after = measure((vertices * factor + np.array(shift), faces))
    assert after.volume_mm3 == pytest.approx(before.volume_mm3 * factor**3, rel=1e-5)
    assert after.area_mm2 == pytest.approx(before.area_mm2 * factor**2, rel=1e-6)
    assert (after.bodies, after.watertight, after.inverted_bodies) == (1, True, 0)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_triangles_and_their_first_corner_do_not_matter(random: object) -> None:
    vertices, faces = sphere(steps=8)
    rows = list(range(len(faces)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    rolled = np.array([np.roll(faces[row], random.randrange(3)) for row in rows])  # type: ignore[attr-defined]
    before, after = measure((vertices, faces)), measure((vertices, rolled))
    assert after.volume_mm3 == pytest.approx(before.volume_mm3, rel=1e-12)
    assert (after.bodies, after.open_edges, after.flipped_edges) == (1, 0, 0)


def test_a_missing_triangle_leaves_three_open_edges() -> None:
    vertices, faces = box()
    found = measure((vertices, faces[1:]))
    assert (found.open_edges, found.watertight, found.bodies) == (3, False, 1)


def test_a_triangle_turned_over_is_inconsistent_but_still_closed() -> None:
    vertices, faces = box()
    faces[0] = faces[0][::-1]
    found = measure((vertices, faces))
    assert (found.flipped_edges, found.open_edges, found.watertight) == (3, 0, True)


def test_a_box_inside_out_is_told_from_a_cavity() -> None:
    vertices, faces = box()
    inverted = measure((vertices, faces[:, ::-1]))
    assert inverted.volume_mm3 == -6000
    assert inverted.inverted_bodies == 1
    small = (box(2, 2, 2)[0] + 4.0, faces[:, ::-1])
    hollow = measure(merged(box(), small))
    assert hollow.volume_mm3 == pytest.approx(6000 - 8)
    assert (hollow.inverted_bodies, hollow.bodies) == (0, 2)
    beside = measure(merged(box(), moved(small, x=100)))
    assert beside.inverted_bodies == 1


def test_an_extra_wing_makes_an_edge_crowded() -> None:
    vertices, faces = box()
    wing = np.vstack([vertices, [[5.0, -5.0, 50.0]]])
    found = measure((wing, np.vstack([faces, [[0, 1, 8]]])))
    assert found.crowded_edges == 1
    assert found.open_edges == 2
    assert not found.watertight


def test_two_boxes_touching_along_an_edge_enclose_all_the_same() -> None:
    one, other = box(1, 1, 1), moved(box(1, 1, 1), x=1, y=1)
    vertices, faces = merged(one, other)
    joined = trimesh.Trimesh(vertices, faces)  # merges what is at one place
    found = measure((joined.vertices, joined.faces))
    assert found.touching_edges == 1
    assert found.crowded_edges == 0
    assert found.volume_mm3 == pytest.approx(2)


def test_triangles_without_area_are_counted_and_do_not_open_the_mesh() -> None:
    vertices, faces = box()
    collapsed = np.vstack([faces, [[0, 0, 1], [2, 3, 3]]])
    found = measure((vertices, collapsed))
    assert (found.collapsed, found.open_edges, found.watertight) == (2, 0, True)
    line = np.array([[0, 0, 0], [1, 1, 1], [3, 3, 3.0]])
    assert measure((line, np.array([[0, 1, 2]]))).slivers == 1


def test_doubled_triangles_are_counted_however_they_are_written() -> None:
    vertices, faces = box()
    doubled = np.vstack([faces, faces[:2], np.roll(faces[2:3], 1, axis=1), faces[3:4, ::-1]])
    assert measure((vertices, doubled)).duplicates == 4
    assert measure((vertices, faces)).duplicates == 0
    flat = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0.0]])
    assert measure((flat, np.array([[0, 1, 2], [0, 2, 1]]))).duplicates == 1


def test_corners_that_are_no_numbers_take_their_triangles_out() -> None:
    vertices, faces = box()
    vertices[7, 2] = np.nan
    found = measure((vertices, faces))
    lost = int((faces == 7).any(axis=1).sum())
    assert found.not_finite == lost
    assert found.triangles == 12
    assert found.bounds_mm == (0, 0, 0, 10, 20, 30)
    assert not found.watertight


def test_vertices_that_no_triangle_uses_do_not_enlarge_the_part() -> None:
    vertices, faces = box()
    found = measure((np.vstack([vertices, [[1e6, 0, 0]]]), faces))
    assert found.bounds_mm == (0, 0, 0, 10, 20, 30)


def test_no_triangles_at_all() -> None:
    found = measure((np.zeros((3, 3)), np.empty((0, 3))))
    assert (found.triangles, found.bodies, found.watertight) == (0, 0, False)
    assert found.volume_mm3 == found.area_mm2 == 0
