"""The geometry tasks, run in real workers on real files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport, GeometryFormat, LengthUnit, UnitSource
from app.workers.mesh_transfer import load_foreign_mesh
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import list_reader_problems, measure_geometry
from helpers.meshes import ascii_stl, binary_stl, box, obj, ply, sphere, three_mf, torus
from helpers.step_files import box_step


def measure(
    workers: WorkerPool, path: Path, data: bytes, unit: LengthUnit | None = None
) -> FileReport:
    path.write_bytes(data)
    return workers.run(measure_geometry, str(path), unit, about=path.name)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.stl", binary_stl(box()), GeometryFormat.STL),
        ("b.STL", ascii_stl(box()), GeometryFormat.STL),
        ("c.3MF", three_mf(box()), GeometryFormat.THREE_MF),
        ("d.Obj", obj(box()), GeometryFormat.OBJ),
        ("e.ply", ply(box()), GeometryFormat.PLY),
        ("f.STP", box_step(10, 20, 30), GeometryFormat.STEP),
        ("g.step", box_step(10, 20, 30), GeometryFormat.STEP),
    ],
)
def test_every_format_gives_the_same_box(
    workers: WorkerPool, tmp_path: Path, name: str, data: bytes, kind: GeometryFormat
) -> None:
    report = measure(workers, tmp_path / name, data)
    assert (report.accepted, report.reason, report.format) == (True, "", kind)
    assert (report.file_name, report.size_bytes) == (name, len(data))
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    facts = report.facts
    assert facts is not None
    assert facts.sha256 == report.sha256
    assert facts.volume_mm3 == pytest.approx(6000, rel=1e-6)
    assert facts.area_mm2 == pytest.approx(2200, rel=1e-6)
    assert facts.size_mm == pytest.approx((10, 20, 30), rel=1e-6)
    assert (facts.triangles, facts.bodies, facts.watertight) == (12, 1, True)
    assert not facts.in_danger


def test_the_unit_said_is_the_unit_used(workers: WorkerPool, tmp_path: Path) -> None:
    report = measure(workers, tmp_path / "a.stl", binary_stl(box(1, 1, 1)), LengthUnit.INCH)
    assert (report.unit, report.unit_source) == (LengthUnit.INCH, UnitSource.USER)
    assert report.facts is not None
    assert report.facts.volume_mm3 == pytest.approx(25.4**3)


def test_the_content_decides_and_a_wrong_suffix_is_noted(
    workers: WorkerPool, tmp_path: Path
) -> None:
    report = measure(workers, tmp_path / "model.stl", ply(box()))
    assert report.format is GeometryFormat.PLY
    assert report.facts is not None
    assert ["named “model.stl”" in finding.text for finding in report.facts.findings] == [True]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.stl", b"", "The file is empty"),
        ("a.stl", b"\0" * 84, "no triangles"),
        ("a.stl", b"hello", "text of no format we know"),
        ("a.glb", b"glTF" + b"\0" * 100, "GLB"),
        ("a.3mf", b"\x1f\x8b" + b"\0" * 100, "gzip"),
        ("a.off", b"OFF\n3 1 0\n", "OFF"),
        ("a.igs", b" " * 72 + b"S      1", "IGES"),
        ("a.xml", b"<model/>", "XML"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 60, "zip"),
        ("a.bin", b"\0\1\2" * 50, "no known format"),
    ],
)
def test_what_cannot_be_read_is_a_report_with_a_reason(
    workers: WorkerPool, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    report = measure(workers, tmp_path / name, data)
    assert (report.accepted, report.facts, report.format) == (False, None, None)
    assert report.reason.startswith(f"{name}: ")
    assert why in report.reason
    assert report.sha256 == hashlib.sha256(data).hexdigest()


def test_missing_and_unreadable_files_say_so(workers: WorkerPool, tmp_path: Path) -> None:
    missing = workers.run(measure_geometry, str(tmp_path / "gone.stl"), None)
    assert (missing.accepted, missing.sha256) == (False, "")
    assert "gone.stl could not be read: there is no such file" in missing.reason
    folder = workers.run(measure_geometry, str(tmp_path), None)
    assert "no such file" in folder.reason
    odd = workers.run(measure_geometry, "a\0b.stl", None)
    assert not odd.accepted


def test_a_mesh_of_nothing_but_broken_corners_is_refused(
    workers: WorkerPool, tmp_path: Path
) -> None:
    vertices, faces = box()
    report = measure(workers, tmp_path / "a.stl", binary_stl((vertices * np.nan, faces)))
    assert "None of the 12 triangles" in report.reason


def test_triangles_arrive_for_drawing_whole_and_checked(
    workers: WorkerPool, tmp_path: Path
) -> None:
    path = tmp_path / "torus.stl"
    mesh = torus()
    path.write_bytes(binary_stl(mesh))
    vertices, faces = load_foreign_mesh(path, None, workers=workers, progress=Progress())
    assert (vertices.dtype, faces.dtype) == (np.float64, np.int32)
    assert vertices[faces] == pytest.approx(mesh[0][mesh[1]], abs=1e-5)
    assert list(workers.scratch.glob("*.npz")) == []


def test_broken_triangles_are_left_out_for_drawing(workers: WorkerPool, tmp_path: Path) -> None:
    vertices, faces = sphere()
    vertices[0] = np.nan
    path = tmp_path / "a.stl"
    path.write_bytes(binary_stl((vertices, faces)))
    drawn, kept = load_foreign_mesh(path, None, workers=workers, progress=Progress())
    assert np.isfinite(drawn).all()
    assert len(kept) == len(faces) - int((faces == 0).any(axis=1).sum())


def test_a_file_that_cannot_be_drawn_raises(workers: WorkerPool, tmp_path: Path) -> None:
    path = tmp_path / "a.stl"
    path.write_bytes(b"nothing")
    with pytest.raises(GeometryError, match=r"a\.stl"):
        load_foreign_mesh(path, None, workers=workers, progress=Progress())


def test_no_installed_reader_is_broken(workers: WorkerPool) -> None:
    assert workers.run(list_reader_problems) == []
