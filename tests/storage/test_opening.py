"""Opening refuses what it should, in words, and never harms what it finds."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import LibraryTooNew, StorageError
from app.storage import migrating
from app.storage.library import Library
from app.storage.migrations.columns import altering
from app.storage.opening import create_library, is_library, open_library, schema_version


def set_pragma(folder: Path, pragma: str, value: int) -> None:
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        connection.execute(f"PRAGMA {pragma} = {value}")


def test_a_new_library_opens_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "library"
    made = create_library(folder)
    made.close()
    assert is_library(folder)
    opened = open_library(folder)
    assert opened.library_id == made.library_id
    opened.close()
    assert [p.name for p in folder.parent.iterdir()] == ["library"]


def test_a_second_library_in_the_same_folder_is_refused(library: Library) -> None:
    with pytest.raises(StorageError, match="already holds a library"):
        create_library(library.path)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StorageError, match="is not empty"):
        create_library(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_no_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no library .* init"):
        open_library(tmp_path)


def test_a_newer_library_is_refused_and_left_alone(library: Library) -> None:
    library.close()
    set_pragma(library.path, "user_version", 99)
    with pytest.raises(LibraryTooNew, match=r"schema 99"):
        open_library(library.path)
    assert (library.path / "library.sqlite").exists()


def test_a_foreign_database_is_refused(library: Library) -> None:
    library.close()
    set_pragma(library.path, "application_id", 1)
    with pytest.raises(StorageError, match="not one of Everspare"):
        open_library(library.path)


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_text("this is no database, whatever its name says " * 40)
    with pytest.raises(StorageError, match="damaged or no library"):
        open_library(tmp_path)


@pytest.mark.parametrize("folder", ["a b", "Ersatzteile für Müller", "50% ? #1"])
def test_odd_folder_names_work(tmp_path: Path, folder: str) -> None:
    create_library(tmp_path / folder).close()
    assert schema_version(tmp_path / folder) == 1


def test_an_older_library_is_upgraded_and_a_copy_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage import opening

    library.close()

    def add_column(operations: object) -> None:
        with altering(operations, "part") as batch:  # type: ignore[arg-type]
            batch.alter_column("note", nullable=True)

    monkeypatch.setattr(migrating, "STEPS", (*migrating.STEPS, add_column))
    monkeypatch.setattr(migrating, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", 2)
    opened = open_library(library.path)
    with opened.reading() as read:
        info = read.connection.exec_driver_sql("PRAGMA table_info(part)").fetchall()
    assert {row[1]: row[3] for row in info}["note"] == 0
    opened.close()
    assert schema_version(library.path) == 2
    [kept] = (library.path / "backups").iterdir()
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)


def test_an_upgrade_that_loses_rows_is_taken_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage import opening
    from helpers.builders import parts

    with library.writing(who="Anna", act="add") as write:
        write.insert(parts(3))
    library.close()

    def lose(operations: object) -> None:
        operations.execute("DELETE FROM part WHERE id = 2")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrating, "STEPS", (*migrating.STEPS, lose))
    monkeypatch.setattr(migrating, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", 2)
    with pytest.raises(StorageError, match=r"it is unchanged .* part"):
        open_library(library.path)
    monkeypatch.undo()
    assert schema_version(library.path) == 1
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM part").fetchone() == (3,)


def test_leftovers_of_a_dead_process_are_swept(library: Library) -> None:
    staged = library.objects.stage_bytes(b"half done")
    library.objects.place(staged)
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.strip()
    orphan = staged.path.with_name(f"{dead}-{staged.path.name.split('-', 1)[1]}")
    staged.path.rename(orphan)
    mine = library.objects.stage_bytes(b"still working")
    library.close()
    reopened = open_library(library.path)
    assert [path for path, _pid, _hash in reopened.objects.leftovers()] == [mine.path]
    assert list(reopened.objects.stored_hashes()) == []
    reopened.close()


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from app.base.errors import LibraryLocked
from app.storage import library, migrating, sweeping
from app.storage.opening import create_library, open_library
if os.getuid() == 0:  # root may write anywhere: become somebody who may not
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
for act in (open_library, lambda path: create_library(path.with_name("new"))):
    try:
        act(Path(sys.argv[1]))
    except LibraryLocked as error:
        print(error)
"""


def test_a_read_only_folder_is_a_sentence(empty_library_folder: Path) -> None:
    place = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(empty_library_folder, place / "library")
        for path in [place, *place.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, str(place / "library")],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    finally:
        for path in [place, *place.rglob("*")]:
            path.chmod(0o755)
        shutil.rmtree(place)
    for name in ("library", "new"):
        assert f"{place / name} cannot be written. Check the permissions" in done.stdout
