"""Importing files, folders and lists: what is catalogued, updated, refused, kept and undone."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.base.clock import FixedClock
from app.base.errors import TableError
from app.base.progress import Progress
from app.domain.catalog.geometry import (
    Geometry,
    GeometryFacts,
    GeometryRole,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.part import Part, PartRevision, RevisionState
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.audit.undo_change import undo_change
from app.services.catalog.import_inventory import import_inventory
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.meshes import binary_stl, box, three_mf

Import = Callable[..., ImportReport]
HEADINGS = ("Part No", "File", "Description", "Used in", "Stock", "Supplier", "Last order date")
RECORDED = (Part, PartRevision, Geometry, Product, Milestone, WhereUsed, SupplyPosition,
            SupplySource, DemandHistory)  # fmt: skip


@pytest.fixture
def run(library: Library, workers: WorkerPool) -> Import:
    def run_import(*sources: Path, progress: Progress | None = None, **more: Any) -> ImportReport:
        return import_inventory(
            library, sources, who="Anna", workers=workers, progress=progress or Progress(), **more
        )

    return run_import


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "parts"
    place.mkdir()
    return place


def write_stl(path: Path, size: float = 10.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(binary_stl(box(size, size, size)))
    return path


def write_list(path: Path, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=";").writerows([headings, *rows])
    return path


def snapshot(library: Library) -> dict[type, list[Any]]:
    with library.reading() as read:
        return {kind: read.fetch(kind) for kind in RECORDED}


def numbers(parts: tuple[Any, ...]) -> list[str]:
    return [part.number for part in parts]


def count_change_sets(library: Library) -> int:
    with library.reading() as read:
        return len(read.audit.latest(1000))


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
    monkeypatch.setattr("app.services.catalog.import_inventory.BATCH_FILES", 2)
    monkeypatch.setattr("app.services.catalog.import_inventory.BATCH_ROWS", 3)
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


def test_a_new_list_updates_by_number_and_a_blank_stock_is_not_yesterdays(
    library: Library, run: Import, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    write_list(
        table,
        ("0815", "", "Griff", "Mk1", 7, "Moldex", "30.06.2025"),
        ("0816", "", "Knopf", "Mk1", 7, "Moldex", ""),
    )
    run(table=table)
    write_list(
        table,
        ("815", "", "", "Mk2", "", "Weiß", ""),
        ("0816", "", "Knopf", "Mk1", 7, "Moldex", ""),
    )
    report = run(table=table)
    assert numbers(report.updated) == ["815"]
    assert numbers(report.unchanged) == ["0816"]
    with library.reading() as read:
        part = read.one(Part, number_key="815")
        assert (part.number, part.name) == ("0815", "Griff")
        assert read.one(SupplyPosition, part_id=part.id).stock is None
        [supplier] = read.fetch(SupplySource, part_id=part.id)
        assert (supplier.supplier, supplier.last_order_on) == ("Weiß", None)
        assert read.count(WhereUsed, part_id=part.id) == 2
        assert read.count(Part) == 2


def test_columns_a_list_lacks_are_left_alone(library: Library, run: Import, tmp_path: Path) -> None:
    run(table=write_list(tmp_path / "a.csv", ("1", "", "Griff", "Mk1", 7, "Moldex", "30.06.2025")))
    before = snapshot(library)
    other = write_list(tmp_path / "b.csv", ("1", "Griff neu"), headings=("Part No", "Description"))
    run(table=other)
    after = snapshot(library)
    assert after[Part][0].name == "Griff neu"
    for kind in (SupplyPosition, SupplySource, WhereUsed):
        assert after[kind] == before[kind]


def test_a_new_list_confirms_figures_a_known_one_does_not(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    table = write_list(tmp_path / "list.csv", ("1", "", "Griff", "Mk1", 7, "Moldex", ""))

    def run_on(day: int) -> ImportReport:
        library.clock = FixedClock(datetime(2026, 11, day, 9, tzinfo=UTC))
        return import_inventory(
            library, [], table=table, who="Anna", workers=workers, progress=Progress()
        )

    def as_of() -> date | None:
        with library.reading() as read:
            return read.one(SupplyPosition, part_id=1).as_of

    run_on(1)
    assert numbers(run_on(8).unchanged) == ["1"]
    assert as_of() == date(2026, 11, 1)
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert numbers(run_on(15).unchanged) == ["1"]
    assert as_of() == date(2026, 11, 15)


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


def test_products_milestones_and_agreed_dates(
    library: Library, run: Import, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    parts, products = book.active, book.create_sheet("Products")
    parts.append(["Teilenummer", "Verwendung in", "Produktionsende", "Menge je Produkt", "2024-01"])
    for row in (
        ["1", "Mk1", "30.06.2025", 2, 5], ["2", "Mk1", "30.06.2025", None, None],
        ["3", "Mk2", "30.06.2025", 1, 0], ["4", "Mk2", "31.12.2026", 1, 3],
    ):  # fmt: skip
        parts.append(row)
    products.append(["Product", "Group", "Last unit placed on market", "Installed base"])
    products.append(["Mk1", "toys", datetime(2024, 12, 31), 8200])
    book.save(tmp_path / "book.xlsx")
    report = run(tmp_path / "book.xlsx")
    assert set(report.products_created) == {"Mk1", "Mk2"}
    with library.reading() as read:
        names = {p.id: p.name for p in read.fetch(Product)}
        owners = {p.id: p.number for p in read.fetch(Part)}
        milestones = {
            (names.get(m.product_id or 0), owners.get(m.part_id or 0), m.kind): m.on
            for m in read.fetch(Milestone)
        }
        [first, *_] = read.fetch(WhereUsed)
        demand = read.one(DemandHistory, part_id=first.part_id)
    assert milestones == {
        ("Mk1", None, MilestoneKind.LAST_PLACED): date(2024, 12, 31),
        ("Mk1", None, MilestoneKind.LAST_PRODUCED): date(2025, 6, 30),
        (None, "3", MilestoneKind.LAST_PRODUCED): date(2025, 6, 30),
        (None, "4", MilestoneKind.LAST_PRODUCED): date(2026, 12, 31),
    }
    assert first.quantity == 2.0
    assert (demand.first_month, demand.quantities) == (date(2024, 1, 1), (5.0,))
    assert len(run(tmp_path / "book.xlsx").unchanged) == 4


def test_demand_grows_month_by_month(library: Library, run: Import, tmp_path: Path) -> None:
    run(table=write_list(tmp_path / "a.csv", ("1", 1, 2), headings=("Part", "2024-01", "2024-02")))
    run(table=write_list(tmp_path / "b.csv", ("1", 9, 3), headings=("Part", "2024-02", "2024-03")))
    with library.reading() as read:
        [demand] = read.fetch(DemandHistory)
    assert (demand.first_month, demand.quantities) == (date(2024, 1, 1), (1.0, 9.0, 3.0))
    run(table=write_list(tmp_path / "c.csv", ("1", 7), headings=("Part", "2025-01")))
    with library.reading() as read:
        [demand] = read.fetch(DemandHistory)
    assert (demand.first_month, demand.quantities) == (date(2025, 1, 1), (7.0,))


def test_a_last_order_date_without_supplier_is_a_milestone_of_the_part(
    library: Library, run: Import, tmp_path: Path
) -> None:
    run(table=write_list(tmp_path / "a.csv", ("1", "", "x", "", 1, "", "30.06.2025")))
    with library.reading() as read:
        [milestone] = read.fetch(Milestone)
        assert read.count(SupplySource) == 0
    assert (milestone.kind, milestone.on) == (MilestoneKind.LAST_ORDER, date(2025, 6, 30))


class _StopAfter:
    """A sink that asks to stop at the n-th report."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.progress = Progress(self)

    def __call__(self, fraction: float, text: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.progress.cancel()


@pytest.mark.parametrize("count", [16, 18, 21])
def test_cancel_keeps_what_is_finished_and_tells_it(
    library: Library, run: Import, folder: Path, count: int
) -> None:
    for place in range(10):
        write_stl(folder / f"p{place}.stl", 10.0 + place)
    stop = _StopAfter(count)
    report = run(folder, progress=stop.progress)
    assert report.cancelled
    with library.reading() as read:
        kept = {part.number for part in read.fetch(Part)}
    assert kept == set(numbers(report.created))
    assert len(kept) < 10
    assert library.check(Progress()).clean
    rest = run(folder)
    assert set(numbers(rest.unchanged)) == kept
    assert len(rest.created) == 10 - len(kept)


def test_cancel_between_batches_of_rows_keeps_the_written_ones(
    library: Library, run: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.catalog.import_inventory.BATCH_ROWS", 3)
    rows = [(f"N{n}", "", f"Part {n}", "Mk1", n, "", "") for n in range(12)]
    table = write_list(tmp_path / "list.csv", *rows)
    stop = _StopAfter(2)
    report = run(table=table, progress=stop.progress)
    assert report.cancelled
    assert numbers(report.created) == ["N0", "N1", "N2"]
    assert len(run(table=table).created) == 9
    assert snapshot(library)[Part][0].number == "N0"


def test_nothing_to_import_is_a_sentence(run: Import, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Nothing to import"):
        run(folder)
    one = write_list(tmp_path / "a.csv", ("1", "", "x", "", 1, "", ""))
    two = write_list(tmp_path / "b.csv", ("1", "", "x", "", 1, "", ""))
    with pytest.raises(TableError, match=r"Two tables .*a\.csv, b\.csv"):
        run(one, two)
    with pytest.raises(TableError, match=r"gone\.csv"):
        run(table=tmp_path / "gone.csv")


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


def test_stock_is_kept_per_plant(library: Library, run: Import, tmp_path: Path) -> None:
    headings = ("Part No", "Plant", "Stock")
    table = write_list(tmp_path / "a.csv", ("1", "A", 5), ("1", "B", 7), headings=headings)
    report = run(table=table)
    assert numbers(report.created) == ["1"]
    with library.reading() as read:
        stocks = {position.plant: position.stock for position in read.fetch(SupplyPosition)}
    assert stocks == {"A": 5.0, "B": 7.0}
    assert numbers(run(table=table).unchanged) == ["1"]


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
