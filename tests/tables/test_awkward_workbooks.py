"""Workbooks as they come: another epoch, title lines, hidden sheets, formulas, many rows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.domain.catalog.part_table import PartTable, ProblemCode
from app.domain.catalog.row_check import check_part_table
from app.tables.readers import load_table


def read(path: Path) -> PartTable:
    return check_part_table(load_table(path))


def save(book: Any, path: Path) -> Path:
    book.save(path)
    return path


@pytest.mark.parametrize("mac", [False, True])
def test_dates_of_both_epochs_are_the_dates_that_are_shown(tmp_path: Path, mac: bool) -> None:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["Part No", "Last order date"])
    sheet.append(["1", datetime(2024, 2, 29)])
    sheet.append(["2", "29.02.2023"])
    sheet.append(["3", 45351])
    checked = read(save(book, tmp_path / "list.xlsx"))
    assert [part.last_order_on for part in checked.parts] == [date(2024, 2, 29)]
    assert [(p.row, p.column, p.found) for p in checked.problems] == [
        (3, "B", "29.02.2023"),
        (4, "B", "45351"),
    ]


def test_titles_merged_cells_and_empty_columns_are_read_past(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Ersatzteilliste 2026, Werk 1000"
    sheet.merge_cells("A1:F2")
    for column, heading in zip("BDF", ("Materialnr.", "Bezeichnung", "Bestand"), strict=True):
        sheet[f"{column}4"] = heading
    sheet["B6"], sheet["D6"], sheet["F6"] = 815, "Griff", 7
    [part] = read(save(book, tmp_path / "list.xlsx")).parts
    assert (part.number, part.name, part.stock, part.plant, part.row) == (
        "815", "Griff", 7.0, "1000", 6,
    )  # fmt: skip


def test_a_hidden_sheet_is_left_out_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Part No", "Name"])
    book.active.append(["1", "Griff"])
    hidden = book.create_sheet("Kalkulation")
    hidden.append(["Part No", "Name"])
    hidden.append(["2", "Secret"])
    hidden.sheet_state = "veryHidden"
    checked = read(save(book, tmp_path / "list.xlsx"))
    assert [part.number for part in checked.parts] == ["1"]
    assert [note.text for note in checked.notes] == [
        "Sheet 'Kalkulation' is hidden; it was left out."
    ]


@pytest.mark.parametrize(
    "heading", ["Part No", "Stock", "Price", "Lead time", "Last order date", "MOQ", "Name"]
)
def test_a_formula_nobody_has_computed_refuses_its_row_in_any_column(
    tmp_path: Path, heading: str
) -> None:
    book = openpyxl.Workbook()
    others = ("Description", "Supplier")
    headings = [*dict.fromkeys(("Part No", heading)), *others]
    book.active.append(headings)
    place = headings.index(heading)
    for number in ("1", "2"):
        book.active.append([number, *[None] * (len(headings) - 1)])
    book.active.cell(3, place + 1, "=A1")
    checked = read(save(book, tmp_path / "list.xlsx"))
    assert [part.number for part in checked.parts] == ["1"]
    [problem] = checked.problems
    assert (problem.row, problem.column) == (3, "AB"[place])
    assert (problem.code, problem.found) == (ProblemCode.FORMULA, "=A1")


@pytest.mark.slow
def test_fifty_thousand_rows_keep_every_good_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = (f"{n:07};Part {n};{'viele' if n % 1000 == 0 else n}" for n in range(1, 50_001))
    path.write_text("Part No;Name;Stock\n" + "\n".join(rows), encoding="utf-8")
    checked = read(path)
    assert len(checked.parts) == 49_950
    assert [row.row for row in checked.refused] == [n + 1 for n in range(1000, 50_001, 1000)]
    assert all(problem.column == "C" for problem in checked.problems)
