"""Who waits for another process is told in words; nobody upgrades a library twice."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from app.base.errors import LibraryLocked, LibraryTooNew, RuleViolation, StorageError
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.storage import connection as connections
from app.storage import library as library_module
from app.storage import migrating, opening
from app.storage.library import Library
from app.storage.migrations.columns import altering
from app.storage.opening import open_library
from helpers.builders import part, parts


@contextmanager
def held(library: Library, how: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """Hold the lock as another process would."""
    with closing(sqlite3.connect(library.path / "library.sqlite")) as other:
        other.execute(f"BEGIN {how}")
        yield other
        other.rollback()


def test_beyond_the_patience_a_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.close()
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_MS", 20)
    impatient = open_library(library.path)
    with (
        held(impatient),
        pytest.raises(LibraryLocked, match=r"Another program is writing .* Try again"),
        impatient.writing(who="Anna", act="add") as write,
    ):
        write.insert(parts(1))
    with held(impatient), impatient.reading() as read:
        assert read.count(Part) == 0
    with impatient.writing(who="Anna", act="add") as write:
        write.insert(parts(1))
    assert impatient.check(Progress()).clean
    impatient.close()


def test_a_database_held_alone_is_no_damage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    real = sqlite3.connect

    def impatient(*arguments: object, **named: object) -> sqlite3.Connection:
        return real(*arguments, **{**named, "timeout": 0.02})  # type: ignore[call-overload]

    with closing(real(library.path / "library.sqlite")) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", impatient)
        with pytest.raises(LibraryLocked, match="Another program is writing"):
            open_library(library.path)
        other.rollback()


def copy_parts(operations: object) -> None:
    """A step that copies a table, as a batch alteration does."""
    with altering(operations, "part") as batch:  # type: ignore[arg-type]
        batch.alter_column("note", nullable=True)


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make this program know schema 2; returns a list with an entry per run of its step."""
    runs: list[int] = []

    def step(operations: object) -> None:
        runs.append(1)
        copy_parts(operations)

    monkeypatch.setattr(migrating, "STEPS", (*migrating.STEPS, step))
    for module in (migrating, opening, library_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 2)
    return runs


def test_two_that_open_at_once_upgrade_once(library: Library, newer: list[int]) -> None:
    library.close()
    opened: list[Library] = []
    ready = threading.Barrier(3)

    def work() -> None:
        ready.wait()
        opened.append(open_library(library.path))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(opened) == 3
    assert newer == [1]
    for one in opened:
        with one.writing(who="Anna", act="add") as write:
            write.insert([part(f"A{opened.index(one)}")])
    assert opened[0].check(Progress()).clean
    for one in opened:
        one.close()


def test_an_upgrade_gives_no_id_twice(library: Library, newer: list[int]) -> None:
    with closing(sqlite3.connect(library.path / "library.sqlite")) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (1,)
    library_module.SCHEMA_VERSION = 1  # this process is still the older program
    with library.writing(who="Anna", act="add") as write:
        ids = write.insert(parts(5))
    with library.writing(who="Anna", act="remove") as write:
        write.delete(Part, ids[3:])
    library.close()
    library_module.SCHEMA_VERSION = 2
    upgraded = open_library(library.path)
    assert newer == [1]
    assert upgraded.check(Progress()).problems == ()
    with upgraded.writing(who="Anna", act="add") as write:
        assert write.insert([part("next")]) == [6]
    with (
        pytest.raises(RuleViolation, match="already holds"),
        upgraded.writing(who="Anna", act="add") as write,
    ):
        write.insert([part("NEXT")])
    assert upgraded.check(Progress()).problems == ()
    upgraded.close()


def test_an_upgrade_that_forgets_to_count_ids_is_taken_back(
    library: Library, newer: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(operations: object) -> None:
        with operations.batch_alter_table("part") as batch:  # type: ignore[attr-defined]
            batch.alter_column("note", nullable=True)

    library.close()
    monkeypatch.setattr(migrating, "STEPS", (*migrating.STEPS[:1], careless))
    with pytest.raises(StorageError, match=r"it is unchanged .* part\."):
        open_library(library.path)
    assert newer == []


def test_an_older_program_stops_writing_once_a_newer_has_upgraded(library: Library) -> None:
    with closing(sqlite3.connect(library.path / "library.sqlite")) as newer_program:
        newer_program.execute("PRAGMA user_version = 2")
    with (
        pytest.raises(LibraryTooNew, match="has upgraded the library"),
        library.writing(who="Anna", act="add") as write,
    ):
        write.insert(parts(1))
    with library.reading() as read:
        assert read.count(Part) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM library_meta",
        "DROP TABLE library_meta",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -3",
    ],
)
def test_a_library_without_its_papers_is_a_sentence(library: Library, statement: str) -> None:
    library.close()
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(StorageError, match="Restore a backup"):
        open_library(library.path)


def test_a_broken_guard_is_damage_and_not_a_rule(library: Library) -> None:
    """SQLite quotes our own trigger in its message; that must not be taken for its refusal."""
    library.close()
    database = library.path / "library.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = database.read_bytes()
    at = content.index(b"CREATE TRIGGER lock_stored_file_delete")
    database.write_bytes(content[: at + 39] + b"\x01" + content[at + 40 :])
    with pytest.raises(StorageError, match="damaged"):
        open_library(library.path)
