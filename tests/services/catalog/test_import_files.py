"""What becomes of files: changed, doubled, unreadable, in several formats and units."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.base.progress import Progress
from app.domain.catalog.geometry import (
    Geometry,
    GeometryFacts,
    GeometryRole,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import PartRevision, RevisionState
from app.storage.library import Library
from helpers.importing import Import, numbers, write_list, write_stl
from helpers.meshes import box, three_mf


def test_a_changed_file_replaces_its_geometry_in_a_draft(
    library: Library, run: Import, folder: Path
) -> None:
    ring = write_stl(folder / "ring.stl", 10.0)
    run(folder)
    write_stl(ring, 20.0)
    report = run(folder)
    assert numbers(report.updated) == ["ring"]
    with library.reading() as read:
        [geometry] = read.fetch(Geometry)
        assert read.one(GeometryFacts, sha256=geometry.sha256).volume_mm3 == pytest.approx(8000.0)
        assert read.count(PartRevision) == 1
    assert library.check(Progress()).clean


def test_a_changed_file_of_a_released_revision_begins_a_new_draft(
    library: Library, run: Import, folder: Path
) -> None:
    ring = write_stl(folder / "ring.stl", 10.0)
    (folder / "ring.3mf").write_bytes(three_mf(box()))
    run(folder)
    with library.writing(who="Anna", act="release") as write:
        [draft] = write.fetch(PartRevision)
        write.update(replace(draft, state=RevisionState.RELEASED, released_by="Anna"))
    assert numbers(run(folder).unchanged) == ["ring"]
    write_stl(ring, 20.0)
    assert numbers(run(folder).updated) == ["ring"]
    with library.reading() as read:
        released, fresh = read.fetch(PartRevision)
        assert (released.label, released.state) == ("A", RevisionState.RELEASED)
        assert (fresh.label, fresh.state) == ("B", RevisionState.DRAFT)
        old = {g.file_name: g.sha256 for g in read.fetch(Geometry, revision_id=released.id)}
        new = {g.file_name: g.sha256 for g in read.fetch(Geometry, revision_id=fresh.id)}
    assert old.keys() == new.keys() == {"ring.stl", "ring.3mf"}
    assert old["ring.3mf"] == new["ring.3mf"]
    assert old["ring.stl"] != new["ring.stl"]
    assert numbers(run(folder).unchanged) == ["ring"]


def test_several_formats_of_one_part_have_one_master(
    library: Library, run: Import, folder: Path
) -> None:
    write_stl(folder / "tray.stl")
    (folder / "tray.3mf").write_bytes(three_mf(box()))
    report = run(folder)
    assert numbers(report.created) == ["tray"]
    with library.reading() as read:
        roles = sorted(geometry.role for geometry in read.fetch(Geometry))
    assert roles == [GeometryRole.MASTER, GeometryRole.TESSELLATION]


def test_unreadable_files_are_refused_and_their_good_rows_stay(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    (folder / "empty.stl").write_bytes(b"")
    (folder / "bad.3mf").write_bytes(b"PK\x03\x04 cut")
    (folder / "loose.stl").write_bytes(b"solid nothing")
    table = write_list(
        tmp_path / "list.csv",
        ("1", "empty.stl", "A", "", 1, "", ""),
        ("2", "bad.3mf", "B", "", 1, "", ""),
    )
    report = run(folder, folder / "gone.stl", table=table)
    assert numbers(report.created) == numbers(report.rows_without_file) == ["1", "2"]
    refused = {item.file: item.reason for item in report.refused_files}
    assert refused.keys() == {"empty.stl", "bad.3mf", "loose.stl", "gone.stl"}
    assert all(refused.values())
    assert not report.refused_everything
    with library.reading() as read:
        assert read.count(PartRevision) == 0


def test_same_bytes_are_told_and_not_catalogued_twice(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    write_stl(folder / "ring.stl")
    write_stl(folder / "copy of ring.stl")
    table = write_list(tmp_path / "list.csv", ("1", "ring.stl", "Ring", "", 1, "", ""))
    report = run(folder, table=table)
    assert [(d.file, d.same_as, d.catalogued) for d in report.duplicates] == [
        ("copy of ring.stl", "ring.stl", False)
    ]
    assert numbers(report.created) == ["1"]
    later = run(write_stl(tmp_path / "another.stl"))
    assert [(d.file, d.same_as) for d in later.duplicates] == [("another.stl", "1")]
    assert later.catalogued == 0
    assert not later.refused_everything


def test_rows_may_share_bytes(library: Library, run: Import, folder: Path, tmp_path: Path) -> None:
    write_stl(folder / "a.stl")
    write_stl(folder / "b.stl")
    rows = [("1", "a.stl", "A", "", 1, "", ""), ("2", "b.stl", "B", "", 1, "", "")]
    report = run(folder, table=write_list(tmp_path / "list.csv", *rows))
    assert [(d.file, d.same_as, d.catalogued) for d in report.duplicates] == [
        ("b.stl", "a.stl", True)
    ]
    with library.reading() as read:
        assert read.count(Geometry) == 2


def test_a_row_tells_that_another_part_has_its_bytes(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    write_stl(folder / "ring.stl")
    first = write_list(tmp_path / "first.csv", ("ST-0", "ring.stl", "Ring", "", 1, "", ""))
    run(folder, table=first)
    table = write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring", "", 1, "", ""))
    report = run(folder, table=table)
    assert [(d.file, d.same_as, d.catalogued) for d in report.duplicates] == [
        ("ring.stl", "ST-0", True)
    ]
    assert numbers(report.created) == ["ST-1"]
    assert run(folder, table=table).duplicates == ()


def test_equal_names_in_two_folders_become_two_parts(
    library: Library, run: Import, folder: Path
) -> None:
    for n, name in enumerate(("a/ring.stl", "b/ring.stl", "0815.stl", "815.stl"), 1):
        write_stl(folder / name, float(n))
    report = run(folder)
    assert len(report.created) == 4
    assert {"a/ring", "b/ring"} <= set(numbers(report.created))
    assert numbers(run(folder).unchanged) == numbers(report.created)


def test_the_unit_the_user_names_counts_where_the_file_is_silent(
    library: Library, run: Import, folder: Path
) -> None:
    write_stl(folder / "ring.stl", 1.0)
    run(folder)
    report = run(folder, unit=LengthUnit.INCH)
    assert numbers(report.updated) == ["ring"]
    with library.reading() as read:
        [geometry] = read.fetch(Geometry)
        facts = read.one(GeometryFacts, sha256=geometry.sha256, unit=LengthUnit.INCH)
    assert (geometry.unit, geometry.unit_source) == (LengthUnit.INCH, UnitSource.USER)
    assert facts.volume_mm3 == pytest.approx(25.4**3)
    assert numbers(run(folder).unchanged) == ["ring"]
    assert numbers(run(folder, unit=LengthUnit.INCH).unchanged) == ["ring"]
