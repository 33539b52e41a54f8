"""Where to look from: standard views, fitting a part into a frame, turning about a point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]  # (3,)


class StandardView(IntEnum):
    """The views of the number keys, as slicers number them. Z is up, front looks along +Y."""

    OBLIQUE = 0
    TOP = 1
    BOTTOM = 2
    FRONT = 3
    BACK = 4
    LEFT = 5
    RIGHT = 6


# From the part towards the eye, and what is up in the picture.
_DIRECTIONS: dict[StandardView, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    StandardView.OBLIQUE: ((-0.55, -0.83, 0.62), (0.0, 0.0, 1.0)),
    StandardView.TOP: ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0)),
    StandardView.BOTTOM: ((0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
    StandardView.FRONT: ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0)),
    StandardView.BACK: ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    StandardView.LEFT: ((-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
    StandardView.RIGHT: ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
}
# Share of the frame left free on each side: little in a picture, more where captions stand.
PICTURE_MARGIN, VIEW_MARGIN = 0.04, 0.12
VIEW_ANGLE_DEG = 24.0  # of the perspective: long enough that a box looks like one
_SLOPE = float(np.tan(np.radians(VIEW_ANGLE_DEG / 2)))
_SMALLEST_RADIUS_MM = 1e-3


@dataclass(frozen=True, slots=True)
class Eye:
    """A camera as plain numbers.

    Attributes:
        position: where the eye is, mm.
        target: what it looks at, mm.
        up: unit vector that is up in the picture.
        half_height_mm: half the height of what a parallel projection shows.
    """

    position: tuple[float, float, float]
    target: tuple[float, float, float]
    up: tuple[float, float, float]
    half_height_mm: float


def eye_for(
    points: NDArray[np.floating],
    view: StandardView,
    *,
    aspect: float,
    margin: float = PICTURE_MARGIN,
) -> Eye:
    """Return the eye that shows all `points` as large as the frame allows.

    Args:
        points: (p, 3) mm.
        aspect: width of the frame divided by its height.
        margin: share of the frame left free on each side.
    """
    direction, up = _DIRECTIONS[view]
    return frame_points(points, direction, up, aspect=aspect, margin=margin)


def frame_points(
    points: NDArray[np.floating],
    direction: tuple[float, float, float],
    up: tuple[float, float, float],
    *,
    aspect: float,
    margin: float = PICTURE_MARGIN,
) -> Eye:
    """Fit `points` into the frame, seen from `direction`; see `eye_for`."""
    axes = _axes(direction, up)
    _right, upward, towards = axes
    if len(points):
        seen = np.asarray(points, dtype=np.float64) @ axes.T
        low, high = seen.min(axis=0), seen.max(axis=0)
    else:
        low = high = np.zeros(3)
    spans = high - low
    free = 1 - 2 * margin
    half = max(float(max(spans[1], spans[0] / aspect)) / 2 / free, _SMALLEST_RADIUS_MM)
    target = ((low + high) / 2) @ axes
    distance = half / _SLOPE
    if len(points):
        # In perspective near corners look larger: step back until the last of them fits.
        apart = np.abs(seen - (low + high) / 2)
        reach = np.maximum(apart[:, 1], apart[:, 0] / aspect) / (_SLOPE * free)
        nearness = seen[:, 2] - (low[2] + high[2]) / 2
        distance = max(float((reach + nearness).max()), _SMALLEST_RADIUS_MM)
    return Eye(_triple(target + towards * distance), _triple(target), _triple(upward), half)


def view_axes(view: StandardView) -> NDArray[np.float64]:
    """Return (3, 3): unit vectors right, up and towards the eye as a standard view has them."""
    return _axes(*_DIRECTIONS[view])


def turn_about(eye: Eye, pivot: tuple[float, float, float], yaw: float, pitch: float) -> Eye:
    """Turn the eye about `pivot`, so that the point under the cursor stays where it is.

    Args:
        pivot: the point to turn about, mm.
        yaw: turn about the picture's upward axis, radians.
        pitch: turn about the picture's axis to the right, radians.
    """
    position, target = np.array(eye.position), np.array(eye.target)
    up = np.array(eye.up)
    right = _unit(np.cross(target - position, up))
    turn = _rotation(up, yaw) @ _rotation(right, pitch)
    centre = np.array(pivot)
    return replace(
        eye,
        position=_triple(centre + turn @ (position - centre)),
        target=_triple(centre + turn @ (target - centre)),
        up=_triple(_unit(turn @ up)),
    )


def zoom_about(eye: Eye, pivot: tuple[float, float, float], factor: float) -> Eye:
    """Move the eye closer (factor below 1) or away, `pivot` staying under the cursor."""
    centre = np.array(pivot)
    return replace(
        eye,
        position=_triple(centre + (np.array(eye.position) - centre) * factor),
        target=_triple(centre + (np.array(eye.target) - centre) * factor),
        half_height_mm=eye.half_height_mm * factor,
    )


def shift(eye: Eye, right_mm: float, up_mm: float) -> Eye:
    """Move the eye sideways, in the axes of the picture."""
    right, upward, _ = picture_axes(eye)
    step = right * right_mm + upward * up_mm
    return replace(
        eye,
        position=_triple(np.array(eye.position) + step),
        target=_triple(np.array(eye.target) + step),
    )


def picture_axes(eye: Eye) -> NDArray[np.float64]:
    """Return (3, 3): unit vectors to the right, up and towards the eye."""
    towards = _unit(np.subtract(eye.position, eye.target))
    upward = np.array(eye.up)
    return np.stack((np.cross(upward, towards), upward, towards))


def half_height_at(eye: Eye, point: tuple[float, float, float], *, perspective: bool) -> float:
    """Return half the height, in mm, that the picture spans at the depth of `point`."""
    if not perspective:
        return eye.half_height_mm
    towards = picture_axes(eye)[2]
    depth = float(np.dot(np.subtract(eye.position, point), towards))
    return max(depth, 0.0) * _SLOPE


def with_projection(eye: Eye, *, perspective: bool) -> Eye:
    """Return the eye for the other projection that shows its target in the same size."""
    if not perspective:
        return replace(eye, half_height_mm=half_height_at(eye, eye.target, perspective=True))
    towards = picture_axes(eye)[2]
    position = np.array(eye.target) + towards * (eye.half_height_mm / _SLOPE)
    return replace(eye, position=_triple(position))


def ray_through(
    eye: Eye, x: float, y: float, *, perspective: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return origin and unit direction of the ray through a point of the picture.

    Args:
        x: to the right of the centre, in half heights of the picture.
        y: above the centre, in half heights of the picture.
    """
    right, upward, towards = picture_axes(eye)
    position = np.array(eye.position)
    if perspective:
        return position, _unit((right * x + upward * y) * _SLOPE - towards)
    return position + (right * x + upward * y) * eye.half_height_mm, -towards


def _axes(
    direction: tuple[float, float, float], up: tuple[float, float, float]
) -> NDArray[np.float64]:
    towards = _unit(np.array(direction))
    right = _unit(np.cross(np.array(up), towards))
    return np.stack((right, np.cross(towards, right), towards))


def _rotation(axis: Vector, angle: float) -> NDArray[np.float64]:
    """Return the (3, 3) rotation about a unit axis (Rodrigues' formula)."""
    x, y, z = axis
    cross = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    rotation: NDArray[np.float64] = (
        np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    )
    return rotation


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        raise ValueError("a direction needs a length")
    unit: Vector = vector / length
    return unit


def _triple(vector: Vector) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in vector)
    return x, y, z
