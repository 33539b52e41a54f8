"""How long a stock lasts: as expected, and when one is careful.

Demand comes in independent orders at a constant rate that is itself uncertain: after n orders in T
months the rate has a gamma distribution of shape n + 1/2 and scale 1/T (Jeffreys' prior), so the
orders of the next H months have a negative binomial distribution. The careful run-out is the H at
which the demand exceeds the stock with a chance of 10 %:

    P(D(H) > s) = I(H / (T + H); s + 1, n + 1/2) = 0.1

with I the regularised incomplete beta function.

Lumpy demand is a compound Poisson process. It is replaced by orders of one size c, the variance
over the mean of the monthly pieces: Poisson orders of that size have the mean and the variance of
the compound process, and n / c is the number of orders that the pieces seen are worth. The order
that finds the stock empty is number s / c + (1 + 1 / c) / 2: so the mean time until then is that of
renewal theory, (s + c / 2 + 1 / 2) / rate. With c = 1 nothing changes.

Source: domain.md section 6, "LTB with uncertain rate"; tests compare with SciPy and by simulation.
"""

from __future__ import annotations

import numpy as np

from app.domain.lifecycle.day_numbers import DAYS_PER_MONTH, Numbers
from app.domain.lifecycle.demand_rate import Demand
from app.domain.lifecycle.incomplete_beta import beta_log_odds

CAREFUL_CHANCE = 0.10
# A series without any demand does not prove that none will come: it counts as half a piece.
LEAST_PIECES = 0.5
# Above this many orders the spread of the Poisson process is below 1 % and no longer matters.
MOST_ORDERS = 10_000.0


def expected_cover(stock: Numbers, demand: Demand) -> Numbers:
    """Return the days for which the mean demand is covered, (n,).

    An empty stock covers nothing, whatever the demand.
    """
    pieces = np.maximum(demand.per_month * demand.months, LEAST_PIECES)
    months = stock * demand.months / pieces
    return np.where(stock <= 0, 0.0, months * DAYS_PER_MONTH)


def careful_cover(stock: Numbers, demand: Demand, *, chance: float = CAREFUL_CHANCE) -> Numbers:
    """Return the days after which the demand has exceeded the stock with `chance`, (n,).

    Never above `expected_cover`: with next to no evidence the wide prior would otherwise promise
    more than the mean does.
    """
    expected = expected_cover(stock, demand)
    careful = expected.copy()
    rows = np.flatnonzero(expected > 0)
    if rows.size:
        held, months = stock[rows], demand.months[rows]
        size = np.maximum(demand.dispersion[rows], held / MOST_ORDERS)
        orders = demand.per_month[rows] * months / size
        # Parts of small numbers share few combinations; each is solved once.
        emptying = held / size + (1.0 + 1.0 / size) / 2.0
        cases, where = np.unique(np.stack((emptying, orders)), axis=1, return_inverse=True)
        odds = beta_log_odds(chance, cases[0], cases[1] + 0.5)
        days = np.exp(odds)[where.reshape(-1)] * months * DAYS_PER_MONTH
        careful[rows] = np.minimum(days, expected[rows])
    return careful
