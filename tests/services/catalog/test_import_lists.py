"""What a further list changes in the library, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from app.base.clock import FixedClock
from app.base.progress import Progress
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.part import Part
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.catalog.import_inventory import import_inventory
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.importing import Import, numbers, snapshot, write_list


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


def test_stock_is_kept_per_plant(library: Library, run: Import, tmp_path: Path) -> None:
    headings = ("Part No", "Plant", "Stock")
    table = write_list(tmp_path / "a.csv", ("1", "A", 5), ("1", "B", 7), headings=headings)
    report = run(table=table)
    assert numbers(report.created) == ["1"]
    with library.reading() as read:
        stocks = {position.plant: position.stock for position in read.fetch(SupplyPosition)}
    assert stocks == {"A": 5.0, "B": 7.0}
    assert numbers(run(table=table).unchanged) == ["1"]
