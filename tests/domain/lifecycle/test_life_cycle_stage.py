from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lifecycle.life_cycle_stage import assess_stage
from app.domain.lifecycle.product import LifeCycleStage, Milestone, MilestoneKind
from app.domain.lifecycle.product_dates import ProductDates

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1990, 1, 1), date(2080, 1, 1))


def milestone(kind: MilestoneKind, on: date, market: str = "") -> Milestone:
    return Milestone(product_id=1, kind=kind, on=on, market=market)


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        ({}, LifeCycleStage.UNKNOWN),
        ({MilestoneKind.INTRODUCTION: date(2027, 1, 1)}, LifeCycleStage.ANNOUNCED),
        ({MilestoneKind.INTRODUCTION: TODAY}, LifeCycleStage.SERIES),
        ({MilestoneKind.LAST_PLACED: TODAY}, LifeCycleStage.PHASE_OUT),
        ({MilestoneKind.LAST_PLACED: TODAY - timedelta(1)}, LifeCycleStage.DISCONTINUED),
        ({MilestoneKind.LAST_PRODUCED: TODAY - timedelta(1)}, LifeCycleStage.DISCONTINUED),
        ({MilestoneKind.END_OF_SERVICE: TODAY}, LifeCycleStage.UNKNOWN),
        ({MilestoneKind.END_OF_SERVICE: TODAY - timedelta(1)}, LifeCycleStage.SERVICE_ENDED),
        # Made for the last time, still being sold: the placing counts, not the making.
        (
            {
                MilestoneKind.LAST_PRODUCED: date(2026, 1, 1),
                MilestoneKind.LAST_PLACED: date(2027, 6, 1),
            },
            LifeCycleStage.PHASE_OUT,
        ),
    ],
)
def test_stage_follows_from_dates_and_today(
    dates: dict[MilestoneKind, date], stage: LifeCycleStage
) -> None:
    assert assess_stage([milestone(kind, on) for kind, on in dates.items()], TODAY) is stage


def test_over_several_markets_the_last_placing_counts() -> None:
    markets = [
        milestone(MilestoneKind.LAST_PLACED, date(2025, 1, 1), "EU"),
        milestone(MilestoneKind.LAST_PLACED, date(2028, 1, 1), "US"),
    ]

    assert assess_stage(markets, TODAY) is LifeCycleStage.PHASE_OUT


_MAYBE = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 26))


@given(_MAYBE, _MAYBE, _MAYBE, _MAYBE)
def test_the_dates_of_a_list_are_judged_as_its_columns_are(
    introduced: date | None, produced: date | None, placed: date | None, served: date | None
) -> None:
    dates = ProductDates(introduced, produced, placed, served)
    kinds = (
        MilestoneKind.INTRODUCTION,
        MilestoneKind.LAST_PRODUCED,
        MilestoneKind.LAST_PLACED,
        MilestoneKind.END_OF_SERVICE,
    )
    days = (introduced, produced, placed, served)
    milestones = [
        milestone(kind, on) for kind, on in zip(kinds, days, strict=True) if on is not None
    ]
    assert dates.stage(TODAY) is assess_stage(milestones, TODAY)


@given(on=st.lists(DAYS, min_size=1, max_size=4), kind=st.sampled_from(MilestoneKind))
def test_stage_never_goes_back_as_time_passes(on: list[date], kind: MilestoneKind) -> None:
    order = list(LifeCycleStage)
    milestones = [milestone(kind, day) for day in on]
    stages = [assess_stage(milestones, date(year, 6, 1)) for year in range(1985, 2090, 5)]
    known = [order.index(stage) for stage in stages if stage is not LifeCycleStage.UNKNOWN]

    assert known == sorted(known)
