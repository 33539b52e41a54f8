"""The filters of the parts list: what SQL finds is what the rows, judged in Python, say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.domain.inventory.part_list import (
    PartFilter,
    PartListRow,
    PartOrder,
    PartSort,
    QualificationFilter,
    StartFilter,
)
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import QualificationState
from app.storage.catalog import part_conditions
from app.storage.library import Library
from helpers.builders import part, revision
from helpers.life_cycle_samples import product
from helpers.stored_qualifications import Shop

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def rows_of(library: Library, **wanted: object) -> list[PartListRow]:
    with library.reading() as read:
        part_filter = PartFilter(**wanted)  # type: ignore[arg-type]
        ids = read.parts.ids(part_filter, today=TODAY)
        assert read.parts.count(part_filter, today=TODAY) == len(ids)
        return read.parts.rows(ids)


def numbers(library: Library, **wanted: object) -> list[str]:
    return [row.number for row in rows_of(library, **wanted)]


@pytest.fixture(params=["few", "many"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once looked up as a set of few, once asked part by part."""
    if request.param == "many":
        monkeypatch.setattr(part_conditions, "MANY", 1)


@pytest.fixture
def qualified(library: Library) -> Library:
    """One part in every state of qualification, named after it, and one with nothing."""
    shop = Shop(library)
    shop.define("NONE")
    for state in QualificationState:
        shop.add_part(state.value.upper(), state, valid_until=None)
    held = QualificationState.QUALIFIED
    shop.add_part("LAST-DAY", held, valid_until=TODAY)
    shop.add_part("EXPIRED", held, valid_until=TODAY - DAY)
    shop.add_part("HOLDS", held, valid_until=TODAY + 60 * DAY)
    both = shop.define("RENEWED")
    shop.add(both, held, valid_until=TODAY - DAY)
    shop.add(both, held, valid_until=TODAY + 400 * DAY)
    shop.add(both, QualificationState.BLOCKED)
    again = shop.define("BEGUN-AGAIN")
    shop.add(again, held)
    with library.writing(who="Anna", act="revise") as write:
        definition = write.one(PrintDefinition, id=again)
        owner = write.connection.exec_driver_sql(
            "SELECT part_id FROM part_revision WHERE id = ?", (definition.revision_id,)
        ).scalar_one()
        write.insert([revision(owner, "B")])
    major = shop.define("NEXT-MAJOR")
    shop.add(major, held)
    with library.writing(who="Anna", act="define anew") as write:
        old = write.one(PrintDefinition, id=major)
        write.insert(
            [
                PrintDefinition(
                    revision_id=old.revision_id,
                    major=2,
                    state=DefinitionState.RELEASED,
                    process=old.process,
                    machine_class="laser sintering",
                    material_grade="PA12-X",
                    author="Anna",
                )
            ]
        )
    return library


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("none", {"NONE", "BEGUN-AGAIN", "NEXT-MAJOR"}),
        ("draft", {"DRAFT"}),
        ("under_test", {"UNDER_TEST"}),
        ("in_review", {"IN_REVIEW"}),
        ("qualified", {"QUALIFIED", "HOLDS", "RENEWED"}),
        ("expiring", {"LAST-DAY"}),
        ("expired", {"EXPIRED"}),
        ("blocked", {"BLOCKED"}),
        (
            "not_qualified",
            {
                "NONE",
                "BEGUN-AGAIN",
                "NEXT-MAJOR",
                "DRAFT",
                "UNDER_TEST",
                "IN_REVIEW",
                "EXPIRED",
                "BLOCKED",
            },
        ),
    ],
)
def test_parts_by_how_they_are_qualified_today(
    qualified: Library, wanted: str, expected: set[str]
) -> None:
    found = rows_of(qualified, qualification=QualificationFilter(wanted))
    assert {row.number for row in found} == expected
    status = QualificationFilter(wanted).status
    if status is not None:
        assert {row.qualification(TODAY) for row in found} == {status}
    elif wanted == "none":
        assert {row.qualification(TODAY) for row in found} == {None}


def test_an_order_by_qualification_puts_what_was_begun_last(qualified: Library) -> None:
    order = (PartOrder(PartSort.QUALIFICATION, descending=True), PartOrder(PartSort.NUMBER))
    with qualified.reading() as read:
        found = read.parts.rows(read.parts.ids(PartFilter(), order, today=TODAY))
    standings = [row.qualification(TODAY) for row in found]
    assert standings[:4] == ["qualified", "qualified", "qualified", "expiring"]
    assert standings[-4:] == ["blocked", None, None, None]


KINDS = {
    "i": MilestoneKind.INTRODUCTION,
    "m": MilestoneKind.LAST_PRODUCED,
    "p": MilestoneKind.LAST_PLACED,
    "s": MilestoneKind.END_OF_SERVICE,
}
PRODUCTS: dict[str, dict[str, date]] = {
    "coming": {"i": TODAY + DAY},
    "alive": {"i": TODAY},
    "leaving": {"i": date(2010, 1, 1), "m": date(2026, 12, 1), "p": TODAY},
    "gone": {"m": TODAY - DAY},
    "over": {"p": date(2001, 1, 1), "s": TODAY - DAY},
    "undated": {},
}


