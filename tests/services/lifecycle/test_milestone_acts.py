"""Setting and taking back dates in any order, against a plain model of what should be stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.domain.lifecycle.life_cycle_stage import assess_stage
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.list_products import list_products
from app.services.lifecycle.remove_milestone import remove_milestone
from app.services.lifecycle.set_milestone import PRODUCT_KINDS, set_milestone
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.life_cycle_samples import product

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))
KINDS = st.sampled_from(sorted(PRODUCT_KINDS))
MARKETS = st.sampled_from(["", "US"])
# A date to set, or None to take the date back.
ACTS = st.lists(st.tuples(KINDS, MARKETS, st.one_of(DAYS, st.none())), max_size=12)
EXAMPLES = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
Dates = dict[tuple[MilestoneKind, str], date]


@contextmanager
def with_radio(template: Path) -> Iterator[tuple[Library, int]]:
    with TemporaryDirectory() as place:
        copytree(template, Path(place) / "library")
        library = open_library(Path(place) / "library")
        with library.writing(who="Anna", act="add product") as write:
            [radio] = write.insert([product("Radio")])
        yield library, radio
        library.close()


def stored(library: Library) -> list[Milestone]:
    with library.reading() as read:
        return read.fetch(Milestone)


def dates(library: Library) -> Dates:
    found = stored(library)
    by_kind = {(milestone.kind, milestone.market): milestone.on for milestone in found}
    assert len(by_kind) == len(found), "a kind is dated twice in one market"
    return by_kind


def act(library: Library, radio: int, kind: MilestoneKind, market: str, day: date | None) -> bool:
    """Set the date, or take it back if `day` is None; returns whether anything was done."""
    if day is not None:
        milestone = Milestone(product_id=radio, kind=kind, on=day, market=market)
        try:
            return bool(set_milestone(library, milestone, who="Anna"))
        except RuleViolation:
            return False
    for milestone in stored(library):
        if (milestone.kind, milestone.market) == (kind, market):
            return bool(remove_milestone(library, milestone.id, who="Anna"))
    return False


def expected(before: Dates, kind: MilestoneKind, market: str, day: date | None) -> Dates:
    after = {key: on for key, on in before.items() if key != (kind, market)}
    if day is None:
        return after
    after[kind, market] = day
    start = after.get((MilestoneKind.INTRODUCTION, market))
    ends = [on for (_kind, where), on in after.items() if where == market]
    if start is not None and kind is not MilestoneKind.INTRODUCTION and day < start:
        return before
    if kind is MilestoneKind.INTRODUCTION and min(ends) < day:
        return before
    return after


@EXAMPLES
@given(acts=ACTS)
def test_dates_are_replaced_taken_back_or_refused(
    empty_library_folder: Path, acts: list[tuple[MilestoneKind, str, date | None]]
) -> None:
    with with_radio(empty_library_folder) as (library, radio):
        model: Dates = {}
        for kind, market, day in acts:
            act(library, radio, kind, market, day)
            model = expected(model, kind, market, day)
            assert dates(library) == model
        [listed] = list_products(library, today=TODAY)
        assert {(m.kind, m.market): m.on for m in listed.milestones} == model
        assert [m.on for m in listed.milestones] == sorted(m.on for m in listed.milestones)
        assert listed.stage == assess_stage(listed.milestones, TODAY)


@EXAMPLES
@given(acts=ACTS)
def test_every_act_can_be_undone_and_done_again(
    empty_library_folder: Path, acts: list[tuple[MilestoneKind, str, date | None]]
) -> None:
    with with_radio(empty_library_folder) as (library, radio):
        states = [dates(library)]
        for kind, market, day in acts:
            if act(library, radio, kind, market, day):
                states.append(dates(library))
        for state in reversed(states[:-1]):
            undo_change(library, who="Anna")
            assert dates(library) == state
        for state in states[1:]:
            redo_change(library, who="Anna")
            assert dates(library) == state
