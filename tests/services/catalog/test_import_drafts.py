"""A file imported first and listed later is one part: its untouched draft is taken over."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part, PartRevision, RevisionState, RightToMake
from app.domain.lifecycle.product import Product, WhereUsed
from app.services.audit.undo_change import undo_change
from app.services.catalog.set_rights import set_rights
from app.storage.library import Library
from helpers import importing
from helpers.importing import Import
from helpers.meshes import binary_stl, box, three_mf


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "ring.stl").write_bytes(binary_stl(box(5.0, 10, 10)))
    return folder


def write_list(path: Path, *rows: tuple[str, ...]) -> Path:
    return importing.write_list(path, *rows, headings=("Part No", "File", "Description"))


def stored(library: Library) -> dict[str, list[str]]:
    """Return the names of each part's files by its number."""
    with library.reading() as read:
        parts = {part.id: part.number for part in read.fetch(Part)}
        owners = {r.id: parts[r.part_id] for r in read.fetch(PartRevision)}
        files: dict[str, list[str]] = {number: [] for number in parts.values()}
        for geometry in read.fetch(Geometry):
            files[owners[geometry.revision_id]].append(geometry.file_name)
    return {number: sorted(names) for number, names in files.items()}


@pytest.mark.parametrize("with_files", [True, False])
def test_a_listed_file_keeps_one_part(
    library: Library, run: Import, folder: Path, tmp_path: Path, with_files: bool
) -> None:
    run(folder)
    with library.reading() as read:
        [draft] = read.fetch(Part)
    table = write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring, grey"))
    sources = [folder] if with_files else []
    rehearsed = run(*sources, table=table, dry_run=True)
    assert stored(library) == {"ring": ["ring.stl"]}
    report = run(*sources, table=table)
    assert stored(library) == {"ST-1": ["ring.stl"]}
    with library.reading() as read:
        [part] = read.fetch(Part)
    assert (part.id, part.number_key, part.name) == (draft.id, "st-1", "Ring, grey")
    for told in (report, rehearsed):
        assert [p.number for p in told.updated] == ["ST-1"]
        assert not told.created
        assert not told.duplicates
        assert not told.rows_without_file
        [note] = [n for n in told.notes if n.row == 2]
        assert note.text == (
            "Row 2: the draft part 'ring', named by its file, was taken over as ST-1."
        )
    again = run(folder, table=table)
    assert [p.number for p in again.unchanged] == ["ST-1"]
    assert not again.changes
    assert not [n for n in again.notes if "taken over" in n.text]
    undo_change(library, who="Anna")
    assert stored(library) == {"ring": ["ring.stl"]}
    assert library.check(Progress()).clean


