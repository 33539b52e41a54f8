"""One list in every dialect gives the same parts, from the bytes of the file to checked rows."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.catalog.part_table import PartTable
from app.domain.catalog.row_check import check_part_table
from app.tables.readers import load_table

GERMAN = ("Materialnr.", "Materialkurztext", "Werkstoff", "Produktionsende", "Preis EUR", "Bestand")
ENGLISH = (
    "Part No",
    "Description",
    "Material grade",
    "End of production",
    "Unit price (EUR)",
    "Stock",
)

Values = tuple[str, str, str, date | None, float, int]
PARTS: tuple[Values, ...] = (
    ("000815", "Türgriff; links", "ABS", date(2026, 12, 31), 1234.5, 3),
    ("4711-A", 'Rad 12" "groß"', "PA12", None, 0.05, 0),
    ("4712", "Feder,\nklein", "Stahl", date(2027, 2, 3), 12.0, 10000),
)


def text_of(value: object, *, decimal: str, thousands: str, day: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        shown = f"{value:,.2f}"
        return shown.replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    return value.strftime(day) if isinstance(value, date) else str(value)


def text_table(
    headings: tuple[str, ...], parts: tuple[Values, ...], *, delimiter: str = ";",
    decimal: str = ",", thousands: str = ".", day: str = "%d.%m.%Y", title: int = 0,
    trailing: int = 0,
) -> str:  # fmt: skip
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for line in range(title):
        writer.writerow([f"Bestandsliste Teil {line}"] + [""] * 5 if line % 2 == 0 else [])
    for row in (headings, *parts):
        cells = [text_of(v, decimal=decimal, thousands=thousands, day=day) for v in row]
        writer.writerow([*cells, *[""] * trailing])
    return stream.getvalue()


def check(path: Path) -> PartTable:
    return check_part_table(load_table(path))


def essence(table: PartTable) -> list[tuple[object, ...]]:
    return [
        (
            p.number,
            p.name,
            p.material,
            p.production_end_on,
            float(p.price_amount),
            p.stock,
            p.currency,
        )
        for p in table.parts
    ]


EXPECTED = [(*values[:5], float(values[5]), "EUR") for values in PARTS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("delimiter", "decimal", "thousands", "day"),
    [
        (";", ",", ".", "%d.%m.%Y"),
        (";", ",", "", "%d.%m.%Y"),
        ("\t", ",", " ", "%Y-%m-%d"),
        ("|", ".", "'", "%d.%m.%Y"),
        (",", ".", ",", "%Y-%m-%d"),
        (",", ".", "", "%m/%d/%Y"),
        (",", ",", ".", "%d.%m.%Y"),
    ],
)
def test_text_dialects_agree(
    tmp_path: Path, encoding: str, delimiter: str, decimal: str, thousands: str, day: str
) -> None:
    path = tmp_path / "list.csv"
    for headings in (GERMAN, ENGLISH):
        text = text_table(
            headings, PARTS, delimiter=delimiter, decimal=decimal, thousands=thousands, day=day
        )
        path.write_bytes(text.encode(encoding))
        table = check(path)
        assert essence(table) == EXPECTED
        assert not table.refused


@pytest.mark.parametrize("title", [0, 1, 2, 5])
@pytest.mark.parametrize("trailing", [0, 1, 4])
def test_titles_above_and_empty_columns_behind_do_no_harm(
    tmp_path: Path, title: int, trailing: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text_table(GERMAN, PARTS, title=title, trailing=trailing).encode("cp1252"))
    table = check(path)
    assert essence(table) == EXPECTED
    assert [part.row for part in table.parts] == [title + 2, title + 3, title + 4]


def test_a_workbook_agrees_with_the_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(ENGLISH)
    for values in PARTS:
        sheet.append(
            [datetime(v.year, v.month, v.day) if isinstance(v, date) else v for v in values]
        )
    book.save(tmp_path / "list.xlsx")
    table = check(tmp_path / "list.xlsx")
    assert essence(table) == EXPECTED


def test_a_workbook_of_texts_agrees_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text_table(GERMAN, PARTS)), delimiter=";"):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert essence(check(tmp_path / "list.xlsx")) == EXPECTED


numbers = st.from_regex(r"[A-Z]{1,3}-[1-9][0-9]{0,4}", fullmatch=True)
words = st.text(st.characters(codec="cp1252", categories=["L", "Nd", "P", "Zs"]), max_size=20)
rows = st.lists(
    st.tuples(
        numbers,
        words.filter(lambda text: not text.startswith("=")),
        st.sampled_from(["ABS", "PLA"]),
        st.none() | st.dates(date(1990, 1, 13), date(2100, 1, 1)),
        st.integers(0, 10**7).map(lambda cents: cents / 100),
        st.integers(0, 10**6),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.sampled_from([";", "\t", "|"]), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_list_survives_being_written(
    tmp_path: Path, parts: list[Values], delimiter: str, encoding: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text_table(GERMAN, tuple(parts), delimiter=delimiter).encode(encoding))
    table = check(path)
    assert not table.refused
    assert [replace(part, row=0) for part in table.parts] == [
        replace(part, row=0) for part in check(path).parts
    ]
    for part, values in zip(table.parts, parts, strict=True):
        assert part.number == values[0]
        assert part.name == values[1].strip()
        assert part.production_end_on == values[3]
        assert float(part.price_amount) == pytest.approx(values[4])
        assert part.stock == values[5]
