"""What the rule reads from a library is what was written into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.lifecycle.eternal_spare import assess_spares
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.spare_flags import make_flags
from app.domain.lifecycle.supply import SupplyPosition, SupplySource
from app.storage.library import Library
from app.storage.writer import Writer
from helpers import spare_strategies
from helpers.spare_cases import TODAY, PartCase, ProductCase, columns_of
from helpers.stored_spares import Spread, store_parts, store_products

PARTS = st.lists(
    spare_strategies.parts(st.just(Readiness.UNKNOWN), st.just(False)), min_size=1, max_size=6
)
PRODUCTS = st.tuples(
    *(spare_strategies.products(st.just(name)) for name in spare_strategies.PRODUCT_NAMES)
)
SPREADS = st.builds(Spread, market=st.booleans(), plant=st.sampled_from([0, 3, 10_000]))
# One library serves all examples: each is rolled back.
EXAMPLES = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


class _Undone(Exception):
    """Ends a trial without a trace."""


@contextmanager
def trial(library: Library) -> Iterator[Writer]:
    try:
        with library.writing(who="Anna", act="try") as write:
            yield write
            raise _Undone
    except _Undone:
        pass


def assert_same(found: object, expected: object, name: str = "columns") -> None:
    """Compare columns of columns, nan equal to nan."""
    if is_dataclass(expected):
        for field in fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name), field.name)
    elif isinstance(expected, np.ndarray):
        np.testing.assert_array_equal(np.asarray(found), expected, name, strict=True)
    else:
        assert list(found) == list(expected), name  # type: ignore[call-overload]


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS, spread=SPREADS)
def test_columns_hold_what_the_rows_say(
    library: Library, parts: list[PartCase], products: tuple[ProductCase, ...], spread: Spread
) -> None:
    with trial(library) as write:
        ids = store_parts(write, parts, store_products(write, products, spread), spread)
        found = write.lifecycle.spare_columns(TODAY)

    assert found.part_ids.tolist() == ids
    assert_same(replace(found, part_ids=np.arange(1, len(ids) + 1)), columns_of(parts, products))


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS, spread=SPREADS)
def test_a_library_is_judged_as_its_rows(
    library: Library, parts: list[PartCase], products: tuple[ProductCase, ...], spread: Spread
) -> None:
    with trial(library) as write:
        store_parts(write, parts, store_products(write, products, spread), spread)
        stored = write.lifecycle.spare_columns(TODAY)
    columns = columns_of(parts, products)

    found = make_flags(stored, assess_spares(stored, today=TODAY), range(len(parts)))
    expected = make_flags(columns, assess_spares(columns, today=TODAY), range(len(parts)))
    assert [replace(flag, part_id=0) for flag in found] == [
        replace(flag, part_id=0) for flag in expected
    ]


def test_parts_that_come_and_go_leave_no_gap(library: Library) -> None:
    case = PartCase(stock=3.0, suppliers=[None], uses=[(0, 2.0, 0.5)], history=[1.0] * 12)
    with library.writing(who="Anna", act="add") as write:
        product_ids = store_products(write, [ProductCase("Radio")])
        first, second, third = store_parts(write, [case] * 3, product_ids)
    with library.writing(who="Anna", act="remove") as write:
        for kind in (SupplyPosition, SupplySource):
            write.delete(kind, [row.id for row in write.fetch(kind, part_id=second)])
    with library.reading() as read:
        columns = read.lifecycle.spare_columns(TODAY)

    assert columns.part_ids.tolist() == [first, second, third]
    assert columns.supply.open_suppliers.tolist() == [1, 0, 1]
    assert columns.supply.open_supplier == ["Moldex", "", "Moldex"]
    np.testing.assert_array_equal(columns.supply.stock, [3.0, np.nan, 3.0])
    assert columns.supply.on_order.tolist() == [0.0, 0.0, 0.0]
    assert columns.where_used.part.tolist() == [0, 1, 2]


def test_an_empty_library_has_empty_columns(library: Library) -> None:
    with library.reading() as read:
        columns = read.lifecycle.spare_columns(TODAY)

    assert len(columns.part_ids) == len(columns.where_used.part) == 0
    assert_same(columns, columns_of([], []))
