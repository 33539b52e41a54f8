"""Edges of a triangle mesh: which triangles meet at each, and what hangs together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.geometry.mesh_arrays import Faces


@dataclass(frozen=True, slots=True, eq=False)
class EdgeGroups:
    """The 3 m half-edges of m triangles, sorted so that those of one edge stand together.

    Attributes:
        half_edges: (3m,) int32; half-edge h is side h % 3 of triangle h // 3.
        starts: (e,) int64, where each of the e edges begins in `half_edges`.
        counts: (e,) int64, how many triangles meet at each edge.
        balance: (e,) int64, uses in one direction minus uses in the other; 0 where the winding of
            the neighbours agrees.
    """

    half_edges: NDArray[np.int32]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    balance: NDArray[np.int64]


def group_edges(faces: Faces, vertex_count: int) -> EdgeGroups:
    """Group the sides of triangles by edge.

    Args:
        faces: (m, 3) int32, every row with three different numbers.
        vertex_count: number of vertices; every index is below it.
    """
    if len(faces) == 0:
        none = np.empty(0, np.int64)
        return EdgeGroups(np.empty(0, np.int32), none, none, none)
    begin = faces.reshape(-1)
    end = np.roll(faces, -1, axis=1).reshape(-1)
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    order, low_sorted, high_sorted = _sort_pairs(low, high, vertex_count)
    is_new = np.empty(len(order), bool)
    is_new[0] = True
    is_new[1:] = (low_sorted[1:] != low_sorted[:-1]) | (high_sorted[1:] != high_sorted[:-1])
    starts = np.flatnonzero(is_new)
    counts = np.diff(starts, append=len(order))
    direction = np.where(begin < end, 1, -1).astype(np.int64)[order]
    return EdgeGroups(order, starts, counts, np.add.reduceat(direction, starts))


def _sort_pairs(
    low: NDArray[np.int32], high: NDArray[np.int32], vertex_count: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Sort by (low, high) as a sparse matrix does it: buckets by row, then each short row."""
    from scipy.sparse import csr_matrix

    count = len(low)
    one_per_row = np.arange(count + 1, dtype=np.int32)
    by_low = csr_matrix((one_per_row[:-1], low, one_per_row), shape=(count, vertex_count)).tocsc()
    order = by_low.indices
    rows = csr_matrix((order, high[order], by_low.indptr), shape=(vertex_count, vertex_count))
    rows.sort_indices()
    low_sorted = np.repeat(np.arange(vertex_count, dtype=np.int32), np.diff(by_low.indptr))
    return rows.data, low_sorted, rows.indices


def label_bodies(edges: EdgeGroups, face_count: int) -> tuple[int, NDArray[np.int32]]:
    """Number the bodies: triangles that hang together over edges.

    Returns:
        Number of bodies; (face_count,) int32 body of each triangle.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    if face_count == 0:
        return 0, np.empty(0, np.int32)
    owner = edges.half_edges // 3
    same_edge = np.ones(len(owner), bool)
    same_edge[edges.starts] = False
    follower = np.flatnonzero(same_edge)
    links = (np.ones(len(follower), np.int8), (owner[follower - 1], owner[follower]))
    graph = csr_matrix(links, shape=(face_count, face_count))
    bodies, labels = connected_components(graph, directed=False)
    return int(bodies), labels
