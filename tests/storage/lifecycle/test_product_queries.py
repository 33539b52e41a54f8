"""Lists of products: their order, what counts as dated, and how their parts stand."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.product_lane import PartStanding, ProductSort, ProductTotals
from app.domain.lifecycle.supply import SupplySource
from app.storage.library import Library
from app.storage.writer import Writer
from helpers.builders import part, parts

TODAY = date(2026, 11, 23)
PRODUCED, PLACED = MilestoneKind.LAST_PRODUCED, MilestoneKind.LAST_PLACED
INTRODUCED, ENDS = MilestoneKind.INTRODUCTION, MilestoneKind.END_OF_SERVICE
Dates = list[tuple[MilestoneKind, str]]


def _add(write: Writer, name: str, dates: Dates, in_use: int | None = None) -> int:
    [product_id] = write.insert(
        [Product(name=name, name_key=name_key(name), installed_base=in_use)]
    )
    write.insert(
        [
            Milestone(product_id=product_id, kind=kind, on=date.fromisoformat(on))
            for kind, on in dates
        ]
    )
    return int(product_id)


@pytest.fixture
def shop(library: Library) -> Library:
    with library.writing(who="Anna", act="add") as write:
        _add(write, "Mower", [(PRODUCED, "2024-04-30")], in_use=28_900)
        _add(write, "Heater", [(PRODUCED, "2026-10-31"), (PLACED, "2026-12-31")], in_use=64_100)
        _add(write, "Dryer", [(PRODUCED, "2028-11-23")])
        _add(write, "Welder", [(INTRODUCED, "2020-01-01")], in_use=6_700)
        _add(write, "Kettle", [])
    return library


def _names(library: Library, *args: ProductSort, **options: object) -> list[str]:
    with library.reading() as read:
        ids = read.products.ids(*args, **options)  # type: ignore[arg-type]
        by_id = {product.id: product.name for product in read.fetch(Product)}
        return [by_id[product_id] for product_id in ids]


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        (ProductSort.END_OF_PRODUCTION, False, ["Mower", "Heater", "Dryer", "Welder"]),
        (ProductSort.END_OF_PRODUCTION, True, ["Dryer", "Heater", "Mower", "Welder"]),
        (ProductSort.NAME, False, ["Dryer", "Heater", "Mower", "Welder"]),
        (ProductSort.IN_USE, True, ["Heater", "Mower", "Welder", "Dryer"]),
        (ProductSort.QUALIFIED, False, ["Dryer", "Heater", "Mower", "Welder"]),
    ],
)
def test_products_with_dates_stand_in_the_order_asked_for(
    shop: Library, sort: ProductSort, descending: bool, expected: list[str]
) -> None:
    assert _names(shop, sort, descending=descending) == expected


def test_products_without_dates_are_a_list_of_their_own(shop: Library) -> None:
    assert _names(shop, dated=False) == ["Kettle"]
    assert _names(shop, limit=2) == ["Mower", "Heater"]


def test_a_text_is_looked_for_in_name_and_group(shop: Library) -> None:
    with shop.writing(who="Anna", act="add") as write:
        garden = Product(name="Pump", name_key="pump", product_group="Garden  Tools")
        [pump] = write.insert([garden])
        write.insert([Milestone(product_id=pump, kind=PRODUCED, on=TODAY)])
    assert _names(shop, text=" MOW") == ["Mower"]
    assert _names(shop, text="garden") == ["Pump"]
    assert _names(shop, text="ket") == []
    assert _names(shop, text="ket", dated=False) == ["Kettle"]
    assert _names(shop, text="%") == []


@pytest.mark.parametrize(
    ("until", "leaving"),
    [("2026-11-23", 0), ("2026-12-31", 1), ("2028-11-22", 1), ("2028-11-23", 2)],
)
def test_leaving_series_counts_from_today_to_the_last_day_of_the_horizon(
    shop: Library, until: str, leaving: int
) -> None:
    with shop.reading() as read:
        totals = read.products.totals(TODAY, date.fromisoformat(until))
    assert totals == ProductTotals(products=5, undated=1, leaving=leaving)


def _flag(part_id: int, answer: Answer, readiness: Readiness, rank: float) -> Flag:
    return Flag(
        part_id=part_id,
        answer=answer,
        readiness=readiness,
        rank=rank,
        assessed_for=TODAY,
        horizon_months=24,
    )


def test_parts_are_counted_by_their_last_verdict_and_listed_by_rank(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        mower, heater = _add(write, "Mower", []), _add(write, "Heater", [])
        first, second, third, fourth = write.insert(parts(4))
        write.insert(
            [WhereUsed(part_id=part_id, product_id=mower) for part_id in (first, second, third)]
        )
        write.insert([WhereUsed(part_id=fourth, product_id=heater)])
        write.replace_derived(
            Flag,
            [
                _flag(first, Answer.YES, Readiness.PRINTABLE, 2.0),
                _flag(second, Answer.YES, Readiness.QUALIFIED, 7.0),
            ],
            key="part_id",
        )
    with library.reading() as read:
        standings = read.products.standings([mower, heater, 99], TODAY)
        assert standings[mower] == PartStanding(parts=3, qualified=1, eternal=2)
        assert standings[heater] == PartStanding(parts=1)
        assert set(standings) == {mower, heater}
        assert read.products.part_ids([mower]) == [second, first, third]
        assert read.products.part_ids([mower, heater]) == [second, first, third, fourth]
        assert read.products.ids(ProductSort.QUALIFIED, dated=False, descending=True) == [
            mower,
            heater,
        ]


@pytest.mark.parametrize(
    ("own", "suppliers", "expected"),
    [
        (None, [], None),
        (None, ["2027-03-31", None], None),
        (None, ["2027-03-31", "2027-06-30"], "2027-06-30"),
        ("2027-01-31", ["2027-03-31", "2027-06-30"], "2027-01-31"),
        ("2027-12-31", ["2027-06-30"], "2027-06-30"),
        ("2027-01-31", [None], "2027-01-31"),
    ],
)
def test_the_last_order_is_the_parts_own_or_that_of_its_last_supplier(
    library: Library, own: str | None, suppliers: list[str | None], expected: str | None
) -> None:
    with library.writing(who="Anna", act="add") as write:
        mower = _add(write, "Mower", [])
        [part_id] = write.insert([part("A1")])
        write.insert([WhereUsed(part_id=part_id, product_id=mower)])
        if own is not None:
            kind = MilestoneKind.LAST_ORDER
            write.insert([Milestone(part_id=part_id, kind=kind, on=date.fromisoformat(own))])
        write.insert(
            [
                SupplySource(
                    part_id=part_id,
                    supplier=f"S{number}",
                    last_order_on=date.fromisoformat(day) if day else None,
                )
                for number, day in enumerate(suppliers)
            ]
        )
    with library.reading() as read:
        found = read.products.standings([mower], TODAY)[mower].last_order
    assert found == (date.fromisoformat(expected) if expected else None)


def test_the_next_last_order_counts_and_the_latest_where_all_are_over(library: Library) -> None:
    days = {"A1": "2025-01-31", "A2": "2027-05-31", "A3": "2027-09-30"}
    with library.writing(who="Anna", act="add") as write:
        mower = _add(write, "Mower", [])
        for number, on in days.items():
            [part_id] = write.insert([part(number)])
            write.insert([WhereUsed(part_id=part_id, product_id=mower)])
            kind = MilestoneKind.LAST_ORDER
            write.insert([Milestone(part_id=part_id, kind=kind, on=date.fromisoformat(on))])
    with library.reading() as read:
        ahead = read.products.standings([mower], TODAY)[mower].last_order
        over = read.products.standings([mower], date(2030, 1, 1))[mower].last_order
    assert (ahead, over) == (date(2027, 5, 31), date(2027, 9, 30))
