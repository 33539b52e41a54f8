"""Excel workbooks: values, formulas, dates; and files that mean harm."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from app.base.errors import TableError
from app.domain.catalog.table_sheet import CellFault, Formula, column_letter
from app.tables.readers import load_table
from app.tables.readers.limits import MAX_UNPACKED_BYTES


def write_book(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def rewrite(path: Path, member: str, change: bytes | None, *, to: Path) -> Path:
    """Copy an archive with one member replaced, or added."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename != member:
                new.writestr(item, old.read(item))
        if change is not None:
            new.writestr(member, change)
    return to


def test_sheets_rows_and_types_come_as_they_are(tmp_path: Path) -> None:
    day = datetime(2026, 12, 31)
    path = write_book(
        tmp_path / "parts.xlsx",
        Parts=[[], ["Title"], ["Part No", "Stock", "Date"], ["0815", 3, day], [4711, 2.5, None]],
        Products=[["Product"], ["Mk1"]],
    )
    parts, products = load_table(path)
    assert (parts.name, parts.first_row) == ("Parts", 2)
    assert parts.rows == (
        ("Title",), ("Part No", "Stock", "Date"), ("0815", 3, day), (4711, 2.5),
    )  # fmt: skip
    assert (products.name, products.rows) == ("Products", (("Product",), ("Mk1",)))


def test_formulas_are_marked_and_not_evaluated(tmp_path: Path) -> None:
    path = write_book(tmp_path / "f.xlsx", P=[["No", "Stock"], ["a", "=1+1"], ["b", 2]])
    [sheet] = load_table(path)
    assert sheet.rows[1][1] == Formula("=1+1", None)


def test_formula_carries_what_the_sheet_last_showed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "f.xlsx", P=[["No", "Stock"], ["a", "=1+1"]])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>1+1</f><v></v>" in xml or b"<f>1+1</f><v />" in xml or b"<f>1+1</f><v/>" in xml
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        xml = xml.replace(b"<f>1+1</f>" + empty, b"<f>1+1</f><v>2</v>")
    shown = rewrite(path, "xl/worksheets/sheet1.xml", xml, to=tmp_path / "shown.xlsx")
    [sheet] = load_table(shown)
    assert sheet.rows[1][1] == Formula("=1+1", 2)


def test_error_values_are_faults(tmp_path: Path) -> None:
    path = write_book(tmp_path / "e.xlsx", P=[["No", "Stock"], ["a", "#N/A"]])
    [sheet] = load_table(path)
    assert sheet.rows[1][1] == CellFault("#N/A")


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "h.xlsx", Seen=[["No"], [1]], Hidden=[["No"], [2]])
    book = openpyxl.load_workbook(path)
    book["Hidden"].sheet_state = "hidden"
    book.save(path)
    sheets = [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in load_table(path)]
    assert sheets == [("Seen", False, 2), ("Hidden", True, 0)]


def test_stated_size_that_lies_costs_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "d.xlsx", P=[["No", "Stock"], ["a", 1]])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    lying = rewrite(
        path, "xl/worksheets/sheet1.xml", xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'),
        to=tmp_path / "lying.xlsx",
    )  # fmt: skip
    [sheet] = load_table(lying)
    assert sheet.rows == (("No", "Stock"), ("a", 1))


def test_bomb_is_not_opened(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.xlsx", P=[["No"], ["a"]])
    bomb = rewrite(path, "xl/sharedStrings.xml", b" " * 60_000_000, to=tmp_path / "bomb.xlsx")
    assert bomb.stat().st_size < 100_000 < MAX_UNPACKED_BYTES
    with pytest.raises(TableError, match="would unpack to"):
        load_table(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_stand(tmp_path: Path, encoding: str) -> None:
    path = write_book(tmp_path / "x.xlsx", P=[["No"], ["a"]])
    text = (
        '<?xml version="1.0"?><!--' + " ".join(map(str, range(200_000))) + "-->"
        '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">]><sst><si><t>&a;</t></si></sst>'
    )
    bad = rewrite(path, "xl/sharedStrings.xml", text.encode(encoding), to=tmp_path / "bad.xlsx")
    with pytest.raises(TableError, match="entities"):
        load_table(bad)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"content.xml": b"<x/>"}, "OpenDocument"),
        ({"xl/workbook.bin": b"x"}, "xlsb"),
        ({"3D/3dmodel.model": b"<x/>"}, "no Excel workbook"),
        ({"xl/worksheets/sheet1.xml": b"<x/>"}, "damaged"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, members: dict[str, bytes], sentence: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(TableError, match=sentence):
        load_table(path)


def test_cut_or_scrambled_workbooks_are_a_sentence(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "whole.xlsx", P=[["No", "Stock"], *[[f"p{n}", n] for n in range(50)]]
    )
    content = path.read_bytes()
    refused = 0
    for step in range(1, 40):
        damaged = bytearray(content)
        place = len(content) * step // 40
        damaged[place] ^= 0x55
        (tmp_path / "cut.xlsx").write_bytes(content[:place])
        (tmp_path / "flip.xlsx").write_bytes(bytes(damaged))
        for name in ("cut.xlsx", "flip.xlsx"):
            try:
                load_table(tmp_path / name)
            except TableError as error:
                refused += 1
                assert name in str(error)
    assert refused >= 39  # each cut file; a flipped byte may sit where nothing is read


@pytest.mark.parametrize(
    ("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters_are_the_spreadsheets(column: int, letter: str) -> None:
    assert column_letter(column) == letter
