"""Checking files without cataloguing them, the worst of them included."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.base.errors import Cancelled
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport, FindingCode, LengthUnit, UnitSource
from app.services.catalog.check_files import check_files
from app.workers.pool import WorkerPool
from helpers.meshes import binary_stl, box, sphere, three_mf

_GEOMETRY = frozenset({".stl", ".3mf", ".obj", ".ply", ".step", ".stp"})


def test_reports_come_in_order_and_progress_reaches_the_end(
    workers: WorkerPool, tmp_path: Path
) -> None:
    for number in range(6):
        (tmp_path / f"{number}.stl").write_bytes(binary_stl(box(number + 1, 1, 1)))
    seen: list[float] = []
    told: list[str] = []

    def note(path: Path, report: FileReport) -> None:
        assert path.name == report.file_name
        told.append(path.name)

    reports = check_files(
        [tmp_path],
        unit=None,
        workers=workers,
        progress=Progress(lambda fraction, text: seen.append(fraction)),
        found=note,
    )
    assert [report.file_name for report in reports] == [f"{n}.stl" for n in range(6)]
    volumes = [report.facts.volume_mm3 for report in reports if report.facts]
    assert volumes == pytest.approx([1, 2, 3, 4, 5, 6])
    assert sorted(seen) == seen
    assert seen[-1] == 1.0
    assert sorted(told) == [f"{n}.stl" for n in range(6)]


def test_good_files_are_not_lost_among_bad_ones(workers: WorkerPool, tmp_path: Path) -> None:
    (tmp_path / "good.stl").write_bytes(binary_stl(sphere()))
    (tmp_path / "empty.stl").write_bytes(b"")
    (tmp_path / "good.3mf").write_bytes(three_mf(box()))
    paths = [tmp_path, tmp_path / "missing.stl"]
    reports = check_files(paths, unit=None, workers=workers, progress=Progress())
    by_name = {report.file_name: report for report in reports}
    assert {name for name, report in by_name.items() if report.accepted} == {
        "good.stl",
        "good.3mf",
    }
    assert "empty" in by_name["empty.stl"].reason
    assert "no such file" in by_name["missing.stl"].reason


def test_a_file_that_takes_too_long_has_a_report_too(workers: WorkerPool, tmp_path: Path) -> None:
    pipe = tmp_path / "endless.stl"
    (tmp_path / "big.stl").write_bytes(binary_stl(sphere(steps=300)))
    os.mkfifo(pipe)
    reports = check_files(
        [tmp_path / "big.stl", pipe],
        unit=LengthUnit.CM,
        workers=workers,
        progress=Progress(),
        deadline_s=0.001,
    )
    assert "was stopped after 0.001 s" in reports[0].reason
    assert (reports[0].unit, reports[0].unit_source) == (LengthUnit.CM, UnitSource.USER)
    assert reports[0].size_bytes > 0
    assert not reports[1].accepted


def test_cancelling_stops_between_files(workers: WorkerPool, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.stl").write_bytes(binary_stl(box()))
    progress = Progress()
    with pytest.raises(Cancelled):
        check_files(
            [tmp_path],
            unit=None,
            workers=workers,
            progress=progress,
            found=lambda path, report: progress.cancel(),
        )


def shared_files() -> list[Path]:
    """Return the real files beside the checkout; none where they are not there."""
    root = Path(__file__).resolve().parents[3]
    place = Path(os.environ.get("EVERSPARE_SHARED_DATA", root.parent / "shared" / "data"))
    return sorted(path for path in place.rglob("*") if path.suffix.lower() in _GEOMETRY)


@pytest.mark.slow
@pytest.mark.shared_data
@pytest.mark.parametrize(
    "folder",
    sorted({path.parent for path in shared_files()}) or [Path("no-real-files-here")],
    ids=lambda folder: f"{folder.parent.name}-{folder.name}",
)
def test_every_real_file_loads_or_says_why(workers: WorkerPool, folder: Path) -> None:
    files = [path for path in shared_files() if path.parent == folder]
    reports = check_files(files, unit=None, workers=workers, progress=Progress())
    assert len(reports) == len(files)
    for report in reports:
        assert "the reader stopped" not in report.reason, "a crash must be understood"
        assert report.accepted is not bool(report.reason)
        if report.accepted:
            assert report.facts is not None
            assert report.facts.triangles > 0
            codes = {finding.code for finding in report.facts.findings}
            assert report.facts.watertight or codes & {FindingCode.OPEN, FindingCode.NON_MANIFOLD}
