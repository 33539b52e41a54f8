"""Imports when things go wrong around them: files change, disks fill, others write."""

from __future__ import annotations

import csv
import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.clock import FixedClock
from app.base.errors import DiskFull, StorageError
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport, Geometry
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.part import Part
from app.domain.lifecycle.product import Milestone, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.audit.undo_change import undo_change
from app.services.catalog import carry_out_import as under_test
from app.services.catalog.import_inventory import import_inventory
from app.storage.library import Library
from app.storage.objects import ObjectStore
from app.storage.opening import open_library
from app.workers.pool import WorkerPool
from helpers.importing import Import
from helpers.meshes import binary_stl, box

ROWS = (Part, Geometry, Product, Milestone, WhereUsed, SupplyPosition, SupplySource, DemandHistory)


@pytest.fixture
def folder(folder: Path) -> Path:
    for n in range(6):
        (folder / f"p{n}.stl").write_bytes(binary_stl(box(5.0 + n, 10, 10)))
    return folder


def content(library: Library) -> list[Any]:
    with library.reading() as read:
        return [read.fetch(kind) for kind in ROWS]


def test_a_file_that_changes_while_it_is_imported_is_refused(
    library: Library, run: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = under_test.check_files

    def change_after_reading(paths: list[Path], **more: Any) -> list[FileReport]:
        reports = real(paths, **{**more, "found": None})
        (folder / "p1.stl").write_bytes(binary_stl(box(99.0, 1, 1)))
        for path, report in zip(paths, reports, strict=True):
            more["found"](path, report)
        return reports

    monkeypatch.setattr(under_test, "check_files", change_after_reading)
    report = run(folder)
    assert [item.file for item in report.refused_files] == ["p1.stl"]
    assert "changed while" in report.refused_files[0].reason
    assert "p1" not in {part.number for part in report.created}
    assert library.check(Progress()).clean
    with library.reading() as read:
        assert read.count(Geometry) == 5


@pytest.mark.parametrize("batch", [1, 8])
def test_a_file_that_vanishes_once_it_is_read_costs_no_other(
    library: Library,
    run: Import,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
) -> None:
    monkeypatch.setattr(under_test, "BATCH_FILES", batch)
    real = under_test.check_files

    def lose_after_reading(paths: list[Path], **more: Any) -> list[FileReport]:
        def found(path: Path, report: FileReport) -> None:
            if path.name == "p1.stl":
                path.unlink()
            more["found"](path, report)

        return real(paths, **{**more, "found": found})

    monkeypatch.setattr(under_test, "check_files", lose_after_reading)
    report = run(folder)
    assert len(report.created) == 5
    [refused] = report.refused_files
    assert refused.file == "p1.stl"
    assert "changed while" in refused.reason
    assert library.check(Progress()).clean


def test_a_full_disk_is_told_and_finished_batches_stay(
    library: Library, run: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "BATCH_FILES", 2)
    real, left = ObjectStore.stage, [3]

    def stage(store: ObjectStore, source: Path) -> Any:
        if left[0] == 0:
            raise DiskFull("No space is left.")
        left[0] -= 1
        return real(store, source)

    monkeypatch.setattr(ObjectStore, "stage", stage)
    with pytest.raises(DiskFull):
        run(folder)
    with library.reading() as read:
        assert read.count(Part) == 2
    assert library.check(Progress()).clean
    assert not list((library.path / "objects" / "incoming").iterdir())
    left[0] = 99
    again = run(folder)
    assert (len(again.unchanged), len(again.created)) == (2, 4)


def test_two_imports_at_once_end_like_one_after_the_other(
    library: Library, workers: WorkerPool, folder: Path
) -> None:
    second = open_library(library.path, clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC)))
    reports: list[ImportReport] = []
    troubles: list[BaseException] = []

    def work(target: Library, who: str) -> None:
        try:
            reports.append(
                import_inventory(target, [folder], who=who, workers=workers, progress=Progress())
            )
        except BaseException as error:
            troubles.append(error)

    threads = [
        threading.Thread(target=work, args=(target, who))
        for target, who in ((library, "Anna"), (second, "Ben"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    second.close()
    assert not troubles
    assert sum(len(report.created) for report in reports) == 6
    assert sum(report.catalogued for report in reports) == 12
    assert library.check(Progress()).clean
    with library.reading() as read:
        assert (read.count(Part), read.count(Geometry)) == (6, 6)


def test_a_locked_library_changes_nothing_and_says_so(
    library: Library, workers: WorkerPool, folder: Path
) -> None:
    before = content(library)
    shutil.rmtree(library.path / "objects")
    (library.path / "objects").write_bytes(b"in the way")
    with pytest.raises(StorageError):
        import_inventory(library, [folder], who="Anna", workers=workers, progress=Progress())
    assert content(library) == before


def test_undo_of_a_second_import_brings_back_the_first(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    heading = "Part No;File;Description;Used in;Stock;Supplier;Last order date;2024-01\n"
    table.write_text(heading + "1;p0.stl;Griff;Mk1;5;Moldex;30.06.2025;3\n", encoding="utf-8")
    run(folder, table=table)
    before = content(library)
    (folder / "p0.stl").write_bytes(binary_stl(box(77.0, 1, 1)))
    (folder / "p9.stl").write_bytes(binary_stl(box(78.0, 1, 1)))
    table.write_text(heading + "1;p0.stl;Knopf;Mk2;;Weiß;;4\n2;;Neu;Mk3;1;;;\n", encoding="utf-8")
    report = run(folder, table=table)
    assert [part.number for part in report.updated] == ["1"]
    assert [part.number for part in report.created] == ["2", "p9"]
    undo_change(library, who="Anna")

    def plain(values: list[Any]) -> list[list[Any]]:
        return [sorted((v.id, str(v)) for v in _unversioned(kind)) for kind in values]

    assert plain(content(library)) == plain(before)
    assert library.check(Progress()).clean


def _unversioned(values: list[Any]) -> list[Any]:
    return [replace(value, version=1) for value in values]


rows = st.lists(
    st.tuples(
        st.sampled_from(["1", "01", "2", "3", "A"]),
        st.sampled_from(["", "Griff", "Knopf"]),
        st.sampled_from(["", "Mk1", "Mk2;Mk1"]),
        st.sampled_from(["", "5", "1,5", "viele"]),
        st.sampled_from(["", "Moldex", "Weiß"]),
        st.sampled_from(["", "30.06.2025", "31.02.2027"]),
    ),
    max_size=5,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(rows, min_size=1, max_size=3))
def test_any_sequence_of_lists_is_repeatable_undoable_and_whole(
    empty_library_folder: Path,
    tmp_path: Path,
    workers: WorkerPool,
    lists: list[list[tuple[str, ...]]],
) -> None:
    place = tmp_path / "lib"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(empty_library_folder, place)
    library = open_library(place, clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC)))
    table = tmp_path / "list.csv"
    headings = ("Part No", "Description", "Used in", "Stock", "Supplier", "Last order date")

    def run() -> ImportReport:
        return import_inventory(
            library, [], table=table, who="Anna", workers=workers, progress=Progress()
        )

    try:
        for wanted in lists:
            with table.open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream, delimiter=";").writerows([headings, *wanted])
            before = [_unversioned(values) for values in content(library)]
            first = run()
            after = content(library)
            again = run()
            assert content(library) == after
            assert not again.created
            assert not again.updated
            told = {row.row for row in first.refused_rows} | {note.row for note in first.notes}
            told |= {part.row for part in (*first.created, *first.updated, *first.unchanged)}
            assert told >= set(range(2, 2 + len(wanted)))
            if first.group_id is not None:
                undo_change(library, who="Anna", group_id=first.group_id)
                assert [_unversioned(values) for values in content(library)] == before
                run()
        assert library.check(Progress()).clean
    finally:
        library.close()
