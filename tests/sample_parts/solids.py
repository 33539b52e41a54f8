"""Watertight solids without boolean operations: what `stacked_parts.py` is built from.

A solid is a stack of layers along one axis. A layer is bounded by closed loops (outer ones counter-
clockwise, holes clockwise) and may taper from its lower to its upper loops. Where two layers meet,
edges that both have cancel; what is left bounds the faces of the step. Loops may touch only in
whole edges, so the vertices of neighbouring layers have to be the same where they coincide.

Development only: the program never imports this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from manifold3d import triangulate
from numpy.typing import NDArray

Loop = NDArray[np.float64]  # (n, 2), not repeated at its end
Triangles = NDArray[np.float64]  # (t, 3, 3)
_DIGITS = 4  # of a millimetre: vertices closer than this are one
_FINENESS = 0.6  # share of the segments asked for: shipped files stay small


@dataclass(frozen=True)
class Layer:
    """A slice of a solid from `low` to `high`; `top` defaults to `bottom` (straight walls)."""

    low: float
    high: float
    bottom: Sequence[Loop]
    top: Sequence[Loop] | None = None

    @property
    def upper(self) -> Sequence[Loop]:
        return self.bottom if self.top is None else self.top


@dataclass
class Face:
    """A planar face: loops in space, the first one its outline seen from outside."""

    loops: list[NDArray[np.float64]]
    normal: NDArray[np.float64]


@dataclass
class Solid:
    """Planar faces that may still be drilled, and finished triangles."""

    faces: list[Face] = field(default_factory=list)
    triangles: list[Triangles] = field(default_factory=list)


def stack(layers: Sequence[Layer]) -> Solid:
    """Build a solid along +Z from layers that follow each other without gaps."""
    solid = Solid()
    nothing: Sequence[Loop] = ()
    for index, layer in enumerate(layers):
        below = layers[index - 1].upper if index else nothing
        if index and layers[index - 1].high != layer.low:
            raise ValueError(f"layer {index} does not start where the one below ends")
        _step(solid, layer.low, below, layer.bottom)
        for lower, upper in zip(layer.bottom, layer.upper, strict=True):
            _walls(solid, lower, upper, layer.low, layer.high)
    _step(solid, layers[-1].high, layers[-1].upper, nothing)
    return solid


def drill(
    solid: Solid, at: tuple[float, float], radius: float, *, sink: float = 0.0, segments: int = 48
) -> None:
    """Drill along Z through exactly two horizontal faces; `sink` widens the upper end by a cone."""
    segments = _coarser(segments)
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    centre = np.array(at)
    hit = [face for face in solid.faces if abs(face.normal[2]) > 0.999 and _holds(face, centre)]
    if len(hit) != 2:
        raise ValueError(f"a hole at {at} meets {len(hit)} horizontal faces")
    lower, upper = sorted(hit, key=lambda face: float(face.loops[0][0, 2]))
    low, high = float(lower.loops[0][0, 2]), float(upper.loops[0][0, 2])
    narrow, wide = centre + ring * radius, centre + ring * (radius + sink)
    cuts = [(narrow, low)]
    cuts += [(narrow, high - sink), (wide, high)] if sink else [(narrow, high)]
    rings = [np.column_stack((loop, np.full(segments, z))) for loop, z in cuts]
    lower.loops.append(rings[0])
    upper.loops.append(rings[-1][::-1])
    for first, second in pairwise(rings):
        solid.triangles.append(_strip(first[::-1], second[::-1]))


def turned(solid: Solid, axes: tuple[int, int, int]) -> Solid:
    """Return the solid with its axes renamed cyclically, such as (1, 2, 0): old Y becomes X."""
    if axes not in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        raise ValueError("only cyclic renaming keeps the outside outside")
    order = list(axes)
    return Solid(
        [Face([loop[:, order] for loop in face.loops], face.normal[order]) for face in solid.faces],
        [triangles[:, :, order] for triangles in solid.triangles],
    )


def mesh_of(solid: Solid) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Triangulate and weld.

    Returns:
        (v, 3) vertices in mm and (f, 3) faces, counter-clockwise from outside.

    Raises:
        ValueError: the mesh is not closed or inside out; the description of the part is wrong.
    """
    soup = np.concatenate([*solid.triangles, *(_fill(face) for face in solid.faces)])
    soup = np.round(soup, _DIGITS) + 0.0  # no negative zeros
    vertices, index = np.unique(soup.reshape(-1, 3), axis=0, return_inverse=True)
    faces = index.reshape(-1, 3).astype(np.int32)
    distinct = (faces != np.roll(faces, 1, axis=1)).all(axis=1)
    faces = faces[distinct]
    _check_closed(faces, len(vertices))
    corners = vertices[faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    if volume <= 0:
        raise ValueError("the solid is inside out")
    return vertices, faces


def _check_closed(faces: NDArray[np.int32], count: int) -> None:
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    there, back = edges[:, 0] * count + edges[:, 1], edges[:, 1] * count + edges[:, 0]
    if len(np.unique(there)) != len(there) or not np.array_equal(np.sort(there), np.sort(back)):
        raise ValueError("the mesh is not closed")


def _walls(solid: Solid, lower: Loop, upper: Loop, low: float, high: float) -> None:
    first = np.column_stack((lower, np.full(len(lower), low)))
    second = np.column_stack((upper, np.full(len(upper), high)))
    if lower is not upper:
        solid.triangles.append(_strip(first, second))
        return
    for here in range(len(first)):  # straight walls are planar and may be drilled
        there = (here + 1) % len(first)
        quad = np.stack((first[here], first[there], second[there], second[here]))
        along = first[there] - first[here]
        normal = np.cross(along, (0.0, 0.0, 1.0))
        solid.faces.append(Face([quad], normal / np.linalg.norm(normal)))


def _strip(first: NDArray[np.float64], second: NDArray[np.float64]) -> Triangles:
    """Join two rings of equally many points."""
    after, above = np.roll(first, -1, axis=0), np.roll(second, -1, axis=0)
    return np.concatenate((np.stack((first, after, above), 1), np.stack((first, above, second), 1)))


def _step(solid: Solid, height: float, below: Sequence[Loop], above: Sequence[Loop]) -> None:
    """Add the horizontal faces between two layers: open tops up, open undersides down."""
    for loops in _nested(_difference(below, above)):
        up = _area(loops[0]) > 0
        normal = np.array((0.0, 0.0, 1.0 if up else -1.0))
        placed = [np.column_stack((loop, np.full(len(loop), height))) for loop in loops]
        solid.faces.append(Face(placed, normal))


def _difference(below: Sequence[Loop], above: Sequence[Loop]) -> list[Loop]:
    """Cancel the edges both sides have; chain what is left into loops."""
    following: dict[tuple[float, float], list[tuple[float, float]]] = {}
    edges: dict[tuple[tuple[float, float], tuple[float, float]], None] = {}
    for loop in [*below, *(loop[::-1] for loop in above)]:
        points = [(round(float(x), _DIGITS), round(float(y), _DIGITS)) for x, y in loop]
        for here, there in zip(points, [*points[1:], points[0]], strict=True):
            if (there, here) in edges:
                del edges[(there, here)]
            elif here != there:
                edges[(here, there)] = None
    for here, there in edges:
        following.setdefault(here, []).append(there)
    loops = []
    while following:
        start = next(iter(following))
        chain, here = [], start
        while True:
            chain.append(here)
            there = following[here].pop()
            if not following[here]:
                del following[here]
            here = there
            if here == start:
                break
        loops.append(np.array(chain))
    return loops


def _nested(loops: list[Loop]) -> list[list[Loop]]:
    """Group loops into outlines, each with the holes directly inside it."""
    depth = [sum(_inside(loop[0], other) for other in loops if other is not loop) for loop in loops]
    groups = []
    for index, outline in enumerate(loops):
        if depth[index] % 2:
            continue
        holes = [
            hole
            for level, hole in zip(depth, loops, strict=True)
            if level == depth[index] + 1 and _inside(hole[0], outline)
        ]
        groups.append([outline, *holes])
    return groups


def _inside(point: NDArray[np.float64], loop: Loop) -> bool:
    x, y = point
    ahead = np.roll(loop, -1, axis=0)
    spans = (loop[:, 1] > y) != (ahead[:, 1] > y)
    rise = np.where(spans, ahead[:, 1] - loop[:, 1], 1.0)
    cross = loop[:, 0] + (y - loop[:, 1]) / rise * (ahead[:, 0] - loop[:, 0])
    return bool((spans & (x < cross)).sum() % 2)


def _area(loop: Loop) -> float:
    ahead = np.roll(loop, -1, axis=0)
    return float((loop[:, 0] * ahead[:, 1] - loop[:, 1] * ahead[:, 0]).sum() / 2)


def _holds(face: Face, centre: NDArray[np.float64]) -> bool:
    outline, *holes = (loop[:, :2] for loop in face.loops)
    return _inside(centre, outline) and not any(_inside(centre, hole) for hole in holes)


def _fill(face: Face) -> Triangles:
    """Triangulate a planar face without adding points."""
    if len(face.loops) == 1 and len(face.loops[0]) == 4:
        a, b, c, d = face.loops[0]
        return np.array(((a, b, c), (a, c, d)))
    u = face.loops[0][1] - face.loops[0][0]
    u /= np.linalg.norm(u)
    plane = np.column_stack((u, np.cross(face.normal, u)))
    corners = np.concatenate(face.loops)
    filled: Triangles = corners[triangulate([loop @ plane for loop in face.loops])]
    return filled


def circle(radius: float, segments: int = 96, at: tuple[float, float] = (0.0, 0.0)) -> Loop:
    """Return a counter-clockwise circle."""
    segments = _coarser(segments)
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    return np.stack((np.cos(angles), np.sin(angles)), axis=1) * radius + np.array(at)


def _coarser(segments: int) -> int:
    return max(2, 2 * round(segments * _FINENESS / 2))


def hole(loop: Loop) -> Loop:
    """Return the loop as a hole."""
    return loop[::-1] if _area(loop) > 0 else loop


def rounded(corners: Sequence[tuple[float, float, float]], segments: int = 12) -> Loop:
    """Return a polygon with rounded corners.

    Args:
        corners: (x, y, radius) in order; radius 0 keeps the corner.
        segments: of each arc.
    """
    places = np.array([corner[:2] for corner in corners])
    points: list[NDArray[np.float64]] = []
    for index, (_x, _y, radius) in enumerate(corners):
        here = places[index]
        if radius == 0:
            points.append(here)
            continue
        back = places[index - 1] - here
        ahead = places[(index + 1) % len(places)] - here
        back, ahead = back / np.linalg.norm(back), ahead / np.linalg.norm(ahead)
        half = np.arccos(np.clip(back @ ahead, -1, 1)) / 2
        bisector = (back + ahead) / np.linalg.norm(back + ahead)
        centre = here + bisector * radius / np.sin(half)
        start = here + back * radius / np.tan(half) - centre
        end = here + ahead * radius / np.tan(half) - centre
        sweep = np.arctan2(start[0] * end[1] - start[1] * end[0], start @ end)
        for angle in np.linspace(0, sweep, _coarser(segments) + 1):
            cosine, sine = np.cos(angle), np.sin(angle)
            turn = np.array(((cosine, -sine), (sine, cosine)))
            points.append(centre + turn @ start)
    return np.array(points)


def arc(
    centre: tuple[float, float], radius: float, start_deg: float, end_deg: float, segments: int
) -> Loop:
    """Return points of an arc, both ends included."""
    angles = np.radians(np.linspace(start_deg, end_deg, _coarser(segments) + 1))
    return np.array(centre) + np.stack((np.cos(angles), np.sin(angles)), axis=1) * radius


def inset(loop: Loop, by: float) -> Loop:
    """Move every edge of a counter-clockwise loop inwards; corners are mitred."""
    before, after = loop - np.roll(loop, 1, axis=0), np.roll(loop, -1, axis=0) - loop
    inward = [
        np.stack((-edge[:, 1], edge[:, 0]), axis=1) / np.linalg.norm(edge, axis=1)[:, None]
        for edge in (before, after)
    ]
    middle = inward[0] + inward[1]
    scale = 2.0 / np.maximum((middle**2).sum(axis=1), 0.2)
    return loop + middle * scale[:, None] * by


def fillet_layers(
    low: float, radius: float, outline: Loop, others: Sequence[Loop] = (), steps: int = 7
) -> list[Layer]:
    """Return layers that round the upper rim of `outline` from height `low` on."""
    angles = np.linspace(0, np.pi / 2, steps + 1)
    heights = low + radius * np.sin(angles)
    loops = [
        outline if k == 0 else inset(outline, radius * (1 - np.cos(angles[k])))
        for k in range(steps + 1)
    ]
    return [
        Layer(
            float(heights[k]), float(heights[k + 1]), [loops[k], *others], [loops[k + 1], *others]
        )
        for k in range(steps)
    ]
