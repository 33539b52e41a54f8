"""Importing files with a list: what is catalogued, refused and kept, done again and undone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import TableError
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, GeometryFacts, GeometryRole, UnitSource
from app.domain.catalog.part import Part, PartRevision, RevisionState
from app.domain.lifecycle.product import Product
from app.domain.lifecycle.supply import SupplyPosition, SupplySource
from app.services.audit.undo_change import undo_change
from app.storage.library import Library
from helpers.importing import Import, count_change_sets, numbers, snapshot, write_list, write_stl


def test_a_row_its_file_and_everything_the_row_says(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    content = write_stl(folder / "cad" / "ring.stl").read_bytes()
    table = write_list(
        tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring", "Mk1;Mk2", "40", "Moldex", "30.06.2025")
    )
    report = run(folder, table=table)
    assert numbers(report.created) == ["ST-1"]
    assert report.created[0].files == ("cad/ring.stl",)
    with library.reading() as read:
        part = read.one(Part, number_key="st-1")
        revision = read.one(PartRevision, part_id=part.id)
        geometry = read.one(Geometry, revision_id=revision.id)
        facts = read.one(GeometryFacts, sha256=geometry.sha256)
        position = read.one(SupplyPosition, part_id=part.id)
        supplier = read.one(SupplySource, part_id=part.id)
        used_in = {p.name for p in read.fetch(Product)}
    assert (part.number, part.name, part.source) == ("ST-1", "Ring", "list.csv")
    assert (revision.label, revision.state) == ("A", RevisionState.DRAFT)
    assert (geometry.role, geometry.file_name) == (GeometryRole.MASTER, "ring.stl")
    assert geometry.unit_source is UnitSource.ASSUMED
    assert facts.volume_mm3 == pytest.approx(1000.0)
    assert library.objects.read_bytes(geometry.sha256) == content
    assert (position.stock, position.as_of, position.source) == (
        40.0,
        date(2026, 11, 23),
        "list.csv",
    )
    assert (supplier.supplier, supplier.last_order_on) == ("Moldex", date(2025, 6, 30))
    assert used_in == {"Mk1", "Mk2"}
    assert library.check(Progress()).clean


def test_importing_again_changes_nothing(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    write_stl(folder / "ring.stl")
    write_stl(folder / "loose.stl", 5.0)
    table = write_list(
        tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring", "Mk1", "40", "Moldex", "30.06.2025")
    )
    first = run(folder, table=table)
    before, sets = snapshot(library), count_change_sets(library)
    again = run(folder, table=table)
    assert numbers(again.unchanged) == numbers(first.created) == ["ST-1", "loose"]
    assert not again.created
    assert not again.updated
    assert not again.changes
    assert again.group_id is None
    assert snapshot(library) == before
    assert count_change_sets(library) == sets


def test_one_undo_removes_all_batches(
    library: Library, run: Import, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.catalog.carry_out_import.BATCH_FILES", 2)
    monkeypatch.setattr("app.services.catalog.carry_out_import.BATCH_ROWS", 3)
    run(write_stl(folder / "before.stl", 99.0))
    before = snapshot(library)
    for place in range(7):
        write_stl(folder / f"p{place}.stl", 10.0 + place)
    rows = [(f"N{n}", f"p{n}.stl", f"Part {n}", "Mk1", n, "", "") for n in range(9)]
    report = run(folder, table=write_list(tmp_path / "list.csv", *rows))
    assert len(report.created) == 9
    assert count_change_sets(library) > 3
    undo_change(library, who="Anna")
    assert snapshot(library) == before
    assert library.check(Progress()).clean


def test_a_dry_run_tells_the_same_and_changes_nothing(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    write_stl(folder / "ring.stl")
    (folder / "bad.stl").write_bytes(b"no geometry")
    rows = [("1", "ring.stl", "Ring", "Mk1", 1, "", ""), ("2", "", "x", "Mk1", "viele", "", "")]
    table = write_list(tmp_path / "list.csv", *rows)
    before = snapshot(library)
    dry = run(folder, table=table, dry_run=True)
    assert dry.dry_run
    assert snapshot(library) == before
    assert count_change_sets(library) == 0
    assert library.check(Progress()).clean
    real = run(folder, table=table)
    assert replace(real, dry_run=True, group_id=None, changes=dry.changes) == dry


def test_good_rows_stay_bad_ones_are_refused_and_hold_their_files_back(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    for place, name in enumerate(("good", "held", "loose")):
        write_stl(folder / f"{name}.stl", 10.0 + place)
    table = write_list(
        tmp_path / "list.csv",
        ("1", "good.stl", "Good", "", 1, "", ""),
        ("2", "held.stl", "Bad", "", 1, "", "31.02.2027"),
        ("3", "gone.stl", "No file", "", 1, "", ""),
        ("=A1", "good.stl", "Formula", "", 1, "", ""),
        ("01", "good.stl", "Doubled", "", 1, "", ""),
    )
    report = run(folder, table=table)
    assert numbers(report.created) == ["1", "3", "loose"]
    assert [row.row for row in report.refused_rows] == [3, 5, 6]
    assert [item.file for item in report.held_back] == ["held.stl"]
    assert "31.02.2027" in report.held_back[0].reason
    assert numbers(report.rows_without_file) == ["3"]
    assert numbers(report.files_without_row) == ["loose"]
    with library.reading() as read:
        assert {part.number for part in read.fetch(Part)} == {"1", "3", "loose"}
        assert read.count(Geometry) == 2


def test_any_order_and_any_splitting_of_a_list_ends_the_same(
    library: Library, run: Import, tmp_path: Path
) -> None:
    rows = [(f"N{n}", "", f"Part {n}", f"Mk{n % 3}", n, "Moldex", "") for n in range(12)]
    shuffled = random.Random(7).sample(rows, len(rows))
    run(table=write_list(tmp_path / "half.csv", *shuffled[:6]))
    run(table=write_list(tmp_path / "list.csv", *shuffled))
    before = snapshot(library)
    report = run(table=write_list(tmp_path / "list.csv", *rows))
    assert len(report.unchanged) == 12
    assert snapshot(library) == before
    with library.reading() as read:
        stocks = {p.number: read.one(SupplyPosition, part_id=p.id).stock for p in read.fetch(Part)}
    assert stocks == {f"N{n}": float(n) for n in range(12)}


def test_nothing_to_import_is_a_sentence(run: Import, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Nothing to import"):
        run(folder)
    one = write_list(tmp_path / "a.csv", ("1", "", "x", "", 1, "", ""))
    two = write_list(tmp_path / "b.csv", ("1", "", "x", "", 1, "", ""))
    with pytest.raises(TableError, match=r"Two tables .*a\.csv, b\.csv"):
        run(one, two)
    with pytest.raises(TableError, match=r"gone\.csv"):
        run(table=tmp_path / "gone.csv")
