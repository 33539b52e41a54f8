"""Until when a part is needed: the latest over all products that use it.

A product is served until its end of service. Where none is named, a product in series or announced
is needed without end. A product that has left series, or will, must be served as long as units are
in use; without survival figures that day is not known, and the missing end of service is named.
Units in use today, and demand in the last twelve months, prove that the part is needed at least
today.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle import life_cycle_stage as stage
from app.domain.lifecycle.day_numbers import Codes, Days, Flags
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.spare_columns import ProductColumns, WhereUsedColumns


class NeedSource(IntEnum):
    """What sets the end of need, or its lower bound where the end is not known."""

    NOTHING = 0
    SERVICE = 1  # the product is to be served until then
    SERIES = 2  # the product is in series or announced: no end
    NO_UNITS = 3  # the product left series and no unit is in use
    LAST_PLACED = 4  # lower bound: the product is placed on the market until then
    UNITS_IN_USE = 5  # lower bound: units are in use today
    RECENT_DEMAND = 6  # lower bound: pieces were needed in the last twelve months


@dataclass(frozen=True, slots=True)
class NeedEnd:
    """The end of need of every part, (n,) each.

    Attributes:
        until: last day of need; inf: no end in sight; nan: not known.
        at_least: a day on which the part is needed for certain; `until` where that is known; -inf
            where nothing is known.
        source: `NeedSource` of `at_least`.
        product: index of the product that sets it; -1: none.
        missing: `Missing` bits; 0 where `until` is known.
        promised: `until` is, or is at least, a dated end of service: somebody was promised service.
    """

    until: Days
    at_least: Days
    source: NDArray[np.int8]
    product: Codes
    missing: Codes
    promised: Flags


@dataclass(frozen=True, slots=True)
class ProductNeed:
    """The end of need of every product, (p,) each; meaning as in `NeedEnd`."""

    stages: NDArray[np.int8]
    until: Days
    at_least: Days
    source: NDArray[np.int8]
    missing: Codes


def assess_product_need(products: ProductColumns, *, today: float) -> ProductNeed:
    """Judge until when each product needs its parts."""
    stages = stage.assess_stages(
        products.introduced,
        products.last_produced,
        products.last_placed,
        products.end_of_service,
        today=today,
    )
    ended = stage.series_end(products.last_produced, products.last_placed)
    served = ~np.isnan(products.end_of_service)
    in_series = ~served & np.isin(stages, (stage.ANNOUNCED, stage.SERIES))
    no_units = ~served & (stages == stage.DISCONTINUED) & (products.installed_base == 0)
    # A service that ends before the last unit is placed contradicts itself: the later date holds.
    service_end = np.fmax(products.end_of_service, ended)
    until = np.select([served, in_series, no_units], [service_end, np.inf, ended], default=np.nan)

    placed = (stages == stage.PHASE_OUT) & ~served
    in_use = products.installed_base > 0
    at_least = np.select([~np.isnan(until), placed, in_use], [until, ended, today], default=-np.inf)
    source = np.select(
        [served, in_series, no_units, placed, in_use],
        [
            NeedSource.SERVICE,
            NeedSource.SERIES,
            NeedSource.NO_UNITS,
            NeedSource.LAST_PLACED,
            NeedSource.UNITS_IN_USE,
        ],
        default=NeedSource.NOTHING,
    )
    lacking = np.where(
        stages == stage.UNKNOWN,
        int(Missing.LIFE_CYCLE_DATES | Missing.END_OF_SERVICE),
        int(Missing.END_OF_SERVICE),
    )
    missing = np.where(np.isnan(until), lacking, 0)
    return ProductNeed(stages, until, at_least, source.astype(np.int8), missing)


def assess_need_end(
    products: ProductNeed, where_used: WhereUsedColumns, recent_demand: Flags, *, today: float
) -> NeedEnd:
    """Take the latest need over all products that use each part.

    Args:
        products: (p,) need of each product.
        where_used: (m,) which product uses which part.
        recent_demand: (n,) pieces were needed in the last twelve months.
        today: the day to judge for.
    """
    count = recent_demand.size
    part, product = where_used.part, where_used.product
    at_least = np.full(count, -np.inf)
    np.maximum.at(at_least, part, products.at_least[product])
    unknown = np.ones(count, dtype=np.bool_)
    unknown[part] = False
    unknown[part[np.isnan(products.until[product])]] = True
    # One product that is needed without end settles the matter, whatever the others lack.
    until = np.where(unknown & ~np.isposinf(at_least), np.nan, at_least)

    setter = np.full(count, -1, dtype=np.int64)
    sets = (products.at_least[product] == at_least[part]) & (at_least[part] > -np.inf)
    setter[part[sets]] = product[sets]
    source = np.full(count, int(NeedSource.NOTHING), dtype=np.int8)
    source[part[sets]] = products.source[product[sets]]
    by_demand = np.isnan(until) & recent_demand & (at_least < today)
    source = np.where(by_demand, NeedSource.RECENT_DEMAND, source)

    missing = np.full(count, int(Missing.PRODUCTS), dtype=np.int64)
    missing[part] = 0
    np.bitwise_or.at(missing, part, products.missing[product])
    return NeedEnd(
        until=until,
        at_least=np.where(by_demand, today, at_least),
        source=source.astype(np.int8),
        product=np.where(by_demand, -1, setter),
        missing=np.where(np.isnan(until), missing, 0),
        promised=(source == NeedSource.SERVICE),
    )
