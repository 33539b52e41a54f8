"""Paging parts: every part once and in order, whatever is filtered and however it is sorted."""

from datetime import date

import pytest

from app.domain.catalog.part import Part
from app.domain.inventory.part_list import PartFilter, PartOrder, PartSort
from app.domain.lifecycle.flag import Answer, Flag
from app.services.catalog.page_parts import page_parts
from app.storage.library import Library
from helpers.builders import part

TODAY = date(2026, 11, 23)


@pytest.fixture
def filled(library: Library) -> Library:
    """57 parts; names repeat, so that an order by name has ties; every third is eternal."""
    with library.writing(who="Anna", act="fill") as write:
        ids = write.insert(
            [part(f"B{(n * 7) % 57:03}", f"Name {n % 5}", material="PA12") for n in range(57)]
        )
        write.replace_derived(
            Flag,
            [
                Flag(
                    part_id=part_id,
                    answer=Answer.YES,
                    last_safe_start=date(2027, 1 + place % 6, 1),
                    rank=float(place % 4),
                    assessed_for=TODAY,
                    horizon_months=24,
                )
                for place, part_id in enumerate(ids[::3])
            ],
            key="part_id",
        )
    return library


@pytest.mark.parametrize("sort", list(PartSort))
@pytest.mark.parametrize("descending", [False, True])
def test_chunks_are_the_whole_list_in_order(
    filled: Library, sort: PartSort, descending: bool
) -> None:
    pages = page_parts(filled, PartFilter(), today=TODAY, order=(PartOrder(sort, descending),))
    whole = [part_id for chunk in pages.id_chunks(1000) for part_id in chunk]
    small = [list(chunk) for chunk in pages.id_chunks(10)]
    assert [part_id for chunk in small for part_id in chunk] == whole
    assert len(set(whole)) == 57
    assert [len(chunk) for chunk in small] == [10] * 5 + [7]
    assert [row.id for row in pages.first_rows(12)] == whole[:12]


def test_the_order_is_the_one_asked_for(filled: Library) -> None:
    rows = page_parts(filled, PartFilter(), today=TODAY).first_rows(100)
    assert [row.number for row in rows] == sorted(row.number for row in rows)
    order = (PartOrder(PartSort.NAME, descending=True), PartOrder(PartSort.NUMBER))
    rows = page_parts(filled, PartFilter(), today=TODAY, order=order).first_rows(100)
    names = [row.name for row in rows]
    assert names == sorted(names, reverse=True)
    same = [row.number for row in rows if row.name == names[0]]
    assert same == sorted(same)


def test_what_has_no_value_comes_last_in_both_directions(filled: Library) -> None:
    for descending in (False, True):
        order = (PartOrder(PartSort.RANK, descending),)
        pages = page_parts(filled, PartFilter(), today=TODAY, order=order)
        ranks = [row.rank for row in pages.first_rows(57)]
        ranked = [rank for rank in ranks if rank]
        assert ranks[: len(ranked)] == sorted(ranked, reverse=descending)
        assert [row.rank for row in pages.first_rows(5)] == ranks[:5]


def test_a_filter_leaves_out_the_others(filled: Library) -> None:
    pages = page_parts(filled, PartFilter(answer=Answer.YES), today=TODAY)
    assert sum(len(chunk) for chunk in pages.id_chunks(5)) == 19
    assert {row.answer for row in pages.first_rows(50)} == {Answer.YES}
    assert page_parts(filled, PartFilter(text="nothing like it"), today=TODAY).first_rows(5) == []
    assert (
        list(page_parts(filled, PartFilter(text="nothing like it"), today=TODAY).id_chunks(5)) == []
    )


def test_a_full_last_chunk_ends_the_list(filled: Library) -> None:
    chunks = list(page_parts(filled, PartFilter(), today=TODAY).id_chunks(57))
    assert [len(chunk) for chunk in chunks] == [57]


def test_rows_of_parts_that_are_gone_are_left_out(filled: Library) -> None:
    pages = page_parts(filled, PartFilter(), today=TODAY)
    first = pages.first_rows(3)
    with filled.writing(who="Anna", act="remove") as write:
        write.drop_derived(Flag, part_id=[first[1].id])
        write.delete(Part, [first[1].id])
    found = pages.rows([row.id for row in first])
    assert [row.id for row in found] == [first[0].id, first[2].id]
