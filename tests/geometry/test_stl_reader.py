"""STL of both kinds, honest and lying."""

import numpy as np
import pytest

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FindingCode, LengthUnit, Severity, UnitSource
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.stl import StlReader
from helpers.meshes import ascii_stl, binary_stl, box, merged, moved, sphere, torus


def load(data: bytes, unit: LengthUnit | None = None) -> MeshArrays:
    return StlReader().load(data, unit)


def codes(mesh: MeshArrays) -> list[FindingCode]:
    return [finding.code for finding in mesh.findings]


@pytest.mark.parametrize("write", [binary_stl, ascii_stl])
def test_both_kinds_give_the_mesh_they_were_made_from(write: object) -> None:
    vertices, faces = torus()
    mesh = load(write((vertices, faces)))  # type: ignore[operator]
    assert len(mesh.vertices) == len(vertices)
    assert mesh.raw_triangles == len(mesh.faces) == len(faces)
    found = mesh.vertices[mesh.faces]
    assert found == pytest.approx(vertices[faces], abs=1e-5)
    assert mesh.findings == ()


def test_the_unit_is_assumed_unless_somebody_says_it() -> None:
    mesh = load(binary_stl(box()))
    assert (mesh.unit, mesh.unit_source) == (LengthUnit.MM, UnitSource.ASSUMED)
    inches = load(binary_stl(box(1, 2, 3)), LengthUnit.INCH)
    assert (inches.unit, inches.unit_source) == (LengthUnit.INCH, UnitSource.USER)
    assert measure_mesh(inches).volume_mm3 == pytest.approx(6 * 25.4**3)


@pytest.mark.parametrize("header", [b"solid", b"solid part\nfacet normal 0 0 0\n", b"SOLID x"])
def test_a_binary_file_that_begins_like_text_is_read_as_binary(header: bytes) -> None:
    data = binary_stl(box(), header=header)
    assert StlReader().recognise(data) is Match.CERTAIN
    assert len(load(data).faces) == 12


def test_text_without_the_word_solid_or_in_capitals_is_read_as_text() -> None:
    plain = ascii_stl(box()).split(b"\n", 1)[1]
    assert len(load(plain).faces) == 12
    assert len(load(ascii_stl(box()).upper()).faces) == 12
    assert len(load(b"\xef\xbb\xbf  \r\n" + ascii_stl(box()).replace(b"\n", b"\r\n")).faces) == 12


@pytest.mark.parametrize("ten", ["1e1", "1.0E+01", "+10.", ".1e2"])
def test_every_spelling_of_a_number_is_read_in_text(ten: str) -> None:
    data = ascii_stl(box()).replace(b" 10 ", f" {ten} ".encode())
    assert measure_mesh(load(data)).volume_mm3 == pytest.approx(6000)


@pytest.mark.parametrize("odd", ["ten", "1o", "l0", "10mm", "0x1", "e1"])
def test_a_letter_in_a_number_of_a_text_is_refused(odd: str) -> None:
    data = ascii_stl(box()).replace(b"vertex 10 ", f"vertex {odd} ".encode(), 1)
    with pytest.raises(GeometryError, match="not made of three numbers"):
        load(data)


def test_several_solids_in_one_text_are_one_mesh_of_several_bodies() -> None:
    data = ascii_stl(box(), "one") + ascii_stl(moved(sphere(), x=99), "facet vertex 1 2 3")
    mesh = load(data)
    assert mesh.findings == ()
    assert measure_mesh(mesh).bodies == 2


def test_a_header_that_promises_too_much_is_a_lie() -> None:
    mesh = load(binary_stl(box(), count=1_000_000_000))
    assert len(mesh.faces) == 12
    assert codes(mesh) == [FindingCode.COUNT_LIES]
    assert mesh.findings[0].severity is Severity.DANGER
    assert "1,000,000,000" in mesh.findings[0].text
    assert "after 12" in mesh.findings[0].text


def test_a_header_that_hides_triangles_is_a_lie() -> None:
    mesh = load(binary_stl(box(), count=10))
    assert len(mesh.faces) == 10
    assert codes(mesh) == [FindingCode.COUNT_LIES]
    assert "holds 12" in mesh.findings[0].text


@pytest.mark.parametrize("count", [0, 0xFFFFFFFF])
def test_a_count_never_filled_in_is_reported_and_everything_read(count: int) -> None:
    mesh = load(binary_stl(box(), count=count))
    assert len(mesh.faces) == 12
    assert codes(mesh) == [FindingCode.COUNT_LIES]


def test_a_cut_off_binary_file_keeps_its_whole_triangles() -> None:
    mesh = load(binary_stl(box())[:-20])
    assert len(mesh.faces) == 11
    assert codes(mesh) == [FindingCode.COUNT_LIES]


def test_surplus_bytes_are_a_warning() -> None:
    mesh = load(binary_stl(box()) + b"COLOR=abc")
    assert len(mesh.faces) == 12
    assert codes(mesh) == [FindingCode.READER_WARNING]
    assert "9 surplus bytes" in mesh.findings[0].text


def test_a_cut_off_text_is_reported() -> None:
    data = ascii_stl(sphere(steps=8))
    mesh = load(data[: len(data) * 2 // 3])
    assert codes(mesh) == [FindingCode.COUNT_LIES]
    assert 0 < len(mesh.faces) <= mesh.raw_triangles
    inside_a_number = data[: data.rindex(b"vertex") + 9]
    assert codes(load(inside_a_number)) == [FindingCode.COUNT_LIES]


@pytest.mark.parametrize("write", [binary_stl, ascii_stl])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_corners_that_are_no_numbers_are_kept_and_counted(write: object, bad: float) -> None:
    vertices, faces = box()
    vertices[0, 0] = bad
    mesh = load(write((vertices, faces)))  # type: ignore[operator]
    assert len(mesh.faces) == 12
    assert measure_mesh(mesh).not_finite == int((faces == 0).any(axis=1).sum())


def test_a_text_longer_than_one_piece_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.geometry.readers.stl_text._CHUNK_BYTES", 2000)
    vertices, faces = sphere(steps=12)
    data = ascii_stl((vertices, faces)) + ascii_stl(moved(box(), x=50))
    for spelling in (data, data.upper()):
        mesh = load(spelling)
        assert len(mesh.faces) == len(faces) + 12
        assert measure_mesh(mesh).watertight


@pytest.mark.parametrize(
    "data", [b"solid\nendsolid\n", binary_stl(box())[:84], b"\0" * 40, b"\0" * 84]
)
def test_files_without_triangles_are_refused(data: bytes) -> None:
    with pytest.raises(GeometryError):
        load(data)


def test_two_solids_keep_their_common_corners_together() -> None:
    mesh = load(binary_stl(merged(box(), moved(box(), x=10))))
    assert len(mesh.vertices) == 12
