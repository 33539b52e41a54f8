"""Text tables in the dialects that ERP systems and spreadsheets write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import TableError
from app.domain.catalog.table_sheet import CellFault, TableSheet
from app.tables.readers import load_table
from app.tables.readers.delimited import find_delimiter, split_records
from app.tables.readers.text_encoding import decode_text

HEADINGS = ("Part No", "Description", "Price")
LINES = (HEADINGS, ("4711", "Lüfterrad", "1,50"), ("4712", "Türgriff", "2,75"))


def read(tmp_path: Path, content: bytes, name: str = "list.csv") -> TableSheet:
    path = tmp_path / name
    path.write_bytes(content)
    [sheet] = load_table(path)
    return sheet


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_encodings_and_delimiters_give_the_same_rows(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = "\r\n".join(delimiter.join(line) for line in LINES)
    assert read(tmp_path, text.encode(encoding)).rows == LINES


def test_commas_delimit_where_decimals_use_points(tmp_path: Path) -> None:
    sheet = read(tmp_path, b'Part No,Description,Price\n4711,Wheel,1.50\n4712,"Grip, left",2.75\n')
    assert sheet.rows[2] == ("4712", "Grip, left", "2.75")


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    assert find_delimiter("Teil;Preis;Gewicht\n1;1,5;2,5\n2;1,7;3,5\n3;1,8;4,5\n") == ";"


def test_row_numbers_are_the_spreadsheets_own(tmp_path: Path) -> None:
    sheet = read(tmp_path, b'\n\nList of parts;;\n\nPart No;Name;\n1;"two\nlines";\n2;b;\n')
    assert sheet.first_row == 3
    assert dict(sheet.numbered_rows()) == {
        3: ("List of parts",), 4: (), 5: ("Part No", "Name"), 6: ("1", "two\nlines"), 7: ("2", "b"),
    }  # fmt: skip


def test_separator_hint_of_excel_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"sep=,\r\nPart No,Name\r\n1,a\r\n")
    assert (sheet.first_row, sheet.rows) == (1, (("Part No", "Name"), ("1", "a")))


def test_printed_list_loses_its_ruled_lines(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"|Material|Text|\n-----------\n|4711    |Wheel|\n|4712    |Grip|\n")
    assert [row for row in sheet.rows if row] == [
        (None, "Material", "Text"), (None, "4711    ", "Wheel"), (None, "4712    ", "Grip"),
    ]  # fmt: skip


def test_literal_that_excel_writes_to_keep_zeros_is_no_formula(tmp_path: Path) -> None:
    sheet = read(tmp_path, b'Part No;Name\n="0004711";a\n=1+1;b\n')
    assert [row[0] for row in sheet.rows] == ["Part No", "0004711", "=1+1"]


def test_stray_quotation_mark_harms_only_its_own_row(tmp_path: Path) -> None:
    body = "".join(f"{n};part {n};{n}\n" for n in range(300))
    text = f'No;Name;Stock\n1;"12 inch;5\n{body}2;"x"y;6\n3;6" pipe;7\n'
    rows = read(tmp_path, text.encode()).rows
    assert len(rows) == 304
    assert rows[1] == ("1", '"12 inch', "5")
    assert rows[2] == ("0", "part 0", "0")
    assert rows[-1] == ("3", '6" pipe', "7")


def test_enormous_field_becomes_a_fault_and_its_neighbours_stay(tmp_path: Path) -> None:
    text = f"No;Name\n1;{'x' * 400_000}\n2;b\n"
    rows = read(tmp_path, text.encode()).rows
    assert isinstance(rows[1][1], CellFault)
    assert len(rows[1][1].shown) < 100
    assert rows[2] == ("2", "b")


def test_nul_stays_in_its_cell_to_be_refused_there(tmp_path: Path) -> None:
    rows = read(tmp_path, b"No;Name\n1;a\x00b\n2;c\n").rows
    assert rows == (("No", "Name"), ("1", "a\x00b"), ("2", "c"))


def test_one_damaged_byte_does_not_turn_utf8_into_something_else() -> None:
    text = decode_text("Müller;Größe;Tür".encode() + b"\xff", "x.csv")
    assert text == "Müller;Größe;Tür\ufffd"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n ;; \n", "holds no rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Excel file"),
        (b"%PDF-1.7 ...", "is no table"),
        (bytes(range(256)) * 40, "binary data"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(TableError, match=sentence) as refused:
        read(tmp_path, content)
    assert "list.csv" in str(refused.value)


def test_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"gone\.csv cannot be read"):
        load_table(tmp_path / "gone.csv")


def test_too_many_columns_name_the_row(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"Row 2 .* 5,000 columns"):
        read(tmp_path, b"a;b\n" + b";".join([b"x"] * 5000))


fields = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(
    st.lists(st.lists(fields, min_size=3, max_size=3), min_size=2, max_size=20),
    st.sampled_from([";", ",", "\t", "|"]),
)
def test_what_a_writer_quotes_comes_back(rows: list[list[str]], delimiter: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert list(split_records(stream.getvalue(), delimiter)) == rows


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_in_any_other_way(content: bytes) -> None:
    try:
        text = decode_text(content, "x.csv")
    except TableError:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    list(split_records(lines, find_delimiter(lines)))
