"""Cells as people and ERP systems write them: read rightly, or refused by place and reason."""

from __future__ import annotations

import string
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import TableError
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.heading_text import read_heading
from app.domain.catalog.part import number_key
from app.domain.catalog.part_table import PartTable, ProblemCode
from app.domain.catalog.row_check import check_part_table
from app.domain.catalog.table_sheet import Cell, CellFault, Formula, TableSheet

NB = "\N{NO-BREAK SPACE}"


def read(*rows: tuple[Cell, ...]) -> PartTable:
    return check_part_table([TableSheet("List", 1, rows)])


def read_column(heading: str, *cells: Cell) -> PartTable:
    """Read a list with one column beside the number; row 2 holds the first cell."""
    rows = [(f"P{place}", cell) for place, cell in enumerate(cells)]
    return read(("Part No", heading), *rows)


NUMBERS: list[tuple[str, Cell, str, Any]] = [
    ("Stock", "1.234,5", "stock", 1234.5), ("Stock", "1,234.5", "stock", 1234.5),
    ("Stock", "1'234.5", "stock", 1234.5), ("Stock", "1’234", "stock", 1234.0),
    ("Stock", f"1{NB}234,5", "stock", 1234.5), ("Stock", "1\u202f234", "stock", 1234.0),
    ("Stock", "12 Stk", "stock", 12.0), ("Stock", "12 pcs.", "stock", 12.0),
    ("Stock", 1e3, "stock", 1000.0), ("Stock", "-", "stock", None), ("Stock", "N/A", "stock", None),
    ("Stock", "k.A.", "stock", None), ("Bestand [Stk]", 7, "stock", 7.0),
    ("Preis", "12,50 €", "price_amount", "12.5"), ("Price", "$12.50", "price_amount", "12.5"),
    ("Price (CHF)", "12.-", "price_amount", "12"), ("Preis", "12,– €", "price_amount", "12"),
    ("Preis", "12,-- €", "price_amount", "12"), ("Price", "CHF 1'250.50", "price_amount", "1250.5"),
    ("Preis in EUR je 100 Stück", "9,90", "price_amount", "9.9"),
    ("Price", 0.1 + 0.2, "price_amount", "0.3"),
    ("Lead time (weeks)", "6", "lead_time_days", 42),
    ("WBZ (Wo.)", "6", "lead_time_days", 42), ("WBZ in Wochen", 6, "lead_time_days", 42),
    ("Lead time (working days)", 10, "lead_time_days", 14),
    ("WBZ (AT)", "10", "lead_time_days", 14), ("Lieferzeit", "10 Werktage", "lead_time_days", 14),
    ("Lieferzeit", "2 Jahre", "lead_time_days", 731),
    ("Lead time", "1 year", "lead_time_days", 366),
    ("Lead time (weeks)", "42 days", "lead_time_days", 42),
    ("Lieferzeit", 2.5, "lead_time_days", 3), ("Lead time", "0.5 days", "lead_time_days", 1),
    ("Lieferzeit Tage", 42.0, "lead_time_days", 42), ("MOQ", "500 St.", "minimum_order", 500.0),
    ("Last order date", "29.02.2024", "last_order_on", date(2024, 2, 29)),
    ("Last order date", "1.5.2024", "last_order_on", date(2024, 5, 1)),
    ("Last order date", "5. Mai 2024", "last_order_on", date(2024, 5, 5)),
    ("Last order date", "May 5, 2024", "last_order_on", date(2024, 5, 5)),
    ("Last order date", "Mai 2024", "last_order_on", date(2024, 5, 31)),
    ("Last order date", "02/2024", "last_order_on", date(2024, 2, 29)),
    ("Last order date", "20240501", "last_order_on", date(2024, 5, 1)),
    ("Last order date", 20240501, "last_order_on", date(2024, 5, 1)),
    ("Last order date", "13/02/2024", "last_order_on", date(2024, 2, 13)),
    ("Last order date", "02/13/2024", "last_order_on", date(2024, 2, 13)),
    ("Last order date", "2024-05-01T10:00:00Z", "last_order_on", date(2024, 5, 1)),
    ("Last order date", datetime(2024, 5, 1, 23, 59), "last_order_on", date(2024, 5, 1)),
    ("Last order date", "31.12.9999", "last_order_on", None),
    ("Last order date", "00.00.0000", "last_order_on", None),
    ("Last order date", "0", "last_order_on", None), ("Last order date", 0, "last_order_on", None),
    ("Last order date", 0.0, "last_order_on", None),
    ("Last order date", time(0, 0), "last_order_on", None),
    ("Last order date", "12/9999", "last_order_on", None),
    ("Name", "Griff\u200b, grau\u00ad", "name", "Griff, grau"),
    ("Name", Formula('="A"&"B"', "AB"), "name", "AB"),
    ("Used in", "Mk1; Mk1 |Mk  2", "used_in", ("Mk1", "Mk 2")),
    ("Kritikalität", "wünschenswert", "supply_criticality", "desirable"),
    ("Kritikalität", "HOCH", "consequence_class", "high"),
    ("VED", "n/a", "supply_criticality", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cell", "field", "wanted"), NUMBERS)
def test_a_cell_is_read_as_it_is_meant(heading: str, cell: Cell, field: str, wanted: Any) -> None:
    checked = read_column(heading, cell)
    assert not checked.refused
    assert getattr(checked.parts[0], field) == wanted


_F, _N, _D, _R, _A = (ProblemCode.FORMULA, ProblemCode.NO_NUMBER, ProblemCode.NO_DATE,
                      ProblemCode.OUT_OF_RANGE, ProblemCode.AMBIGUOUS)  # fmt: skip
REFUSED: list[tuple[str, Cell, ProblemCode]] = [
    ("Stock", -5, _R), ("Stock", "-5", _R), ("Stock", "5-", _R), ("Stock", "(5)", _N),
    ("Stock", "1.234", _A), ("Stock", "1,234", _A), ("Stock", "1e3", _N), ("Stock", "1E+05", _N),
    ("Stock", "5 %", ProblemCode.NO_NUMBER), ("Stock", "€ 5", _N), ("Stock", "5 Tage", _N),
    ("Stock", float("nan"), _N), ("Stock", float("inf"), _N), ("Stock", True, _N),
    ("Stock", "ca. 5", _N), ("Stock", "5..6", _N), ("Stock", "１２", _N), ("Stock", "0x10", _N),
    ("Stock", "12.3.4", _N), ("Stock", time(12, 30), _N), ("Stock", datetime(2024, 1, 1), _N),
    ("Stock", "=A1+1", _F), ("Stock", Formula("=A1", 5), _F), ("Stock", CellFault("#REF!"), _N),
    ("Stock", 1e300, _R), ("Price", "=1+1", _F), ("Price", "auf Anfrage", _N),
    ("Price (EUR)", "5 USD", ProblemCode.CONTRADICTION), ("Price", -0.01, _R),
    ("Qty per product", 0, _R), ("Lead time", "6-8", _N), ("Lead time", 99_999, _R),
    ("MOQ", Formula("=B2"), _F), ("Last order date", "29.02.2023", _D),
    ("Last order date", "31.04.2025", _D), ("Last order date", "29.2.24", _D),
    ("Last order date", "2024-13-01", _D), ("Last order date", 45000, _D),
    ("Last order date", 45000.5, _D), ("Last order date", "01/02/2024", _A),
    ("Last order date", "1.1.1899", _R), ("Last order date", "asap", _D),
    ("Last order date", "Q3 2024", _D), ("Last order date", True, _D),
    ("Last order date", Formula("=TODAY()", datetime(2024, 1, 1)), _F),
    ("Last order date", time(1, 2), _D), ("Name", CellFault("#N/A"), ProblemCode.UNREADABLE),
    ("Name", Formula("=B1"), _F), ("Name", "a\x07b", ProblemCode.UNREADABLE),
    ("Name", "x" * 3000, ProblemCode.TOO_LONG), ("VED", "maybe", ProblemCode.UNKNOWN_WORD),
    ("Currency", "Gold", ProblemCode.UNKNOWN_WORD), ("Successor", 1.5, ProblemCode.LOST_DIGITS),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cell", "code"), REFUSED)
def test_a_bad_cell_refuses_its_row_alone_and_names_everything(
    heading: str, cell: Cell, code: ProblemCode
) -> None:
    checked = read(("Part No", heading), ("before",), ("bad", cell), ("after",))
    assert [part.number for part in checked.parts] == ["before", "after"]
    [row] = checked.refused
    [problem] = row.problems
    assert (row.number, problem.row, problem.column, problem.heading) == ("bad", 3, "B", heading)
    assert problem.code is code
    assert problem.expected
    assert problem.found
    for word in ("Row 3", "column B", heading, problem.found, problem.expected):
        assert word in problem.text
    assert len(problem.text) < 300


KEPT_NUMBERS: list[tuple[Cell, str]] = [
    ("0815", "0815"), (815, "815"), (100000.0, "100000"), ("12E3", "12E3"), ("1,5E3", "1,5E3"),
    ("\ufeffST-2", "ST-2"), ("ST\u200b-3", "ST-3"), ("\u202eST-4", "ST-4"),
    (f"{NB}ST-5{NB}", "ST-5"),
    (f"ST{NB}6", "ST 6"), ("a\tb", "a b"), ("U\u0308-1", "Ü-1"), ("../../x", "../../x"),
    ("+49", "+49"), ("@cmd", "@cmd"), ("'1", "'1"), (-5, "-5"), ("000", "000"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "number"), KEPT_NUMBERS)
def test_a_part_number_is_kept_as_it_is_seen(cell: Cell, number: str) -> None:
    [part] = read(("Part No", "Name"), (cell, "x")).parts
    assert part.number == number
    assert part.number_key == number_key(number)


LOST_NUMBERS: list[tuple[Cell, ProblemCode]] = [
    ("1E+05", ProblemCode.LOST_DIGITS), ("1,2E+11", ProblemCode.LOST_DIGITS),
    (1e15, ProblemCode.LOST_DIGITS), (123456789012345678, ProblemCode.LOST_DIGITS),
    (0.5, ProblemCode.LOST_DIGITS), (True, ProblemCode.LOST_DIGITS),
    (datetime(2024, 5, 1), ProblemCode.LOST_DIGITS), (time(8, 15), ProblemCode.LOST_DIGITS),
    (date(2024, 5, 1), ProblemCode.LOST_DIGITS), (float("inf"), ProblemCode.LOST_DIGITS),
    (None, ProblemCode.MISSING), ("N/A", ProblemCode.MISSING), ("--", ProblemCode.MISSING),
    ("\u200b", ProblemCode.MISSING), ("x" * 65, ProblemCode.TOO_LONG),
    ("a\nb", ProblemCode.TOO_LONG), ('=HYPERLINK("x")', ProblemCode.FORMULA),
    (Formula("=A1", "ST-1"), ProblemCode.FORMULA), (CellFault("#NAME?"), ProblemCode.UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "code"), LOST_NUMBERS)
def test_a_number_that_a_spreadsheet_spoilt_is_refused(cell: Cell, code: ProblemCode) -> None:
    checked = read(("Part No", "Name"), (cell, "x"), ("ok", "y"))
    assert [part.number for part in checked.parts] == ["ok"]
    [problem] = checked.refused[0].problems
    assert (problem.row, problem.column, problem.code) == (2, "A", code)
    assert problem.expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("000004711000", "4711000", True), ("0815", "815", True), ("0", "000", True),
        ("ST-1", " st-1 ", True), ("ST\u00a01", "ST 1", True), ("Ü", "U\u0308", True),
        ("0A1", "A1", False), ("0-1", "-1", False), ("10", "1", False), ("ST1", "ST-1", False),
    ],
)  # fmt: skip
def test_which_numbers_are_one_part(one: str, other: str, same: bool) -> None:
    assert (number_key(one) == number_key(other)) is same


@given(st.text(max_size=12))
def test_the_key_of_a_key_is_itself(number: str) -> None:
    assert number_key(number_key(number)) == number_key(number)


@pytest.mark.parametrize(
    ("cells", "rates"),
    [
        ((2.5, 0.5), (0.025, 0.005)), ((0.025, 0.005), (0.025, 0.005)),
        (("2,5 %", "0,5"), (0.025, 0.005)), ((0.5, "2,5"), (0.005, 0.025)),
        ((None, 1), (None, 1.0)),
    ],
)  # fmt: skip
def test_a_column_of_per_cent_is_read_as_a_whole(
    cells: tuple[Cell, ...], rates: tuple[float | None, ...]
) -> None:
    checked = read(("Product", "Failure rate (%)"), *((f"M{n}", c) for n, c in enumerate(cells)))
    assert tuple(row.annual_failure_rate for row in checked.products) == rates
    shares = all(isinstance(cell, float | int) and cell <= 1 for cell in cells if cell is not None)
    assert bool([note for note in checked.notes if "read as" in note.text]) is shares


def test_a_price_in_two_currencies_is_refused() -> None:
    checked = read(("Part No", "Price", "Currency"), ("1", "5 USD", "EUR"), ("2", "5 EUR", "Euro"))
    assert [part.number for part in checked.parts] == ["2"]
    [problem] = checked.refused[0].problems
    assert (problem.column, problem.found, problem.expected) == ("C", "EUR", "USD")


def test_a_currency_that_contradicts_the_heading_of_the_price_is_refused() -> None:
    rows = [("1", "5", "USD"), ("2", "5", "EUR"), ("3", "5", None), ("4", None, "USD")]
    checked = read(("Part No", "Preis (EUR)", "Currency"), *rows)
    assert [(part.number, part.currency) for part in checked.parts] == [
        ("2", "EUR"), ("3", "EUR"), ("4", ""),
    ]  # fmt: skip
    [problem] = checked.problems
    assert problem.text == (
        "Row 2, column C (Currency): 'USD' is not in the currency of the heading. Expected EUR."
    )


def test_terms_without_a_supplier_are_told() -> None:
    whole = read(("Part No", "Lead time (days)", "MOQ"), ("1", 5, 7))
    assert [(n.row, n.column) for n in whole.notes] == [(1, "B"), (1, "C")]
    assert all("not stored" in note.text for note in whole.notes)
    single = read(
        ("Part No", "Supplier", "Lead time (days)"), ("1", None, 5), ("2", "Moldex", 5), ("3",)
    )
    assert [(n.row, n.column) for n in single.notes] == [(2, "C")]


def test_a_month_that_stands_there_twice_counts_once() -> None:
    checked = read(("Part No", "2024-01", "Jan 2024", "02/2024"), ("1", 1, 9, 2))
    assert checked.parts[0].demand == (1.0, 2.0)
    assert "C (Jan 2024) is not used" in checked.notes[0].text


@pytest.mark.parametrize(
    ("values", "field"), [(("yes", "no"), None), (("12.2024", "31.12.2025"), "dated")]
)
def test_discontinued_yes_is_no_date_and_costs_no_row(
    values: tuple[str, ...], field: str | None
) -> None:
    rows = [(f"P{place}", "Griff", value) for place, value in enumerate(values)]
    checked = read(("Part No", "Name", "Discontinued"), *rows)
    assert len(checked.parts) == 2
    stated = ColumnField.PRODUCTION_END in checked.parts[0].stated
    assert stated is (field is not None)


def test_a_list_without_rows_says_so() -> None:
    assert "no rows below" in read(("Part No", "Stock")).notes[-1].text


def test_a_list_of_one_row_has_no_headings() -> None:
    with pytest.raises(TableError, match="No row of headings"):
        read(("4711", "Griff", 5))


PLANTS = ("Part No", "Plant", "Name", "Stock", "Supplier", "Lead time (days)", "2026-01")


def test_plants_keep_their_own_figures_and_lose_no_word_in_silence() -> None:
    checked = read(
        PLANTS,
        ("1", "A", "Griff", 5, "Moldex", 10, 3),
        ("1", "B", "Griff blau", 7, "Moldex", 20, 4),
        ("1", "C", None, 9, "Weiß", 30, 0),
        ("1", "A", "Griff", 6, "Moldex", 10, 3),
    )
    [part] = checked.parts
    places = [(p.plant, p.stock, p.suppliers) for p in (part, *part.other_plants)]
    assert places == [
        ("A", 5.0, ("Moldex",)),
        ("B", 7.0, ("Moldex",)),
        ("C", 9.0, ("Weiß",)),
    ]
    assert (part.name, part.demand) == ("Griff", (7.0,))
    texts = [note.text for note in checked.notes]
    assert "Name 'Griff blau' differs from 'Griff' in row 2; 'Griff' was kept." in texts[0]
    assert "Lead time (days) '20' differs from '10' in row 2" in texts[1]
    assert texts[2:] == ["Row 3 (plant B): its demand was added to that of row 2."]
    assert [row.row for row in checked.refused] == [5]


def test_a_sheet_for_each_plant_is_one_list() -> None:
    headings = ("Part No", "Name", "Stock")
    sheets = [
        TableSheet(f"W{plant}", 1, ((f"Bestand Werk {plant}",), headings, ("1", "Griff", stock)))
        for plant, stock in ((1000, 5), (2000, 7))
    ]
    checked = check_part_table(sheets)
    [part] = checked.parts
    assert [(p.plant, p.stock) for p in (part, *part.other_plants)] == [("1000", 5), ("2000", 7)]
    assert not checked.refused


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("WBZ (Wo.)", "weeks"), ("Lead time [weeks]", "weeks"), ("Lieferzeit Mon.", "months"),
        ("Lieferzeit (AT)", "working days"), ("Lead time in business days", "working days"),
        ("WBZ (KT)", "days"), ("Lead time (y)", "years"), ("stock at plant", None),
    ],
)  # fmt: skip
def test_a_heading_names_its_unit(heading: str, unit: str | None) -> None:
    assert read_heading(heading).time_unit == unit


CELLS = st.one_of(
    st.none(), st.text(string.printable + "äß€\u00a0\u200b½", max_size=8), st.integers(),
    st.floats(), st.booleans(), st.datetimes(), st.builds(Formula, st.just("=A1")),
    st.builds(CellFault, st.just("#REF!")), st.sampled_from(["1.234", "29.02.2023", "5 €", "n/a"]),
)  # fmt: skip


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_whatever_cells_hold_every_row_is_taken_refused_or_told(
    rows: list[tuple[Cell, ...]],
) -> None:
    checked = read(("Part No", "Stock", "Last order date", "Plant"), ("good",), *rows)
    taken = {p.row for part in checked.parts for p in (part, *part.other_plants)}
    refused = {row.row for row in checked.refused}
    told = {note.row for note in checked.notes}
    assert 2 in taken
    assert not taken & refused
    for number, row in enumerate(rows, 3):
        blank = all(c is None or (isinstance(c, str) and not c.strip("-=_+ \t")) for c in row)
        assert blank or number in taken | refused | told
    for problem in checked.problems:
        assert problem.column
        assert problem.expected
        assert problem.text.startswith(f"Row {problem.row}, column {problem.column}")
