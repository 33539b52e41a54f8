"""What an import finds before it measures anything: sources, names, twins and numbers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.base.errors import TableError
from app.base.progress import Progress
from app.services.catalog.import_plan import (
    ImportPlan,
    find_sources,
    hash_file,
    plan_import,
    split_sources,
)
from app.workers.pool import WorkerPool


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path


def touch(path: Path, content: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or path.as_posix().encode())
    return path


def plan(workers: WorkerPool, *sources: Path, table: Path | None = None) -> ImportPlan:
    return plan_import(sources, table, None, workers=workers, progress=Progress())


def numbers(found: ImportPlan) -> list[str]:
    return [part.number for part in found.parts]


def test_a_table_among_the_files_is_the_table(place: Path) -> None:
    ring, table = touch(place / "ring.stl"), touch(place / "LIST.XLSX")
    assert split_sources([ring, table], None) == ([ring], table)
    assert split_sources([ring, table], table) == ([ring], table)
    assert split_sources([ring], table) == ([ring], table)
    folder = place / "folder.csv"
    folder.mkdir()
    assert split_sources([folder], None) == ([folder], None)
    with pytest.raises(TableError, match="Two tables"):
        split_sources([table, place / "other.csv"], None)
    with pytest.raises(TableError, match=r"LIST\.XLSX, other\.csv"):
        split_sources([place / "other.csv"], table)


def test_names_tell_files_apart_and_no_file_comes_twice(place: Path) -> None:
    touch(place / "one" / "ring.stl")
    touch(place / "one" / "sub" / "lid.stl")
    touch(place / "two" / "ring.stl")
    touch(place / "one" / "notes.txt")
    found, closed = find_sources([place / "one", place / "two", place / "one" / "ring.stl"])
    assert not closed
    assert [file.name for file in found] == [
        "ring.stl", "sub/lid.stl", f"{place.name}/ring.stl",
    ]  # fmt: skip
    assert len({file.path for file in found}) == 3


def test_a_file_that_cannot_be_read_has_no_hash(place: Path) -> None:
    assert hash_file(place / "gone.stl") == ""
    assert len(hash_file(touch(place / "ring.stl"))) == 64


def test_numbers_of_loose_files_are_their_stems(workers: WorkerPool, place: Path) -> None:
    for name in ("Y piece.stl", "sub/Rad (2).step", "ring.stl", "ring.3mf", "a.b.c.stl"):
        touch(place / name)
    found = plan(workers, place)
    assert numbers(found) == ["Y piece", "a.b.c", "ring", "Rad (2)"]
    [ring] = [part for part in found.parts if part.number == "ring"]
    assert [file.name for file in ring.files] == ["ring.3mf", "ring.stl"]


def test_equal_numbers_are_told_apart_and_stay_the_same(workers: WorkerPool, place: Path) -> None:
    for name in ("a/ring.stl", "b/ring.stl", "0815.stl", "815.stl", "c/0815.stl", "c/Ring.3mf"):
        touch(place / name)
    first, again = plan(workers, place), plan(workers, place)
    assert numbers(first) == numbers(again)
    assert len({part.key for part in first.parts}) == len(first.parts) == 6


def test_a_loose_file_never_takes_the_number_of_a_row(workers: WorkerPool, place: Path) -> None:
    touch(place / "815.stl")
    table = touch(place / "list.csv", b"Part No;File\n0815;other.stl\n")
    found = plan(workers, place, table=table)
    assert numbers(found) == ["0815", "815.stl"]
    assert found.parts[0].files == ()


def test_twins_are_told(workers: WorkerPool, place: Path) -> None:
    for name in ("a.stl", "b.stl", "c.stl", "sub/d.stl"):
        touch(place / name, b"same")
    table = touch(place / "list.csv", b"Part No;File\n1;b.stl\n2;c.stl\n")
    found = plan(workers, place, table=table)
    assert numbers(found) == ["1", "2"]
    assert [(d.file, d.same_as, d.catalogued) for d in found.duplicates] == [
        ("c.stl", "b.stl", True), ("a.stl", "b.stl", False), ("sub/d.stl", "b.stl", False),
    ]  # fmt: skip


def test_undecided_files_are_refused_with_the_way_out(workers: WorkerPool, place: Path) -> None:
    for name in ("a/ring.stl", "b/ring.stl"):
        touch(place / "cad" / name)
    table = touch(place / "list.csv", b"Part No;File\n1;ring.stl\n")
    found = plan(workers, place / "cad", table=table)
    assert [item.file for item in found.refused_files] == ["a/ring.stl", "b/ring.stl"]
    assert "Name the folder" in found.refused_files[0].reason
    assert numbers(found) == ["1"]
    touch(table, b"Part No;File\n1;b/ring.stl\n")
    decided = plan(workers, place / "cad", table=table)
    assert [file.name for file in decided.parts[0].files] == ["b/ring.stl"]
    assert numbers(decided)[1:] == ["ring"]


def test_files_of_refused_rows_say_which_row(workers: WorkerPool, place: Path) -> None:
    touch(place / "ring.stl")
    table = touch(place / "list.csv", b"Part No;File;Stock\n1;ring.stl;viele\n")
    found = plan(workers, place, table=table)
    assert found.parts == ()
    [held] = found.held_back
    assert held.file == "ring.stl"
    assert held.reason.startswith("Its row 2 was refused: Row 2, column C (Stock): 'viele'")


def test_a_table_is_read_in_a_worker_and_its_trouble_is_a_tables(
    workers: WorkerPool, place: Path
) -> None:
    table = touch(place / "list.xlsx", b"PK\x03\x04" + os.urandom(200))
    with pytest.raises(TableError, match=r"list\.xlsx is damaged"):
        plan(workers, table=table)
    with pytest.raises(TableError, match="part number"):
        plan(workers, table=touch(place / "list.csv", b"a;b\nc;d\n"))
