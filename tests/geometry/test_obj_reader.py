"""OBJ in the spellings that programs write."""

import pytest

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FindingCode, LengthUnit, UnitSource
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.obj import ObjReader
from helpers.meshes import box, obj, torus

CORNERS = b"v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"


def load(data: bytes, unit: LengthUnit | None = None) -> MeshArrays:
    return ObjReader().load(data, unit)


def test_a_mesh_comes_back_as_it_was_written() -> None:
    vertices, faces = torus()
    mesh = load(obj((vertices, faces)))
    assert mesh.vertices == pytest.approx(vertices, abs=1e-6)
    assert (mesh.faces == faces).all()
    assert mesh.unit_source is UnitSource.ASSUMED


@pytest.mark.parametrize(
    "face",
    [
        b"f 1 2 3",
        b"f 1/1 2/2 3/3",
        b"f 1//5 2//6 3//7",
        b"f 1/1/5 2/2/6 3/3/7",
        b"f -4 -3 -2",
        b"f -4/1 -3/1/1 -2//1",
        b"  f\t1   2 3   # comment",
        b"f 1 \\\n 2 3",
    ],
)
def test_every_spelling_of_a_face(face: bytes) -> None:
    assert load(CORNERS + face + b"\n").faces.tolist() == [[0, 1, 2]]


@pytest.mark.parametrize(
    "corners",
    [
        b"v 0 0 0\nv 1 0 0\nvn 0 0 1\nv 1 1 0\nvt 0 0\nv 0 1 0\n",
        b"  v 0 0 0\nv\t1 0 0\nv 1 1 0 # v 9 9 9\nv 0 1 0\n",
        b"# v 9 9 9\no v 9\nv 0 0 0\rv 1 0 0\rv 1 1 0\rv 0 1 0\r",
        b"v 0e0 0 0\nv 1E0 0 0\nv +1. 10e-1 0\nv 0 1 0\n",
    ],
)
def test_every_spelling_of_a_corner(corners: bytes) -> None:
    mesh = load(corners + b"f 1 2 3\nf 1.0 3 4\n")
    assert mesh.vertices.tolist() == [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]
    assert mesh.faces.tolist() == [[0, 1, 2], [0, 2, 3]]


def test_faces_with_more_corners_are_divided_and_it_is_said() -> None:
    mesh = load(CORNERS + b"f 1 2 3 4\nf 1 2 3\n")
    assert len(mesh.faces) == 3
    assert measure_mesh(mesh).area_mm2 == pytest.approx(1.5)
    assert [finding.code for finding in mesh.findings] == [FindingCode.READER_WARNING]


def test_faces_with_fewer_corners_are_left_out_and_it_is_said() -> None:
    mesh = load(CORNERS + b"f 1 2\nf 1 2 3\n")
    assert len(mesh.faces) == 1
    assert [finding.code for finding in mesh.findings] == [FindingCode.DEGENERATE]


def test_colours_weights_and_other_statements_do_not_disturb() -> None:
    data = b"mtllib a.mtl\no part\nv 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 1 1 0 0 0 1\nvt 0 0\nvn 0 0 1\n"
    assert len(load(data + b"usemtl red\ns off\nf 1 2 3\nl 1 2\n").vertices) == 3
    mixed = b"v 0 0 0\nv 1 0 0 1.0\nv 1 1 0 0.5 0.5 0.5\nf 1 2 3\n"
    assert load(mixed).vertices[2].tolist() == [1, 1, 0]


def test_corners_split_for_textures_are_joined_again() -> None:
    vertices, faces = box()
    split = b"".join(
        f"v {x} {y} {z}\n".encode() for triangle in vertices[faces] for x, y, z in triangle
    )
    split += b"".join(f"f {3 * n + 1} {3 * n + 2} {3 * n + 3}\n".encode() for n in range(12))
    found = measure_mesh(load(split))
    assert (found.watertight, found.volume_mm3) == (True, 6000)


def test_the_unit_is_applied() -> None:
    mesh = load(obj(box(1, 2, 3)), LengthUnit.CM)
    assert measure_mesh(mesh).volume_mm3 == pytest.approx(6000)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (CORNERS, "no triangles"),
        (CORNERS + b"f 1 2 9\n", "uses corner 9"),
        (CORNERS + b"f 0 1 2\n", "uses corner 0"),
        (CORNERS + b"f -9 1 2\n", "uses corner"),
        (b"f -1 0 1\n" + CORNERS + b"f -1 1 2\n", "uses corner 0"),
        (b"v 0 0 0\nv 1 v 0\nv 1 1 0\nf 1 2 3\n", "not made of 3 numbers"),
        (CORNERS + b"f 1 f 2 3\n", "no whole number"),
        (CORNERS + b"f 1 2 x\n", "no whole number"),
        (CORNERS + b"f 1 2 3.5\n", "no whole number"),
        (CORNERS + b"f -1 2 x\n", "no whole number"),
        (CORNERS + b"f -1 2 99999999999999999999999\n", "no whole number"),
        (b"v 0 0\nv 1 0\nf 1 2 1\n", "not made of 3 numbers"),
        (b"v 0 0 0\nv 1 zero 0\nv 1 1 0\nf 1 2 3\n", "not made of 3 numbers"),
        (b"v 0 0 0\nv 1 0\nv 1 1 0 1\nf 1 2 3\n", "not made of 3 numbers"),
    ],
)
def test_damage_is_named(data: bytes, why: str) -> None:
    with pytest.raises(GeometryError, match=why):
        load(data)
