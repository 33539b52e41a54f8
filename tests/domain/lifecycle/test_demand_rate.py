from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lifecycle.day_numbers import day_number, day_numbers, day_of
from app.domain.lifecycle.demand_rate import Demand, DemandSource, assess_demand, measure_history
from app.domain.lifecycle.missing_input import Missing
from helpers.spare_cases import TODAY, PartCase, ProductCase, columns_of

RADIO = ProductCase(installed_base=8200, failure_rate=0.03)


def demand_of(part: PartCase, *products: ProductCase) -> Demand:
    columns = columns_of([part], products)
    return assess_demand(
        columns.history, columns.where_used, columns.products, today=day_number(TODAY)
    )


def test_twelve_months_of_own_history_count() -> None:
    demand = demand_of(PartCase(history=[3] * 12, uses=[(0, 1, 0.5)]), RADIO)

    assert demand.per_month[0] == 3.0
    assert demand.source[0] == DemandSource.HISTORY


def test_a_shorter_history_gives_way_to_the_installed_base() -> None:
    demand = demand_of(PartCase(history=[3] * 11, uses=[(0, 2, 0.5)]), RADIO)

    assert demand.per_month[0] == pytest.approx(8200 * 0.03 * 0.5 * 2 / 12)
    assert demand.source[0] == DemandSource.INSTALLED_BASE


def test_demand_of_all_products_adds_up() -> None:
    other = ProductCase(name="Clock", installed_base=100, failure_rate=0.12)
    demand = demand_of(PartCase(uses=[(0, 1, 0.5), (1, 1, 1.0)]), RADIO, other)

    assert demand.per_month[0] == pytest.approx(8200 * 0.03 * 0.5 / 12 + 1.0)


@pytest.mark.parametrize(
    ("part", "product", "missing"),
    [
        (PartCase(uses=[(0, 1, None)]), RADIO, Missing.FAILURE_SHARE),
        (PartCase(uses=[(0, 1, 0.5)]), ProductCase(failure_rate=0.1), Missing.INSTALLED_BASE),
        (PartCase(uses=[(0, 1, 0.5)]), ProductCase(installed_base=5), Missing.FAILURE_RATE),
        (PartCase(), RADIO, Missing.PRODUCTS),
    ],
)
def test_the_failure_rate_of_a_product_alone_says_nothing(
    part: PartCase, product: ProductCase, missing: Missing
) -> None:
    demand = demand_of(part, product)

    assert np.isnan(demand.per_month[0])
    assert demand.missing[0] == missing | Missing.DEMAND_HISTORY


def test_without_units_nothing_is_needed_whatever_else_is_unknown() -> None:
    demand = demand_of(PartCase(uses=[(0, 1, None)]), ProductCase(installed_base=0))

    assert demand.per_month[0] == 0.0
    assert demand.missing[0] == 0


def test_independent_single_pieces_are_not_lumpy() -> None:
    assert demand_of(PartCase(history=[0, 1] * 6)).dispersion[0] == 1.0


def test_lumps_show_as_variance_over_mean() -> None:
    history = [0, 0, 12, 0, 0, 0, 0, 12, 0, 0, 0, 0]

    assert demand_of(PartCase(history=history)).dispersion[0] == pytest.approx(
        np.var(history, ddof=1) / 2.0
    )


def test_recent_demand_is_noticed() -> None:
    until_october = [0.0] * 35 + [1.0]

    assert demand_of(PartCase(history=until_october)).recent[0]
    assert not demand_of(PartCase(history=[1.0] + [0.0] * 35)).recent[0]
    assert not demand_of(PartCase()).recent[0]


def test_last_month_with_demand_is_dated() -> None:
    history = measure_history(
        day_numbers([date(2023, 11, 1), date(2020, 1, 1), date(2020, 1, 1)]),
        np.array([36, 0, 3]),
        np.array([1.0] * 30 + [0.0] * 6 + [0.0] * 3),
    )

    assert day_of(history.last_demand_month[0]) == date(2026, 4, 1)
    assert np.isnan(history.last_demand_month[1:]).all()
    assert history.total.tolist() == [30.0, 0.0, 0.0]


@given(
    series=st.lists(st.lists(st.integers(-2, 50).map(float), max_size=20), min_size=1, max_size=8)
)
def test_sums_of_a_column_are_the_sums_of_its_rows(series: list[list[float]]) -> None:
    first = day_numbers([date(2024, 1, 1)] * len(series))
    lengths = np.array([len(one) for one in series])
    column = measure_history(first, lengths, np.array([q for one in series for q in one]))

    for row, one in enumerate(series):
        assert column.total[row] == max(0.0, sum(one))
        assert column.sum_of_squares[row] == sum(q * q for q in one)
        assert column.months[row] == len(one)
