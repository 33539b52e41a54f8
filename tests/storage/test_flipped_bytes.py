"""A flipped byte anywhere in the database that changes what it says is noticed.

SQLite alone notices at most a third of them. `EVERSPARE_FLIP_STEP` sets how many bytes lie between
two flips (the ordinary run looks at a sample).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import StorageError
from app.base.progress import Progress
from app.domain.catalog.geometry import GeometryFacts
from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition
from app.storage.first_page import read_first_page
from app.storage.library import Library
from app.storage.opening import open_library
from app.storage.reader import Reader
from helpers.builders import cube_facts, part, parts, revision

STEP = int(os.environ.get("EVERSPARE_FLIP_STEP", "0"))
# The search index is rebuilt from the parts and judged by a check of its own.
IGNORED = ("part_search", "sqlite_stat")


@pytest.fixture
def filled(library: Library) -> Path:
    """A small library with every kind of column; its write-ahead log is empty."""
    with library.writing(who="Anna", act="add parts", why="first fill") as write:
        ids = write.insert([part("000471", "Leg cap, grün", material="PA12"), *parts(6)])
        write.insert([revision(i) for i in ids])
        write.insert(
            [DemandHistory(part_id=ids[0], first_month=date(2024, 1, 1), quantities=(1, 0, 2.5))]
        )
        write.insert([SupplyPosition(part_id=ids[0], stock=15, price_amount="12.50")])
        sha256, _size = write.keep_bytes(b"solid")
        write.replace_derived(GeometryFacts, [cube_facts(sha256)], key="sha256, unit")
        flag = Flag(
            part_id=ids[0], answer=Answer.YES, assessed_for=date(2026, 11, 23), horizon_months=24
        )
        write.replace_derived(Flag, [flag], key="part_id")
    with library.writing(who="Ben", act="rename") as write:
        write.update(replace(write.one(Part, id=3), name="Knob"))
        write.delete(Part, write.insert([part("gone")]))
    library.close()
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return library.path


def content(database: Path) -> object:
    """Return everything the database says as SQLite reads it; a word of its own if it cannot."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            names = [
                row[0].decode("utf-8", "replace")
                for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            return {
                name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
                for name in sorted(names)
                if not name.startswith(IGNORED)
            }
    except (sqlite3.Error, UnicodeError):
        return "unreadable"


def noticed(folder: Path) -> bool:
    """Say whether opening or `check` tells that something is wrong; nothing else may be raised."""
    try:
        opened = open_library(folder)
    except StorageError:
        return True
    try:
        return not opened.check(Progress()).clean
    except StorageError:
        return True
    finally:
        opened.close()


