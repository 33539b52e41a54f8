"""From STEP to 3MF without losing a cubic millimetre: our reader, closed forms and lib3mf agree."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from lib3mf import get_wrapper

from app.documents.packages.three_mf import ModelWords, write_three_mf
from app.geometry.measuring import measure_mesh
from app.geometry.readers.loading import FileContent, load_mesh
from helpers.step_files import box_step, cylinder_step

WORDS = ModelWords(
    title="Part",
    part_number="1",
    designer="",
    description="",
    copyright="",
    licence_terms="",
    created_at=datetime(2026, 11, 23, tzinfo=UTC),
)
_INCH = 25.4
SOLIDS = [
    (box_step(40, 25, 15), 40 * 25 * 15, (40, 25, 15), 1e-6),
    (box_step(0.04, 0.025, 0.015, unit="m"), 40 * 25 * 15, (40, 25, 15), 1e-6),
    (box_step(2, 1, 0.5, unit="inch"), _INCH**3, (2 * _INCH, _INCH, _INCH / 2), 1e-6),
    (cylinder_step(10, 30), math.pi * 100 * 30, (20, 20, 30), 0.006),
    (cylinder_step(1, 2, unit="inch"), 2 * math.pi * _INCH**3, (50.8, 50.8, 50.8), 0.006),
]


def sum_with_lib3mf(path: Path) -> tuple[float, list[bool]]:
    """Return the volume of all objects by lib3mf's reading and our own sum; which are manifold."""
    model = get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    assert reader.GetWarningCount() == 0
    objects, volume, manifold = model.GetMeshObjects(), 0.0, []
    while objects.MoveNext():
        mesh = objects.GetCurrentMeshObject()
        corners = np.array([list(corner.Coordinates) for corner in mesh.GetVertices()], float)
        faces = np.array([list(triangle.Indices) for triangle in mesh.GetTriangleIndices()])
        one, two, three = corners[faces].transpose(1, 0, 2)
        volume += float(np.einsum("ij,ij->", one, np.cross(two, three))) / 6
        manifold.append(bool(mesh.IsManifoldAndOriented()))
    return volume, manifold


@pytest.mark.parametrize(("step", "volume_mm3", "size_mm", "chords"), SOLIDS)
def test_volume_size_and_bodies_survive(
    tmp_path: Path,
    step: bytes,
    volume_mm3: float,
    size_mm: tuple[float, ...],
    chords: float,
) -> None:
    mesh = load_mesh(FileContent("part.step", step))
    measures = measure_mesh(mesh)
    assert measures.bodies == 1
    assert measures.watertight
    # Chords lie inside a round surface, so triangles never hold more than the solid.
    assert volume_mm3 * (1 - chords) <= measures.volume_mm3 <= volume_mm3 * (1 + 1e-6)
    assert np.ptp(mesh.vertices, axis=0) == pytest.approx(size_mm, rel=chords, abs=1e-4)
    written = tmp_path / "part.3mf"
    written.write_bytes(write_three_mf(mesh.vertices, mesh.faces, WORDS).data)
    told, manifold = sum_with_lib3mf(written)
    assert told == pytest.approx(measures.volume_mm3, rel=1e-6)
    assert manifold == [True]
