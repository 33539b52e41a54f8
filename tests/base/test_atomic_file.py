"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from app.base.atomic_file import staged_file, write_atomically
from app.base.errors import DiskFull, StorageError


def test_a_file_is_written_into_a_new_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_atomically(path, b"secret", private=True)
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_file_stays_where_it_must_not_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "p"
    write_atomically(path, b"one", overwrite=False)
    with pytest.raises(StorageError, match="exists already"):
        write_atomically(path, b"two", overwrite=False)
    assert path.read_bytes() == b"one"


def test_a_name_taken_between_the_two_steps_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "p"
    with staged_file(path, b"ours", overwrite=False) as staged:
        path.write_bytes(b"theirs")
        with pytest.raises(StorageError, match="exists already"):
            staged.put_in_place()
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_stays_of_a_file_that_is_not_put_in_place(tmp_path: Path) -> None:
    def fail() -> None:
        with staged_file(tmp_path / "p", b"x"):
            raise RuntimeError("the other half failed")

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match="No space is left"):
        write_atomically(tmp_path / "p", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be written"):
        write_atomically(tmp_path / "file" / "p", b"x")
    with pytest.raises(StorageError, match="exists already"):
        write_atomically(tmp_path, b"x")
