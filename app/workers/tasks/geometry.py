"""Worker tasks: read, measure and check geometry files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FileReport, GeometryFacts, LengthUnit, UnitSource
from app.geometry.checking import check_mesh
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays, find_finite
from app.geometry.readers.loading import FileContent, load_content, load_mesh
from app.geometry.readers.mesh_reader import mesh_readers


def measure_geometry(path: str, unit: LengthUnit | None) -> FileReport:
    """Read, measure and judge one file; a file that cannot be read is a report with a reason.

    Args:
        path: any file.
        unit: of the numbers in it, where the format states none; None assumes millimetres.
    """
    try:
        content = load_content(Path(path))
    except GeometryError as error:
        return _refused(FileContent(Path(path).name, b""), "", unit, error)
    sha256 = content.sha256
    try:
        mesh = load_mesh(content, unit)
    except GeometryError as error:
        return _refused(content, sha256, unit, error)
    return FileReport(
        file_name=content.name,
        sha256=sha256,
        size_bytes=len(content.data),
        format=mesh.format,
        unit=mesh.unit,
        unit_source=mesh.unit_source,
        facts=_measure(mesh, sha256),
        accepted=True,
    )


def load_mesh_arrays(path: str, unit: LengthUnit | None, out_npz: str, name: str = "") -> int:
    """Read a file and hand its triangles over in a file of numpy arrays.

    Args:
        out_npz: file to write, with `vertices` (n, 3) float64 in mm and `faces` (m, 3) int32;
            triangles without finite corners are left out, for nothing can draw them.
        name: what sentences call the file; "" takes the name of the path.

    Returns:
        Number of triangles written.

    Raises:
        GeometryError: the file cannot be read, or none of its triangles is usable.
    """
    content = load_content(Path(path))
    mesh = load_mesh(replace(content, name=name or content.name), unit)
    finite = find_finite(mesh.vertices)
    faces = mesh.faces[finite[mesh.faces].all(axis=1)]
    vertices = np.where(finite[:, None], mesh.vertices, 0.0)
    with Path(out_npz).open("wb") as stream:
        np.savez(stream, vertices=vertices, faces=faces)
    return len(faces)


def list_reader_problems() -> list[str]:
    """Say which installed mesh readers could not be loaded."""
    mesh_readers.load_installed()
    return [str(problem) for problem in mesh_readers.problems]


def _measure(mesh: MeshArrays, sha256: str) -> GeometryFacts:
    measures = measure_mesh(mesh)
    return GeometryFacts(
        sha256=sha256,
        unit=mesh.unit,
        triangles=measures.triangles,
        bodies=measures.bodies,
        watertight=measures.watertight,
        volume_mm3=measures.volume_mm3,
        area_mm2=measures.area_mm2,
        bounds_mm=measures.bounds_mm,
        findings=check_mesh(mesh, measures),
    )


def _refused(
    content: FileContent, sha256: str, unit: LengthUnit | None, error: GeometryError
) -> FileReport:
    return FileReport(
        file_name=content.name,
        sha256=sha256,
        size_bytes=len(content.data),
        format=None,
        unit=unit or LengthUnit.MM,
        unit_source=UnitSource.ASSUMED if unit is None else UnitSource.USER,
        facts=None,
        accepted=False,
        reason=str(error),
    )
