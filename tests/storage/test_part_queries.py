"""Lists of parts: search, sort, pages and lines."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.part import Part
from app.domain.inventory.part_list import PartFilter, PartListRow, PartOrder, PartSort
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Product, WhereUsed
from app.storage.catalog import part_queries
from app.storage.first_page import read_first_page
from app.storage.library import Library
from helpers.builders import geometry, part, parts, revision

TODAY = date(2026, 11, 23)


@pytest.fixture
def filled(library: Library) -> Library:
    """Three parts: one with everything, one flagged, one bare."""
    with library.writing(who="Anna", act="fill") as write:
        write.insert(
            [
                part("000004711000", "Leg cap", material="PA12"),
                part("ST-1002", "Y piece", material="PLA"),
                part("x%_1", "Ärmelhalter, groß", material="PA12 grau"),
            ]
        )
        write.insert([revision(1, "A"), revision(1, "B")])
        sha256, _size = write.keep_bytes(b"solid")
        write.insert([geometry(2, sha256, file_name="cap.stl", unit=LengthUnit.INCH)])
        write.insert([Product(name=n, name_key=n.casefold()) for n in ("Zeta", "Alpha")])
        write.insert([WhereUsed(part_id=1, product_id=1), WhereUsed(part_id=1, product_id=2)])
        flag = Flag(
            part_id=2,
            answer=Answer.YES,
            rank=7.5,
            last_safe_start=date(2027, 2, 1),
            assessed_for=date(2026, 11, 23),
            horizon_months=24,
        )
        write.replace_derived(Flag, [flag], key="part_id")
    return library


def found(library: Library, **filters: object) -> list[int]:
    with library.reading() as read:
        part_filter = PartFilter(**filters)  # type: ignore[arg-type]
        ids = read.parts.ids(part_filter)
        assert read.parts.count(part_filter) == len(ids)
    return ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 3]),
        ("4711", [1]),
        ("4711000", [1]),
        ("000004711000", [1]),
        ("le", [1]),
        ("ca", [1]),
        ("leg cap", [1]),
        ("cap leg", [1]),
        ("cap piece", []),
        ("piece cap", []),
        ("4711000 cap", [1]),
        ("4711000 piece", []),
        ("piece 4711000", []),
        ("PA12", [1, 3]),
        ("pa12 grau", [3]),
        ("Ärmel", [3]),
        ("piece", [2]),
        ("%", []),
        ("x%", [3]),
        ("%_1", [3]),
        ('"', []),
        ('leg"cap', []),
        ("nothing like it", []),
        ("\0cap\0\0", [1]),
        ("\ud800", [1, 2, 3]),
    ],
)
def test_search(filled: Library, text: str, expected: list[int]) -> None:
    assert sorted(found(filled, text=text)) == expected


@pytest.mark.parametrize("text", ["part", "PART pa12", "part 1", "A000", "part pom", "%%%"])
@pytest.mark.parametrize("sort", [PartSort.NUMBER, PartSort.NAME])
def test_common_words_are_looked_for_along_the_list(
    library: Library, monkeypatch: pytest.MonkeyPatch, text: str, sort: PartSort
) -> None:
    with library.writing(who="Anna", act="fill") as write:
        write.insert([replace(item, material="PA12") for item in parts(60)])
    wanted, order = PartFilter(text=text), (PartOrder(sort),)
    with library.reading() as read:
        whole = read.parts.ids(wanted, order)
        monkeypatch.setattr(part_queries, "MANY", 1)
        for near in (60, 4):
            monkeypatch.setattr(part_queries, "NEAR", near)
            for limit in (1, 5, 100):
                assert read.parts.ids(wanted, order, limit=limit) == whole[:limit]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=12))
def test_no_search_text_breaks_the_query(filled: Library, text: str) -> None:
    assert set(found(filled, text=text)) <= {1, 2, 3}


def test_filters_by_verdict_and_pasted_numbers(filled: Library) -> None:
    assert found(filled, answer=Answer.YES) == [2]
    assert found(filled, numbers=("4711000", "st-1002", "99")) == [1, 2]
    assert found(filled, numbers=("o'clock", "st-1002")) == [2]
    assert found(filled, numbers=("'; --", '"', "\ud800", "%")) == []
    assert found(filled, numbers=("\ud800st-1002", "\0")) == [2]


def test_a_line_tells_everything(filled: Library) -> None:
    with filled.reading() as read:
        [line] = read.parts.rows([1])
        assert (line.revision, line.products, line.unit) == (
            "B",
            ("Alpha", "Zeta"),
            LengthUnit.INCH,
        )
        assert line.file_name == "cap.stl"
        assert len(line.sha256) == 64
        assert [row.id for row in read.parts.rows([3, 99, 1])] == [3, 1]
        assert read.parts.rows([2])[0].answer is Answer.YES


@pytest.mark.parametrize("sort", list(PartSort))
@pytest.mark.parametrize("descending", [False, True])
def test_chunks_join_to_the_whole_list(filled: Library, sort: PartSort, descending: bool) -> None:
    with filled.writing(who="Anna", act="more") as write:
        write.insert(parts(50))
    order = (PartOrder(sort, descending), PartOrder(PartSort.NAME, not descending))
    with filled.reading() as read:
        whole = read.parts.ids(PartFilter(), order, today=TODAY)
        chunks = list(read.parts.id_chunks(PartFilter(), order, today=TODAY, size=7))
        first = read.parts.ids(PartFilter(), (order[0],), today=TODAY, limit=1)
    assert [part_id for chunk in chunks for part_id in chunk] == whole
    assert len(set(whole)) == 53
    assert first[0] == whole[0] or sort not in (PartSort.RANK, PartSort.LAST_SAFE_START)


def test_the_first_page_is_the_list_without_the_database_layer(filled: Library) -> None:
    with filled.reading() as read:
        expected = read.parts.rows(read.parts.ids(PartFilter()))
    page = read_first_page(filled.path)
    assert (list(page.rows), page.complete) == (expected, True)
    assert read_first_page(filled.path, 2).complete is False
    script = (
        "import sys; from pathlib import Path; from app.storage.first_page import read_first_page\n"
        "assert read_first_page(Path(sys.argv[1])).rows\n"
        "print(*{'sqlmodel', 'sqlalchemy', 'pydantic', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(filled.path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == ""


def test_search_follows_every_change(filled: Library) -> None:
    with filled.writing(who="Ben", act="rename") as write:
        write.update(replace(write.one(Part, id=1), name="Foot cover"))
        write.delete(Part, [3])
    assert found(filled, text="cap") == []
    assert found(filled, text="foot") == [1]
    assert found(filled, text="grau") == []
    assert isinstance(read_first_page(filled.path).rows[0], PartListRow)