def offsets(size: int, sample: int) -> Iterator[int]:
    """Every `STEP`-th byte, or about `sample` bytes spread over the file."""
    step = STEP or max(1, size // sample)
    yield from range(step // 2, size, step)


def flip_everywhere(folder: Path, name: str, scratch: Path, sample: int) -> tuple[int, list[int]]:
    """Flip one byte at a time in a copy; returns (flips that mattered, offsets not noticed)."""
    honest = content(folder / "library.sqlite")
    original = (folder / name).read_bytes()
    mattered, missed = 0, []
    for offset in offsets(len(original), sample):
        copy = scratch / "copy"
        shutil.copytree(folder, copy)
        spoiled = bytearray(original)
        spoiled[offset] ^= 1 << (offset % 7)
        (copy / name).write_bytes(spoiled)
        look = scratch / "look"  # reading may tidy the log up, so look at another copy
        shutil.copytree(copy, look)
        if content(look / "library.sqlite") != honest:
            mattered += 1
            if not noticed(copy):
                missed.append(offset)
        else:
            noticed(copy)
        shutil.rmtree(copy)
        shutil.rmtree(look)
    return mattered, missed


def with_log(folder: Path) -> Path:
    """Write once more and keep the write-ahead log, as a crash would leave it."""
    opened = open_library(folder)
    with opened.writing(who="Cleo", act="rename") as write:
        write.update(replace(write.one(Part, id=2), name="Hinge"))
    crashed = folder.with_name("crashed")
    shutil.copytree(folder, crashed)
    opened.close()
    assert (crashed / "library.sqlite-wal").stat().st_size > 0
    (crashed / "library.sqlite-shm").unlink(missing_ok=True)
    return crashed


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_flip_that_changes_a_row_is_noticed(filled: Path, tmp_path: Path) -> None:
    mattered, missed = flip_everywhere(filled, "library.sqlite", tmp_path, sample=120)
    assert missed == []
    assert mattered > 5


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_flip_in_the_log_that_loses_a_change_is_noticed(filled: Path, tmp_path: Path) -> None:
    crashed = with_log(filled)
    mattered, missed = flip_everywhere(crashed, "library.sqlite-wal", tmp_path, sample=25)
    assert missed == []
    assert mattered > 5


def test_a_lost_log_is_noticed(filled: Path) -> None:
    crashed = with_log(filled)
    (crashed / "library.sqlite-wal").unlink()
    opened = open_library(crashed)
    [problem] = opened.check(Progress()).problems
    opened.close()
    assert problem.kind == "rolled_back"


def test_an_older_database_put_back_is_noticed_even_after_more_work(
    filled: Path, tmp_path: Path
) -> None:
    shutil.copyfile(filled / "library.sqlite", tmp_path / "old.sqlite")
    opened = open_library(filled)
    with opened.writing(who="Anna", act="add parts") as write:
        write.insert(parts(2, prefix="B"))
    opened.close()
    shutil.copyfile(tmp_path / "old.sqlite", filled / "library.sqlite")
    reopened = open_library(filled)
    for name in ("one", "two", "three"):
        assert {p.kind for p in reopened.check(Progress()).problems} == {"rolled_back"}
        with reopened.writing(who="Anna", act="add part") as write:
            write.insert([part(name)])
    reopened.close()


@pytest.mark.parametrize("spoiled", ["", "{}", "[]", "\x00\xff", '{"change_set": "x", "hash": 1}'])
def test_a_torn_note_claims_nothing_and_is_renewed(filled: Path, spoiled: str) -> None:
    (filled / "head.json").write_text(spoiled, encoding="utf-8")
    opened = open_library(filled)
    assert opened.check(Progress()).clean
    with opened.writing(who="Anna", act="add part") as write:
        write.insert([part("more")])
    assert '"change_set": 3' in (filled / "head.json").read_text(encoding="utf-8")
    opened.close()


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE flag SET answer = 'no'", "flag 1"),
        ("UPDATE geometry_facts SET watertight = 0", "geometry_facts 1"),
        ("UPDATE geometry_facts SET volume_mm3 = 1.25", "geometry_facts 1"),
        ("UPDATE library_meta SET value = 'another'", "change_set 1"),
        ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'part'", "sqlite_sequence part"),
        ("UPDATE part SET consequence_class = 'nonsense' WHERE id = 2", "part 2"),
        ("UPDATE demand_history SET quantities = '[1.0, 0.0, 2.5]'", "demand_history 1"),
        ("UPDATE demand_history SET quantities = 'nonsense'", "demand_history 1"),
        ("UPDATE part SET name = CAST(name AS BLOB) WHERE id = 2", "part 2"),
        ("UPDATE part SET name = CAST(x'ff' AS TEXT) WHERE id = 2", ""),
    ],
)
def test_damage_below_the_types_is_named(filled: Path, statement: str, where: str) -> None:
    with closing(sqlite3.connect(filled / "library.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()
    assert noticed(filled)
    if where:
        opened = open_library(filled)
        assert where in {p.where for p in opened.check(Progress()).problems}
        opened.close()


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        (
            "UPDATE part SET consequence_class = 'nonsense' WHERE id = 2",
            lambda read: read.fetch(Part),
        ),
        (
            "UPDATE part SET consequence_class = 'nonsense' WHERE id = 2",
            lambda read: read.find(Part, id=2),
        ),
        (
            "UPDATE part SET consequence_class = 'nonsense' WHERE id = 2",
            lambda read: read.lifecycle.spare_columns(date(2026, 11, 23)),
        ),
        (
            "UPDATE demand_history SET quantities = '[1.0,x,2.5]'",
            lambda read: read.lifecycle.spare_columns(date(2026, 11, 23)),
        ),
        (
            "UPDATE demand_history SET quantities = '[1.0,2.5,]'",
            lambda read: read.lifecycle.spare_columns(date(2026, 11, 23)),
        ),
        ("UPDATE flag SET answer = 'nonsense'", lambda read: read.parts.rows([1])),
        ("UPDATE flag SET last_safe_start = 'soon'", lambda read: read.parts.rows([1])),
        (
            "DROP TRIGGER lock_change_set_update; UPDATE change_set SET at = 'once'",
            lambda read: read.audit.latest(),
        ),
    ],
)
def test_a_value_that_nobody_wrote_is_damage_and_no_fault_of_the_program(
    filled: Path, statement: str, read: Callable[[Reader], object]
) -> None:
    with closing(sqlite3.connect(filled / "library.sqlite")) as connection:
        connection.executescript(statement)
    opened = open_library(filled)
    with pytest.raises(StorageError, match="damaged"), opened.reading() as reader:
        read(reader)
    opened.close()


def test_the_first_page_of_a_damaged_library_is_a_sentence(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "library.sqlite")) as connection:
        connection.executescript("UPDATE flag SET answer = 'nonsense'")
    with pytest.raises(StorageError, match=r"damaged .* Restore a backup"):
        read_first_page(filled)
