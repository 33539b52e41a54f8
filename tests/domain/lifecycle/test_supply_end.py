from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from app.domain.lifecycle.day_numbers import day_number, day_of
from app.domain.lifecycle.demand_rate import assess_demand
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.supply_end import OrderEnd, SupplyEnd, assess_supply_end
from helpers.spare_cases import TODAY, PartCase, columns_of

CLOSED, LATER = date(2025, 6, 30), date(2027, 6, 30)
ONE_A_MONTH = [1.0] * 36
YEAR = timedelta(days=365)


def supply_of(part: PartCase) -> SupplyEnd:
    columns = columns_of([part])
    today = day_number(TODAY)
    demand = assess_demand(columns.history, columns.where_used, columns.products, today=today)
    return assess_supply_end(columns.supply, demand, today=today)


@pytest.mark.parametrize(
    ("part", "until", "source"),
    [
        (PartCase(stock=12, suppliers=[None], history=ONE_A_MONTH), date.max, OrderEnd.OPEN),
        (PartCase(suppliers=[CLOSED, None]), date.max, OrderEnd.OPEN),
        # Closed long ago: the stock is used up from today on.
        (
            PartCase(stock=12, suppliers=[CLOSED], history=ONE_A_MONTH),
            TODAY + YEAR - timedelta(1),
            OrderEnd.SUPPLIERS,
        ),
        # Still open: the stock is held until then and used up afterwards.
        (
            PartCase(stock=12, suppliers=[CLOSED, LATER], history=ONE_A_MONTH),
            LATER + YEAR,
            OrderEnd.SUPPLIERS,
        ),
        (PartCase(stock=0, suppliers=[CLOSED]), TODAY - timedelta(1), OrderEnd.SUPPLIERS),
        (PartCase(stock=0, suppliers=[LATER]), LATER, OrderEnd.SUPPLIERS),
        # The part's own milestone bounds every supplier, also one without an announced end.
        (
            PartCase(stock=0, suppliers=[None], part_last_produced=LATER),
            LATER,
            OrderEnd.PART_PRODUCED,
        ),
        (
            PartCase(
                stock=0,
                suppliers=[None],
                part_last_produced=LATER,
                part_last_order=date(2027, 1, 1),
            ),
            date(2027, 1, 1),
            OrderEnd.PART_ORDERED,
        ),
        (PartCase(stock=0, part_last_order=LATER), LATER, OrderEnd.PART_ORDERED),
        (
            PartCase(stock=6, on_order=6, suppliers=[CLOSED], history=ONE_A_MONTH),
            TODAY + YEAR - timedelta(1),
            OrderEnd.SUPPLIERS,
        ),
    ],
)
def test_stock_is_replenishable_until_the_last_order_date(
    part: PartCase, until: date, source: OrderEnd
) -> None:
    supply = supply_of(part)

    assert day_of(supply.until[0]) == until
    assert (supply.order_end_source[0], supply.missing[0]) == (source, 0)


@pytest.mark.parametrize(
    ("part", "missing", "at_least"),
    [
        (PartCase(), Missing.SUPPLIER | Missing.STOCK, None),
        (PartCase(suppliers=[CLOSED], history=ONE_A_MONTH), Missing.STOCK, CLOSED),
        (PartCase(stock=5, suppliers=[LATER]), Missing.DEMAND_HISTORY, LATER),
        (
            PartCase(stock=12, history=ONE_A_MONTH),
            Missing.SUPPLIER,
            TODAY + YEAR - timedelta(1),
        ),
        (PartCase(stock=0), Missing.SUPPLIER, TODAY - timedelta(1)),
    ],
)
def test_an_unknown_end_names_its_inputs_and_keeps_what_is_certain(
    part: PartCase, missing: Missing, at_least: date | None
) -> None:
    supply = supply_of(part)

    assert np.isnan(supply.until[0])
    assert Missing(int(supply.missing[0])) & ~Missing.PRODUCTS & missing == missing
    assert supply.at_least[0] == (-np.inf if at_least is None else day_number(at_least))


def test_an_old_stock_count_has_been_used_up_since() -> None:
    part = PartCase(stock=12, suppliers=[CLOSED], history=ONE_A_MONTH, as_of=date(2026, 1, 1))

    assert day_of(supply_of(part).until[0]) == date(2026, 12, 31)


def test_a_stock_counted_before_orders_closed_was_held_until_then() -> None:
    part = PartCase(stock=12, suppliers=[CLOSED], history=ONE_A_MONTH, as_of=date(2025, 1, 1))

    assert day_of(supply_of(part).until[0]) == CLOSED + YEAR


def test_a_count_dated_ahead_is_taken_as_of_today() -> None:
    part = PartCase(stock=12, suppliers=[CLOSED], history=ONE_A_MONTH)
    ahead = replace(part, as_of=date(2030, 1, 1))

    assert supply_of(ahead).until[0] == supply_of(part).until[0]
