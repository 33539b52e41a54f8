"""Row checks: good rows become drafts, bad ones are refused by row, column, expected and found."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality
from app.domain.catalog.part_table import PartTable, ProblemCode, ProductDate
from app.domain.catalog.row_check import check_part_table
from app.domain.catalog.table_sheet import Cell, CellFault, Formula, TableSheet

GERMAN = (
    "Materialnr.", "CAD-Datei", "Materialkurztext", "Verwendung in", "Werkstoff", "Produktionsende",
    "Preis EUR", "Mindestbestellmenge", "WBZ (Tage)", "Bestand", "Lieferant",
)  # fmt: skip


def table(*rows: tuple[Cell, ...], first_row: int = 1, name: str = "list") -> PartTable:
    return check_part_table([TableSheet(name, first_row, rows)])


def problem_texts(checked: PartTable) -> list[str]:
    return [problem.text for problem in checked.problems]


def test_a_german_row_is_read_into_types() -> None:
    checked = table(
        ("Bestandsliste Werk 1000",),
        GERMAN,
        ("00815", "a.stl", "Griff", "Mk1; Mk2", "ABS", "30.06.2025", "1.234,50",
         "250", "140", "33", "Müller"),
    )  # fmt: skip
    [row] = checked.parts
    assert (row.number, row.number_key, row.file, row.name) == ("00815", "815", "a.stl", "Griff")
    assert row.used_in == ("Mk1", "Mk2")
    assert row.production_end_on == date(2025, 6, 30)
    assert (row.price_amount, row.price_unit, row.currency) == ("1234.5", 1, "EUR")
    assert (row.minimum_order, row.lead_time_days, row.stock) == (250.0, 140, 33.0)
    assert (row.suppliers, row.plant, row.row) == (("Müller",), "1000", 3)
    assert ColumnField.STOCK in row.stated
    assert ColumnField.SUCCESSOR not in row.stated
    assert not checked.refused


def test_complaint_reads_as_the_guide_says() -> None:
    checked = table(
        ("Teilenummer", "Produktionsende"), ("1", "30.06.2025"), ("2", "31.02.2027"), first_row=210
    )
    assert problem_texts(checked) == [
        "Row 212, column B (Produktionsende): '31.02.2027' is no date. Expected DD.MM.YYYY."
    ]
    [problem] = checked.problems
    assert (problem.row, problem.column, problem.heading) == (212, "B", "Produktionsende")
    assert (problem.expected, problem.found) == ("DD.MM.YYYY", "31.02.2027")
    assert problem.code is ProblemCode.NO_DATE


def test_all_problems_of_a_row_are_listed() -> None:
    checked = table(
        ("Part No", "Last order", "Unit price (EUR)", "Stock"),
        ("good", "2026-01-01", "1.50", "1"),
        (None, "2026-02-30", "on request", "-5"),
    )
    assert [problem.code for problem in checked.problems] == [
        ProblemCode.MISSING, ProblemCode.NO_DATE, ProblemCode.NO_NUMBER, ProblemCode.OUT_OF_RANGE,
    ]  # fmt: skip
    assert [row.number for row in checked.parts] == ["good"]


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Stock", "-1", ProblemCode.OUT_OF_RANGE),
        ("Stock", -1, ProblemCode.OUT_OF_RANGE),
        ("Stock", "1e300", ProblemCode.NO_NUMBER),
        ("Stock", float("inf"), ProblemCode.NO_NUMBER),
        ("Stock", 1e300, ProblemCode.OUT_OF_RANGE),
        ("Stock", True, ProblemCode.NO_NUMBER),
        ("Stock", datetime(2026, 1, 1), ProblemCode.NO_NUMBER),
        ("Stock", "=1+1", ProblemCode.FORMULA),
        ("Stock", Formula("=1+1", 2), ProblemCode.FORMULA),
        ("Stock", CellFault("#N/A"), ProblemCode.NO_NUMBER),
        ("Stock", "3 %", ProblemCode.NO_NUMBER),
        ("Stock", "3 EUR", ProblemCode.NO_NUMBER),
        ("Stock", "3 Tage", ProblemCode.NO_NUMBER),
        ("Stock", "1.234", ProblemCode.AMBIGUOUS),
        ("Price", "-0.01", ProblemCode.OUT_OF_RANGE),
        ("Price EUR", "5 USD", ProblemCode.CONTRADICTION),
        ("Price unit", "0", ProblemCode.OUT_OF_RANGE),
        ("Price unit", "2.5", ProblemCode.OUT_OF_RANGE),
        ("Qty per product", "0", ProblemCode.OUT_OF_RANGE),
        ("Lead time", "100000", ProblemCode.OUT_OF_RANGE),
        ("Currency", "Taler", ProblemCode.UNKNOWN_WORD),
        ("Criticality", "so-so", ProblemCode.UNKNOWN_WORD),
        ("Last order", "03/04/2026", ProblemCode.AMBIGUOUS),
        ("Last order", "31.12.1026", ProblemCode.OUT_OF_RANGE),
        ("Last order", 45657, ProblemCode.NO_DATE),
        ("Last order", "=TODAY()", ProblemCode.FORMULA),
        ("Description", "bell\x07", ProblemCode.UNREADABLE),
        ("Description", "a\ufffdb", ProblemCode.UNREADABLE),
        ("Description", "x" * 3000, ProblemCode.TOO_LONG),
        ("Description", CellFault("#REF!"), ProblemCode.UNREADABLE),
        ("Description", Formula("=A1"), ProblemCode.FORMULA),
        ("Jan 2024", "-1", ProblemCode.OUT_OF_RANGE),
        ("Jan 2024", "viele", ProblemCode.NO_NUMBER),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(
    heading: str, cell: Cell, code: ProblemCode
) -> None:
    checked = table(("Part No", heading, "File"), ("a1", cell, "a.stl"), ("a2", None, "b.stl"))
    [problem] = checked.problems
    assert (problem.code, problem.row, problem.column, problem.heading) == (code, 2, "B", heading)
    assert problem.expected
    assert problem.expected in problem.text
    assert "Row 2, column B" in problem.text
    [refused] = checked.refused
    assert (refused.number, refused.file) == ("a1", "a.stl")
    assert [row.number for row in checked.parts] == ["a2"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("00815", "00815"), (815, "815"), (815.0, "815"), (" A-1 ", "A-1"), ("+49", "+49"),
     ("@x", "@x")],
)  # fmt: skip
def test_part_numbers_are_kept_as_written(cell: Cell, number: str) -> None:
    [row] = table(("Part No", "Stock"), (cell, 1)).parts
    assert row.number == number


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("x")', Formula("=A1", "815"), 8.15, 1e16, 10**15, datetime(2026, 3, 10), True,
     "4,711E+11", "x" * 65, "a\nb", CellFault("#N/A"), "a\x00b"],
)  # fmt: skip
def test_part_numbers_that_lost_something_are_refused(cell: Cell) -> None:
    checked = table(("Part No", "Stock"), (cell, 1), ("good", 2))
    assert [row.number for row in checked.parts] == ["good"]
    assert len(checked.refused) == 1


@pytest.mark.parametrize("text", ["=2 pieces", "+49 171", "-", "@home", "- 5 mm"])
def test_text_that_begins_like_a_formula_is_stored_unchanged(text: str) -> None:
    [row] = table(("Part No", "Description"), ("a1", text)).parts
    assert row.name == text


def test_text_from_a_formula_is_what_was_last_shown_with_a_note() -> None:
    checked = table(("Part No", "Description"), ("a1", Formula("=B2&C2", "Griff links")))
    assert checked.parts[0].name == "Griff links"
    assert "formula" in checked.notes[0].text


def test_numbers_match_without_leading_zeros_and_the_first_good_row_stays() -> None:
    checked = table(
        ("Part No", "Stock"), ("00815", "x"), ("815", 1), ("000815", 2), ("815", 1), ("0815", "y")
    )
    assert [(row.number, row.row) for row in checked.parts] == [("815", 3)]
    texts = problem_texts(checked)
    assert [row.row for row in checked.refused] == [2, 4, 6]
    assert "already stands in row 3" in texts[1]
    assert len(checked.refused[2].problems) == 2
    assert [note.row for note in checked.notes] == [5]
    assert "repeats row 3" in checked.notes[0].text


def test_values_are_judged_per_column_not_per_cell() -> None:
    checked = table(
        ("Part No", "Stock", "Price", "Last order"),
        ("a1", "1.234", "1,234.50", "03/04/2026"),
        ("a2", "2.500,5", "1,000", "04/13/2026"),
    )
    assert [row.stock for row in checked.parts] == [1234.0, 2500.5]
    assert [row.price_amount for row in checked.parts] == ["1234.5", "1000"]
    assert [row.last_order_on for row in checked.parts] == [date(2026, 3, 4), date(2026, 4, 13)]


def test_units_in_heading_or_cell_become_days_pieces_and_currency() -> None:
    checked = table(
        ("Part No", "WBZ (Wochen)", "Preis / 100 Stk", "Criticality"),
        ("a1", "4", "12,50 €", "hoch"),
        ("a2", "10 Tage", "USD 3", "V"),
        ("a3", 2.5, None, None),
    )
    assert [row.lead_time_days for row in checked.parts] == [28, 10, 18]
    assert [(row.price_unit, row.currency) for row in checked.parts] == [
        (100, "EUR"), (100, "USD"), (1, ""),
    ]  # fmt: skip
    assert checked.parts[0].consequence_class is ConsequenceClass.HIGH
    assert checked.parts[1].supply_criticality is SupplyCriticality.VITAL


def test_demand_keeps_inner_gaps_as_zero_and_outer_ones_unknown() -> None:
    checked = table(
        ("Part", "Jan-98", "Feb-98", "Mar-98", "Apr-98", "May-98"),
        ("a1", None, 2, None, 3, None),
        ("a2",),
    )
    first, second = checked.parts
    assert (first.demand_from, first.demand) == (date(1998, 2, 1), (2.0, 0.0, 3.0))
    assert (second.demand_from, second.demand) == (None, ())


def test_blank_rows_rules_repeated_headings_and_totals_are_no_parts() -> None:
    headings = ("Part No", "Stock")
    checked = table(headings, ("a1", 1), (), ("---", "----"), headings, ("a2", 2), ("Summe", 3))
    assert [row.number for row in checked.parts] == ["a1", "a2"]
    assert not checked.refused
    assert "totals" in checked.notes[0].text


def test_products_are_read_and_doubled_ones_refused() -> None:
    products = TableSheet(
        "Products",
        1,
        (
            ("Product", "Group", "First unit", "Installed base", "Failure rate %"),
            ("Mk 1", "x", "2016-03-01", "8.200", 3),
            ("mk  1", "y", None, None, None),
            ("Mk 2", None, "31.02.2020", -1, "300 %"),
        ),
    )
    parts = TableSheet("Parts", 1, (("Part No", "Used in"), ("a1", "Mk 1")))
    checked = check_part_table([parts, products])
    [product] = checked.products
    assert (product.name, product.product_group, product.installed_base) == ("Mk 1", "x", 8200)
    assert len(checked.problems) == 4
    assert all(problem.text.startswith("Sheet 'Products', row") for problem in checked.problems)


def test_product_rows_in_full() -> None:
    [product] = table(
        ("Produkt", "Gruppe", "Markteinführung", "Letztes Inverkehrbringen", "Serviceende",
         "Installierte Basis", "Ausfallrate [%]"),
        ("Mk1", "Haushalt", "01.03.2016", "31.12.2024", "31.12.2034", "8200", "2,5"),
    ).products  # fmt: skip
    assert product.introduced_on == date(2016, 3, 1)
    assert product.last_placed_on == date(2024, 12, 31)
    assert product.end_of_service_on == date(2034, 12, 31)
    assert (product.installed_base, product.annual_failure_rate) == (8200, 0.025)


def test_a_product_date_needs_every_row_of_the_product() -> None:
    checked = table(
        ("Teilenummer", "Verwendung in", "Produktionsende", "Bestand"),
        ("1", "Mk1", "30.06.2025", 1),
        ("2", "MK1; Mk2", "30.06.2025", 1),
        ("3", "Mk3", "30.06.2025", 1),
        ("4", "Mk3", None, 1),
        ("5", "Mk4", "30.06.2025", 1),
        ("6", "Mk4", "31.12.2026", "refused, but it disagrees"),
    )
    assert checked.product_dates == (
        ProductDate(product="Mk1", on=date(2025, 6, 30), rows=(2, 3)),
        ProductDate(product="Mk2", on=date(2025, 6, 30), rows=(3,)),
    )


def test_a_number_in_two_sheets_is_refused_in_the_second() -> None:
    sheets = [
        TableSheet(name, 1, (("Part No", "Stock"), ("a1", stock)))
        for name, stock in (("A", 1), ("B", 2))
    ]
    checked = check_part_table(sheets)
    assert [(row.sheet, row.stock) for row in checked.parts] == [("A", 1.0)]
    assert "already stands in sheet 'A'" in checked.refused[0].problems[0].text


def test_a_product_in_two_sheets_is_kept_once_and_told() -> None:
    heading = ("Model", "Installed base")
    sheets = [
        TableSheet("A", 1, (heading, ("Mk1", 10), ("Mk2", 5))),
        TableSheet("B", 1, (heading, ("MK1", 20), ("Mk2", 5))),
    ]
    checked = check_part_table(sheets)
    assert [(p.name, p.installed_base, p.sheet) for p in checked.products] == [
        ("Mk1", 10, "A"), ("Mk2", 5, "A"),
    ]  # fmt: skip
    [refused] = checked.refused
    assert (refused.sheet, refused.row, refused.number) == ("B", 2, "MK1")
    assert problem_texts(checked) == [
        "Sheet 'B', row 2: 'MK1' already stands in sheet 'A', row 2. Expected each number once."
    ]
    [note] = [note for note in checked.notes if note.sheet == "B"]
    assert note.row == 3


good_rows = st.lists(
    st.tuples(
        st.from_regex(r"[A-Z]{2}-[1-9][0-9]{0,3}", fullmatch=True),
        st.integers(0, 10**6),
        st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    ),
    max_size=15,
    unique_by=lambda row: row[0],
)
bad_cells = st.sampled_from(["auf Anfrage", "31.02.2027", "=1+1", "-7", Formula("=A1"), True])


@given(good_rows, st.lists(st.tuples(st.integers(0, 15), bad_cells, st.integers(1, 2)), max_size=8))
def test_good_rows_are_never_lost_with_bad_ones(
    good: list[tuple[str, int, date]], bad: list[tuple[int, Cell, int]]
) -> None:
    rows: list[tuple[Cell, ...]] = [
        (number, str(stock), day.strftime("%d.%m.%Y")) for number, stock, day in good
    ]
    for serial, (place, cell, column) in enumerate(bad):
        row: list[Cell] = [f"bad-{serial}", "1", "01.01.2026"]
        row[column] = cell
        rows.insert(min(place, len(rows)), tuple(row))
    checked = table(("Part No", "Stock", "Last order"), *rows)
    assert [(row.number, row.stock, row.last_order_on) for row in checked.parts] == [
        (number, float(stock), day) for number, stock, day in good
    ]
    assert len(checked.refused) == len(bad)
    for refused in checked.refused:
        assert refused.problems
        assert rows[refused.row - 2][0] == refused.number


@given(
    st.lists(
        st.lists(
            st.none() | st.text(max_size=8) | st.integers() | st.floats() | st.booleans()
            | st.datetimes() | st.builds(Formula, st.text(max_size=5)),
            max_size=5,
        ),
        max_size=8,
    )
)  # fmt: skip
def test_every_filled_row_is_taken_refused_or_noted(rows: list[list[Cell]]) -> None:
    checked = table(("Part No", "Stock", "Last order", "File", "Used in"), *map(tuple, rows))
    told = {row.row for row in checked.parts} | {row.row for row in checked.refused}
    told |= {note.row for note in checked.notes}
    for number, row in enumerate(rows, 2):
        visible = [
            c for c in row if c is not None and not (isinstance(c, str) and not c.strip("-=_+ \t"))
        ]
        assert not visible or number in told


def test_other_columns_decide_where_a_column_is_silent() -> None:
    checked = table(("Teilenr", "Preis EUR", "Bestand"), ("1", "13,66", "1.000"))
    assert checked.parts[0].stock == 1000.0
    silent = table(("Teilenr", "Preis EUR", "Bestand"), ("1", "13", "1.000"))
    assert silent.problems[0].code is ProblemCode.AMBIGUOUS
    mixed = table(("Teilenr", "Preis EUR", "Bestand"), ("1", "13,66", "1,5"), ("2", "1", "2.5"))
    assert [row.stock for row in mixed.parts] == [1.5, 2.5]


def test_one_part_in_several_plants_is_one_part() -> None:
    checked = table(
        ("Material", "Werk", "Materialkurztext", "Bestand"),
        ("4711001", "1000", "Griff", 5),
        ("4711001", "2000", "Griff", 7),
        ("4711001", "2000", "Griff", 7),
        ("4711001", "2000", "Griff", 8),
        ("4711001", "3000", "Knopf", 1),
        ("4711002", "1000", "Feder", 1),
    )
    first, second = checked.parts
    places = [(place.plant, place.stock) for place in (first, *first.other_plants)]
    assert places == [("1000", 5.0), ("2000", 7.0), ("3000", 1.0)]
    assert (first.name, second.number) == ("Griff", "4711002")
    assert [note.row for note in checked.notes] == [4, 6]
    assert "'Knopf' differs from 'Griff' in row 2" in checked.notes[1].text
    assert [row.row for row in checked.refused] == [5]
