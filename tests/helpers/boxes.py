"""Boxes: the smallest real parts, as arrays and as files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FACES = np.array(
    [
        (0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
        (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3),
    ],
    dtype=np.int32,
)  # fmt: skip


def box_mesh(
    x_mm: float = 40.0, y_mm: float = 25.0, z_mm: float = 15.0
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Return vertices (8, 3) and faces (12, 3), counter-clockwise from outside."""
    corners = [(a, b, c) for a in (0.0, x_mm) for b in (0.0, y_mm) for c in (0.0, z_mm)]
    return np.array(corners), _FACES.copy()


def write_box_stl(path: Path, x_mm: float = 40.0, y_mm: float = 25.0, z_mm: float = 15.0) -> Path:
    """Write a box as binary STL."""
    vertices, faces = box_mesh(x_mm, y_mm, z_mm)
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("rest", "<u2")])
    triangles = np.zeros(len(faces), record)
    triangles["corners"] = vertices[faces]
    header = bytes(80) + np.uint32(len(faces)).tobytes()
    path.write_bytes(header + triangles.tobytes())
    return path
