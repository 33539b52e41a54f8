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
VIEW_ANGLE_DEG = 24.0  # of the perspective: long enough that a box looks like one
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
    margin: float = 0.04,
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
    margin: float = 0.04,
) -> Eye:
    """Fit `points` into the frame, seen from `direction`; see `eye_for`."""
    towards = _unit(np.asarray(direction, dtype=np.float64))
    right = _unit(np.cross(np.asarray(up, dtype=np.float64), towards))
    upward = np.cross(towards, right)
    axes = np.stack((right, upward, towards))
    if len(points):
        seen = np.asarray(points, dtype=np.float64) @ axes.T
        low, high = seen.min(axis=0), seen.max(axis=0)
    else:
        low = high = np.zeros(3)
    spans = high - low
    half = max(spans[1], spans[0] / aspect) / 2 / (1 - 2 * margin)
    half = max(float(half), _SMALLEST_RADIUS_MM)
    target = ((low + high) / 2) @ axes
    # The part's depth is added, so that in perspective nothing of it sticks out of the frame.
    distance = half / np.tan(np.radians(VIEW_ANGLE_DEG / 2)) + spans[2] / 2
    return Eye(_triple(target + towards * distance), _triple(target), _triple(upward), half)


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
