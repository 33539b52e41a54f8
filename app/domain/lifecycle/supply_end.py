"""Until when conventional supply lasts: stock, replenishable until the last order date.

Supply has no end while any supplier takes orders, unless a supply milestone of the part itself (its
end of production, its last order date) says otherwise: that bounds every supplier. The stock is
taken to be held until the last order date and to be used up from then on, or from the day it was
counted where that is later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Codes, Days, Numbers
from app.domain.lifecycle.demand_rate import Demand
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.spare_columns import SupplyColumns
from app.domain.lifecycle.stock_run_out import careful_cover, expected_cover


class OrderEnd(IntEnum):
    """What is known about the last day on which the part can be ordered."""

    UNKNOWN = 0  # neither a supplier nor a date
    OPEN = 1  # a supplier takes orders and has announced no end
    SUPPLIERS = 2  # the last supplier closes
    PART_PRODUCED = 3  # the part's own end of production comes first
    PART_ORDERED = 4  # the part's own last order date comes first


@dataclass(frozen=True, slots=True)
class SupplyEnd:
    """The end of supply of every part, (n,) each.

    Attributes:
        until: last day covered; inf: no end announced; nan: not known.
        at_least: a day up to which supply lasts for certain; -inf where nothing is known.
        orders_end: last day on which orders are taken; inf: no end announced; nan: not known.
        order_end_source: `OrderEnd`.
        missing: `Missing` bits; 0 where `until` is known.
    """

    until: Days
    at_least: Days
    orders_end: Days
    order_end_source: NDArray[np.int8]
    missing: Codes


def assess_supply_end(supply: SupplyColumns, demand: Demand, *, today: float) -> SupplyEnd:
    """Judge until when stock and orders cover the demand of every part."""
    orders_end, source = _orders_end(supply)
    held = supply.stock + supply.on_order
    cover = np.floor(expected_cover(held, demand))
    day_before = _day_before_use(supply, orders_end, today)
    until = np.where(np.isposinf(orders_end), np.inf, day_before + cover)
    # Without a known end of orders, today's stock is covered all the same.
    stock_alone = _day_before_use(supply, np.full_like(held, -np.inf), today) + cover
    ordered = np.where(np.isnan(orders_end), -np.inf, orders_end)
    at_least = np.fmax(np.where(np.isnan(until), stock_alone, until), ordered)
    at_least = np.where(np.isnan(at_least), -np.inf, at_least)
    return SupplyEnd(
        until=until,
        at_least=at_least,
        orders_end=orders_end,
        order_end_source=source,
        missing=np.where(np.isnan(until), _missing(orders_end, held, demand), 0),
    )


def careful_run_out(
    supply: SupplyColumns, demand: Demand, orders_end: Days, rows: Codes, *, today: float
) -> Days:
    """Return the last day the stock covers with a chance of 90 %, for the chosen `rows`."""
    chosen = Demand(
        per_month=demand.per_month[rows],
        months=demand.months[rows],
        dispersion=demand.dispersion[rows],
        source=demand.source[rows],
        missing=demand.missing[rows],
        recent=demand.recent[rows],
    )
    cover = np.floor(careful_cover((supply.stock + supply.on_order)[rows], chosen))
    result: Days = _day_before_use(supply, orders_end, today)[rows] + cover
    return result


def _orders_end(supply: SupplyColumns) -> tuple[Days, NDArray[np.int8]]:
    suppliers_end = np.where(supply.open_suppliers > 0, np.inf, supply.last_order_on)
    orders_end = np.fmin(suppliers_end, np.fmin(supply.part_last_produced, supply.part_last_order))
    source = np.select(
        [
            np.isnan(orders_end),
            np.isposinf(orders_end),
            orders_end == suppliers_end,
            orders_end == supply.part_last_order,
        ],
        [OrderEnd.UNKNOWN, OrderEnd.OPEN, OrderEnd.SUPPLIERS, OrderEnd.PART_ORDERED],
        default=OrderEnd.PART_PRODUCED,
    )
    return orders_end, source.astype(np.int8)


def _day_before_use(supply: SupplyColumns, orders_end: Days, today: float) -> Days:
    """Return the day before the stock begins to be used up for good, (n,)."""
    counted = np.fmin(supply.stock_as_of, today)
    return np.maximum(counted - 1.0, orders_end)


def _missing(orders_end: Days, held: Numbers, demand: Demand) -> Codes:
    stock = np.where(np.isnan(held), int(Missing.STOCK), 0)
    # An empty stock covers nothing: no demand is needed to know that.
    rate = np.where(held > 0, demand.missing, 0) | np.where(np.isnan(held), demand.missing, 0)
    supplier = np.where(np.isnan(orders_end), int(Missing.SUPPLIER), 0)
    missing: Codes = (supplier | stock | rate).astype(np.int64)
    return missing
