"""Measure a mesh: size, area, volume, bodies, and how well its triangles fit together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.geometry.edges import EdgeGroups, group_edges, label_bodies
from app.geometry.mesh_arrays import Faces, MeshArrays, Vertices, find_finite, select_whole
from app.geometry.welding import find_first_equal

_CHUNK = 1 << 15  # triangles at a time, so that the temporary arrays stay in the processor's cache
_SLIVER_SINE = 1e-10  # two sides closer to parallel than this span no area in double precision
_ROUNDING = 1e-12  # share of the summed volumes below which a sign means nothing


@dataclass(frozen=True, slots=True)
class MeshMeasures:
    """What was measured on a mesh. Triangles without finite corners are counted, then left out.

    Attributes:
        triangles: all triangles of the file, good and bad.
        not_finite: triangles with a NaN or infinite corner.
        collapsed: triangles that use one corner twice.
        slivers: triangles with three corners on one line.
        duplicates: triangles whose three corners another triangle has already.
        bodies: parts that hang together over edges.
        open_edges: edges with one triangle.
        crowded_edges: edges with more than two triangles that do not pair up front to back.
        touching_edges: edges with four, six … triangles that do: bodies touching along an edge.
        flipped_edges: edges whose two triangles disagree on which side is outside.
        inverted_bodies: closed bodies turned inside out that are no cavity of another body.
        volume_mm3: signed; meaningful only where `watertight`.
        bounds_mm: (xmin, ymin, zmin, xmax, ymax, zmax); zeros for a mesh without triangles.
    """

    triangles: int
    not_finite: int
    collapsed: int
    slivers: int
    duplicates: int
    bodies: int
    open_edges: int
    crowded_edges: int
    touching_edges: int
    flipped_edges: int
    inverted_bodies: int
    volume_mm3: float
    area_mm2: float
    bounds_mm: tuple[float, float, float, float, float, float]

    @property
    def watertight(self) -> bool:
        """Every edge has exactly two triangles (trimesh's meaning of the word)."""
        measured = self.triangles - self.not_finite - self.collapsed
        return measured > 0 and not (self.open_edges or self.crowded_edges or self.touching_edges)


def measure_mesh(mesh: MeshArrays) -> MeshMeasures:
    """Measure size, area, volume, bodies and edges of a mesh.

    Source: volume by the divergence theorem, as the sum of tetrahedra from the middle of the
    bounds; tests compare cube, sphere and torus with their closed forms and with trimesh.
    """
    vertices, faces = mesh.vertices, mesh.faces
    finite = _select_finite(vertices, faces)
    not_finite = len(faces) - len(finite)
    whole = select_whole(finite)
    bounds = _measure_bounds(vertices, finite)
    middle = (bounds[:3] + bounds[3:]) / 2
    volumes, area, slivers = _measure_triangles(vertices - middle, whole)
    edges = group_edges(whole, len(vertices))
    bodies, labels = label_bodies(edges, len(whole))
    paired = edges.balance == 0
    return MeshMeasures(
        triangles=len(faces),
        not_finite=not_finite,
        collapsed=len(finite) - len(whole),
        slivers=slivers,
        duplicates=_count_duplicates(whole, edges),
        bodies=bodies,
        open_edges=_count(edges.counts == 1),
        crowded_edges=_count((edges.counts > 2) & ~paired),
        touching_edges=_count((edges.counts > 2) & paired),
        flipped_edges=_count((edges.counts == 2) & ~paired),
        inverted_bodies=_count_inverted(vertices, whole, edges, volumes, labels, bodies),
        volume_mm3=float(volumes.sum()),
        area_mm2=area,
        bounds_mm=tuple(float(value) for value in bounds),  # type: ignore[arg-type]
    )


def _count(mask: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(mask))


def _select_finite(vertices: Vertices, faces: Faces) -> Faces:
    finite = find_finite(vertices)
    return faces if finite.all() else faces[finite[faces].all(axis=1)]


def _measure_bounds(vertices: Vertices, faces: Faces) -> NDArray[np.float64]:
    if len(faces) == 0:
        return np.zeros(6)
    used = np.zeros(len(vertices), bool)
    used[faces.reshape(-1)] = True
    corners = vertices if used.all() else vertices[used]
    return np.concatenate([corners.min(axis=0), corners.max(axis=0)])


def _measure_triangles(centred: Vertices, faces: Faces) -> tuple[NDArray[np.float64], float, int]:
    """Return (m,) signed volume under each triangle, total area and number of slivers."""
    volumes = np.empty(len(faces))
    area, slivers = 0.0, 0
    for start in range(0, len(faces), _CHUNK):
        part = slice(start, start + _CHUNK)
        one, two, three = (centred[faces[part, corner]].T for corner in range(3))
        side, other = two - one, three - one
        normal = _cross(side, other)
        squared = _dot(normal, normal)
        area += float(np.sqrt(squared).sum()) / 2
        slivers += _count(squared <= _SLIVER_SINE**2 * _dot(side, side) * _dot(other, other))
        volumes[part] = _dot(one, normal) / 6
    return volumes, area, slivers


def _cross(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([
        left[1] * right[2] - left[2] * right[1],
        left[2] * right[0] - left[0] * right[2],
        left[0] * right[1] - left[1] * right[0],
    ])  # fmt: skip


def _dot(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    product: NDArray[np.float64] = left[0] * right[0] + left[1] * right[1] + left[2] * right[2]
    return product


def _count_duplicates(faces: Faces, edges: EdgeGroups) -> int:
    """Count triangles on the same three corners as an earlier one.

    Such triangles share an edge that either is crowded or has the same corner opposite it twice.
    """
    pair = edges.starts[edges.counts == 2]
    left, right = edges.half_edges[pair], edges.half_edges[pair + 1]
    flat = _opposite_corner(faces, left) == _opposite_corner(faces, right)
    crowded = edges.half_edges[np.repeat(edges.counts > 2, edges.counts)]
    suspects = np.unique(np.concatenate([left[flat], right[flat], crowded]) // 3)
    corners = np.sort(faces[suspects], axis=1)
    return _count(find_first_equal(corners.view(np.uint32)) != np.arange(len(corners)))


def _opposite_corner(faces: Faces, half_edges: NDArray[np.int32]) -> NDArray[np.int32]:
    opposite: NDArray[np.int32] = faces[half_edges // 3, (half_edges + 2) % 3]
    return opposite


def _count_inverted(
    vertices: Vertices,
    faces: Faces,
    edges: EdgeGroups,
    volumes: NDArray[np.float64],
    labels: NDArray[np.int32],
    bodies: int,
) -> int:
    """Count closed bodies of negative volume that lie in no other body's bounds."""
    body_volume = np.bincount(labels, volumes, minlength=bodies)
    rounding = _ROUNDING * float(np.abs(volumes).sum())
    suspects = np.flatnonzero(body_volume < -rounding)
    if len(suspects) == 0:
        return 0
    leaky = np.zeros(bodies, bool)
    unpaired = np.repeat((edges.counts < 2) | (edges.balance != 0), edges.counts)
    leaky[labels[edges.half_edges[unpaired] // 3]] = True
    low, high = _measure_body_bounds(vertices, faces, labels, bodies)
    solid = np.flatnonzero(body_volume > 0)
    inverted = 0
    for body in suspects[~leaky[suspects]]:
        inside = (low[solid] <= low[body]).all(axis=1) & (high[solid] >= high[body]).all(axis=1)
        inverted += not inside.any()
    return inverted


def _measure_body_bounds(
    vertices: Vertices, faces: Faces, labels: NDArray[np.int32], bodies: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low, high = np.full((bodies, 3), np.inf), np.full((bodies, 3), -np.inf)
    for corner in range(3):
        np.minimum.at(low, labels, vertices[faces[:, corner]])
        np.maximum.at(high, labels, vertices[faces[:, corner]])
    return low, high
