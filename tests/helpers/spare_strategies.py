"""Parts and products of any kind, for properties of the eternal-spare rule."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.flag import Readiness
from helpers.spare_cases import PartCase, ProductCase

PRODUCT_NAMES = ("Radio", "Clock", "Lamp")
DATES = st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2045, 12, 31)))


def products(names: st.SearchStrategy[str]) -> st.SearchStrategy[ProductCase]:
    return st.builds(
        ProductCase,
        name=names,
        introduced=DATES,
        last_produced=DATES,
        last_placed=DATES,
        end_of_service=DATES,
        installed_base=st.one_of(st.none(), st.integers(0, 10_000)),
        failure_rate=st.one_of(st.none(), st.floats(0, 1)),
    )


def parts(
    readiness: st.SearchStrategy[Readiness], has_file: st.SearchStrategy[bool]
) -> st.SearchStrategy[PartCase]:
    return st.builds(
        PartCase,
        stock=st.one_of(st.none(), st.integers(0, 5000).map(float)),
        on_order=st.integers(0, 50).map(float),
        as_of=DATES,
        suppliers=st.lists(DATES, max_size=3),
        part_last_produced=DATES,
        part_last_order=DATES,
        uses=st.lists(
            st.tuples(
                st.integers(0, len(PRODUCT_NAMES) - 1),
                st.floats(0.5, 8),
                st.one_of(st.none(), st.floats(0, 1)),
            ),
            max_size=3,
            unique_by=lambda use: use[0],
        ).map(sorted),
        history=st.lists(st.integers(0, 20).map(float), max_size=30),
        consequence=st.sampled_from(ConsequenceClass),
        readiness=readiness,
        has_file=has_file,
        right=st.booleans(),
        export_assessed=st.booleans(),
    )
