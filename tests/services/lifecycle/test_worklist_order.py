"""The worklist, stored and previewed, over libraries of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.lifecycle.flag import Answer, Readiness
from app.domain.lifecycle.worklist import Worklist, WorklistRow
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.preview_worklist import preview_worklist
from app.storage.library import Library
from app.storage.opening import open_library
from helpers import spare_strategies
from helpers.spare_cases import TODAY, PartCase, ProductCase
from helpers.stored_spares import store_parts, store_products

PARTS = st.lists(
    spare_strategies.parts(st.just(Readiness.UNKNOWN), st.just(False)), min_size=1, max_size=8
)
PRODUCTS = st.tuples(
    *(spare_strategies.products(st.just(name)) for name in spare_strategies.PRODUCT_NAMES)
)
EXAMPLES = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@contextmanager
def filled(
    template: Path, parts: list[PartCase], products: tuple[ProductCase, ...]
) -> Iterator[Library]:
    with TemporaryDirectory() as place:
        copytree(template, Path(place) / "library")
        library = open_library(Path(place) / "library")
        with library.writing(who="Anna", act="import parts") as write:
            store_parts(write, parts, store_products(write, products))
        yield library
        library.close()


def without_ids(worklist: Worklist) -> list[WorklistRow]:
    return [replace(row, flag=replace(row.flag, id=0)) for row in worklist.rows]


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS, months=st.integers(1, 240))
def test_a_preview_is_the_worklist_that_would_be_stored(
    empty_library_folder: Path,
    parts: list[PartCase],
    products: tuple[ProductCase, ...],
    months: int,
) -> None:
    with filled(empty_library_folder, parts, products) as library:
        preview = preview_worklist(
            library, today=TODAY, horizon_months=months, answers=list(Answer)
        )
        flag_spares(library, who="Anna", today=TODAY, horizon_months=months)
        stored = fetch_worklist(library, answers=list(Answer))

    assert without_ids(preview) == without_ids(stored)
    assert preview.counts == stored.counts
    assert sum(stored.counts.values()) == len(parts)


@EXAMPLES
@given(parts=PARTS, products=PRODUCTS, size=st.integers(1, 5))
def test_pages_put_together_are_the_whole_worklist(
    empty_library_folder: Path,
    parts: list[PartCase],
    products: tuple[ProductCase, ...],
    size: int,
) -> None:
    with filled(empty_library_folder, parts, products) as library:
        flag_spares(library, who="Anna", today=TODAY)
        whole = fetch_worklist(library, answers=list(Answer)).rows
        pages = [
            row
            for offset in range(0, len(parts), size)
            for row in fetch_worklist(library, answers=list(Answer), limit=size, offset=offset).rows
        ]
        urgent = fetch_worklist(library).rows
        with library.reading() as read:
            ids = read.lifecycle.worklist_ids(list(Answer))
            middle = read.lifecycle.worklist(list(Answer), part_ids=ids[1:-1])

    assert pages == list(whole)
    assert ids == [row.flag.part_id for row in whole]
    assert middle == list(whole[1:-1])
    assert [row.flag.rank for row in whole] == sorted(
        (row.flag.rank for row in whole), reverse=True
    )
    assert list(urgent) == [row for row in whole if row.flag.answer is Answer.YES]
    assert list(urgent) == list(whole[: len(urgent)])


@EXAMPLES
@given(
    parts=PARTS,
    products=PRODUCTS,
    days=st.lists(st.dates(date(2024, 1, 1), date(2040, 1, 1)), min_size=1, max_size=3),
)
def test_judging_day_after_day_ends_as_judging_once(
    empty_library_folder: Path,
    parts: list[PartCase],
    products: tuple[ProductCase, ...],
    days: list[date],
) -> None:
    """What an earlier assessment left alone or rewrote makes no difference to the last one."""
    last = max(days) + timedelta(1)
    with filled(empty_library_folder, parts, products) as library:
        for day in days:
            flag_spares(library, who="Anna", today=day)
        flag_spares(library, who="Anna", today=last)
        again = flag_spares(library, who="Anna", today=last)
        stored = fetch_worklist(library, answers=list(Answer))
        fresh = preview_worklist(library, today=last, horizon_months=24, answers=list(Answer))

    assert not again.changes
    assert [
        replace(row, flag=replace(row.flag, assessed_for=last)) for row in without_ids(stored)
    ] == (without_ids(fresh))
