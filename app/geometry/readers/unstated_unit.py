"""The mesh of a file whose format states no unit: in the unit somebody named, else millimetres."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.domain.catalog.geometry import Finding, GeometryFormat, LengthUnit, UnitSource
from app.geometry.mesh_arrays import Faces, MeshArrays
from app.geometry.welding import Coordinates


def mesh_without_unit(
    places: Coordinates,
    faces: Faces,
    *,
    raw_triangles: int,
    unit: LengthUnit | None,
    format: GeometryFormat,
    findings: Iterable[Finding],
) -> MeshArrays:
    """Return the mesh in millimetres.

    Args:
        places: (n, 3) welded corners in the numbers of the file.
        unit: what the user said; None assumes millimetres.
    """
    unit_used = unit or LengthUnit.MM
    vertices = places.astype(np.float64)
    vertices *= unit_used.in_mm
    return MeshArrays(
        vertices=vertices,
        faces=faces,
        raw_triangles=raw_triangles,
        unit=unit_used,
        unit_source=UnitSource.ASSUMED if unit is None else UnitSource.USER,
        format=format,
        findings=tuple(findings),
    )
