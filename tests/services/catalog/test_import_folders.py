"""Folders as they are found on real disks: odd files, odd names, links, pipes, a library inside."""

from __future__ import annotations

import errno
import os
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import TableError
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part
from app.services.catalog.import_plan import hash_file
from app.storage.library import Library
from helpers.importing import Import
from helpers.meshes import binary_stl, box


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "good.stl").write_bytes(binary_stl(box(5.0, 10, 10)))
    return folder


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # the whole path may be longer than a socket's name


def make_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def make_circle(path: Path) -> None:
    path.symlink_to(path)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("Dear Sir or Madam", encoding="utf-8")


ODD_FILES = [make_pipe, make_socket, make_dangling_link, make_circle, make_empty, make_text]


@pytest.mark.parametrize("make", ODD_FILES)
def test_an_odd_file_is_refused_by_name_and_its_neighbour_stays(
    run: Import, folder: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    make(folder / "odd.stl")
    report = run(folder)
    assert [part.number for part in report.created] == ["good"]
    [refused] = report.refused_files
    assert refused.file == "odd.stl"
    assert refused.reason.startswith("odd.stl")


@pytest.mark.parametrize("make", [make_pipe, make_dangling_link, make_empty])
def test_an_odd_table_is_a_sentence(
    run: Import, folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "list.csv")
    with pytest.raises(TableError, match=r"list\.csv"):
        run(folder, table=folder / "list.csv")


def test_a_folder_is_no_table(run: Import, folder: Path) -> None:
    with pytest.raises(TableError, match="parts is no file"):
        run(folder, table=folder)


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    make_pipe(folder / "pipe.stl")
    assert hash_file(folder / "pipe.stl") == ""


def test_the_same_file_named_twice_is_imported_once(run: Import, folder: Path) -> None:
    (folder / "link.stl").symlink_to(folder / "good.stl")
    report = run(folder / "good.stl", folder, folder / "good.stl", folder / "link.stl")
    assert [part.number for part in report.created] == ["good"]
    assert [(d.file, d.same_as) for d in report.duplicates] == [("link.stl", "good.stl")]


@pytest.mark.parametrize(
    "name",
    [
        "Gehäuse.stl", "GEHÄUSE.STL", unicodedata.normalize("NFD", "Gehäuse.stl"), "дверь.stl",
        "部品.stl", "a b.stl", "a;b.stl", "a'b\"c.stl", "%s{0}.stl", "-rf.stl", "tab\tname.stl",
        "two.dots.stl", "ß" * 60 + ".stl", "=cmd.stl", "#1.stl", "name.STL", "1e5.stl", "nul.stl",
    ],
)  # fmt: skip
def test_any_name_becomes_a_draft_part(
    library: Library, run: Import, tmp_path: Path, name: str
) -> None:
    place = tmp_path / "odd"
    place.mkdir()
    (place / name).write_bytes(binary_stl(box(5.0, 10, 10)))
    report = run(place)
    [part] = report.created
    assert part.number == unicodedata.normalize("NFC", Path(name).stem)
    assert [p.number for p in run(place).unchanged] == [part.number]
    with library.reading() as read:
        assert read.one(Geometry).file_name == name


def test_a_name_that_is_no_text_is_refused_and_its_neighbour_stays(
    run: Import, folder: Path
) -> None:
    unreadable = Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.stl"))
    unreadable.write_bytes(binary_stl(box(2, 1, 1)))
    report = run(folder)
    assert [part.number for part in report.created] == ["good"]
    assert [file.file for file in report.refused_files] == ["b\N{REPLACEMENT CHARACTER}.stl"]
    assert "Rename" in report.refused_files[0].reason


def test_hidden_and_foreign_files_are_passed_over(run: Import, folder: Path) -> None:
    stl = binary_stl(box(3.0, 1, 1))
    for name in ("._good.stl", ".git/x.stl", "__MACOSX/good.stl", "photo.jpg", "good.stl.bak"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(stl)
    assert [part.files for part in run(folder).created] == [("good.stl",)]


def test_a_folder_that_cannot_be_opened_is_refused_and_its_neighbours_stay(
    run: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir()
    real = os.scandir

    def refuse(place: str) -> Any:
        if Path(place) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        return real(place)

    monkeypatch.setattr(os, "scandir", refuse)
    report = run(folder)
    assert [part.number for part in report.created] == ["good"]
    [refused] = report.refused_files
    assert refused.file == "closed"
    assert refused.reason == "closed could not be read: Permission denied."
    alone = run(closed)
    assert [item.file for item in alone.refused_files] == ["closed"]
    assert alone.refused_everything


def test_a_folder_linked_into_itself_is_no_circle(run: Import, folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert [part.number for part in run(folder).created] == ["good"]


def test_a_library_inside_the_folder_is_not_imported_into_itself(
    library: Library, run: Import
) -> None:
    outside = library.path.parent
    (outside / "good.stl").write_bytes(binary_stl(box(5.0, 10, 10)))
    report = run(outside)
    assert [part.number for part in report.created] == ["good"]
    again = run(outside)
    assert [part.number for part in again.unchanged] == ["good"]
    assert again.catalogued == 1
    assert library.check(Progress()).clean


def test_an_original_of_the_library_is_known(library: Library, run: Import, folder: Path) -> None:
    run(folder)
    with library.reading() as read:
        original = library.objects.path_of(read.one(Geometry).sha256)
    report = run(original)
    assert [(d.same_as, d.catalogued) for d in report.duplicates] == [("good", False)]
    assert report.catalogued == 0
    assert library.check(Progress()).clean


def test_what_was_finished_before_a_stop_is_kept_and_named(
    library: Library, run: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.catalog.carry_out_import.BATCH_FILES", 1)
    for place in range(4):
        (folder / f"p{place}.stl").write_bytes(binary_stl(box(20.0 + place, 1, 1)))
    stop = Progress(lambda share, _text: stop.cancel() if share > 0.6 else None)
    report = run(folder, progress=stop)
    assert report.cancelled
    with library.reading() as read:
        kept = sorted(part.number for part in read.fetch(Part))
    assert sorted(part.number for part in report.created) == kept
    assert 0 < len(kept) < 5
    assert library.check(Progress()).clean
    rest = run(folder)
    assert len(rest.unchanged) == len(kept)
    assert len(rest.created) == 5 - len(kept)
