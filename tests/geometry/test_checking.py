"""Findings: what is said, with which severity and which figures."""

import numpy as np
import pytest

from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.geometry.checking import check_mesh
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from helpers.meshes import Mesh, box, merged, moved


def check(mesh: Mesh, source: UnitSource = UnitSource.USER) -> dict[FindingCode, Finding]:
    vertices, faces = mesh
    arrays = MeshArrays(
        vertices=np.asarray(vertices, np.float64),
        faces=np.asarray(faces, np.int32),
        raw_triangles=len(faces),
        unit=LengthUnit.MM,
        unit_source=source,
        format=GeometryFormat.STL,
    )
    return {finding.code: finding for finding in check_mesh(arrays, measure_mesh(arrays))}


def test_a_sound_part_has_no_findings() -> None:
    assert check(box()) == {}


def test_holes_are_dangerous_and_counted() -> None:
    vertices, faces = box()
    found = check((vertices, faces[1:]))[FindingCode.OPEN]
    assert found.severity is Severity.DANGER
    assert "3 edges" in found.text


def test_a_corner_that_is_no_number_is_dangerous() -> None:
    vertices, faces = box()
    vertices[0, 0] = np.inf
    found = check((vertices, faces))[FindingCode.NOT_FINITE]
    assert found.severity is Severity.DANGER
    assert "of 12 triangles" in found.text


def test_surfaces_that_disagree_or_face_inwards_are_dangerous() -> None:
    vertices, faces = box()
    inverted = check((vertices, faces[:, ::-1]))[FindingCode.INSIDE_OUT]
    assert inverted.severity is Severity.DANGER
    faces[0] = faces[0][::-1]
    winding = check((vertices, faces))[FindingCode.INCONSISTENT_WINDING]
    assert winding.severity is Severity.DANGER
    assert "3 edges" in winding.text


def test_crowded_edges_are_dangerous_but_touching_bodies_only_a_warning() -> None:
    vertices, faces = box()
    wing = np.vstack([vertices, [[5.0, -5.0, 50.0]]])
    crowded = check((wing, np.vstack([faces, [[0, 1, 8]]])))
    assert crowded[FindingCode.NON_MANIFOLD].severity is Severity.DANGER
    points, triangles = merged(box(), moved(box(), x=10, y=20))
    shared = {tuple(point): number for number, point in reversed(list(enumerate(points)))}
    joined = np.array([[shared[tuple(points[corner])] for corner in face] for face in triangles])
    touching = check((points, joined))
    assert touching[FindingCode.NON_MANIFOLD].severity is Severity.WARNING
    assert FindingCode.OPEN not in touching


def test_a_sheet_of_triangles_back_to_back_encloses_nothing_and_is_dangerous() -> None:
    vertices, faces = box()
    found = check((vertices, np.vstack([faces, faces[:, ::-1]])))
    assert found[FindingCode.NON_MANIFOLD].severity is Severity.DANGER
    assert found[FindingCode.DUPLICATE_FACES].severity is Severity.WARNING


def test_triangles_without_area_are_a_warning() -> None:
    vertices, faces = box()
    found = check((vertices, np.vstack([faces, [[0, 0, 1]]])))
    assert set(found) == {FindingCode.DEGENERATE}
    assert found[FindingCode.DEGENERATE].severity is Severity.WARNING
    assert "1 of 13" in found[FindingCode.DEGENERATE].text


@pytest.mark.parametrize(("size", "shown"), [(0.5, "0.5 mm"), (2500.0, "2,500 mm")])
def test_a_size_that_hardly_fits_the_unit_is_pointed_out(size: float, shown: str) -> None:
    found = check(box(size, size, size), UnitSource.ASSUMED)[FindingCode.UNIT_DOUBTFUL]
    assert found.severity is Severity.WARNING
    assert shown in found.text
    stated = check(box(size, size, size), UnitSource.FILE)[FindingCode.UNIT_DOUBTFUL]
    assert stated.severity is Severity.NOTE


def test_steps_of_an_inch_ruler_are_noticed_where_no_unit_is_stated() -> None:
    inches = box(1.375, 2.5, 5.0)
    found = check(inches, UnitSource.ASSUMED)[FindingCode.UNIT_DOUBTFUL]
    assert "1.375 × 2.5 × 5" in found.text
    assert check(inches, UnitSource.USER) == {}
    assert check(box(12.5, 20, 31), UnitSource.ASSUMED) == {}
