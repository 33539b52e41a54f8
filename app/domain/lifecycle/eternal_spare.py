"""The eternal-spare verdict of every part: all rules in their order, on columns.

One part is a column of length 1. The words of a verdict (`verdict_words`) are made from the columns
that this function returns and judge nothing themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Codes, Days, Numbers, add_months, day_number
from app.domain.lifecycle.demand_rate import Demand, assess_demand
from app.domain.lifecycle.last_safe_start import Deadlines, LeadTimes, assess_deadlines
from app.domain.lifecycle.need_end import (
    NeedEnd,
    ProductNeed,
    assess_need_end,
    assess_product_need,
)
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.spare_need import UNKNOWN, YES, assess_spare_need
from app.domain.lifecycle.supply_end import SupplyEnd, assess_supply_end, careful_run_out
from app.domain.lifecycle.urgency import Rank, assess_next_step, assess_rank, next_due

DEFAULT_HORIZON_MONTHS = 24


@dataclass(frozen=True, slots=True)
class SpareVerdicts:
    """What was judged, (n,) in every column of parts.

    Attributes:
        answer: index into `ANSWERS`.
        missing: `Missing` bits where the answer is unknown, else 0.
        next_step: `NextStep`.
    """

    today: date
    horizon_months: int
    horizon_end: date
    answer: NDArray[np.int8]
    missing: Codes
    demand: Demand
    products: ProductNeed
    need: NeedEnd
    supply: SupplyEnd
    deadlines: Deadlines
    rank: Rank
    next_step: NDArray[np.int8]


def assess_spares(
    columns: SpareColumns,
    *,
    today: date,
    horizon_months: int = DEFAULT_HORIZON_MONTHS,
    lead_times: LeadTimes | None = None,
) -> SpareVerdicts:
    """Judge all parts.

    Args:
        columns: the inputs, one row a part.
        today: the day to judge for.
        horizon_months: a supply that ends later than this is no reason to act yet.
        lead_times: days each step takes before printed parts arrive.

    Source: domain.md section 0, "Eternal spare".
    """
    now = day_number(today)
    horizon_end = add_months(today, horizon_months)
    demand = assess_demand(columns.history, columns.where_used, columns.products, today=now)
    products = assess_product_need(columns.products, today=now)
    need = assess_need_end(products, columns.where_used, demand.recent, today=now)
    supply = assess_supply_end(columns.supply, demand, today=now)
    answer = assess_spare_need(
        need.until,
        supply.until,
        today=now,
        horizon_end=day_number(horizon_end),
        need_at_least=need.at_least,
        supply_at_least=supply.at_least,
    )
    deadlines = _deadlines(columns, demand, supply, answer, now, lead_times or LeadTimes())
    rank = assess_rank(
        answer,
        next_due(deadlines, supply.orders_end, today=now),
        demand.per_month * 12.0,
        _units_in_use(columns),
        need.promised & (supply.until < now),
        today=now,
    )
    return SpareVerdicts(
        today=today,
        horizon_months=horizon_months,
        horizon_end=horizon_end,
        answer=answer,
        missing=np.where(answer == UNKNOWN, need.missing | supply.missing, 0),
        demand=demand,
        products=products,
        need=need,
        supply=supply,
        deadlines=deadlines,
        rank=rank,
        next_step=assess_next_step(answer, columns.steps),
    )


def _deadlines(
    columns: SpareColumns,
    demand: Demand,
    supply: SupplyEnd,
    answer: NDArray[np.int8],
    today: float,
    lead_times: LeadTimes,
) -> Deadlines:
    """Count back for the parts that ask for action only: the careful run-out is the costly part."""
    rows = np.flatnonzero(answer == YES)
    run_out: Days = np.full(answer.size, np.nan)
    run_out[rows] = careful_run_out(columns.supply, demand, supply.orders_end, rows, today=today)
    orders_end: Days = np.where(answer == YES, supply.orders_end, np.nan)
    return assess_deadlines(orders_end, run_out, columns.steps, lead_times)


def _units_in_use(columns: SpareColumns) -> Numbers:
    uses = columns.where_used
    base = np.nan_to_num(columns.products.installed_base)[uses.product]
    # An empty column would make bincount fall back to integers.
    return np.bincount(uses.part, weights=base, minlength=columns.part_ids.size).astype(np.float64)
