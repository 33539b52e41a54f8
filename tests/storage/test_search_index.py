"""A damaged search index is found, its cure is named, and the cure works whatever the damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from app.base.errors import StorageError
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.domain.inventory.part_list import PartFilter
from app.services.library.rebuild_search import rebuild_search
from app.storage import library as library_module
from app.storage import migrating, opening
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import part, parts

DAMAGE = {
    "a part forgotten": (
        "INSERT INTO part_search(part_search, rowid, number, name, material)"
        " VALUES ('delete', 2, 'A00002', 'Part 2', '')"
    ),
    "no pages": "DELETE FROM part_search_data",
    "pages of nonsense": "UPDATE part_search_data SET block = randomblob(200)",
    "another format": "UPDATE part_search_config SET v = 99",
    "no format": "DELETE FROM part_search_config",
    "config gone": "DROP TABLE part_search_config",
    "pages gone": "DROP TABLE part_search_data",
    "terms gone": "DROP TABLE part_search_idx",
    "sizes gone": "DROP TABLE part_search_docsize",
    "all gone": "DROP TABLE part_search",
    "other columns": "DROP TABLE part_search; CREATE VIRTUAL TABLE part_search USING fts5(number)",
}


def damage(library: Library, name: str) -> Library:
    """Spoil the index of a library with three parts; returns it opened anew."""
    with library.writing(who="Anna", act="add") as write:
        write.insert([part("000471", "Leg cap"), *parts(2)])
    library.close()
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        connection.executescript(DAMAGE[name])
    return open_library(library.path)


def found(library: Library, text: str) -> list[int]:
    with library.reading() as read:
        return read.parts.ids(PartFilter(text=text))


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_the_index_made_anew(library: Library, name: str) -> None:
    damaged = damage(library, name)
    [problem] = damaged.check(Progress()).problems
    assert problem.where == "part_search"
    assert f"everspare --library {library.path} check --rebuild-search" in problem.text
    rebuild_search(damaged)
    assert damaged.check(Progress()).problems == ()
    assert found(damaged, "leg cap") == [1]
    with damaged.writing(who="Ben", act="rename") as write:
        write.update(replace(write.one(Part, id=1), name="Foot cover"))
        write.delete(Part, [2])
    assert (found(damaged, "foot"), found(damaged, "cap")) == ([1], [])
    assert damaged.check(Progress()).problems == ()
    damaged.close()


@pytest.mark.parametrize("name", ["no pages", "another format", "config gone"])
def test_who_searches_or_writes_is_told_the_cure(library: Library, name: str) -> None:
    damaged = damage(library, name)
    with pytest.raises(StorageError, match="check --rebuild-search"):
        found(damaged, "leg")
    with (
        pytest.raises(StorageError, match="check --rebuild-search"),
        damaged.writing(who="Ben", act="add") as write,
    ):
        write.insert([part("new")])
    with damaged.reading() as read:
        assert read.count(Part) == 3
    damaged.close()


def test_an_upgrade_makes_a_damaged_index_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(library, "config gone").close()
    monkeypatch.setattr(migrating, "STEPS", (*migrating.STEPS, lambda operations: None))
    for module in (migrating, opening, library_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 2)
    upgraded = open_library(library.path)
    assert found(upgraded, "leg") == [1]
    assert upgraded.check(Progress()).problems == ()
    upgraded.close()
