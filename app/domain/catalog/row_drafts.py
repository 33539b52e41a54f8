"""Put the readings of one row together into a draft of a part or product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import SheetLayout
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality, number_key
from app.domain.catalog.part_table import PartRow, ProductRow, Reading

_F = ColumnField
T = TypeVar("T")


def product_key(name: str) -> str:
    """Return the form of a product name by which rows of one list are put together."""
    return " ".join(name.split()).casefold()


class _Values:
    """The readings of one row by field."""

    def __init__(self, layout: SheetLayout, readings: Sequence[Reading]) -> None:
        self._places: dict[ColumnField, int] = {}
        for place, use in enumerate(layout.columns):
            self._places.setdefault(use.field, place)
        self._readings = readings
        self.stated = frozenset(self._places) - {_F.IGNORED}

    def reading(self, field: ColumnField) -> Reading:
        place = self._places.get(field)
        return Reading() if place is None else self._readings[place]

    def get(self, field: ColumnField, kind: type[T]) -> T | None:
        value = self.reading(field).value
        return value if isinstance(value, kind) else None

    def text(self, field: ColumnField) -> str:
        return self.get(field, str) or ""

    def number(self, field: ColumnField) -> float | None:
        value = self.get(field, Decimal)
        return None if value is None else float(value)

    def whole(self, field: ColumnField) -> int | None:
        value = self.get(field, Decimal)
        return None if value is None else int(value)


def part_draft(layout: SheetLayout, row: int, readings: Sequence[Reading]) -> PartRow:
    """Return the draft of a part; the row's number has been read."""
    values = _Values(layout, readings)
    number = values.text(_F.NUMBER)
    amount, unit, currency = _price(layout, values)
    first_month, demand = _demand(layout, readings)
    consequence, supply = _classes(values)
    stated = values.stated | ({_F.PLANT} if layout.plant else frozenset())
    return PartRow(
        sheet=layout.sheet.name,
        row=row,
        number=number,
        number_key=number_key(number),
        stated=stated,
        file=values.text(_F.FILE),
        name=values.text(_F.NAME),
        used_in=values.get(_F.USED_IN, tuple) or (),
        quantity=values.number(_F.QUANTITY),
        material=values.text(_F.MATERIAL),
        consequence_class=consequence,
        supply_criticality=supply,
        price_amount=amount,
        price_unit=unit,
        currency=currency,
        minimum_order=values.number(_F.MINIMUM_ORDER),
        lead_time_days=values.whole(_F.LEAD_TIME),
        stock=values.number(_F.STOCK),
        safety_stock=values.number(_F.SAFETY_STOCK),
        open_orders=values.number(_F.OPEN_ORDERS),
        last_order_on=values.get(_F.LAST_ORDER, date),
        production_end_on=values.get(_F.PRODUCTION_END, date),
        suppliers=_suppliers(layout, readings),
        successor=values.text(_F.SUCCESSOR),
        plant=values.text(_F.PLANT) or layout.plant,
        note=values.text(_F.NOTE),
        demand_from=first_month,
        demand=demand,
    )


def product_draft(layout: SheetLayout, row: int, readings: Sequence[Reading]) -> ProductRow:
    """Return the draft of a product; the row's name has been read."""
    values = _Values(layout, readings)
    return ProductRow(
        sheet=layout.sheet.name,
        row=row,
        name=" ".join(values.text(_F.PRODUCT).split()),
        stated=values.stated,
        product_group=values.text(_F.PRODUCT_GROUP),
        introduced_on=values.get(_F.INTRODUCTION, date),
        last_produced_on=values.get(_F.LAST_PRODUCED, date),
        last_placed_on=values.get(_F.LAST_PLACED, date),
        end_of_service_on=values.get(_F.END_OF_SERVICE, date),
        installed_base=values.whole(_F.INSTALLED_BASE),
        annual_failure_rate=values.number(_F.FAILURE_RATE),
    )


def _price(layout: SheetLayout, values: _Values) -> tuple[str, int, str]:
    reading = values.reading(_F.PRICE)
    if not isinstance(reading.value, Decimal):
        return "", 1, ""
    uses = layout.uses_of(_F.PRICE)
    unit = values.whole(_F.PRICE_UNIT) or uses[0].price_unit or 1
    currency = values.text(_F.CURRENCY) or reading.extra or uses[0].currency
    return plain_amount(reading.value), unit, currency


def plain_amount(value: Decimal) -> str:
    """Return an amount as text without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _classes(values: _Values) -> tuple[ConsequenceClass, SupplyCriticality]:
    consequence = values.get(_F.CONSEQUENCE_CLASS, ConsequenceClass)
    supply = values.get(_F.SUPPLY_CRITICALITY, SupplyCriticality)
    either: Any = values.reading(_F.CRITICALITY).value
    if consequence is None and isinstance(either, ConsequenceClass):
        consequence = either
    if supply is None and isinstance(either, SupplyCriticality):
        supply = either
    return consequence or ConsequenceClass.UNKNOWN, supply or SupplyCriticality.UNKNOWN


def _suppliers(layout: SheetLayout, readings: Sequence[Reading]) -> tuple[str, ...]:
    names = [
        " ".join(reading.value.split())
        for use, reading in zip(layout.columns, readings, strict=True)
        if use.field is _F.SUPPLIER and isinstance(reading.value, str)
    ]
    return tuple(dict.fromkeys(names))


def _demand(
    layout: SheetLayout, readings: Sequence[Reading]
) -> tuple[date | None, tuple[float, ...]]:
    """Return first month and demand; empty months at both ends are not known, inside they are 0."""
    by_month = {
        _month_index(use.month): float(reading.value)
        for use, reading in zip(layout.columns, readings, strict=True)
        if use.month is not None and isinstance(reading.value, Decimal)
    }
    if not by_month:
        return None, ()
    first, last = min(by_month), max(by_month)
    months = tuple(by_month.get(index, 0.0) for index in range(first, last + 1))
    return date(first // 12, first % 12 + 1, 1), months


def _month_index(month: date) -> int:
    return month.year * 12 + month.month - 1
