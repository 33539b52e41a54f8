"""STEP: true millimetres whatever the file's unit, solids only."""

import pytest

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FindingCode, LengthUnit, UnitSource
from app.geometry.measuring import measure_mesh
from app.geometry.readers.step import StepReader
from app.geometry.readers.step_text import check_step_text, count_solids, find_length_unit
from helpers.step_files import box_step


@pytest.mark.parametrize(("unit", "in_mm"), [("mm", 1.0), ("inch", 25.4), ("m", 1000.0)])
def test_a_box_has_its_size_in_true_millimetres(unit: str, in_mm: float) -> None:
    sides = (10 / in_mm, 20 / in_mm, 30 / in_mm)
    mesh = StepReader().load(box_step(*sides, unit=unit), None)
    found = measure_mesh(mesh)
    assert found.bounds_mm == pytest.approx((0, 0, 0, 10, 20, 30), abs=1e-5)
    assert found.volume_mm3 == pytest.approx(6000, rel=1e-6)
    assert (found.triangles, found.bodies, found.watertight) == (12, 1, True)
    assert (mesh.unit, mesh.unit_source) == (LengthUnit(unit), UnitSource.FILE)


def test_the_files_unit_wins_over_what_was_said_and_a_note_says_so() -> None:
    mesh = StepReader().load(box_step(10, 20, 30), LengthUnit.INCH)
    assert measure_mesh(mesh).volume_mm3 == pytest.approx(6000, rel=1e-6)
    assert any("its own unit, mm" in finding.text for finding in mesh.findings)


def test_surfaces_without_a_body_are_refused() -> None:
    with pytest.raises(GeometryError, match="no solid body"):
        StepReader().load(box_step(1, 1, 1, solid=False), None)


def test_a_cut_off_file_is_refused() -> None:
    data = box_step(1, 1, 1)
    with pytest.raises(GeometryError, match="cut off"):
        StepReader().load(data[: data.index(b"DATA;") + 40], None)


def test_a_body_without_its_faces_is_refused() -> None:
    data = box_step(1, 1, 1).replace(b"CLOSED_SHELL", b"CLOSED_SHELF")
    with pytest.raises(GeometryError):
        StepReader().load(data, None)


def test_deep_nesting_is_refused_before_the_kernel_sees_it() -> None:
    nested = b"#5000=FOO(" + b"(" * 100_000 + b")" * 100_000 + b");\nENDSEC;"
    data = box_step(1, 1, 1).replace(b"ENDSEC;\nEND-ISO", nested + b"\nEND-ISO")
    with pytest.raises(GeometryError, match="nested 10000"):
        check_step_text(data)


def test_brackets_in_quoted_text_do_not_count_as_nesting() -> None:
    quoted = b"PRODUCT('" + b"(" * 500 + b"it''s" + b"(" * 500 + b"'"
    check_step_text(box_step(1, 1, 1).replace(b"PRODUCT('box'", quoted))


def test_a_solid_that_does_not_arrive_is_missed() -> None:
    data = box_step(1, 1, 1)
    assert count_solids(data) == 1
    lost = data.replace(b"#900=", b"#800=MANIFOLD_SOLID_BREP('lost',#131);\n#900=")
    mesh = StepReader().load(lost, None)
    found = [finding for finding in mesh.findings if finding.code is FindingCode.COUNT_LIES]
    assert ["defines 2 solids, but only 1" in finding.text for finding in found] == [True]
    assert not any(
        finding.code is FindingCode.COUNT_LIES for finding in StepReader().load(data, None).findings
    )


def test_units_are_found_and_contradictions_are_not_guessed() -> None:
    data = box_step(1, 1, 1, unit="inch")
    assert find_length_unit(data) is LengthUnit.INCH
    centi = box_step(1, 1, 1).replace(b".MILLI.", b".CENTI.")
    assert find_length_unit(centi) is LengthUnit.CM
    assert find_length_unit(b"DATA;") is None
    two = (
        data
        + b"#1900=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.));"
        + (b"#1901=(GLOBAL_UNIT_ASSIGNED_CONTEXT((#1900)));")
    )
    assert find_length_unit(two) is None
