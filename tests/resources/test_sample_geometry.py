"""The geometry of the sample: real parts, small, closed but for one, and made by our own script."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from app.base.paths import resource_path
from app.domain.catalog.geometry import FindingCode, LengthUnit, Severity, UnitSource
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import load_mesh_arrays, measure_geometry
from sample_parts import make_geometry, make_tables, shapes, solids, stacked_parts, step_file

_FOLDER = resource_path("sample") / "geometry"
_FILES = sorted(_FOLDER.iterdir())
_BROKEN = "A006040_pump_impeller.stl"
_INCHES = "CV40-22_flange_adapter.stl"
_LARGE = "M12-001_hatch_frame.3mf"


def _unit(file: Path) -> LengthUnit:
    return LengthUnit.INCH if file.name == _INCHES else LengthUnit.MM


def test_what_is_shipped_is_what_the_script_names() -> None:
    assert sorted(make_geometry.FILES) == [file.name for file in _FILES]
    kinds = [file.suffix for file in _FILES]
    assert (kinds.count(".stl"), kinds.count(".step")) == (6, 8)
    assert kinds.count(".3mf") == len(kinds) - 14


def test_small_enough_to_be_shipped() -> None:
    sizes = [file.stat().st_size for file in _FILES]
    assert max(sizes) < 150_000
    assert sum(sizes) < 1_800_000


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_closed_in_one_piece_and_without_findings(file: Path, workers: WorkerPool) -> None:
    report = workers.run(measure_geometry, str(file), _unit(file))
    assert report.accepted
    assert report.facts is not None
    assert 500 <= report.facts.triangles <= 10_000
    assert report.facts.bodies == 1
    known = UnitSource.USER if file.suffix == ".stl" else UnitSource.FILE
    assert report.unit_source is known
    worse = [item for item in report.facts.findings if item.severity is not Severity.NOTE]
    if file.name == _BROKEN:
        assert [item.code for item in worse] == [FindingCode.OPEN]
        assert not report.facts.watertight
        return
    assert worse == []
    assert report.facts.watertight
    assert report.facts.volume_mm3 > 0
    largest = 2500 if file.name == _LARGE else 900
    assert 10 < max(report.facts.size_mm) < largest


def test_inches_are_inches(workers: WorkerPool) -> None:
    report = workers.run(measure_geometry, str(_FOLDER / _INCHES), LengthUnit.INCH)
    assert report.facts is not None
    assert report.facts.size_mm[0] == pytest.approx(6.0 * 25.4, rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_the_script_makes_what_is_shipped(file: Path, workers: WorkerPool, tmp_path: Path) -> None:
    remade = make_geometry.file_bytes(file.name)
    if remade == file.read_bytes():
        return
    # Another processor may round the last digit of a sine differently, which can turn an edge.
    other = tmp_path / file.name
    other.write_bytes(remade)
    one, two = (
        workers.run(measure_geometry, str(path), _unit(file)).facts for path in (file, other)
    )
    assert one is not None
    assert two is not None
    assert two.volume_mm3 == pytest.approx(one.volume_mm3, rel=1e-3)
    assert two.bounds_mm == pytest.approx(one.bounds_mm, abs=0.02)


@pytest.mark.parametrize("name", ["A003341_spray_arm.3mf", "ST2-0204_door_roller.step"])
def test_same_bytes_when_made_twice(name: str) -> None:
    assert make_geometry.file_bytes(name) == make_geometry.file_bytes(name)


def test_the_parts_list_is_what_the_script_makes() -> None:
    shipped = (resource_path("sample") / "spare_parts.csv").read_text(encoding="utf-8")
    assert make_tables.parts_list() == shipped


def test_an_exact_body_has_the_volume_of_its_rings(workers: WorkerPool, tmp_path: Path) -> None:
    # A chamfered ring is two cylinders less four rings of triangles; here two chamfers outside.
    outline, bore = step_file.circle(20.0), step_file.hole(step_file.circle(8.0))
    file = tmp_path / "ring.step"
    file.write_bytes(
        step_file.step_bytes(step_file.chamfered(0.0, 10.0, [outline, bore], 2.0), "r")
    )
    facts = workers.run(measure_geometry, str(file), None).facts
    assert facts is not None
    cone = math.pi * 2.0 / 3 * (20.0**2 + 20.0 * 18.0 + 18.0**2)
    wanted = math.pi * 20.0**2 * 6.0 + 2 * cone - math.pi * 8.0**2 * 10.0
    assert facts.watertight
    assert facts.volume_mm3 == pytest.approx(wanted, rel=5e-3)
    assert facts.size_mm == pytest.approx((40.0, 40.0, 10.0), abs=1e-3)


def test_layers_of_an_exact_body_must_follow_each_other() -> None:
    disc = [step_file.circle(5.0)]
    with pytest.raises(ValueError, match="does not start"):
        step_file.step_bytes(
            [step_file.Layer(0.0, 1.0, disc), step_file.Layer(2.0, 3.0, disc)], "gap"
        )


def test_a_soft_prism_loses_its_rims_only() -> None:
    hard = shapes.soft(shapes.plate(30, 20), 10, top=0.0)
    rounded = shapes.soft(shapes.plate(30, 20), 10, top=2.0, steps=24)
    assert hard.volume() == pytest.approx(6000.0)
    rim = (1 - math.pi / 4) * 2.0**2  # cross-section of what a fillet takes away
    # Along the four edges, less what neighbouring edges both take away at the corners.
    assert 6000.0 - rounded.volume() == pytest.approx(rim * 100.0, rel=0.06)


def test_a_description_that_does_not_close_is_refused() -> None:
    solid = stacked_parts.leg_cap()
    solid.faces.pop()
    with pytest.raises(ValueError, match="not closed"):
        solids.mesh_of(solid)


def test_a_hole_needs_two_faces() -> None:
    with pytest.raises(ValueError, match="meets"):
        solids.drill(stacked_parts.hinge(4.0, ()), (500.0, 0.0), 2.0)


def test_stacked_layers_must_follow_each_other() -> None:
    square = solids.circle(5.0, 12)
    with pytest.raises(ValueError, match="does not start"):
        solids.stack([solids.Layer(0.0, 1.0, [square]), solids.Layer(2.0, 3.0, [square])])


def test_volume_of_a_stepped_tube_is_the_sum_of_its_rings() -> None:
    outer, inner = solids.circle(10.0, 400), solids.hole(solids.circle(4.0, 400))
    wide = solids.circle(14.0, 400)
    solid = solids.stack(
        [solids.Layer(0.0, 2.0, [wide, inner]), solids.Layer(2.0, 7.0, [outer, inner])]
    )
    vertices, faces = solids.mesh_of(solid)
    corners = vertices[faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    wanted = np.pi * ((14**2 - 4**2) * 2 + (10**2 - 4**2) * 5)
    assert volume == pytest.approx(wanted, rel=1e-3)


def test_the_two_revisions_of_the_hinge_differ(workers: WorkerPool, tmp_path: Path) -> None:
    counts = []
    for label in "ab":
        arrays = tmp_path / f"{label}.npz"
        file = _FOLDER / f"A004720_hinge_rev_{label}.stl"
        workers.run(load_mesh_arrays, str(file), LengthUnit.MM, str(arrays))
        with np.load(arrays) as mesh:
            counts.append(len(mesh["faces"]))
    assert counts[1] > counts[0]  # one hole more
