"""Building blocks of the sample's meshes: profiles, prisms with soft edges, turned bodies.

Development only, and so is manifold3d, whose Boolean operations keep everything closed. All
lengths in mm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, JoinType, Manifold, Mesh64, OpType, triangulate
from numpy.typing import NDArray

Point = tuple[float, float]
Mesh = tuple[NDArray[np.float64], NDArray[np.int32]]  # (v, 3) mm and (f, 3)
_DIGITS = 3  # of a millimetre


def mesh_of(solid: Manifold) -> Mesh:
    """Weld, drop what is thinner than a hundredth of a millimetre, and move onto the ground.

    The order of vertices and faces does not depend on how many threads made them.
    """
    box = solid.bounding_box()
    longest = max(high - low for low, high in zip(box[:3], box[3:], strict=True))
    slim = solid.simplify(max(0.01, longest / 10_000))
    slim = max(slim.decompose(), key=lambda body: body.volume())  # crumbs of rounding go
    raw = slim.translate((0.0, 0.0, -box[2])).to_mesh64()
    points = np.round(np.asarray(raw.vert_properties, np.float64)[:, :3], _DIGITS) + 0.0
    faces = np.asarray(raw.tri_verts, np.int64)
    vertices, index = np.unique(points, axis=0, return_inverse=True)
    faces = index.reshape(-1)[faces]
    faces = faces[(faces != np.roll(faces, 1, axis=1)).all(axis=1)]
    # The smallest corner first keeps the winding; then rows in order.
    first = faces.argmin(axis=1)
    faces = np.stack([np.take_along_axis(faces, ((first + k) % 3)[:, None], 1)[:, 0]
                      for k in range(3)], axis=1)  # fmt: skip
    faces = faces[np.lexsort(faces.T[::-1])]
    return vertices, faces.astype(np.int32)


def circle(radius: float, segments: int = 48, at: Point = (0.0, 0.0)) -> CrossSection:
    return CrossSection.circle(radius, segments).translate(at)


def plate(x: float, y: float, radius: float = 0.0, segments: int = 24) -> CrossSection:
    """Return a rectangle around the origin with rounded corners."""
    if not radius:
        return CrossSection.square((x, y), center=True)
    inner = CrossSection.square((x - 2 * radius, y - 2 * radius), center=True)
    return _round_offset(inner, radius, segments)


def slot(length: float, radius: float, segments: int = 24) -> CrossSection:
    """Return a slot along X; `length` between the centres of its ends."""
    return CrossSection.batch_hull(
        [circle(radius, segments, (-length / 2, 0)), circle(radius, segments, (length / 2, 0))]
    )


def polygon(points: Sequence[Point], radius: float = 0.0, segments: int = 24) -> CrossSection:
    """Return a counter-clockwise polygon; `radius` rounds its outer and inner corners."""
    return polygon_of(CrossSection([np.array(points, np.float64)]), radius, segments)


def polygon_of(shape: CrossSection, radius: float, segments: int = 24) -> CrossSection:
    """Round the outer and inner corners of a profile."""
    if radius:
        shape = _round_offset(_round_offset(shape, -radius, segments), 2 * radius, segments)
        shape = _round_offset(shape, -radius, segments)
    return shape.simplify(0.005)


def hull_of(*circles: tuple[float, float, float], segments: int = 40) -> CrossSection:
    """Return the belt around circles given as (x, y, radius)."""
    return CrossSection.batch_hull([circle(r, segments, (x, y)) for x, y, r in circles])


def _round_offset(shape: CrossSection, by: float, segments: int) -> CrossSection:
    return shape.offset(by, JoinType.Round, 2.0, segments)


def box(x: float, y: float, z: float, at: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Manifold:
    """Return a box that stands on `at`, its centre above it."""
    return Manifold.cube((x, y, z)).translate((at[0] - x / 2, at[1] - y / 2, at[2]))


def rod(
    radius: float, height: float, at: tuple[float, float, float] = (0, 0, 0), segments: int = 48
) -> Manifold:
    """Return an upright cylinder that stands on `at`."""
    return Manifold.cylinder(height, radius, radius, segments).translate(at)


def cone(
    low: float, high: float, height: float, at: tuple[float, float, float] = (0, 0, 0),
    segments: int = 48,
) -> Manifold:  # fmt: skip
    return Manifold.cylinder(height, low, high, segments).translate(at)


def turned(profile: Sequence[Point], segments: int = 64, degrees: float = 360.0) -> Manifold:
    """Turn a profile of (radius, height) around Z."""
    return CrossSection([np.array(profile, np.float64)]).revolve(segments, degrees)


def soft(
    shape: CrossSection, height: float, top: float = 0.8, bottom: float = 0.0, steps: int = 3
) -> Manifold:
    """Extrude a profile and round its upper and lower rims by `top` and `bottom`."""
    loops = [np.asarray(loop, np.float64) for loop in shape.simplify(0.01).to_polygons()]
    levels: list[tuple[float, float]] = []
    for angle in np.linspace(np.pi / 2, 0, steps + 1) if bottom else (0.0,):
        levels.append((bottom * (1 - math.sin(angle)), bottom * (1 - math.cos(angle))))
    for angle in np.linspace(0, np.pi / 2, steps + 1) if top else (0.0,):
        levels.append((height - top * (1 - math.sin(angle)), top * (1 - math.cos(angle))))
    rings = [[_inset(loop, by) for loop in loops] for _z, by in levels]
    count = sum(len(loop) for loop in loops)
    places = np.concatenate(
        [
            np.column_stack((np.concatenate(ring), np.full(count, z)))
            for ring, (z, _by) in zip(rings, levels, strict=True)
        ]
    )
    faces = [triangulate(rings[0])[:, ::-1], triangulate(rings[-1]) + count * (len(levels) - 1)]
    for level in range(len(levels) - 1):
        start = 0
        for loop in loops:
            here = np.arange(len(loop)) + start + level * count
            there = np.roll(here, -1)
            faces.append(np.column_stack((here, there, there + count)))
            faces.append(np.column_stack((here, there + count, here + count)))
            start += len(loop)
    solid = Manifold(Mesh64(places, np.concatenate(faces).astype(np.uint64)))
    if solid.is_empty():
        raise ValueError(f"the rim is too soft for this profile: {solid.status()}")
    return solid


def _inset(loop: NDArray[np.float64], by: float) -> NDArray[np.float64]:
    """Move every edge of a loop towards the material; corners are mitred."""
    before, after = loop - np.roll(loop, 1, axis=0), np.roll(loop, -1, axis=0) - loop
    inward = [
        np.stack((-edge[:, 1], edge[:, 0]), axis=1) / np.linalg.norm(edge, axis=1)[:, None]
        for edge in (before, after)
    ]
    middle = inward[0] + inward[1]
    return loop + middle * (2.0 / np.maximum((middle**2).sum(axis=1), 0.4))[:, None] * by


def loft(rings: NDArray[np.float64]) -> Manifold:
    """Join rings of points, (k, n, 3) mm, each counter-clockwise seen from the next one."""
    count = rings.shape[1]
    faces = []
    for level in range(len(rings) - 1):
        here = np.arange(count) + level * count
        there = np.roll(np.arange(count), -1) + level * count
        faces.append(np.column_stack((here, there, there + count)))
        faces.append(np.column_stack((here, there + count, here + count)))
    fan = np.arange(1, count - 1)
    zeros = np.zeros_like(fan)
    last = (len(rings) - 1) * count
    faces += [np.column_stack((zeros, fan + 1, fan)), np.column_stack((zeros, fan, fan + 1)) + last]
    return Manifold(Mesh64(rings.reshape(-1, 3), np.concatenate(faces).astype(np.uint64)))


def around(count: int, make: Callable[[float], Manifold] | Manifold) -> Manifold:
    """Repeat a body around Z; a function gets the angle in degrees."""
    bodies = []
    for index in range(count):
        angle = 360.0 * index / count
        body = make(angle) if callable(make) else make
        bodies.append(body.rotate((0, 0, angle)))
    return union(bodies)


def union(bodies: Iterable[Manifold]) -> Manifold:
    return Manifold.batch_boolean(list(bodies), OpType.Add)


def drilled(solid: Manifold, places: Iterable[Point], radius: float, sink: float = 0.0) -> Manifold:
    """Drill along Z all the way through; `sink` widens the upper end for a screw head."""
    box_ = solid.bounding_box()
    low, high = box_[2] - 1.0, box_[5]
    for x, y in places:
        solid -= rod(radius, high - low + 1.0, (x, y, low), 28)
        if sink:
            solid -= cone(radius, radius + sink, sink, (x, y, high - sink + 0.001), 28)
    return solid


def lying(solid: Manifold) -> Manifold:
    """Turn Z into X."""
    return solid.rotate((0, 90, 0))


def upright(solid: Manifold) -> Manifold:
    """Turn Y into Z: what was drawn in a plane stands up."""
    return solid.rotate((90, 0, 0))


def gear(teeth: int, module: float, segments: int = 4) -> CrossSection:
    """Return a spur gear with involute flanks (pressure angle 20°, no shift)."""
    pitch = teeth * module / 2
    base, tip, root = pitch * math.cos(math.radians(20)), pitch + module, pitch - 1.25 * module
    invol = math.tan(math.radians(20)) - math.radians(20)
    half = math.pi / (2 * teeth) + invol  # half a tooth at the base circle
    points: list[Point] = []
    start = max(base, root)
    for tooth in range(teeth):
        middle = 2 * math.pi * tooth / teeth
        flank = []
        for radius in np.linspace(start, tip, segments + 1):
            pressure = math.acos(min(1.0, base / radius))
            flank.append((radius, half - (math.tan(pressure) - pressure)))
        foot = [(root, half)] if root < start else []
        for radius, angle in [*foot, *flank]:
            points.append((radius * math.cos(middle - angle), radius * math.sin(middle - angle)))
        for radius, angle in reversed([*foot, *flank]):
            points.append((radius * math.cos(middle + angle), radius * math.sin(middle + angle)))
    return CrossSection([np.array(points)])


def tube_along(
    path: Sequence[tuple[float, float, float]], radius: float, segments: int = 20
) -> Manifold:
    """Return a round bar that follows points; joints are balls."""
    pieces = []
    for first, second in pairwise(path):
        ends = [Manifold.sphere(radius, segments).translate(p) for p in (first, second)]
        pieces.append(Manifold.batch_hull(ends))
    return union(pieces)
