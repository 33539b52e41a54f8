"""PLY, text and binary, of even and uneven rows."""

import struct

import numpy as np
import pytest

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FindingCode, LengthUnit
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.ply import PlyReader
from helpers.meshes import box, ply, sphere, torus


def load(data: bytes, unit: LengthUnit | None = None) -> MeshArrays:
    return PlyReader().load(data, unit)


def header(kind: str, vertices: int, faces: int, *, extra: str = "", face_extra: str = "") -> bytes:
    return (
        f"ply\nformat {kind} 1.0\ncomment made by a test\nelement vertex {vertices}\n"
        f"property float x\nproperty float y\nproperty float z\n{extra}"
        f"element face {faces}\nproperty list uchar int vertex_indices\n{face_extra}end_header\n"
    ).encode()


@pytest.mark.parametrize("binary", [True, False])
def test_a_mesh_comes_back_as_it_was_written(binary: bool) -> None:
    vertices, faces = torus()
    mesh = load(ply((vertices, faces), binary=binary))
    assert mesh.vertices == pytest.approx(vertices, abs=1e-5)
    assert (mesh.faces == faces).all()
    assert mesh.findings == ()


def test_big_endian_numbers_and_other_columns() -> None:
    head = header("binary_big_endian", 4, 2, extra="property uchar red\n",
                  face_extra="property float quality\n")  # fmt: skip
    body = b"".join(struct.pack(">fffB", *place, 7) for place in [(0, 0, 0), (2, 0, 0), (0, 2, 0),
                                                                  (0, 0, 2)])  # fmt: skip
    body += b"".join(struct.pack(">Biiif", 3, *face, 0.5) for face in [(0, 1, 2), (0, 3, 1)])
    mesh = load(head + body)
    assert mesh.faces.tolist() == [[0, 1, 2], [0, 3, 1]]
    assert mesh.vertices[1].tolist() == [2, 0, 0]


@pytest.mark.parametrize("kind", ["ascii", "binary_little_endian"])
def test_triangles_and_larger_faces_mixed(kind: str) -> None:
    places = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
    polygons = [(0, 1, 2), (0, 1, 2, 3), (3, 2, 0)]
    if kind == "ascii":
        rows = [" ".join(map(str, place)) for place in places]
        rows += [" ".join(map(str, (len(face), *face))) for face in polygons]
        body = "\n".join(rows).encode()
    else:
        body = np.array(places, "<f4").tobytes()
        for face in polygons:
            body += struct.pack(f"<B{len(face)}i", len(face), *face)
    mesh = load(header(kind, 4, 3) + body)
    assert mesh.faces.tolist() == [[0, 1, 2], [0, 1, 2], [0, 2, 3], [3, 2, 0]]
    assert [finding.code for finding in mesh.findings] == [FindingCode.READER_WARNING]


def test_tables_before_and_after_those_we_need() -> None:
    text = (
        "ply\nformat ascii 1.0\nelement note 2\nproperty list uchar int words\n"
        "element vertex 3\nproperty double x\nproperty double y\nproperty double z\n"
        "element face 1\nproperty list uchar uint vertex_index\n"
        "element edge 1\nproperty int a\nend_header\n"
        "2 7 8\n0\n0 0 0\n1 0 0\n0 1 0.5\n3 0 1 2\n5\n"
    )
    assert load(text.encode()).vertices[2].tolist() == [0, 1, 0.5]


def test_numbers_at_the_end_of_a_line_that_the_header_does_not_name_are_passed_over() -> None:
    rows = b"0 0 0\n1 0 0\n0 1 0\n3 0 1 2 9 1 1\n3 0 2 1 9 1 1\n"
    assert load(header("ascii", 3, 2) + rows).faces.tolist() == [[0, 1, 2], [0, 2, 1]]
    one_line = b" ".join(b"0 0 0 1 0 0 0 1 0 3 0 1 2 3 0 2 1".split())
    assert len(load(header("ascii", 3, 2) + one_line).faces) == 2


def test_the_unit_is_applied() -> None:
    mesh = load(ply(sphere(0.01)), LengthUnit.M)
    assert measure_mesh(mesh).bounds_mm[5] == pytest.approx(10, rel=1e-6)


def test_a_corner_that_is_no_number_is_kept_and_counted() -> None:
    vertices, faces = box()
    vertices[3, 1] = np.nan
    for binary in (True, False):
        assert measure_mesh(load(ply((vertices, faces), binary=binary))).not_finite > 0


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"ply\nformat ascii 1.0\n" + b"comment x\n" * 8000, "does not end within 64 KB"),
        (header("binary_little_endian", 2**31, 2**31) + b"\0" * 100, "more than the 100 bytes"),
        (header("ascii", 10**15, 4) + b"0 0 0", "more than"),
        (ply(box(), faces_promised=13), "promises 13 rows"),
        (ply(box(), binary=False, faces_promised=13), "promises 13 rows"),
        (ply(box())[:-30], "promises 12 rows"),
        (header("ascii", 0, 0), "no triangles"),
        (header("ascii", 3, 0) + b"0 0 0\n1 0 0\n0 1 0\n", "no triangles"),
        (header("ascii", 3, 1) + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 9\n", "uses corner 10"),
        (header("ascii", 3, 1) + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 -1\n", "uses corner 0"),
        (header("ascii", 3, 1) + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 1.5\n", "no whole number"),
        (header("ascii", 3, 1) + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 nan\n", "no whole number"),
        (header("ascii", 3, 1) + b"0 0 0\n1 zero 0\n0 1 0\n3 0 1 2\n", "that is no number"),
        (header("ascii", 3, 1) + b"0 0 0\n1 0 0\n0 1 0\n-3 0 1 2\n", "promises 1 rows"),
        (header("middle_endian", 3, 1), "header is not understood: format"),
        (b"ply\nformat ascii 1.0\nproperty float x\nend_header\n", "not understood: property"),
        (b"ply\nformat ascii 1.0\nelement vertex many\nend_header\n", "not understood: element"),
        (b"ply\nformat ascii 1.0\nelement vertex 3\nproperty blob x\nend_header\n", "blob"),
        (b"ply\nformat ascii 1.0\nelement tristrips 1\nproperty list int int v\nend_header\n3 1",
         "triangle strips"),
    ],
)  # fmt: skip
def test_damage_and_lies_are_named(data: bytes, why: str) -> None:
    with pytest.raises(GeometryError, match=why):
        load(data)


def test_faces_without_corners_and_corners_without_places_are_refused() -> None:
    flat = header("ascii", 3, 1).replace(b"property float z\n", b"property float w\n")
    with pytest.raises(GeometryError, match="no x, y and z"):
        load(flat + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n")
    nameless = header("ascii", 3, 1).replace(b"vertex_indices", b"colours")
    with pytest.raises(GeometryError, match="which corners"):
        load(nameless + b"0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n")
