"""How much of a table is read; limits are lowered so that the tables stay small."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.base.errors import TableError
from app.tables.readers import delimited, load_table, sheet_rows, workbook


@pytest.fixture
def text_table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("No;Name\n1;a\n2;b\n", encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets of two rows and two columns."""
    made = openpyxl.Workbook()
    for sheet in (made.active, made.create_sheet("More")):
        sheet.append(["No", "Name"])
        sheet.append([1, "a"])
    made.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


def test_cells_are_counted_over_all_sheets(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MAX_CELLS", 8)
    assert len(load_table(book)) == 2
    monkeypatch.setattr(sheet_rows, "MAX_CELLS", 7)
    with pytest.raises(TableError, match=r"list\.xlsx holds more than 7 filled cells"):
        load_table(book)


def test_rows_end_somewhere(text_table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MAX_ROWS", 3)
    assert len(load_table(text_table)[0].rows) == 3
    monkeypatch.setattr(sheet_rows, "MAX_ROWS", 2)
    with pytest.raises(TableError, match="list has more than 2 rows"):
        load_table(text_table)


def test_sheets_are_counted(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_SHEETS", 1)
    with pytest.raises(TableError, match="has 2 sheets; at most 1 are read"):
        load_table(book)


def test_a_large_file_is_not_opened(
    text_table: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, path in ((delimited, text_table), (workbook, book)):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", path.stat().st_size - 1)
        with pytest.raises(TableError, match=rf"{path.name} has 0 MB; tables up to 0 MB"):
            load_table(path)


def test_an_archive_of_very_many_members_is_not_opened(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ARCHIVE_MEMBERS", 3)
    with pytest.raises(TableError, match="was not opened"):
        load_table(book)


def test_a_locked_workbook_is_told_from_a_damaged_one(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        entry = archive.getinfo("xl/workbook.xml")
    content = bytearray(book.read_bytes())
    content[entry.header_offset + 6] |= 1  # the flag of a password, here and in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    book.write_bytes(content)
    with pytest.raises(TableError, match="protected by a password"):
        load_table(book)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="is no file"):
        load_table(tmp_path)
