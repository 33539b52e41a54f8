"""The demand of a part as chart and figures."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.domain.lifecycle.supply import DemandHistory
from app.ui.catalog.demand_tab import DemandTab, by_year
from app.ui.jobs import JobRunner
from app.ui.theme import Theme
from helpers.part_samples import part_details

HISTORY = DemandHistory(
    part_id=1, first_month=date(2023, 11, 1), quantities=(5, 0, *range(12), 7), source="ERP"
)


@pytest.fixture
def tab(qtbot: QtBot, jobs: JobRunner, theme: Theme) -> DemandTab:
    made = DemandTab(jobs)
    qtbot.addWidget(made)
    made.resize(500, 700)
    made.show()
    return made


def test_years_and_totals_stand_as_figures(tab: DemandTab, settle: Callable[[], None]) -> None:
    tab.show_details(part_details(demand=HISTORY))
    settle()
    said = tab.sheet.text
    for words in ("2023-11 to 2025-01", "78", "2024", "66", "2 months only", "1 month only"):
        assert words in said, words
    assert tab.chart is not None
    assert tab.chart.accessibleDescription() == said


def test_the_chart_has_a_bar_a_month_in_the_colour_of_the_theme(
    tab: DemandTab, settle: Callable[[], None], theme: Theme
) -> None:
    tab.show_details(part_details(demand=HISTORY))
    settle()
    assert tab.chart is not None
    picture = tab.chart.grab().toImage()
    wanted = theme.color("barFill").name()
    middle = picture.height() - 60
    row = [picture.pixelColor(x, middle).name() for x in range(picture.width())]
    assert wanted in row


def test_a_part_without_history_says_how_to_bring_it_in(
    tab: DemandTab, settle: Callable[[], None]
) -> None:
    tab.show_details(part_details(demand=HISTORY))
    settle()
    tab.show_details(part_details(demand=None))
    settle()
    assert "No demand by month is recorded" in tab.sheet.text
    assert tab.chart is not None
    assert not tab.chart.isVisible()


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.lists(st.integers(0, 1000), min_size=1, max_size=200),
)
def test_years_lose_no_piece_and_no_month(first: date, quantities: list[int]) -> None:
    history = DemandHistory(
        part_id=1, first_month=first.replace(day=1), quantities=tuple(quantities)
    )
    years = by_year(history)
    assert sum(pieces for _year, pieces, _months in years) == sum(quantities)
    assert sum(months for _year, _pieces, months in years) == len(quantities)
    assert [year for year, _pieces, _months in years] == sorted(
        {year for year, _pieces, _months in years}, reverse=True
    )


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 600))
def test_ticks_stand_at_januaries_and_are_few(first: date, months: int) -> None:
    from app.ui.catalog.demand_chart import year_ticks

    ticks = year_ticks(first.replace(day=1), months)
    assert len(ticks) <= 10
    for position, year in ticks:
        month = first.year * 12 + first.month - 1 + position
        assert (month // 12, month % 12) == (int(year), 0)
