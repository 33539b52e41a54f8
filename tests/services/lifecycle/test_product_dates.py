"""Adding and changing products, milestones and uses of parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import ChangedMeanwhile, NotFound, RuleViolation
from app.domain.lifecycle.product import (
    LifeCycleStage,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
)
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.list_products import list_products
from app.services.lifecycle.remove_milestone import remove_milestone
from app.services.lifecycle.save_product import save_product
from app.services.lifecycle.set_milestone import set_milestone
from app.services.lifecycle.set_where_used import set_where_used
from app.storage.library import Library
from helpers.builders import part
from helpers.life_cycle_samples import product

TODAY = date(2026, 11, 23)


@pytest.fixture
def radio(library: Library) -> Product:
    save_product(library, product("Radio"), who="Anna")
    with library.reading() as read:
        return read.one(Product, name_key="radio")


@pytest.fixture
def knob_id(library: Library) -> int:
    with library.writing(who="Anna", act="add part") as write:
        return write.insert([part("K1", "Knob")])[0]


def milestones(library: Library) -> list[Milestone]:
    with library.reading() as read:
        return read.fetch(Milestone)


def dated(radio: Product, kind: MilestoneKind, on: date, market: str = "") -> Milestone:
    return Milestone(product_id=radio.id, kind=kind, on=on, market=market)


def test_a_product_is_changed_under_its_name(library: Library, radio: Product) -> None:
    changes = save_product(
        library, replace(radio, installed_base=12, annual_failure_rate=0.1), who="Anna"
    )
    with library.reading() as read:
        stored = read.one(Product, id=radio.id)

    assert changes.ids == {"product": frozenset({radio.id})}
    assert (stored.installed_base, stored.annual_failure_rate) == (12, 0.1)


def test_two_products_do_not_share_a_name(library: Library, radio: Product) -> None:
    with pytest.raises(RuleViolation, match="There is a product Radio already"):
        save_product(library, product("RADIO"), who="Anna")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"installed_base": -1}, "expected 0 or more"),
        ({"annual_failure_rate": 3.0}, "from 0 to 1"),
        ({"annual_failure_rate": float("nan")}, "from 0 to 1"),
        ({"name_key": ""}, "needs a name"),
    ],
)
def test_impossible_values_are_refused(
    library: Library, radio: Product, values: dict[str, object], words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        save_product(library, replace(radio, **values), who="Anna")  # type: ignore[arg-type]


def test_two_editors_notice_each_other(library: Library, radio: Product) -> None:
    save_product(library, replace(radio, installed_base=1), who="Anna")
    with pytest.raises(ChangedMeanwhile, match="Anna"):
        save_product(library, replace(radio, installed_base=2), who="Berta")


def test_a_date_is_set_once_per_kind_and_market(library: Library, radio: Product) -> None:
    kind = MilestoneKind.LAST_PLACED
    for on, market in ((date(2024, 1, 1), ""), (date(2025, 1, 1), "US"), (date(2026, 1, 1), "")):
        set_milestone(library, dated(radio, kind, on, market), who="Anna")

    assert [(m.on, m.market) for m in milestones(library)] == [
        (date(2026, 1, 1), ""),
        (date(2025, 1, 1), "US"),
    ]


def test_setting_a_date_is_one_act_that_can_be_undone(library: Library, radio: Product) -> None:
    kind = MilestoneKind.END_OF_SERVICE
    set_milestone(library, dated(radio, kind, date(2030, 1, 1)), who="Anna")
    set_milestone(library, dated(radio, kind, date(2031, 1, 1)), who="Anna", why="longer")
    undo_change(library, who="Anna")

    assert [m.on for m in milestones(library)] == [date(2030, 1, 1)]


def test_a_product_does_not_end_before_it_begins(library: Library, radio: Product) -> None:
    set_milestone(library, dated(radio, MilestoneKind.LAST_PLACED, date(2020, 1, 1)), who="Anna")
    with pytest.raises(RuleViolation, match="lies before the introduction"):
        set_milestone(
            library, dated(radio, MilestoneKind.INTRODUCTION, date(2021, 1, 1)), who="Anna"
        )
    assert len(milestones(library)) == 1


def test_dates_stand_where_they_belong(library: Library, radio: Product, knob_id: int) -> None:
    day = date(2027, 1, 1)
    with pytest.raises(RuleViolation, match="A product has no milestone “last_order”"):
        set_milestone(library, dated(radio, MilestoneKind.LAST_ORDER, day), who="Anna")
    with pytest.raises(RuleViolation, match="A part has no milestone “introduction”"):
        set_milestone(
            library,
            Milestone(part_id=knob_id, kind=MilestoneKind.INTRODUCTION, on=day),
            who="Anna",
        )
    with pytest.raises(RuleViolation, match="cannot be right"):
        set_milestone(
            library, dated(radio, MilestoneKind.INTRODUCTION, date(202, 1, 1)), who="Anna"
        )
    with pytest.raises(ValueError, match="one product or to one part"):
        set_milestone(library, Milestone(kind=MilestoneKind.LAST_ORDER, on=day), who="Anna")
    set_milestone(
        library, Milestone(part_id=knob_id, kind=MilestoneKind.LAST_ORDER, on=day), who="Anna"
    )
    assert [m.part_id for m in milestones(library)] == [knob_id]


def test_a_date_can_be_taken_back(library: Library, radio: Product) -> None:
    set_milestone(library, dated(radio, MilestoneKind.LAST_PLACED, date(2020, 1, 1)), who="Anna")
    [stored] = milestones(library)
    remove_milestone(library, stored.id, who="Anna")

    assert milestones(library) == []
    with pytest.raises(NotFound):
        remove_milestone(library, stored.id, who="Anna")


def test_products_are_listed_with_their_stage(
    library: Library, radio: Product, knob_id: int
) -> None:
    save_product(library, product("Clock"), who="Anna")
    set_milestone(library, dated(radio, MilestoneKind.INTRODUCTION, date(2020, 1, 1)), who="Anna")
    set_where_used(library, WhereUsed(part_id=knob_id, product_id=radio.id), who="Anna")
    clock, listed = list_products(library, today=TODAY)

    assert (clock.product.name, clock.stage, clock.parts) == ("Clock", LifeCycleStage.UNKNOWN, 0)
    assert (listed.stage, listed.parts) == (LifeCycleStage.SERIES, 1)
    assert [m.on for m in listed.milestones] == [date(2020, 1, 1)]


def test_a_use_is_stored_once_and_checked(library: Library, radio: Product, knob_id: int) -> None:
    use = WhereUsed(part_id=knob_id, product_id=radio.id, quantity=2, failure_share=0.5)
    set_where_used(library, use, who="Anna")
    set_where_used(library, replace(use, quantity=4), who="Anna", why="miscounted")
    with library.reading() as read:
        [stored] = read.fetch(WhereUsed)

    assert (stored.quantity, stored.failure_share) == (4, 0.5)
    with pytest.raises(RuleViolation, match="more than 0"):
        set_where_used(library, replace(use, quantity=0), who="Anna")
    with pytest.raises(RuleViolation, match="from 0 to 1"):
        set_where_used(library, replace(use, failure_share=20.0), who="Anna")
