import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from app.domain.lifecycle.day_numbers import DAYS_PER_MONTH, day_number
from app.domain.lifecycle.demand_rate import Demand, assess_demand
from app.domain.lifecycle.stock_run_out import careful_cover, expected_cover
from helpers.spare_cases import TODAY, PartCase, columns_of


def demand_seen(pieces: float, months: float, dispersion: float = 1.0) -> Demand:
    one = np.ones(1)
    return Demand(
        per_month=one * pieces / months,
        months=one * months,
        dispersion=one * dispersion,
        source=np.ones(1, dtype=np.int8),
        missing=np.zeros(1, dtype=np.int64),
        recent=np.ones(1, dtype=np.bool_),
    )


def careful_months(stock: float, demand: Demand, chance: float = 0.1) -> float:
    return float(careful_cover(np.array([stock]), demand, chance=chance)[0]) / DAYS_PER_MONTH


def test_last_time_buy_of_the_domain_table() -> None:
    """5 demands in 5 years, 10 years of need, 95 %: 22 pieces are needed, 21 are too few."""
    demand = demand_seen(5, 60)

    assert careful_months(21, demand, chance=0.05) < 120 <= careful_months(22, demand, chance=0.05)


@given(stock=st.integers(1, 300), pieces=st.integers(0, 300), months=st.integers(12, 120))
def test_careful_run_out_solves_the_negative_binomial(stock: int, pieces: int, months: int) -> None:
    def exceeded(log_horizon: float) -> float:
        share = months / (months + np.exp(log_horizon))
        return float(stats.nbinom.sf(stock, pieces + 0.5, share)) - 0.1

    expected = np.exp(optimize.brentq(exceeded, -12.0, 22.0, xtol=1e-10))
    mean = stock * months / max(pieces, 0.5)

    assert careful_months(stock, demand_seen(pieces, months)) == pytest.approx(
        min(expected, mean), rel=1e-6
    )


def test_much_evidence_becomes_the_poisson_process() -> None:
    pieces, months, stock = 1e5, 1e5 / 3.0, 15
    poisson = optimize.brentq(lambda mean: stats.poisson.sf(stock, mean) - 0.1, 0.1, 100) / 3.0

    assert careful_months(stock, demand_seen(pieces, months)) == pytest.approx(poisson, rel=1e-3)


@pytest.mark.parametrize("mean_size", [2.0, 5.0])
def test_lumpy_demand_agrees_with_a_simulated_compound_process(mean_size: float) -> None:
    """Geometric order sizes, known rate: months until more than the stock has been ordered."""
    rng = np.random.default_rng(7)
    stock, per_month = 60, 3.0
    orders = per_month / mean_size
    gaps = rng.exponential(1.0 / orders, (20_000, 160))
    sizes = rng.geometric(1.0 / mean_size, (20_000, 160)).cumsum(axis=1)
    simulated = np.quantile(
        gaps.cumsum(axis=1)[np.arange(20_000), (sizes <= stock).sum(axis=1)], 0.1
    )
    dispersion = 2.0 * mean_size - 1.0  # E[size²] / E[size] of the geometric distribution
    years = 1e4  # so much evidence that only the lumps are uncertain
    demand = demand_seen(per_month * years, years, dispersion)

    assert careful_months(stock, demand) == pytest.approx(simulated, rel=0.06)


def test_lumps_make_the_run_out_come_earlier() -> None:
    assert careful_months(20, demand_seen(60, 36, 6.0)) < careful_months(20, demand_seen(60, 36))


def test_an_empty_stock_covers_nothing_even_of_unknown_demand() -> None:
    unknown = demand_seen(np.nan, 12)

    assert expected_cover(np.array([0.0]), unknown)[0] == 0.0
    assert careful_months(0, unknown) == 0.0


def test_unknown_demand_or_stock_covers_an_unknown_time() -> None:
    assert np.isnan(careful_months(5, demand_seen(np.nan, 12)))
    assert np.isnan(careful_months(np.nan, demand_seen(5, 12)))


def test_a_series_without_demand_counts_as_half_a_piece() -> None:
    demand = demand_seen(0, 36)

    assert expected_cover(np.array([1.0]), demand)[0] == pytest.approx(72 * DAYS_PER_MONTH)


@given(
    stock=st.floats(0, 1e6),
    more=st.floats(0, 1e5),
    pieces=st.floats(0, 1e6),
    dispersion=st.floats(1, 50),
)
def test_more_stock_never_lasts_shorter_and_care_never_lasts_longer(
    stock: float, more: float, pieces: float, dispersion: float
) -> None:
    demand = demand_seen(pieces, 24, dispersion)
    careful = careful_months(stock, demand)

    assert careful <= careful_months(stock + more, demand) * (1 + 1e-5) + 1e-9
    assert careful * DAYS_PER_MONTH <= expected_cover(np.array([stock]), demand)[0] + 1e-9


def test_a_whole_column_is_judged_as_its_rows() -> None:
    parts = [PartCase(stock=row, history=[row % 4, 0, row % 3] * 8) for row in range(40)]
    columns = columns_of(parts)
    demand = assess_demand(
        columns.history, columns.where_used, columns.products, today=day_number(TODAY)
    )
    column = careful_cover(columns.supply.stock, demand)
    for row, part in enumerate(parts):
        alone = columns_of([part])
        single = assess_demand(
            alone.history, alone.where_used, alone.products, today=day_number(TODAY)
        )
        assert careful_cover(alone.supply.stock, single)[0] == pytest.approx(column[row], rel=1e-9)
