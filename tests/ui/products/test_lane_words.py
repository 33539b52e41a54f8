"""The words of products: what ends when, and what a moved date changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.milestone_preview import MilestonePreview, VerdictPair
from app.domain.lifecycle.product import Confidence, LifeCycleStage, Milestone, MilestoneKind
from app.domain.lifecycle.product_lane import PartStanding, ProductLane, ProductTotals
from app.ui.products.lane_words import (
    change_text,
    describe_lane,
    effect_text,
    end_text,
    pair_text,
    qualified_text,
    summary_text,
)
from helpers.life_cycle_samples import product

TODAY = date(2026, 11, 23)
FLAG = Flag(
    part_id=1,
    answer=Answer.YES,
    last_safe_start=date(2027, 5, 19),
    need_until=date(2037, 6, 30),
    rank=2.0,
    assessed_for=TODAY,
    horizon_months=24,
)
START = {"last_safe_start": date(2027, 2, 17)}


def _lane(**dates: str) -> ProductLane:
    return ProductLane(
        product=product("Dishwasher D620", installed_base=41_300),
        stage=LifeCycleStage.PHASE_OUT,
        milestones=tuple(
            Milestone(product_id=1, kind=MilestoneKind(kind), on=date.fromisoformat(on))
            for kind, on in dates.items()
        ),
        standing=PartStanding(parts=29, qualified=24, last_order=date(2027, 1, 31)),
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"last_produced": "2027-06-30", "last_placed": "2027-12-31"}, "Ends 2027-06"),
        ({"last_placed": "2027-12-31"}, "Ends 2027-12"),
        ({"last_produced": "2026-11-22"}, "Ended 2026-11"),
        ({"last_produced": "2026-11-23"}, "Ends 2026-11"),
        ({"introduction": "2020-01-01"}, "Phase-out"),
    ],
)
def test_the_end_of_production_says_whether_it_is_over(
    dates: dict[str, str], expected: str
) -> None:
    assert end_text(_lane(**dates), TODAY) == expected


def test_a_lane_is_told_in_full() -> None:
    lane = _lane(introduction="2016-05-02", last_produced="2027-06-30")
    planned = replace(lane.milestones[1], confidence=Confidence.PLANNED, market="EU")
    told = describe_lane(replace(lane, milestones=(lane.milestones[0], planned)))
    assert told == (
        "Dishwasher D620: Phase-out. Introduction 2016-05-02; End of production (EU) 2027-06-30, "
        "planned; Last order for a part 2027-01-31. 41,300 in use. 24 of 29 parts qualified."
    )
    bare = ProductLane(product=product("Kettle"), stage=LifeCycleStage.UNKNOWN)
    assert describe_lane(bare) == "Kettle: No dates. No part is known that it uses."
    assert (qualified_text(lane), qualified_text(bare)) == ("24/29", "")


def test_the_summary_counts() -> None:
    assert (
        summary_text(ProductTotals(products=46, undated=3, leaving=9))
        == "9 of 46 leave series within the horizon"
    )
    one = ProductTotals(products=4, undated=0, leaving=1)
    assert summary_text(one) == "1 of 4 leaves series within the horizon"


def _preview(*afters: dict[str, object]) -> MilestonePreview:
    pairs = [
        VerdictPair(
            before=replace(FLAG, part_id=n),
            after=replace(FLAG, part_id=n, **after),  # type: ignore[arg-type]
        )
        for n, after in enumerate(afters, 1)
    ]
    return MilestonePreview(pairs=tuple(pairs))


@pytest.mark.parametrize(
    ("afters", "expected"),
    [
        ([{}], "No worklist item changes."),
        (
            [START] * 5,
            "5 worklist items start by 2027-02-17 instead of 2027-05-19.",
        ),
        (
            [START, START, {"last_safe_start": date(2027, 3, 1)}],
            "2 worklist items start by 2027-02-17 instead of 2027-05-19. 1 more changes otherwise.",
        ),
        ([{"answer": Answer.NO, "last_safe_start": None}], "1 part leaves the worklist."),
        (
            [{"need_until": date(2030, 1, 31)}],
            "1 part is needed until 2030-01-31 instead of 2037-06-30.",
        ),
        (
            [{"need_until": None}] * 2,
            "2 parts are needed until not known instead of 2037-06-30.",
        ),
        ([{"rank": 9.0}, {"rank": 8.0}], "2 worklist items change their rank."),
        ([{"fingerprint": 7, "reasons": ("Other words.",)}], "No worklist item changes."),
    ],
)
def test_the_effect_of_a_date_is_counted_and_dated(
    afters: list[dict[str, object]], expected: str
) -> None:
    assert effect_text(_preview(*afters)) == expected


def test_parts_that_join_are_counted() -> None:
    before = replace(FLAG, answer=Answer.NO, last_safe_start=None)
    preview = MilestonePreview(pairs=(VerdictPair(before=before, after=FLAG),))
    assert effect_text(preview) == "1 part joins the worklist."
    assert pair_text(preview.pairs[0]) == "Joins the worklist"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, ""),
        (START, "Starts 3 months earlier"),
        ({"last_safe_start": date(2027, 5, 29)}, "Starts 10 days later"),
        ({"last_safe_start": date(2028, 5, 19)}, "Starts 12 months later"),
        ({"answer": Answer.UNKNOWN}, "Leaves the worklist"),
        ({"need_until": date(2030, 1, 31)}, "Needed until 2030-01-31"),
        ({"rank": 1.0}, "Another rank"),
    ],
)
def test_each_part_says_what_changes(after: dict[str, object], expected: str) -> None:
    assert pair_text(_preview(after).pairs[0]) == expected


def test_a_start_that_is_not_known_does_not_move() -> None:
    assert change_text(None, TODAY) == ""
    assert change_text(TODAY, TODAY) == ""
