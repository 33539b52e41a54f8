"""Files find their rows by the row's file, else by number or name."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.file_match import FileMatch, match_files
from app.domain.catalog.row_check import check_part_table
from app.domain.catalog.table_sheet import Cell, TableSheet


def match(rows: list[tuple[Cell, ...]], *files: str) -> FileMatch:
    sheet = TableSheet("list", 1, (("Part No", "File", "Description", "Stock"), *rows))
    return match_files(check_part_table([sheet]), files)


def files_of(found: FileMatch) -> dict[str, tuple[str, ...]]:
    return {row.row.number: row.files for row in found.rows}


def test_by_file_in_any_case_with_or_without_suffix_and_folders() -> None:
    found = match(
        [("1", "RING.STL"), ("2", "tray"), ("3", r"cad\lid.stl"), ("4", "x/y/cap.stp")],
        "ring.stl", "sub/Tray.stl", "cad/lid.stl", "cap.stp", "spare.stl",
    )  # fmt: skip
    assert files_of(found) == {
        "1": ("ring.stl",), "2": ("sub/Tray.stl",), "3": ("cad/lid.stl",), "4": ("cap.stp",),
    }  # fmt: skip
    assert found.files_without_row == ("spare.stl",)


def test_else_by_number_then_by_name() -> None:
    found = match(
        [("00815", None, "Griff"), ("4711", None, "Y piece"), ("9", None, None)],
        "815.stl", "y_piece.stl", "griff.stl",
    )  # fmt: skip
    assert files_of(found) == {"00815": ("815.stl",), "4711": ("y_piece.stl",), "9": ()}
    assert found.files_without_row == ("griff.stl",)
    assert [row.row.number for row in found.rows_without_file] == ["9"]


def test_a_named_file_that_is_missing_is_not_replaced_by_a_guess() -> None:
    found = match([("815", "gone.stl", "Griff")], "815.stl", "griff.stl")
    assert files_of(found) == {"815": ()}


def test_several_formats_belong_together() -> None:
    found = match([("815", "tray")], "tray.stl", "tray.step")
    assert files_of(found) == {"815": ("tray.stl", "tray.step")}


def test_a_row_that_names_one_format_gets_the_others_of_its_folder() -> None:
    found = match(
        [("1", "tray.stl"), ("2", "cap.stl"), ("3", "cap.3mf"), ("4", "lid.stl", "", "x")],
        "a/tray.stl", "a/Tray.step", "b/tray.3mf", "cap.stl", "cap.3mf", "lid.stl", "lid.3mf",
    )  # fmt: skip
    assert files_of(found) == {
        "1": ("a/tray.stl", "a/Tray.step"), "2": ("cap.stl",), "3": ("cap.3mf",),
    }  # fmt: skip
    assert [held.file for held in found.held_back] == ["lid.stl"]
    assert found.files_without_row == ("b/tray.3mf", "lid.3mf")


def test_two_equal_names_are_left_undecided_unless_folders_tell() -> None:
    found = match([("1", "ring.stl"), ("2", "new/lid.stl")],
                  "a/ring.stl", "b/ring.stl", "old/lid.stl", "new/lid.stl")  # fmt: skip
    first, second = found.rows
    assert (first.files, first.undecided) == ((), ("a/ring.stl", "b/ring.stl"))
    assert second.files == ("new/lid.stl",)
    assert found.files_without_row == ("old/lid.stl",)


def test_umlauts_match_however_they_are_composed() -> None:
    name = "lüfterrad_v2.stl"
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != name
    assert files_of(match([("1", name)], decomposed)) == {"1": (decomposed,)}


def test_files_of_refused_rows_are_held_back_unless_a_good_row_has_them() -> None:
    found = match(
        [("1", "a.stl", "", "x"), ("2", "b.stl", "", "y"), ("3", "b.stl"), ("4", "", "", "z")],
        "a.stl", "b.stl", "4.stl",
    )  # fmt: skip
    assert [(held.file, held.row.number) for held in found.held_back] == [
        ("a.stl", "1"),
        ("4.stl", "4"),
    ]
    assert files_of(found) == {"3": ("b.stl",)}
    assert found.files_without_row == ()


names = st.lists(st.from_regex(r"[a-c]{1,2}(/[a-c]{1,2})?\.(stl|3mf)", fullmatch=True), unique=True)


@given(names, st.lists(st.from_regex(r"[a-c]{1,2}(\.stl)?", fullmatch=True), max_size=6))
def test_every_file_has_exactly_one_fate(files: list[str], wanted: list[str]) -> None:
    rows = [(f"n{place}", name, None, "1") for place, name in enumerate(wanted)]
    found = match(list(rows), *files)
    used = {file for row in found.rows for file in (*row.files, *row.undecided)}
    held = {held.file for held in found.held_back}
    free = set(found.files_without_row)
    assert used | held | free == set(files)
    assert not used & held
    assert not used & free
    assert not held & free
