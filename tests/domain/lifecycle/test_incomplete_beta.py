import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from app.domain.lifecycle.incomplete_beta import beta_log_odds, log_beta_share, log_gamma

SHAPES = st.floats(0.5, 10_500.0)


def test_log_gamma_agrees_with_scipy() -> None:
    x = np.geomspace(0.5, 1e6, 2000)

    np.testing.assert_allclose(log_gamma(x), special.gammaln(x), rtol=1e-12, atol=1e-13)


@given(a=SHAPES, b=SHAPES, q=st.floats(1e-9, 1 - 1e-9))
def test_share_agrees_with_scipy(a: float, b: float, q: float) -> None:
    expected = special.betainc(a, b, q)
    log_share, _slope = log_beta_share(np.array([a]), np.array([b]), np.array([special.logit(q)]))

    np.testing.assert_allclose(np.exp(log_share[0]), expected, rtol=1e-6, atol=1e-12)


@given(a=SHAPES, b=SHAPES, share=st.floats(0.001, 0.999))
def test_inverse_gives_the_share_back(a: float, b: float, share: float) -> None:
    odds = beta_log_odds(share, np.array([a]), np.array([b]))

    np.testing.assert_allclose(special.betainc(a, b, special.expit(odds[0])), share, rtol=1e-6)


def test_inverse_solves_a_whole_column_as_it_solves_single_rows() -> None:
    shapes = np.random.default_rng(1).uniform(0.5, 300.0, (2, 100))
    column = beta_log_odds(0.1, shapes[0], shapes[1])
    rows = [beta_log_odds(0.1, a[None], b[None])[0] for a, b in shapes.T]

    np.testing.assert_allclose(column, rows, rtol=1e-12, atol=1e-12)
