"""Where to look from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.preview.camera import (
    VIEW_ANGLE_DEG,
    Eye,
    StandardView,
    eye_for,
    frame_points,
    half_height_at,
    ray_through,
    shift,
    turn_about,
    with_projection,
    zoom_about,
)

_BOX = np.array([(x, y, z) for x in (-8, 8) for y in (-2, 2) for z in (-1, 1)], float)
_views = st.sampled_from(list(StandardView))


def _seen(eye: Eye, points: np.ndarray) -> np.ndarray:
    """Points in the picture's own axes (right, up, towards the eye), from its centre."""
    towards = np.subtract(eye.position, eye.target)
    towards /= np.linalg.norm(towards)
    axes = np.stack((np.cross(eye.up, towards), eye.up, towards))
    return (points - eye.target) @ axes.T


@given(_views, st.floats(0.3, 3.0))
def test_the_whole_part_is_inside_and_touches_the_margin(view: StandardView, aspect: float) -> None:
    eye = eye_for(_BOX, view, aspect=aspect, margin=0.1)
    seen = np.abs(_seen(eye, _BOX))
    used = max(seen[:, 1].max(), seen[:, 0].max() / aspect) / eye.half_height_mm
    assert used == pytest.approx(0.8)


def test_front_shows_width_and_height() -> None:
    eye = eye_for(_BOX, StandardView.FRONT, aspect=1.0, margin=0.0)
    assert eye.half_height_mm == pytest.approx(8.0)
    assert eye.position[1] < -2
    assert eye.up == pytest.approx((0, 0, 1))


def test_opposite_views_look_against_each_other() -> None:
    for one, other in (
        (StandardView.TOP, StandardView.BOTTOM),
        (StandardView.FRONT, StandardView.BACK),
        (StandardView.LEFT, StandardView.RIGHT),
    ):
        a, b = (eye_for(_BOX, view, aspect=1.0) for view in (one, other))
        assert np.add(a.position, b.position) == pytest.approx((0, 0, 0), abs=1e-9)


def test_a_point_and_nothing_at_all_can_be_looked_at() -> None:
    for points in (np.zeros((1, 3)), np.empty((0, 3))):
        assert eye_for(points, StandardView.OBLIQUE, aspect=1.5).half_height_mm > 0


def test_looking_along_up_is_our_bug() -> None:
    with pytest.raises(ValueError, match="length"):
        frame_points(_BOX, (0, 0, 1), (0, 0, 1), aspect=1.0)


@given(_views, st.floats(-3, 3), st.floats(-3, 3), st.tuples(*[st.floats(-8, 8)] * 3))
def test_turning_keeps_the_pivot_in_its_place(
    view: StandardView, yaw: float, pitch: float, pivot: tuple[float, float, float]
) -> None:
    before = eye_for(_BOX, view, aspect=1.0)
    after = turn_about(before, pivot, yaw, pitch)
    point = np.array([pivot])
    assert _seen(after, point) == pytest.approx(_seen(before, point), abs=1e-6)
    assert np.linalg.norm(after.up) == pytest.approx(1.0)


def test_turning_back_returns() -> None:
    before = eye_for(_BOX, StandardView.OBLIQUE, aspect=1.0)
    there = turn_about(before, (1.0, 2.0, 3.0), 0.7, 0.0)
    back = turn_about(there, (1.0, 2.0, 3.0), -0.7, 0.0)
    assert back.position == pytest.approx(before.position)


@given(_views, st.floats(0.3, 3.0))
def test_in_perspective_too_the_whole_part_is_inside(view: StandardView, aspect: float) -> None:
    eye = eye_for(_BOX, view, aspect=aspect, margin=0.1)
    seen = _seen(eye, _BOX)
    distance = np.linalg.norm(np.subtract(eye.position, eye.target))
    slope = np.tan(np.radians(VIEW_ANGLE_DEG / 2))
    depth = distance - seen[:, 2]
    used = np.maximum(np.abs(seen[:, 1]), np.abs(seen[:, 0]) / aspect) / (depth * slope)
    assert depth.min() > 0
    assert 0.5 < used.max() <= 0.8 + 1e-9


@given(_views, st.floats(0.2, 5), st.tuples(*[st.floats(-8, 8)] * 3))
def test_zooming_keeps_the_pivot_on_its_ray(
    view: StandardView, factor: float, pivot: tuple[float, float, float]
) -> None:
    before = eye_for(_BOX, view, aspect=1.0)
    after = zoom_about(before, pivot, factor)
    point = np.array([pivot])
    wanted = _seen(before, point)[0, :2] / before.half_height_mm
    assert _seen(after, point)[0, :2] / after.half_height_mm == pytest.approx(wanted, abs=1e-6)


def test_shifting_moves_the_picture_sideways() -> None:
    before = eye_for(_BOX, StandardView.FRONT, aspect=1.0)
    after = shift(before, 3.0, -2.0)
    assert np.subtract(after.target, before.target) == pytest.approx((3.0, 0.0, -2.0))


def test_changing_projection_keeps_the_size_of_the_target() -> None:
    start = eye_for(_BOX, StandardView.OBLIQUE, aspect=1.4)
    parallel = with_projection(start, perspective=False)
    assert parallel.half_height_mm == half_height_at(start, start.target, perspective=True)
    back = with_projection(parallel, perspective=True)
    assert back.position == pytest.approx(start.position)


def test_half_height_shrinks_towards_the_eye() -> None:
    eye = eye_for(_BOX, StandardView.FRONT, aspect=1.0)
    near, far = (half_height_at(eye, (0, y, 0), perspective=True) for y in (-2.0, 2.0))
    assert near < far
    assert half_height_at(eye, (0, -2.0, 0), perspective=False) == eye.half_height_mm
    assert half_height_at(eye, (0, -1e6, 0), perspective=True) == 0.0


@given(st.floats(-0.9, 0.9), st.floats(-0.9, 0.9), st.booleans())
def test_a_ray_comes_out_where_it_went_in(x: float, y: float, perspective: bool) -> None:
    eye = eye_for(_BOX, StandardView.RIGHT, aspect=1.0)
    origin, direction = ray_through(eye, x, y, perspective=perspective)
    reach = (0.0 - origin[0]) / direction[0]
    point = origin + direction * reach
    half = half_height_at(eye, (0.0, 0.0, 0.0), perspective=perspective)
    assert _seen(eye, point[None])[0, :2] == pytest.approx((x * half, y * half), abs=1e-6)
