"""A mesh as plain arrays: what every reader returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.domain.catalog.geometry import Finding, GeometryFormat, LengthUnit, UnitSource

Vertices: TypeAlias = NDArray[np.float64]  # (n, 3), mm
Faces: TypeAlias = NDArray[np.int32]  # (m, 3), rows of `Vertices`, counter-clockwise from outside

LARGEST_COORDINATE_MM = 1e9  # a thousand kilometres; volumes beyond would leave the number range


def find_finite(vertices: Vertices) -> NDArray[np.bool_]:
    """Return (n,) whether all three coordinates of each vertex are numbers one can reckon with."""
    finite: NDArray[np.bool_] = np.abs(vertices) <= LARGEST_COORDINATE_MM  # False for NaN
    return finite[:, 0] & finite[:, 1] & finite[:, 2]


def select_whole(faces: Faces) -> Faces:
    """Return the triangles that use three different vertices."""
    first, second, third = faces[:, 0], faces[:, 1], faces[:, 2]
    whole = (first != second) & (second != third) & (third != first)
    return faces if whole.all() else faces[whole]


@dataclass(frozen=True, slots=True, eq=False)
class MeshArrays:
    """Triangles of one file, every one of them: bad triangles are kept and can be counted.

    Attributes:
        vertices: (n, 3) float64, mm; corners at the same place within one piece are one vertex.
        faces: (m, 3) int32; `m` is the number of triangles found in the file.
        raw_triangles: what the file itself claims to hold, before any reader touched it.
        unit: unit of the numbers in the file.
        unit_source: how the unit is known.
        format: what the content turned out to be.
        findings: what the reader noticed; the mesh itself is judged later.
    """

    vertices: Vertices
    faces: Faces
    raw_triangles: int
    unit: LengthUnit
    unit_source: UnitSource
    format: GeometryFormat
    findings: tuple[Finding, ...] = ()
