"""Corrected cells, skipped rows and chosen sheets: read anew, while the list stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import TableError
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import (
    ColumnMapping,
    HeadingRule,
    SheetKind,
    mapping_from_dict,
    mapping_of,
    mapping_to_dict,
)
from app.domain.catalog.part_table import PartTable, ProblemCode
from app.domain.catalog.row_check import check_part_table
from app.domain.catalog.table_edits import (
    CellFix,
    SheetChoice,
    TableEdits,
    correct_sheets,
    corrected_cells,
)
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import Cell, TableSheet, cell_text

SHEET = TableSheet(
    "List",
    1,
    (
        ("Part no", "Name", "Production end"),
        ("A1", "Cap", "31.12.2026"),
        ("A2", "Ring", "31.02.2027"),
        ("A3", "Knob", "30.06.2027"),
        ("A3", "Lever", "30.06.2027"),
    ),
)


def checked(edits: TableEdits, *sheets: TableSheet) -> PartTable:
    return check_part_table(sheets or [SHEET], None, edits)


def numbers(table: PartTable) -> list[tuple[str, str]]:
    return [(row.number, row.name) for row in table.parts]


def test_a_corrected_cell_makes_its_row_good_and_is_told() -> None:
    assert numbers(checked(TableEdits())) == [("A1", "Cap"), ("A3", "Knob")]
    fixed = checked(
        TableEdits().with_fix(CellFix(sheet="List", row=3, column=2, text="28.02.2027"))
    )
    assert numbers(fixed) == [("A1", "Cap"), ("A2", "Ring"), ("A3", "Knob")]
    assert str(fixed.parts[1].production_end_on) == "2027-02-28"
    assert fixed.notes[0].text == (
        "Row 3, column C: '31.02.2027' was read as '28.02.2027', as corrected by hand; the list "
        "itself is unchanged."
    )


def test_a_correction_can_still_be_wrong() -> None:
    table = checked(TableEdits().with_fix(CellFix(sheet="List", row=3, column=2, text="soon")))
    assert [problem.found for problem in table.refused[0].problems] == ["soon"]


def test_a_skipped_row_is_refused_and_makes_room_for_its_double() -> None:
    table = checked(TableEdits().with_skipped(("List", 4)))
    assert numbers(table) == [("A1", "Cap"), ("A3", "Lever")]
    skipped = next(row for row in table.refused if row.row == 4)
    assert skipped.skipped
    assert [problem.code for problem in skipped.problems] == [ProblemCode.SKIPPED]
    assert skipped.problems[0].text == "Row 4 was skipped by hand."


def test_a_skipped_faulty_row_keeps_its_reason() -> None:
    table = checked(TableEdits().with_skipped(("List", 3)))
    skipped = next(row for row in table.refused if row.row == 3)
    assert skipped.skipped
    assert skipped.problems[0].code is ProblemCode.NO_DATE


def test_correcting_a_skipped_row_takes_it_in_again() -> None:
    edits = TableEdits().with_skipped(("List", 3))
    edits = edits.with_fix(CellFix(sheet="List", row=3, column=2, text="28.02.2027"))
    assert ("A2", "Ring") in numbers(checked(edits))
    assert checked(edits.without_fixes("List", 3)) == checked(TableEdits())


def test_the_row_of_headings_can_be_named() -> None:
    sheet = TableSheet("List", 1, (("Part no", "Name"), ("Number", "Text"), ("A1", "Cap")))
    edits = TableEdits().with_choice(SheetChoice(sheet="List", heading_row=2))
    assert [row.row for row in checked(edits, sheet).parts] == [3]
    for row in (0, -3, 99):
        wrong = TableEdits().with_choice(SheetChoice(sheet="List", heading_row=row))
        with pytest.raises(TableError):
            checked(wrong, sheet)


def test_a_column_of_unknown_name_may_be_the_only_one_in_a_named_row() -> None:
    sheet = TableSheet("List", 1, (("Foo", "Bar"), ("A1", "Cap")))
    mapping = ColumnMapping("", (HeadingRule(heading="Foo", field=ColumnField.NUMBER),))
    with pytest.raises(TableError):
        check_part_table([sheet], mapping)
    edits = TableEdits().with_choice(SheetChoice(sheet="List", heading_row=1))
    assert numbers(check_part_table([sheet], mapping, edits)) == [("A1", "")]


def test_a_sheet_can_be_left_out() -> None:
    other = TableSheet("More", 1, (("Part no", "Name"), ("B1", "Cap")))
    edits = TableEdits().with_choice(SheetChoice(sheet="More", taken=False))
    assert ("B1", "Cap") in numbers(checked(TableEdits(), SHEET, other))
    assert ("B1", "Cap") not in numbers(checked(edits, SHEET, other))


def test_one_heading_may_mean_two_things_in_two_kinds_of_sheet() -> None:
    parts = TableSheet("Parts", 1, (("Part no", "Product"), ("A1", "Pump K2")))
    products = TableSheet("Products", 1, (("Product", "Installed base"), ("Pump K2", 12)))
    mapping = mapping_of("both", lay_out_tables([parts, products]))
    again = mapping_from_dict(mapping_to_dict(mapping))
    assert again == mapping
    table = check_part_table([parts, products], again)
    assert table.parts[0].used_in == ("Pump K2",)
    assert [row.name for row in table.products] == ["Pump K2"]
    assert {rule.kind for rule in mapping.rules} == set(SheetKind)


cells = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(allow_nan=False))


@given(
    st.lists(st.lists(cells, max_size=4).map(tuple), max_size=6).map(tuple),
    st.lists(
        st.builds(
            CellFix,
            sheet=st.sampled_from(["List", "Other"]),
            row=st.integers(-2, 12),
            column=st.integers(0, 6),
            text=st.text(max_size=8),
        ),
        max_size=6,
    ),
)
def test_corrections_change_their_cells_and_nothing_else(
    rows: tuple[tuple[Cell, ...], ...], fixes: list[CellFix]
) -> None:
    edits = TableEdits()
    for fix in fixes:
        edits = edits.with_fix(fix)
    sheet = TableSheet("List", 3, rows)
    [after] = correct_sheets([sheet], edits.fixes)
    told = {(cell.row, cell.column): cell.text for cell in corrected_cells([sheet], edits.fixes)}
    for index in range(len(rows)):
        for column in range(7):
            before = sheet.cell(index, column)
            place = (sheet.row_number(index), "ABCDEFG"[column])
            expected = told.get(place, cell_text(before))
            assert cell_text(after.cell(index, column)) == expected.strip()
