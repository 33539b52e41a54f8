"""The geometry of the sample: closed, small, and what our own script makes."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from app.base.paths import resource_path
from app.domain.catalog.geometry import LengthUnit, UnitSource
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import load_mesh_arrays, measure_geometry

_FOLDER = resource_path("sample")
_FILES = sorted((_FOLDER / "geometry").iterdir())


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The generator, which the program itself never imports."""
    spec = importlib.util.spec_from_file_location("make_geometry", _FOLDER / "make_geometry.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_six_parts_one_of_them_in_two_revisions() -> None:
    assert len({file.name[:7] for file in _FILES}) == 6
    assert len(_FILES) == 7
    assert {file.suffix for file in _FILES} == {".stl", ".3mf"}


def test_small_enough_to_be_shipped() -> None:
    sizes = [file.stat().st_size for file in _FILES]
    assert max(sizes) < 400_000
    assert sum(sizes) < 1_500_000


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_closed_in_one_piece_and_without_findings(file: Path, workers: WorkerPool) -> None:
    report = workers.run(measure_geometry, str(file), LengthUnit.MM)
    assert report.accepted
    assert report.facts.findings == ()
    assert (report.facts.watertight, report.facts.bodies) == (True, 1)
    assert 1_000 <= report.facts.triangles <= 20_000
    assert report.facts.volume_mm3 > 0
    assert 10 < max(report.facts.size_mm) < 100
    known = UnitSource.FILE if file.suffix == ".3mf" else UnitSource.USER
    assert report.unit_source is known


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_the_script_makes_what_is_shipped(
    file: Path, script: ModuleType, workers: WorkerPool, tmp_path: Path
) -> None:
    # Not byte by byte: another processor may round the last digit of a sine differently.
    remade = tmp_path / file.name
    remade.write_bytes(script.file_bytes(file.name))
    corners = []
    for number, path in enumerate((file, remade)):
        arrays = tmp_path / f"{number}.npz"
        workers.run(load_mesh_arrays, str(path), LengthUnit.MM, str(arrays))
        with np.load(arrays) as mesh:
            corners.append(mesh["vertices"][mesh["faces"]].mean(axis=1))
    shipped, made = (part[np.lexsort(part.round(2).T)] for part in corners)
    assert shipped.shape == made.shape
    assert np.abs(shipped - made).max() < 0.05


def test_same_bytes_when_made_twice(script: ModuleType) -> None:
    name = "A003340_spray_nozzle.3mf"
    assert script.file_bytes(name) == script.file_bytes(name)


def test_a_description_that_does_not_close_is_refused(script: ModuleType) -> None:
    solid = script.leg_cap()
    solid.faces.pop()
    with pytest.raises(ValueError, match="not closed"):
        script.mesh_of(solid)


def test_a_hole_needs_two_faces(script: ModuleType) -> None:
    with pytest.raises(ValueError, match="meets"):
        script.drill(script.hinge(4.0, ()), (500.0, 0.0), 2.0)


def test_layers_must_follow_each_other(script: ModuleType) -> None:
    square = script.circle(5.0, 12)
    with pytest.raises(ValueError, match="does not start"):
        script.stack([script.Layer(0.0, 1.0, [square]), script.Layer(2.0, 3.0, [square])])


def test_volume_of_a_stepped_tube_is_the_sum_of_its_rings(script: ModuleType) -> None:
    outer, inner = script.circle(10.0, 400), script.hole(script.circle(4.0, 400))
    wide = script.circle(14.0, 400)
    solid = script.stack(
        [script.Layer(0.0, 2.0, [wide, inner]), script.Layer(2.0, 7.0, [outer, inner])]
    )
    vertices, faces = script.mesh_of(solid)
    corners = vertices[faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    wanted = np.pi * ((14**2 - 4**2) * 2 + (10**2 - 4**2) * 5)
    assert volume == pytest.approx(wanted, rel=1e-3)