def test_a_changed_file_of_the_same_name_is_still_the_draft(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    run(folder)
    (folder / "ring.stl").write_bytes(binary_stl(box(6.0, 10, 10)))
    run(folder, table=write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring")))
    assert stored(library) == {"ST-1": ["ring.stl"]}


def test_the_same_bytes_under_another_name_are_still_the_draft(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    run(folder)
    (folder / "ring.stl").rename(folder / "ST-1.stl")
    run(folder, table=write_list(tmp_path / "list.csv", ("ST-1", "", "Ring")))
    assert stored(library) == {"ST-1": ["ring.stl"]}


def test_only_the_first_of_two_rows_takes_the_draft(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    run(folder)
    rows = [("ST-1", "ring.stl", "Ring"), ("ST-2", "ring.stl", "Ring, black")]
    run(folder, table=write_list(tmp_path / "list.csv", *rows))
    assert stored(library) == {"ST-1": ["ring.stl"], "ST-2": ["ring.stl"]}


def test_folders_tell_drafts_of_one_file_name_apart(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    for place, size in (("a", 3.0), ("b", 4.0)):
        (folder / place).mkdir()
        (folder / place / "cap.stl").write_bytes(binary_stl(box(size, 1, 1)))
    run(folder)
    assert set(stored(library)) == {"ring", "a/cap", "b/cap"}
    undecided = run(table=write_list(tmp_path / "list.csv", ("ST-1", "cap.stl", "Cap")))
    assert [part.number for part in undecided.created] == ["ST-1"]
    assert len(stored(library)) == 4
    undo_change(library, who="Anna")
    run(table=write_list(tmp_path / "list.csv", ("ST-1", "b/cap.stl", "Cap")))
    assert set(stored(library)) == {"ring", "a/cap", "ST-1"}


@pytest.fixture
def two_formats(run: Import, folder: Path) -> Path:
    """A draft that holds a mesh in two formats."""
    (folder / "ring.3mf").write_bytes(three_mf(box(5.0, 10, 10)))
    run(folder)
    return folder


@pytest.mark.parametrize("brought", ["both", "ring.stl", "nothing"])
def test_a_row_that_names_one_of_several_formats_takes_the_whole_draft(
    library: Library, run: Import, two_formats: Path, tmp_path: Path, brought: str
) -> None:
    sources = {"both": [two_formats], "nothing": []}.get(brought, [two_formats / brought])
    table = write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring"))
    run(*sources, table=table)
    assert stored(library) == {"ST-1": ["ring.3mf", "ring.stl"]}
    assert not run(*sources, table=table).changes


@pytest.mark.parametrize("brought", [True, False])
def test_a_draft_is_not_torn_between_rows_that_name_its_formats(
    library: Library, run: Import, two_formats: Path, tmp_path: Path, brought: bool
) -> None:
    rows = [("ST-1", "ring.stl", "Ring"), ("ST-2", "ring.3mf", "Ring, rounded")]
    run(*([two_formats] if brought else []), table=write_list(tmp_path / "list.csv", *rows))
    own = {"ST-1": ["ring.stl"], "ST-2": ["ring.3mf"]} if brought else {"ST-1": [], "ST-2": []}
    assert stored(library) == {"ring": ["ring.3mf", "ring.stl"], **own}


def test_bytes_of_one_format_do_not_take_a_draft_of_two(
    library: Library, run: Import, two_formats: Path, tmp_path: Path
) -> None:
    other = tmp_path / "washer.stl"
    other.write_bytes((two_formats / "ring.stl").read_bytes())
    run(other, table=write_list(tmp_path / "list.csv", ("ST-1", "washer.stl", "Washer")))
    assert stored(library) == {"ring": ["ring.3mf", "ring.stl"], "ST-1": ["washer.stl"]}


def test_an_umlaut_in_two_ways_is_one_draft(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    (folder / "ring.stl").rename(folder / unicodedata.normalize("NFD", "Hülse.stl"))
    run(folder)
    assert list(stored(library)) == ["Hülse"]
    run(table=write_list(tmp_path / "list.csv", ("ST-1", "HÜLSE.STL", "Hülse")))
    assert list(stored(library)) == ["ST-1"]


def test_a_held_back_file_joins_once_its_row_is_mended(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    bad = run(folder, table=write_list(tmp_path / "list.csv", ("", "ring.stl", "Ring")))
    assert [item.file for item in bad.held_back] == ["ring.stl"]
    assert stored(library) == {}
    run(folder, table=write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring")))
    assert stored(library) == {"ST-1": ["ring.stl"]}


def _give_rights(library: Library) -> None:
    set_rights(library, "ring", who="Anna", right_to_make=RightToMake.OWN, why="own design of 2019")


def _rename(library: Library) -> None:
    with library.writing(who="Anna", act="rename") as write:
        write.update(replace(write.one(Part, number_key="ring"), name="My ring"))


def _use(library: Library) -> None:
    with library.writing(who="Anna", act="use") as write:
        [product] = write.insert([Product(name="Mk1", name_key="mk1")])
        part = write.one(Part, number_key="ring")
        write.insert([WhereUsed(part_id=part.id, product_id=product)])


def _release(library: Library) -> None:
    with library.writing(who="Anna", act="release") as write:
        [draft] = write.fetch(PartRevision)
        write.update(replace(draft, state=RevisionState.RELEASED, released_by="Anna"))


@pytest.mark.parametrize("touch", [_give_rights, _rename, _use, _release])
def test_a_draft_that_somebody_touched_stays_as_it_is(
    library: Library,
    run: Import,
    folder: Path,
    tmp_path: Path,
    touch: Callable[[Library], None],
) -> None:
    run(folder)
    touch(library)
    report = run(folder, table=write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring")))
    assert [part.number for part in report.created] == ["ST-1"]
    assert stored(library) == {"ring": ["ring.stl"], "ST-1": ["ring.stl"]}
    assert [(d.file, d.same_as) for d in report.duplicates] == [("ring.stl", "ring")]


def test_a_draft_touched_while_the_import_runs_stays(
    library: Library,
    run: Import,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(folder)
    from app.services.catalog.import_writing import ImportWriter

    real = ImportWriter.write_products

    def touch_first(writer: ImportWriter) -> None:
        _rename(library)
        real(writer)

    monkeypatch.setattr(ImportWriter, "write_products", touch_first)
    run(folder, table=write_list(tmp_path / "list.csv", ("ST-1", "ring.stl", "Ring")))
    assert set(stored(library)) == {"ring", "ST-1"}
