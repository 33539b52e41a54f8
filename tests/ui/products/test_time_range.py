"""Years on a timeline: where a day stands, zoom and how far it goes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.products.lane_painter import LEFT, RIGHT, TimePlot
from app.ui.products.time_range import (
    FIRST_YEAR,
    LAST_YEAR,
    WIDTHS,
    TimeRange,
    stored_range,
    usual_range,
    within_calendar,
)

RANGES = st.builds(
    within_calendar, st.integers(FIRST_YEAR - 50, LAST_YEAR + 50), st.sampled_from(WIDTHS)
)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@given(RANGES, DAYS)
def test_a_place_leads_back_to_its_day(years: TimeRange, day: date) -> None:
    assert years.day_at(years.share(day)) == day
    plot = TimePlot(years, 4000)
    assert abs((plot.day(plot.x(day)) - day).days) <= 1


@given(RANGES, DAYS, st.sampled_from([-1, 1]))
def test_zooming_keeps_the_day_in_sight_and_the_years_in_the_calendar(
    years: TimeRange, day: date, by: int
) -> None:
    zoomed = years.zoomed(by, day)
    assert FIRST_YEAR <= zoomed.first <= zoomed.last <= LAST_YEAR
    assert zoomed.years in WIDTHS
    assert (zoomed.years - years.years) * by >= 0
    if 0 <= years.share(day) < 1:
        assert 0 <= zoomed.share(day) < 1


@given(RANGES, DAYS)
def test_a_day_out_of_sight_comes_into_sight(years: TimeRange, day: date) -> None:
    shown = years.showing(day)
    assert shown.first <= day.year <= shown.last
    assert shown.years == years.years
    if years.first <= day.year <= years.last:
        assert shown == years


@given(RANGES, st.integers(-300, 300))
def test_moving_stops_at_the_ends_of_the_calendar(years: TimeRange, by: int) -> None:
    moved = years.moved(by)
    assert FIRST_YEAR <= moved.first <= moved.last <= LAST_YEAR
    assert moved.years == years.years


@given(st.floats(-1e6, 1e6))
def test_no_place_leads_out_of_the_calendar(share: float) -> None:
    assert FIRST_YEAR <= TimeRange(2024, 15).day_at(share).year <= LAST_YEAR


def test_the_usual_range_is_the_one_of_the_design() -> None:
    years = usual_range(date(2026, 11, 23))
    assert (years.first, years.last, years.text) == (2024, 2038, "2024 to 2038")
    assert years.end - years.start == timedelta(days=15 * 365 + 4)
    plot = TimePlot(years, 740)
    assert plot.x(years.start) == LEFT
    assert plot.x(years.end) == 740 - RIGHT


@pytest.mark.parametrize("text", ["", "2024", "x 15", "2024 0", "2024 101", "2024 x"])
def test_what_was_not_kept_by_us_is_no_range(text: str) -> None:
    assert stored_range(text) is None


def test_a_kept_range_comes_back() -> None:
    assert stored_range("2020 10") == TimeRange(2020, 10)
