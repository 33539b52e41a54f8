"""Verifying the chain alone: intact, the first broken entry, an older copy, and stopping."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from app.base.errors import Cancelled
from app.base.progress import Progress
from app.services.audit.verify_trail import verify_trail
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import part


@pytest.fixture
def trail(library: Library) -> Library:
    for number in range(1, 6):
        with library.writing(who="Anna", act=f"add {number}") as write:
            write.insert([part(f"A-{number}")])
    return library


def _tamper(library: Library, *statements: str) -> None:
    library.close()
    with closing(sqlite3.connect(library.path / "library.sqlite")) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'change%'"
        ).fetchall()
        for (name,) in names:
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_an_intact_trail_names_its_length_and_its_last_link(trail: Library) -> None:
    report = verify_trail(trail, progress=Progress())
    assert (report.entries, report.intact, report.problem) == (5, True, "")
    with trail.reading() as read:
        head = read.audit.head()
    assert head is not None
    assert report.head == head.hash


def test_an_empty_trail_is_intact(library: Library) -> None:
    report = verify_trail(library, progress=Progress())
    assert (report.entries, report.intact) == (0, True)


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE change_set SET who = 'Mallory' WHERE id = 3", 3),
        ("UPDATE change_set SET at = '1999-01-01T00:00:00+00:00' WHERE id = 2", 2),
        ("UPDATE change_detail SET new = '{}' WHERE change_set_id = 4", 4),
        ("DELETE FROM change_set WHERE id = 5", 5),
    ],
)
def test_the_first_broken_entry_is_named(trail: Library, statement: str, entry: int) -> None:
    _tamper(trail, "PRAGMA foreign_keys = OFF", statement)
    report = verify_trail(trail, progress=Progress())
    assert not report.intact
    assert f"breaks at entry {entry}" in report.problem
    assert report.broken == entry


def test_an_older_copy_put_back_is_noticed(trail: Library) -> None:
    copy = trail.path.with_name("copy.sqlite")
    trail.close()
    shutil.copy(trail.path / "library.sqlite", copy)
    again = open_library(trail.path)
    with again.writing(who="Anna", act="later") as write:
        write.insert([part("L")])
    again.close()
    for name in ("library.sqlite-wal", "library.sqlite-shm"):
        (trail.path / name).unlink(missing_ok=True)
    shutil.copy(copy, trail.path / "library.sqlite")
    report = verify_trail(trail, progress=Progress())
    assert "Entry 6" in report.problem
    assert "older copy" in report.problem


def test_it_tells_its_progress_and_can_be_stopped(trail: Library) -> None:
    told: list[float] = []
    verify_trail(trail, progress=Progress(lambda share, _text: told.append(share)))
    assert told == sorted(told)
    assert told[-1] == 1.0
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        verify_trail(trail, progress=stopped)
