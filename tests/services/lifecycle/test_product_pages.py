"""Products in pages, their figures, and a product stored with its dates in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import RuleViolation
from app.domain.lifecycle.product import LifeCycleStage, Milestone, MilestoneKind, Product
from app.domain.lifecycle.product_lane import ProductLane, ProductSort, ProductTotals
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.count_products import count_products
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.page_product_parts import page_product_parts
from app.services.lifecycle.page_products import page_products
from app.services.lifecycle.preview_milestone import preview_milestone
from app.services.lifecycle.save_product import Dates, save_product
from app.storage.library import Library
from helpers.life_cycle_samples import add_stethoscope, product

TODAY = date(2026, 11, 23)
INTRODUCED, PRODUCED = MilestoneKind.INTRODUCTION, MilestoneKind.LAST_PRODUCED
PLACED, ENDS = MilestoneKind.LAST_PLACED, MilestoneKind.END_OF_SERVICE


def _lanes(library: Library, **options: object) -> list[ProductLane]:
    return list(page_products(library, today=TODAY, **options).first_rows(100))  # type: ignore[arg-type]


def test_a_lane_has_dates_stage_and_the_standing_of_its_parts(library: Library) -> None:
    add_stethoscope(library)
    flag_spares(library, who="Anna", today=TODAY)
    first, second = _lanes(library)
    assert (first.product.name, first.stage) == ("Stethoscope Mk1", LifeCycleStage.DISCONTINUED)
    assert (first.introduced, first.series_end) == (date(2016, 3, 1), date(2024, 12, 31))
    assert first.end_of_service == date(2034, 12, 31)
    assert (first.standing.parts, first.standing.qualified) == (4, 0)
    assert first.standing.eternal > 0
    assert first.standing.last_order == date(2026, 12, 31)
    assert (second.product.name, second.stage) == ("Stethoscope Mk2", LifeCycleStage.SERIES)
    assert (second.series_end, second.standing.last_order) == (None, None)


def test_pages_hold_the_same_as_the_whole_list(library: Library) -> None:
    for number in range(7):
        dates: Dates = {PRODUCED: date(2030 - number, 6, 30)}
        save_product(library, product(f"Radio {number}"), who="Anna", dates=dates)
    save_product(library, product("Clock"), who="Anna")
    pages = page_products(library, today=TODAY, sort=ProductSort.END_OF_PRODUCTION)
    whole = pages.first_rows(100)
    assert [lane.product.name for lane in whole] == [f"Radio {n}" for n in range(6, -1, -1)]
    ids = [product_id for chunk in pages.id_chunks(3) for product_id in chunk]
    assert ids == [lane.id for lane in whole]
    assert pages.rows([*ids[2:4], 999]) == whole[2:4]
    assert [lane.product.name for lane in _lanes(library, dated=False)] == ["Clock"]
    assert _lanes(library, sort=ProductSort.NAME, descending=True)[0].product.name == "Radio 6"


@pytest.mark.parametrize(("months", "leaving"), [(6, 0), (24, 1), (60, 2)])
def test_the_horizon_decides_how_many_leave_series(
    library: Library, months: int, leaving: int
) -> None:
    for name, year in (("Radio", 2028), ("Clock", 2031), ("Lamp", 2020)):
        dates: Dates = {PRODUCED: date(year, 3, 31)}
        save_product(library, product(name), who="Anna", dates=dates)
    found = count_products(library, today=TODAY, horizon_months=months)
    assert found == ProductTotals(products=3, undated=0, leaving=leaving)


def _stored(library: Library) -> tuple[Product, dict[tuple[MilestoneKind, str], Milestone]]:
    with library.reading() as read:
        dates = {(m.kind, m.market): m for m in read.fetch(Milestone)}
        return read.one(Product, name_key="radio"), dates


def test_a_product_and_its_dates_are_one_act(library: Library) -> None:
    dates: Dates = {INTRODUCED: date(2015, 1, 1), PRODUCED: date(2027, 6, 30), ENDS: None}
    save_product(library, product("Radio"), who="Anna", dates=dates)
    radio, stored = _stored(library)
    assert {key: m.on for key, m in stored.items()} == {
        (INTRODUCED, ""): date(2015, 1, 1),
        (PRODUCED, ""): date(2027, 6, 30),
    }
    save_product(
        library,
        replace(radio, installed_base=5),
        who="Anna",
        dates={INTRODUCED: date(2028, 1, 1), PRODUCED: date(2029, 1, 31), ENDS: date(2035, 1, 1)},
    )
    assert len(_stored(library)[1]) == 3
    undo_change(library, who="Anna")
    assert {key: m.on for key, m in _stored(library)[1].items()} == {
        key: m.on for key, m in stored.items()
    }
    undo_change(library, who="Anna")
    with library.reading() as read:
        assert not read.count(Product)
        assert not read.count(Milestone)


def test_dates_that_are_cleared_go_and_those_of_a_market_stay(library: Library) -> None:
    save_product(library, product("Radio"), who="Anna", dates={PRODUCED: date(2027, 6, 30)})
    radio, stored = _stored(library)
    with library.writing(who="Anna", act="import") as write:
        [milestone] = stored.values()
        write.update(replace(milestone, source="SAP"))
        write.insert([Milestone(product_id=radio.id, kind=PRODUCED, on=TODAY, market="US")])
    unchanged = save_product(library, radio, who="Anna", dates={PRODUCED: date(2027, 6, 30)})
    assert not unchanged
    save_product(library, radio, who="Anna", dates={PRODUCED: date(2027, 7, 31)})
    assert _stored(library)[1][(PRODUCED, "")].source == "SAP"
    save_product(library, radio, who="Anna", dates={PRODUCED: None, ENDS: None})
    assert list(_stored(library)[1]) == [(PRODUCED, "US")]


@pytest.mark.parametrize(
    "dates",
    [
        {INTRODUCED: date(2027, 1, 1), PRODUCED: date(2026, 1, 1)},
        {MilestoneKind.LAST_ORDER: date(2027, 1, 1)},
        {PLACED: date(1800, 1, 1)},
    ],
)
def test_dates_that_cannot_be_right_leave_no_trace(library: Library, dates: Dates) -> None:
    with pytest.raises(RuleViolation):
        save_product(library, product("Radio"), who="Anna", dates=dates)
    with library.reading() as read:
        assert not read.count(Product)


def test_the_parts_of_products_come_with_their_verdicts(library: Library) -> None:
    ids = add_stethoscope(library)
    assert [item.flag for item in page_product_parts(library, [1]).first_rows(10)] == [None] * 4
    flag_spares(library, who="Anna", today=TODAY)
    pages = page_product_parts(library, [1])
    items = pages.first_rows(10)
    assert {item.row.number for item in items} == {"ST-1001", "ST-1002", "ST-1003", "ST-1004"}
    ranks = [item.flag.rank for item in items if item.flag is not None]
    assert ranks == sorted(ranks, reverse=True)
    assert [item.id for item in items] == [n for chunk in pages.id_chunks(3) for n in chunk]
    assert [item.row.number for item in pages.rows([ids["ST-1003"], 99])] == ["ST-1003"]
    assert len(page_product_parts(library, [1, 2]).first_rows(10)) == 5
    assert len(page_product_parts(library, [1]).first_rows(2)) == 2


def test_a_preview_shows_its_verdicts_beside_those_stored(library: Library) -> None:
    add_stethoscope(library)
    flag_spares(library, who="Anna", today=TODAY)
    moved = Milestone(product_id=1, kind=ENDS, on=date(2026, 11, 30))
    preview = preview_milestone(library, moved, today=TODAY, horizon_months=24)
    pages = page_product_parts(library, [1], preview=preview)
    for item, pair in zip(pages.first_rows(10), preview.pairs, strict=True):
        assert (item.id, item.flag, item.before) == (pair.part_id, pair.after, pair.before)
    assert len(list(pages.rows([preview.pairs[0].part_id, 5]))) == 1
