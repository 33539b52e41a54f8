"""Judging the parts of one product alone gives what judging all parts gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.lifecycle.eternal_spare import assess_spares
from app.domain.lifecycle.flag import Flag, Readiness
from app.domain.lifecycle.product import Milestone
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.spare_flags import make_flags
from app.services.lifecycle.set_milestone import PRODUCT_KINDS
from app.storage.library import Library
from app.storage.writer import Writer
from helpers import spare_strategies
from helpers.spare_cases import TODAY, PartCase, ProductCase
from helpers.stored_spares import store_parts, store_products

PARTS = st.lists(
    spare_strategies.parts(st.just(Readiness.UNKNOWN), st.just(False)), min_size=1, max_size=6
)
PRODUCTS = st.tuples(
    *(spare_strategies.products(st.just(name)) for name in spare_strategies.PRODUCT_NAMES)
)
MOVED = st.builds(
    Milestone,
    kind=st.sampled_from(sorted(PRODUCT_KINDS)),
    on=st.dates(TODAY - timedelta(days=9000), TODAY + timedelta(days=9000)),
    market=st.sampled_from(["", "EU", "O'Hara"]),
)
EXAMPLES = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


class _Undone(Exception):
    """Ends a trial without a trace."""


def _flags(columns: SpareColumns) -> dict[int, Flag]:
    verdicts = assess_spares(columns, today=TODAY, horizon_months=24)
    flags = make_flags(columns, verdicts, range(columns.part_ids.size))
    return {flag.part_id: flag for flag in flags}


def _users(write: Writer, product_id: int) -> set[int]:
    return set(write.products.part_ids([product_id]))


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS)
def test_a_product_is_judged_as_among_all(
    library: Library, parts: list[PartCase], products: tuple[ProductCase, ...]
) -> None:
    try:
        with library.writing(who="Anna", act="try") as write:
            ids = store_products(write, products)
            store_parts(write, parts, ids)
            everything = _flags(write.lifecycle.spare_columns(TODAY))
            for product_id in ids:
                alone = _flags(write.lifecycle.product_spare_columns(TODAY, product_id))
                assert alone == {
                    part_id: everything[part_id] for part_id in _users(write, product_id)
                }
            raise _Undone
    except _Undone:
        pass


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS, moved=MOVED)
def test_a_date_that_is_tried_out_judges_like_one_that_is_stored(
    library: Library, parts: list[PartCase], products: tuple[ProductCase, ...], moved: Milestone
) -> None:
    try:
        with library.writing(who="Anna", act="try") as write:
            ids = store_products(write, products)
            store_parts(write, parts, ids)
            moved = replace(moved, product_id=ids[0])
            tried = _flags(write.lifecycle.product_spare_columns(TODAY, ids[0], instead=moved))
            dates = write.fetch(Milestone, product_id=ids[0])
            same = [m.id for m in dates if (m.kind, m.market) == (moved.kind, moved.market)]
            write.delete(Milestone, same)
            write.insert([moved])
            assert tried == _flags(write.lifecycle.product_spare_columns(TODAY, ids[0]))
            raise _Undone
    except _Undone:
        pass
