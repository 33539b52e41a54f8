"""A full disk and failing writes: a sentence, nothing half done, the library usable."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import DiskFull, LibraryLocked, StorageError
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.storage.library import Library
from helpers.builders import parts


def failing(original: Callable[..., object], at: int, number: int) -> Callable[..., object]:
    """Return `original` failing with errno `number` at its call `at`, counted from 1."""
    calls = 0

    def call(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(number, os.strerror(number))
        return original(*arguments, **named)

    return call


@pytest.mark.parametrize("name", ["fsync", "link"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_no_space_at_every_step_of_keeping_a_file(
    library: Library, monkeypatch: pytest.MonkeyPatch, name: str, at: int
) -> None:
    monkeypatch.setattr(os, name, failing(getattr(os, name), at, errno.ENOSPC))
    try:
        with library.writing(who="Anna", act="add") as write:
            write.insert(parts(3))
            write.keep_bytes(b"content")
    except DiskFull as error:
        assert "No space is left" in str(error)
        kept = 0
    else:
        kept = 3  # the step came less often, or had another way (no hard links: a copy)
    monkeypatch.undo()
    with library.reading() as read:
        assert read.count(Part) == kept
    library.objects.leftovers()
    report = library.check(Progress())
    assert {p.kind for p in report.problems} <= {"file_surplus"}
    with library.writing(who="Anna", act="add") as write:
        write.keep_bytes(b"content")
    assert library.check(Progress()).clean


def test_a_full_database_is_a_sentence_and_nothing_is_lost(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        write.insert(parts(3))
    with (
        pytest.raises(DiskFull, match="nothing that was confirmed is lost"),
        library.writing(who="Anna", act="add many") as write,
    ):
        pages = write.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        write.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        write.insert(parts(5000, prefix="B"))
    with library.reading() as read:
        assert read.count(Part) == 3
    assert library.check(Progress()).clean


def test_an_unreadable_source_names_the_file(library: Library, tmp_path: Path) -> None:
    with (
        pytest.raises(StorageError, match=r"gone\.stl cannot be read or written"),
        library.writing(who="Anna", act="add") as write,
    ):
        write.keep_file(tmp_path / "gone.stl")


def test_a_refused_write_names_the_permissions(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(os.fsync, 1, errno.EROFS))
    with (
        pytest.raises(LibraryLocked, match="Check the permissions"),
        library.writing(who="Anna", act="add") as write,
    ):
        write.keep_bytes(b"content")
