"""Heading rows as ERP systems and people really write them, and what each must be read as."""

from __future__ import annotations

import pytest

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import SheetKind
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import TableSheet

F = ColumnField

SAMPLE = {
    F.NUMBER: ("4711001", "4711002"), F.FILE: ("a.stl", "b.step"), F.NAME: ("Griff", "Rad"),
    F.USED_IN: ("Mk1", "Mk2"), F.MATERIAL: ("ABS", "ABS"), F.PRICE: ("1,50", "2,75"),
    F.STOCK: ("5", "7"), F.LAST_ORDER: ("30.06.2025", ""), F.PRODUCTION_END: ("30.06.2025", ""),
}  # fmt: skip

LISTS: dict[str, dict[str, ColumnField]] = {
    "sap mm60 german": {
        "Material": F.NUMBER, "Werk": F.PLANT, "Materialkurztext": F.NAME, "Preis": F.PRICE,
        "Währung": F.CURRENCY, "Preiseinheit": F.PRICE_UNIT, "Planlieferzeit": F.LEAD_TIME,
        "Sicherheitsbestand": F.SAFETY_STOCK, "Warengruppe": F.IGNORED,
    },
    "sap mb52 german": {
        "Material": F.NUMBER, "Materialkurztext": F.NAME, "Werk": F.PLANT,
        "Lagerort": F.IGNORED, "Frei verwendbar": F.STOCK, "Basismengeneinheit": F.IGNORED,
    },
    "sap english": {
        "Material": F.NUMBER, "Plant": F.PLANT, "Material Description": F.NAME,
        "Unrestricted": F.STOCK, "Moving Average Price": F.PRICE, "Currency": F.CURRENCY,
        "Price unit": F.PRICE_UNIT, "Vendor name": F.SUPPLIER, "Planned delivery time": F.LEAD_TIME,
    },
    "german workshop": {
        "Teile-Nr.": F.NUMBER, "Benennung": F.NAME, "Datei": F.FILE, "Verwendet in": F.USED_IN,
        "Werkstoff": F.MATERIAL, "Stückpreis (€)": F.PRICE, "Lagerbestand": F.STOCK,
        "Lieferzeit [Wochen]": F.LEAD_TIME, "Lieferant 1": F.SUPPLIER, "Lieferant 2": F.SUPPLIER,
        "Letzter Bestelltermin": F.LAST_ORDER, "Bemerkung": F.NOTE,
    },
    "german discontinuation": {
        "Sachnummer": F.NUMBER, "Bezeichnung": F.NAME, "Baureihe": F.USED_IN,
        "Abkündigung": F.PRODUCTION_END, "Letztbestellung": F.LAST_ORDER,
        "Nachfolgeteil": F.SUCCESSOR, "Mindestabnahme": F.MINIMUM_ORDER, "Schadensfolge":
        F.CONSEQUENCE_CLASS, "Kritikalität": F.CRITICALITY,
    },
    "english planner": {
        "Item Number": F.NUMBER, "Item Description": F.NAME, "Where Used": F.USED_IN,
        "Qty per unit": F.QUANTITY, "MOQ": F.MINIMUM_ORDER, "Lead Time (days)": F.LEAD_TIME,
        "On Hand": F.STOCK, "On Order": F.OPEN_ORDERS, "Unit Cost (USD)": F.PRICE,
        "Last Time Buy Date": F.LAST_ORDER, "EOL Date": F.PRODUCTION_END,
        "VED": F.SUPPLY_CRITICALITY, "Superseded by": F.SUCCESSOR,
    },
    "english sheet with stars and breaks": {
        "Part\nNumber *": F.NUMBER, "Part Description:": F.NAME, "CAD file": F.FILE,
        "Price / 100 pcs": F.PRICE, "Stock (pcs)": F.STOCK, "Comments": F.NOTE,
    },
    "remarks in brackets": {
        "Materialnummer (SAP)": F.NUMBER, "Bestand (frei verwendbar, Stück)": F.STOCK,
        "Preis netto (EUR)": F.PRICE, "Lieferant (Name)": F.SUPPLIER, "WBZ (Tage, kalendarisch)":
        F.LEAD_TIME,
    },
    "numbers beside sap numbers": {
        "Part No.": F.NUMBER, "SAP Nr.": F.IGNORED, "Part": F.NAME, "Material": F.MATERIAL,
    },
}  # fmt: skip

PRODUCT_LISTS: dict[str, dict[str, ColumnField]] = {
    "german": {
        "Produkt": F.PRODUCT, "Produktgruppe": F.PRODUCT_GROUP, "Markteinführung": F.INTRODUCTION,
        "Produktionsende": F.LAST_PRODUCED, "Letztes Inverkehrbringen": F.LAST_PLACED,
        "Ende des Service": F.END_OF_SERVICE, "Geräte im Feld": F.INSTALLED_BASE,
        "Ausfallrate pro Jahr (%)": F.FAILURE_RATE, "Bemerkung": F.NOTE,
    },
    "english": {
        "Model": F.PRODUCT, "Category": F.PRODUCT_GROUP, "Launch date": F.INTRODUCTION,
        "Last produced": F.LAST_PRODUCED, "Last unit placed on the market": F.LAST_PLACED,
        "Support until": F.END_OF_SERVICE, "Units in field": F.INSTALLED_BASE, "AFR":
        F.FAILURE_RATE,
    },
}  # fmt: skip


def rows_for(headings: dict[str, ColumnField]) -> tuple[tuple[str, ...], ...]:
    columns = [SAMPLE.get(field, ("x", "x")) for field in headings.values()]
    return (tuple(headings), *zip(*columns, strict=True))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("shout", [False, True])
def test_lists_of_parts(name: str, shout: bool) -> None:
    expected = LISTS[name]
    headings, *rows = rows_for(expected)
    written = tuple(heading.upper() for heading in headings) if shout else headings
    [layout] = lay_out_tables([TableSheet("s", 1, (("Liste",), written, *rows))])
    assert layout.kind is SheetKind.PARTS
    assert layout.heading_row == 2
    found = {h: use.field for h, use in zip(headings, layout.columns, strict=True)}
    assert found == expected


@pytest.mark.parametrize("name", PRODUCT_LISTS)
def test_lists_of_products(name: str) -> None:
    expected = PRODUCT_LISTS[name]
    [layout] = lay_out_tables([TableSheet("s", 1, rows_for(expected))])
    assert layout.kind is SheetKind.PRODUCTS
    assert {use.heading: use.field for use in layout.columns} == expected


def test_headings_may_stand_in_any_order() -> None:
    expected = LISTS["english planner"]
    for turn in range(len(expected)):
        items = list(expected.items())
        turned = dict(items[turn:] + items[:turn])
        [layout] = lay_out_tables([TableSheet("s", 1, rows_for(turned))])
        assert {use.heading: use.field for use in layout.columns} == expected
