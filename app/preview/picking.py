"""What lies under the cursor: a ray against triangles, on columns and without a graphics card."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_PARALLEL = 1e-12  # of the determinant, relative to edge lengths


def pick_point(
    points: NDArray[np.floating],
    faces: NDArray[np.integer],
    origin: NDArray[np.float64],
    direction: NDArray[np.float64],
) -> tuple[float, float, float] | None:
    """Return the nearest point where a ray meets the mesh, or None.

    Args:
        points: (p, 3) mm.
        faces: (f, 3) indices into `points`.
        origin: (3,) start of the ray, mm.
        direction: (3,) unit vector.

    Source: Möller and Trumbore, Fast, Minimum Storage Ray/Triangle Intersection, 1997.
    """
    if not len(faces):
        return None
    corners = np.asarray(points, dtype=np.float64)[faces]
    start, first, second = corners[:, 0], corners[:, 1], corners[:, 2]
    edge_a, edge_b = first - start, second - start
    across = np.cross(direction, edge_b)
    determinant = np.einsum("ij,ij->i", edge_a, across)
    scale = np.abs(edge_a).sum(axis=1) * np.abs(edge_b).sum(axis=1)
    crossing = np.abs(determinant) > _PARALLEL * scale
    inverse = np.where(crossing, 1.0 / np.where(crossing, determinant, 1.0), 0.0)
    offset = origin - start
    u = np.einsum("ij,ij->i", offset, across) * inverse
    turned = np.cross(offset, edge_a)
    v = turned @ direction * inverse
    distance = np.einsum("ij,ij->i", turned, edge_b) * inverse
    hit = crossing & (u >= 0) & (v >= 0) & (u + v <= 1) & (distance > 0)
    if not hit.any():
        return None
    x, y, z = (float(value) for value in origin + direction * distance[hit].min())
    return x, y, z