@pytest.fixture
def used(library: Library) -> Library:
    """A part for every pair of products, and one that no product uses."""
    with library.writing(who="Anna", act="fill") as write:
        ids = dict(
            zip(PRODUCTS, write.insert([product(name.title()) for name in PRODUCTS]), strict=True)
        )
        write.insert(
            [
                Milestone(product_id=ids[name], kind=KINDS[kind], on=on)
                for name, dates in PRODUCTS.items()
                for kind, on in dates.items()
            ]
        )
        write.insert([part("UNUSED")])
        for first in PRODUCTS:
            for second in PRODUCTS:
                if first <= second:
                    [part_id] = write.insert([part(f"{first}+{second}")])
                    write.insert(
                        [
                            WhereUsed(part_id=part_id, product_id=ids[name])
                            for name in {first, second}
                        ]
                    )
    return library


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("stage", list(LifeCycleStage))
def test_parts_by_the_product_that_lives_longest(used: Library, stage: LifeCycleStage) -> None:
    everything = rows_of(used)
    assert len(everything) == 22
    expected = [row.number for row in everything if row.supply(TODAY).stage is stage]
    assert expected
    assert numbers(used, stage=stage) == expected


@pytest.mark.usefixtures("either_way")
def test_parts_of_one_product_whatever_the_case(used: Library) -> None:
    expected = [row.number for row in rows_of(used) if "Gone" in row.products]
    assert numbers(used, product="gOnE ") == expected
    assert numbers(used, product="No such thing") == []


def test_the_end_of_production_counts_once_all_products_have_one(used: Library) -> None:
    rows = {row.number: row for row in rows_of(used)}
    assert rows["gone+leaving"].production_end == date(2026, 12, 1)
    assert rows["gone+undated"].production_end is None
    assert rows["gone+over"].supply(TODAY).stage is LifeCycleStage.DISCONTINUED
    assert rows["gone+undated"].supply(TODAY).stage is LifeCycleStage.UNKNOWN
    assert rows["leaving+over"].supply(TODAY).until == TODAY
    assert rows["UNUSED"].supply(TODAY).stage is None
    with used.reading() as read:
        for descending in (False, True):
            order = (PartOrder(PartSort.PRODUCTION_END, descending),)
            found = read.parts.rows(read.parts.ids(PartFilter(), order, today=TODAY))
            ends = [row.production_end for row in found]
            known = [end for end in ends if end is not None]
            assert ends == sorted(known, reverse=descending) + [None] * (22 - len(known))


@pytest.mark.usefixtures("either_way")
def test_parts_by_answer_start_and_missing_file_and_all_at_once(library: Library) -> None:
    with library.writing(who="Anna", act="fill") as write:
        ids = write.insert([part(f"P{n}") for n in range(6)])
        starts = (TODAY - DAY, TODAY, TODAY + 183 * DAY, TODAY + 184 * DAY, None)
        write.replace_derived(
            Flag,
            [
                Flag(
                    part_id=part_id,
                    answer=Answer.YES if place < 4 else Answer.UNKNOWN,
                    last_safe_start=start,
                    assessed_for=TODAY,
                    horizon_months=24,
                )
                for place, (part_id, start) in enumerate(zip(ids, starts, strict=False))
            ],
            key="part_id",
        )
        write.insert([revision(ids[1])])
    assert numbers(library, start=StartFilter.PAST) == ["P0"]
    assert numbers(library, start=StartFilter.SOON) == ["P1", "P2"]
    assert numbers(library, answer=Answer.UNKNOWN) == ["P4"]
    assert len(numbers(library, without_geometry=True)) == 6
    together = {"answer": Answer.YES, "start": StartFilter.SOON, "without_geometry": True}
    assert numbers(library, **together) == ["P1", "P2"]
    assert numbers(library, **together, text="p2", numbers=("p1", "p2")) == ["P2"]


def test_a_filter_that_asks_for_a_day_needs_one(library: Library) -> None:
    with library.reading() as read, pytest.raises(ValueError, match="judged for a day"):
        read.parts.ids(PartFilter(start=StartFilter.PAST))


def test_what_counts_as_no_filter() -> None:
    assert PartFilter(text="  ").is_empty
    for some in (
        {"text": "a"},
        {"numbers": ("1",)},
        {"product": "x"},
        {"without_geometry": True},
        {"start": StartFilter.PAST},
        {"stage": LifeCycleStage.SERIES},
        {"qualification": QualificationFilter.NONE},
        {"answer": Answer.NO},
    ):
        assert not PartFilter(**some).is_empty  # type: ignore[arg-type]


def test_names_of_products_may_hold_anything(library: Library) -> None:
    odd: Callable[[str], Product] = product
    names = ('a "quoted" one', "b\x1fc\x1ed", "ä, [1]")
    with library.writing(who="Anna", act="fill") as write:
        [part_id] = write.insert([part("P")])
        used = write.insert([odd(name) for name in names])
        write.insert([WhereUsed(part_id=part_id, product_id=number) for number in used])
    [row] = rows_of(library)
    assert row.products == names
    assert len(row.dates) == 3
