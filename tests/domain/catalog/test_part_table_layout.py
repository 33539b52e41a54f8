"""Finding the heading row and guessing columns, in English and German, by words and values."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.base.errors import TableError
from app.domain.catalog.column_headings import (
    DOUBTFUL_PART_HEADINGS,
    PART_HEADINGS,
    PRODUCT_HEADINGS,
    ColumnField,
)
from app.domain.catalog.column_mapping import (
    ColumnMapping,
    DateOrder,
    HeadingRule,
    SheetKind,
    mapping_from_dict,
    mapping_of,
    mapping_to_dict,
)
from app.domain.catalog.heading_text import fold_heading, read_heading
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import Cell, TableSheet

F = ColumnField


def sheet(*rows: tuple[Cell, ...], name: str = "list", first_row: int = 1) -> TableSheet:
    return TableSheet(name, first_row, rows)


def fields(*rows: tuple[Cell, ...]) -> list[ColumnField]:
    [layout] = lay_out_tables([sheet(*rows)])
    return [use.field for use in layout.columns]


def test_headings_below_a_title_line_and_the_plant_in_it() -> None:
    [layout] = lay_out_tables(
        [
            sheet(
                ("Bestandsliste Werk 1000", None, None),
                (),
                (
                    "Materialnr.",
                    "CAD-Datei",
                    "Materialkurztext",
                    "Werkstoff",
                    "Preis EUR",
                    "WBZ (Tage)",
                ),
                ("0815", "a.stl", "A", "ABS", "1,00", "30"),
            )
        ]
    )
    assert layout.heading_row == 3
    assert layout.plant == "1000"
    assert [use.field for use in layout.columns] == [
        F.NUMBER, F.FILE, F.NAME, F.MATERIAL, F.PRICE, F.LEAD_TIME,
    ]  # fmt: skip
    assert layout.columns[4].currency == "EUR"
    assert layout.columns[5].letter == "F"


def test_every_synonym_is_folded_and_means_one_thing() -> None:
    for table in (PART_HEADINGS, PRODUCT_HEADINGS):
        words = [word for forms in table.values() for word in forms]
        assert len(words) == len(set(words))
        assert all(word == fold_heading(word) for word in words)
    doubtful = set(DOUBTFUL_PART_HEADINGS)
    assert not doubtful & {word for forms in PART_HEADINGS.values() for word in forms}


def test_every_synonym_is_recognised_in_a_table() -> None:
    for field, words in PART_HEADINGS.items():
        for word in words:
            other = "Lagerort" if field is F.NUMBER else "Teilenummer"
            assert field in fields((other, word), ("a1", "x"))


@pytest.mark.parametrize(
    ("heading", "words", "currency", "unit", "price_unit", "ordinal"),
    [
        ("Unit price (EUR)", "unit price", "EUR", None, None, 0),
        ("Preis in €", "preis in", "EUR", None, None, 0),
        ("Preis EUR / 100 Stk", "preis", "EUR", None, 100, 0),
        ("Price per 1000", "price", "", None, 1000, 0),
        ("Lead time [days]", "lead time", "", "days", None, 0),
        ("WBZ in Wochen", "wbz in", "", "weeks", None, 0),
        ("Lieferzeit\n(Monate)", "lieferzeit", "", "months", None, 0),
        ("Supplier 2", "supplier", "", None, None, 2),
    ],
)
def test_headings_are_taken_apart(
    heading: str, words: str, currency: str, unit: str | None, price_unit: int | None, ordinal: int
) -> None:
    text = read_heading(heading)
    assert (text.words, text.currency, text.time_unit, text.price_unit, text.ordinal) == (
        words, currency, unit, price_unit, ordinal,
    )  # fmt: skip


NUMBERS = tuple(f"47110{n:02}" for n in range(10))
PLASTICS = ("ABS", "PLA", "ABS", "PA12", "ABS", "PLA", "ABS", "PLA", "ABS", "PLA")


def column_of(heading: str, cells: tuple[str, ...], *others: str) -> list[ColumnField]:
    rows = [
        (heading, *others),
        *((cell, *(f"x{n}" for _ in others)) for n, cell in enumerate(cells)),
    ]
    return fields(*rows)


def test_material_means_the_number_where_its_values_do() -> None:
    assert column_of("Material", NUMBERS, "Materialkurztext") == [F.NUMBER, F.NAME]
    assert column_of("Material", NUMBERS, "Werkstoff") == [F.NUMBER, F.MATERIAL]


def test_material_means_the_material_beside_a_number_or_by_its_values() -> None:
    assert column_of("Material", NUMBERS, "Teilenummer") == [F.MATERIAL, F.NUMBER]
    with pytest.raises(TableError, match="part number"):
        column_of("Material", PLASTICS, "Bezeichnung")


def test_part_is_a_number_or_a_name() -> None:
    assert column_of("Part", NUMBERS, "Stock") == [F.NUMBER, F.STOCK]
    assert column_of("Part", PLASTICS, "Part No") == [F.NAME, F.NUMBER]


def test_model_is_a_file_or_a_product() -> None:
    assert column_of("Modell", ("a.stl", "b.stl"), "Teilenummer") == [F.FILE, F.NUMBER]
    assert column_of("Modell", ("Mk1", "Mk2"), "Teilenummer") == [F.USED_IN, F.NUMBER]


def test_second_column_of_one_meaning_is_not_used_but_suppliers_repeat() -> None:
    assert fields(("Part No", "SAP number", "Supplier 1", "Supplier 2", "Foo"), ("1", "2")) == [
        F.NUMBER, F.IGNORED, F.SUPPLIER, F.SUPPLIER, F.IGNORED,
    ]  # fmt: skip


def test_months_are_demand_whatever_their_form() -> None:
    [layout] = lay_out_tables(
        [
            sheet(
                ("Part", datetime(2024, 1, 1), "2024-02", "03.2024", "Apr-24", "Mai 2024"),
                ("a1", 1),
            )
        ]
    )
    assert [use.month for use in layout.columns[1:]] == [date(2024, m, 1) for m in range(1, 6)]


def test_products_and_other_sheets_are_told_apart() -> None:
    parts = sheet(("Part No", "Used in"), ("a1", "Mk1"), name="Parts")
    products = sheet(("Product", "Group", "Installed base"), ("Mk1", "x", 5), name="Products")
    notes = sheet(("Read me", "please"), name="Notes")
    layouts = lay_out_tables([notes, parts, products])
    assert [(layout.sheet.name, layout.kind) for layout in layouts] == [
        ("Parts", SheetKind.PARTS), ("Products", SheetKind.PRODUCTS),
    ]  # fmt: skip


def test_no_headings_is_a_sentence_that_names_the_sheets() -> None:
    with pytest.raises(TableError, match="'Notes'") as refused:
        lay_out_tables([sheet(("a", "b"), ("c", "d"), name="Notes")])
    assert refused.value.hint


def test_a_mapping_overrules_the_words() -> None:
    table = sheet(("Foo", "Bar", "Stock"), ("a1", "03/04/2026", 5))
    mapping = ColumnMapping(
        "mine",
        (
            HeadingRule(heading="FOO", field=F.NUMBER),
            HeadingRule(heading="bar", field=F.LAST_ORDER, date_order=DateOrder.MONTH_FIRST),
            HeadingRule(heading="Stock", field=F.IGNORED),
        ),
    )
    [layout] = lay_out_tables([table], mapping)
    assert [use.field for use in layout.columns] == [F.NUMBER, F.LAST_ORDER, F.IGNORED]
    assert layout.columns[1].date_order is DateOrder.MONTH_FIRST


def test_a_mapping_survives_moved_columns_and_being_saved() -> None:
    old = lay_out_tables(
        [sheet(("Part No", "Supplier", "Supplier", "Jan 2024"), ("a1", "x", "y", 1))]
    )
    saved = mapping_from_dict(mapping_to_dict(mapping_of("erp", old)))
    assert saved == mapping_of("erp", old)
    assert all(rule.field is not F.DEMAND for rule in saved.rules)
    [new] = lay_out_tables([sheet(("Supplier", "Stock", "Part No"), ("x", 1, "a1"))], saved)
    assert [use.field for use in new.columns] == [F.SUPPLIER, F.STOCK, F.NUMBER]


@pytest.mark.parametrize(
    "plain",
    [{"column": 5}, {"column": [{"field": "number"}]},
     {"column": [{"heading": "a", "field": "nope"}]},
     {"column": [{"heading": "a", "field": "price", "price_unit": "many"}]}],
)  # fmt: skip
def test_a_damaged_mapping_is_a_sentence(plain: dict[str, object]) -> None:
    with pytest.raises(TableError, match="mapping"):
        mapping_from_dict(plain)
