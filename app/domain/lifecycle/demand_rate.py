"""How many pieces of a part are needed a month, and how sure that is.

The part's own history counts where it has twelve months or more. Otherwise demand is estimated from
the products that use the part: units in use × annual failure rate × the *part's* share of the
failures × pieces in one product. The product's failure rate alone says nothing about one part, so
without the share the demand is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Codes, Days, Flags, Numbers
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.spare_columns import HistoryColumns, ProductColumns, WhereUsedColumns

MONTHS_NEEDED = 12
# An estimate from the installed base is trusted as much as one year of history would be.
ESTIMATE_MONTHS = 12.0
RECENT_DAYS = 365.0


class DemandSource(IntEnum):
    UNKNOWN = 0
    HISTORY = 1
    INSTALLED_BASE = 2


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand of every part, (n,) each.

    Attributes:
        per_month: pieces a month; nan: not known.
        months: how many months of evidence stand behind the rate; nan: not known.
        dispersion: variance over mean of the monthly pieces, at least 1; 1 for single pieces that
            come independently, larger where demand comes in lumps.
        source: `DemandSource`.
        missing: `Missing` bits of what would make the demand known; 0 where it is known.
        recent: there was demand in the last twelve months.
    """

    per_month: Numbers
    months: Numbers
    dispersion: Numbers
    source: NDArray[np.int8]
    missing: Codes
    recent: Flags


def measure_history(first_months: Days, lengths: Codes, quantities: Numbers) -> HistoryColumns:
    """Sum up monthly demand, one series a part.

    Args:
        first_months: (n,) first day of each series.
        lengths: (n,) months of each series; 0: none.
        quantities: (sum of lengths,) pieces, the series one behind the other.

    Returns:
        Totals of each series; returns (negative months) lower the total, but never below zero.
    """
    count = lengths.size
    total, squares = np.zeros(count), np.zeros(count)
    latest = np.full(count, np.nan)
    filled = np.flatnonzero(lengths)
    if filled.size:
        starts = np.concatenate(([0], np.cumsum(lengths[filled])[:-1]))
        total[filled] = np.maximum(0.0, np.add.reduceat(quantities, starts))
        squares[filled] = np.add.reduceat(np.square(quantities), starts)
        position = np.arange(quantities.size) - np.repeat(starts, lengths[filled])
        last = np.maximum.reduceat(np.where(quantities > 0, position, -1), starts)
        needed = last >= 0
        latest[filled[needed]] = _months_later(first_months[filled[needed]], last[needed])
    return HistoryColumns(
        months=lengths.astype(np.float64),
        total=total,
        sum_of_squares=squares,
        last_demand_month=latest,
    )


def assess_demand(
    history: HistoryColumns,
    where_used: WhereUsedColumns,
    products: ProductColumns,
    *,
    today: float,
) -> Demand:
    """Choose and compute the demand rate of every part.

    Args:
        history: (n,) sums of the monthly demand.
        where_used: (m,) which product uses which part.
        products: (p,) installed base and failure rate.
        today: the day to judge for.
    """
    own = history.months >= MONTHS_NEEDED
    estimate, missing = _from_installed_base(where_used, products, history.months.size)
    rate = np.where(own, history.total / np.where(own, history.months, 1.0), estimate)
    known = ~np.isnan(rate)
    months = np.where(own, history.months, np.where(known, ESTIMATE_MONTHS, np.nan))
    source = np.where(
        own,
        DemandSource.HISTORY,
        np.where(known, DemandSource.INSTALLED_BASE, DemandSource.UNKNOWN),
    )
    return Demand(
        per_month=rate,
        months=months,
        dispersion=np.where(own, _dispersion(history), 1.0),
        source=source.astype(np.int8),
        missing=np.where(known, 0, missing | Missing.DEMAND_HISTORY),
        recent=history.last_demand_month >= today - RECENT_DAYS,
    )


def _dispersion(history: HistoryColumns) -> Numbers:
    """Return variance over mean of the monthly pieces, floored at 1, (n,).

    For a compound Poisson demand this ratio is E[size²] / E[size], whatever the sizes.
    """
    months = np.maximum(history.months, 2.0)
    mean = history.total / months
    variance = (history.sum_of_squares - months * mean * mean) / (months - 1.0)
    ratio = np.divide(variance, mean, out=np.ones_like(mean), where=mean > 0)
    return np.maximum(1.0, ratio)


def _from_installed_base(
    where_used: WhereUsedColumns, products: ProductColumns, count: int
) -> tuple[Numbers, Codes]:
    base = products.installed_base[where_used.product]
    failing = products.annual_failure_rate[where_used.product]
    share = where_used.failure_share
    monthly = base * failing * share * where_used.quantity / 12.0
    # Without units, failures or a share in them nothing is needed, whatever else is unknown.
    none = (base == 0) | (failing == 0) | (share == 0)
    monthly = np.where(none, 0.0, monthly)
    used = np.bincount(where_used.part, minlength=count) > 0
    total = np.bincount(where_used.part, weights=monthly, minlength=count)
    lacking = (
        np.where(np.isnan(base), Missing.INSTALLED_BASE, 0)
        | np.where(np.isnan(failing), Missing.FAILURE_RATE, 0)
        | np.where(np.isnan(share), Missing.FAILURE_SHARE, 0)
    )
    missing = np.where(used, 0, int(Missing.PRODUCTS)).astype(np.int64)
    np.bitwise_or.at(missing, where_used.part, np.where(none, 0, lacking))
    return np.where(used, total, np.nan), missing


def _months_later(first: Days, months: Codes) -> Days:
    """Return the first day of the month `months` after each day in `first`."""
    epoch = 719163  # date(1970, 1, 1).toordinal()
    start = (first.astype(np.int64) - epoch).astype("datetime64[D]").astype("datetime64[M]")
    later = (start + months.astype(np.int64)).astype("datetime64[D]").astype(np.int64)
    return later.astype(np.float64) + epoch
