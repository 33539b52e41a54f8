from datetime import date

import numpy as np
import pytest

from app.domain.lifecycle.day_numbers import day_number, day_of
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.need_end import (
    NeedEnd,
    NeedSource,
    assess_need_end,
    assess_product_need,
)
from helpers.spare_cases import TODAY, PartCase, ProductCase, columns_of

SERVED = ProductCase("Served", last_placed=date(2024, 12, 31), end_of_service=date(2034, 12, 31))
SERIES = ProductCase("Series", introduced=date(2023, 1, 15))
GONE = ProductCase("Gone", last_placed=date(2020, 1, 1), installed_base=0)
LEFT = ProductCase("Left", last_placed=date(2024, 12, 31))
IN_USE = ProductCase("In use", last_placed=date(2024, 12, 31), installed_base=10)
ENDING = ProductCase("Ending", last_placed=date(2029, 1, 1))
UNDATED = ProductCase("Undated")


def need_of(*products: ProductCase, recent: bool = False) -> NeedEnd:
    columns = columns_of(
        [PartCase(uses=[(row, 1, None) for row in range(len(products))])], products
    )
    today = day_number(TODAY)
    needs = assess_product_need(columns.products, today=today)
    return assess_need_end(needs, columns.where_used, np.array([recent]), today=today)


@pytest.mark.parametrize(
    ("products", "until", "source", "index"),
    [
        ([SERVED], date(2034, 12, 31), NeedSource.SERVICE, 0),
        ([SERIES], date.max, NeedSource.SERIES, 0),
        ([GONE], date(2020, 1, 1), NeedSource.NO_UNITS, 0),
        ([GONE, SERVED], date(2034, 12, 31), NeedSource.SERVICE, 1),
        ([SERVED, SERIES, GONE], date.max, NeedSource.SERIES, 1),
        # A product in series settles the matter, whatever is unknown about the others.
        ([LEFT, SERIES], date.max, NeedSource.SERIES, 1),
    ],
)
def test_need_is_the_latest_over_all_products(
    products: list[ProductCase], until: date, source: NeedSource, index: int
) -> None:
    need = need_of(*products)

    assert day_of(need.until[0]) == until
    assert (need.source[0], need.product[0], need.missing[0]) == (source, index, 0)
    assert need.at_least[0] == need.until[0]


@pytest.mark.parametrize(
    ("products", "missing", "at_least", "source"),
    [
        ([LEFT], Missing.END_OF_SERVICE, None, NeedSource.NOTHING),
        ([IN_USE], Missing.END_OF_SERVICE, TODAY, NeedSource.UNITS_IN_USE),
        ([ENDING], Missing.END_OF_SERVICE, date(2029, 1, 1), NeedSource.LAST_PLACED),
        (
            [UNDATED],
            Missing.END_OF_SERVICE | Missing.LIFE_CYCLE_DATES,
            None,
            NeedSource.NOTHING,
        ),
        ([], Missing.PRODUCTS, None, NeedSource.NOTHING),
        ([LEFT, SERVED], Missing.END_OF_SERVICE, date(2034, 12, 31), NeedSource.SERVICE),
    ],
)
def test_an_unknown_end_names_its_input_and_keeps_what_is_certain(
    products: list[ProductCase], missing: Missing, at_least: date | None, source: NeedSource
) -> None:
    need = need_of(*products)

    assert np.isnan(need.until[0])
    assert (need.missing[0], need.source[0]) == (missing, source)
    assert need.at_least[0] == (-np.inf if at_least is None else day_number(at_least))


def test_recent_demand_proves_need_today_without_any_product() -> None:
    need = need_of(recent=True)

    assert (day_of(need.at_least[0]), need.source[0]) == (TODAY, NeedSource.RECENT_DEMAND)
    assert np.isnan(need.until[0])


def test_a_dated_end_of_service_is_a_promise_and_a_series_is_not() -> None:
    assert need_of(SERVED).promised[0]
    assert not need_of(SERIES).promised[0]


def test_service_that_ends_before_the_last_placing_lasts_until_the_placing() -> None:
    odd = ProductCase(last_placed=date(2030, 1, 1), end_of_service=date(2028, 1, 1))

    assert day_of(need_of(odd).until[0]) == date(2030, 1, 1)
