"""The object store under attack: links, folders, torn copies, file systems without hard links."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import StorageError
from app.base.progress import Progress
from app.domain.audit.check_report import ProblemKind
from app.domain.catalog.stored_file import StoredFile
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import parts

CONTENT = b"solid leg cap"


def keep(library: Library, content: bytes = CONTENT) -> str:
    with library.writing(who="Anna", act="keep") as write:
        return write.keep_bytes(content)[0]


def kinds(library: Library) -> list[ProblemKind]:
    return [problem.kind for problem in library.check(Progress()).problems]


def link_elsewhere(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    elsewhere = path.parents[3] / "elsewhere"
    elsewhere.write_bytes(content)
    path.symlink_to(elsewhere)


def dangle(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)  # a link to itself


@pytest.mark.parametrize("spoil", [link_elsewhere, dangle, make_folder, make_pipe])
def test_whatever_is_no_plain_file_is_reported_and_the_check_goes_on(
    library: Library, spoil: Callable[[Path], None]
) -> None:
    other = keep(library, b"another file")
    sha256 = keep(library)
    spoil(library.objects.path_of(sha256))
    library.objects.path_of(other).unlink()
    assert sorted(kinds(library)) == [ProblemKind.FILE_CHANGED, ProblemKind.FILE_MISSING]


def tear(path: Path) -> None:
    path.write_bytes(b"torn")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def change(path: Path) -> None:
    path.write_bytes(CONTENT[:-1] + b"!")


@pytest.mark.parametrize("spoil", [link_elsewhere, dangle, tear, empty, change])
def test_keeping_the_file_again_mends_the_store(
    library: Library, spoil: Callable[[Path], None]
) -> None:
    sha256 = keep(library)
    path = library.objects.path_of(sha256)
    spoil(path)
    assert keep(library) == sha256
    assert not path.is_symlink()
    assert library.objects.read_bytes(sha256) == CONTENT
    assert kinds(library) == []


def test_a_folder_in_the_place_of_a_file_is_refused(library: Library) -> None:
    staged = library.objects.stage_bytes(CONTENT)
    library.objects.path_of(staged.sha256).mkdir(parents=True)
    library.objects.discard(staged)
    with pytest.raises(StorageError, match="is not what was put in"):
        keep(library)
    with library.reading() as read:
        assert read.count(StoredFile) == 0


def test_strange_names_among_the_files_are_listed(library: Library) -> None:
    sha256 = keep(library)
    odd = [library.objects.root / ("x" * 200), library.objects.path_of(sha256).with_name("y" * 250)]
    for path in odd:
        path.write_bytes(b"?")
    assert kinds(library) == [ProblemKind.FILE_SURPLUS] * 2
    assert library.objects.read_bytes(sha256) == CONTENT


def no_links(*_arguments: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


def test_without_hard_links_the_copy_leaves_nothing_behind(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    sha256 = keep(library)
    assert library.objects.read_bytes(sha256) == CONTENT
    names = [p.name for p in library.objects.root.rglob("*") if p.is_file()]
    assert names == [sha256[2:]]
    assert kinds(library) == []


def test_without_hard_links_a_failed_copy_leaves_nothing_behind(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(errno.EIO, "broken disk")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr("shutil.copyfile", no_space)
    with pytest.raises(StorageError, match="broken disk"):
        keep(library)
    assert [p for p in library.objects.root.rglob("*") if p.is_file()] == []
    assert kinds(library) == []


def test_an_act_that_fails_takes_its_files_out_but_not_those_of_others(library: Library) -> None:
    shared = keep(library, b"kept before")
    with pytest.raises(ZeroDivisionError), library.writing(who="Anna", act="fail") as write:
        write.keep_bytes(b"kept before")
        write.keep_bytes(CONTENT)
        raise ZeroDivisionError
    assert list(library.objects.stored_hashes()) == [shared]
    assert library.objects.leftovers() == []
    assert kinds(library) == []


def test_a_commit_that_fails_takes_its_files_out(library: Library) -> None:
    with pytest.raises(StorageError), library.writing(who="Anna", act="add many") as write:
        write.keep_bytes(CONTENT)
        pages = write.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        write.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        write.insert(parts(3000))
    assert list(library.objects.stored_hashes()) == []
    assert kinds(library) == []


def test_a_staged_copy_that_cannot_go_does_not_spoil_the_act(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "in use by a scanner", str(self))

    with monkeypatch.context() as patch, library.writing(who="Anna", act="keep") as write:
        sha256, _size = write.keep_bytes(CONTENT)
        patch.setattr(Path, "unlink", busy)
    assert library.objects.read_bytes(sha256) == CONTENT
    assert kinds(library) == []


def test_a_leftover_whose_process_number_lives_again_is_let_alone(library: Library) -> None:
    staged = library.objects.stage_bytes(b"half done")
    library.objects.place(staged)
    living = os.getppid()
    named = staged.path.with_name(f"{living}-{staged.path.name.split('-', 1)[1]}")
    staged.path.rename(named)
    library.close()
    reopened = open_library(library.path)
    assert named.exists()
    assert reopened.objects.path_of(staged.sha256).exists()
    assert kinds(reopened) == []
    reopened.close()


def test_a_changed_file_is_never_handed_out(library: Library) -> None:
    sha256 = keep(library)
    library.objects.path_of(sha256).write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(StorageError, match="Restore it from a backup"):
        library.objects.read_bytes(sha256)
    with pytest.raises(StorageError, match="Restore it from a backup"):
        library.objects.verified_path(sha256)


def test_every_byte_of_a_small_file_counts(library: Library) -> None:
    sha256 = keep(library)
    path = library.objects.path_of(sha256)
    for n in range(len(CONTENT)):
        spoiled = bytearray(CONTENT)
        spoiled[n] ^= 1
        path.write_bytes(spoiled)
        with pytest.raises(StorageError):
            library.objects.read_bytes(sha256)
