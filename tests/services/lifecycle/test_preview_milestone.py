"""What moving a date of a product would change, before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed
from app.domain.lifecycle.product_lane import replace_milestone, series_end
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.preview_milestone import preview_milestone
from app.services.lifecycle.set_milestone import set_milestone
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import NUMBER, Chain
from helpers.life_cycle_samples import add_stethoscope, product

TODAY = date(2026, 11, 23)
ENDS = MilestoneKind.END_OF_SERVICE


def _mk1(library: Library) -> int:
    with library.reading() as read:
        return read.one(Product, name="Stethoscope Mk1").id


def _flags(library: Library) -> dict[int, Flag]:
    with library.reading() as read:
        return {flag.part_id: replace(flag, id=0) for flag in read.fetch(Flag)}


@pytest.mark.parametrize("year", [2024, 2027, 2034, 2050])
def test_the_preview_is_what_saving_brings(library: Library, year: int) -> None:
    add_stethoscope(library)
    flag_spares(library, who="Anna", today=TODAY)
    moved = Milestone(product_id=_mk1(library), kind=ENDS, on=date(year, 12, 31))
    before = _flags(library)
    preview = preview_milestone(library, moved, today=TODAY, horizon_months=24)
    assert _flags(library) == before
    assert {pair.part_id: pair.before for pair in preview.pairs} == {
        part_id: flag for part_id, flag in before.items() if part_id in range(1, 5)
    }
    set_milestone(library, moved, who="Anna")
    flag_spares(library, who="Anna", today=TODAY)
    after = _flags(library)
    assert [replace(pair.after, id=0) for pair in preview.pairs] == [
        after[pair.part_id] for pair in preview.pairs
    ]
    assert (not preview.changed) == (year == 2034)


def test_a_service_that_ends_soon_takes_parts_off_the_worklist(library: Library) -> None:
    add_stethoscope(library)
    mk1 = _mk1(library)
    moved = Milestone(product_id=mk1, kind=ENDS, on=date(2026, 11, 30))
    preview = preview_milestone(library, moved, today=TODAY, horizon_months=24)
    assert preview.leaving > 0
    assert preview.joining == 0
    assert len(preview.moved_needs) == 4
    assert {pair.after.need_until for pair in preview.moved_needs} == {date(2026, 11, 30)}
    set_milestone(library, moved, who="Anna")
    back = Milestone(product_id=mk1, kind=ENDS, on=date(2034, 12, 31))
    again = preview_milestone(library, back, today=TODAY, horizon_months=24)
    assert (again.joining, again.leaving) == (preview.leaving, 0)
    assert [pair.after.answer for pair in again.pairs][: again.joining] == (
        [Answer.YES] * again.joining
    )


def test_how_far_parts_have_come_counts_as_in_the_stored_verdict(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    Chain(library, workers, tmp_path).qualify()
    with library.writing(who="Anna", act="use") as write:
        [radio] = write.insert([product("Radio", installed_base=10)])
        part_id = write.one(Part, number=NUMBER).id
        write.insert([WhereUsed(part_id=part_id, product_id=radio)])
    moved = Milestone(product_id=radio, kind=ENDS, on=date(2034, 12, 31))
    [pair] = preview_milestone(library, moved, today=TODAY, horizon_months=24).pairs
    assert pair.after.readiness is Readiness.QUALIFIED
    assert (pair.before.need_until, pair.after.need_until) == (None, date(2034, 12, 31))


def test_a_product_without_parts_changes_nothing(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        [radio] = write.insert([product("Radio")])
    moved = Milestone(product_id=radio, kind=ENDS, on=TODAY)
    assert preview_milestone(library, moved, today=TODAY, horizon_months=24).pairs == ()
    with pytest.raises(ValueError, match="products"):
        preview_milestone(
            library, replace(moved, product_id=None, part_id=1), today=TODAY, horizon_months=24
        )


def test_one_date_takes_the_place_of_another_of_its_kind_and_market() -> None:
    placed = Milestone(product_id=1, kind=MilestoneKind.LAST_PLACED, on=date(2027, 1, 31))
    elsewhere = replace(placed, market="US", on=date(2028, 1, 31))
    produced = Milestone(product_id=1, kind=MilestoneKind.LAST_PRODUCED, on=date(2029, 1, 31))
    dates = replace_milestone([placed, elsewhere], replace(placed, on=date(2029, 6, 30)))
    assert [milestone.market for milestone in dates] == ["US", ""]
    assert series_end(dates) == date(2029, 6, 30)
    assert series_end([produced]) == date(2029, 1, 31)
    assert series_end([produced, elsewhere]) == date(2028, 1, 31)
    assert series_end([]) is None
