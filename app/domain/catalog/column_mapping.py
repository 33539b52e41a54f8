"""Which column means what, as a value: saved by name, edited in the window, applied to a table.

A mapping speaks of headings, not of positions, so that next month's export with its columns moved
still fits. A layout is a mapping laid over the sheets of one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.base.errors import TableError
from app.base.i18n import _
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.heading_text import TimeUnit, fold_heading
from app.domain.catalog.table_sheet import TableSheet, column_letter


class DecimalMark(StrEnum):
    COMMA = "comma"
    POINT = "point"


class DateOrder(StrEnum):
    """Which comes first where a date is written with slashes or dashes: 03/04/2026."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class SheetKind(StrEnum):
    PARTS = "parts"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRule:
    """What the column under one heading means.

    Attributes:
        heading: as written in the table; compared in folded form.
        occurrence: which of several equal headings, counted from 0.
        kind: of the sheets it holds for; None: all.
        decimal_mark: None: judged by the column's values.
        date_order: None: judged by the column's values.
    """

    heading: str
    field: ColumnField
    occurrence: int = 0
    currency: str = ""
    time_unit: TimeUnit | None = None
    price_unit: int | None = None
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    kind: SheetKind | None = None

    @property
    def key(self) -> tuple[str, int]:
        return fold_heading(self.heading), self.occurrence


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Rules for the headings of a kind of table. Headings without a rule are guessed."""

    name: str
    rules: tuple[HeadingRule, ...] = ()

    def by_key(self, kind: SheetKind) -> dict[tuple[str, int], HeadingRule]:
        """Return the rules for a kind of sheet; one made for that kind alone comes first."""
        fitting = [rule for rule in self.rules if rule.kind in (None, kind)]
        return {rule.key: rule for rule in sorted(fitting, key=lambda rule: rule.kind is not None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """A column of one sheet and what its cells mean.

    Attributes:
        column: position counted from 0.
        month: first day of the month, for a column of demand.
        percent: whether numbers are per cent.
    """

    column: int
    heading: str
    field: ColumnField
    currency: str = ""
    time_unit: TimeUnit | None = None
    price_unit: int | None = None
    percent: bool = False
    month: date | None = None
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None

    @property
    def letter(self) -> str:
        return column_letter(self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """Where one sheet keeps what.

    Attributes:
        heading_index: position of the heading row in `sheet.rows`.
        plant: named in a title line above the headings, else "".
    """

    sheet: TableSheet
    kind: SheetKind
    heading_index: int
    columns: tuple[ColumnUse, ...]
    plant: str = ""

    @property
    def heading_row(self) -> int:
        return self.sheet.row_number(self.heading_index)

    def uses_of(self, field: ColumnField) -> tuple[ColumnUse, ...]:
        return tuple(use for use in self.columns if use.field is field)


def mapping_of(name: str, layouts: tuple[SheetLayout, ...]) -> ColumnMapping:
    """Return the rules that lead to these layouts again, to be edited or saved.

    Columns of demand need no rule: their headings are months.
    """
    several = len({layout.kind for layout in layouts}) > 1
    rules: dict[tuple[SheetKind, tuple[str, int]], HeadingRule] = {}
    for layout in layouts:
        seen: dict[str, int] = {}
        for use in layout.columns:
            key = fold_heading(use.heading)
            occurrence = seen.get(key, 0)
            seen[key] = occurrence + 1
            if use.field is ColumnField.DEMAND or not key:
                continue
            rule = HeadingRule(
                heading=use.heading,
                field=use.field,
                occurrence=occurrence,
                currency=use.currency,
                time_unit=use.time_unit,
                price_unit=use.price_unit,
                decimal_mark=use.decimal_mark,
                date_order=use.date_order,
                kind=layout.kind if several else None,
            )
            rules.setdefault((layout.kind, rule.key), rule)
    return ColumnMapping(name, tuple(rules.values()))


def mapping_to_dict(mapping: ColumnMapping) -> dict[str, Any]:
    """Return a mapping as plain values for a settings file; nothing but what is set."""
    return {
        "name": mapping.name,
        "column": [
            {
                "heading": rule.heading,
                "field": rule.field.value,
                **({"occurrence": rule.occurrence} if rule.occurrence else {}),
                **({"currency": rule.currency} if rule.currency else {}),
                **({"time_unit": rule.time_unit.value} if rule.time_unit else {}),
                **({"price_unit": rule.price_unit} if rule.price_unit else {}),
                **({"decimal_mark": rule.decimal_mark.value} if rule.decimal_mark else {}),
                **({"date_order": rule.date_order.value} if rule.date_order else {}),
                **({"sheets": rule.kind.value} if rule.kind else {}),
            }
            for rule in mapping.rules
        ],
    }


def mapping_from_dict(plain: Mapping[str, Any]) -> ColumnMapping:
    """Return the mapping that a settings file holds.

    Raises:
        TableError: a word or type in it is not understood; names the heading.
    """
    columns = plain.get("column", [])
    if not isinstance(columns, list) or not all(isinstance(item, dict) for item in columns):
        raise TableError(_("The mapping holds no list of columns."))
    return ColumnMapping(str(plain.get("name", "")), tuple(_rule_from(item) for item in columns))


def _rule_from(item: Mapping[str, Any]) -> HeadingRule:
    try:
        return HeadingRule(
            heading=str(item["heading"]),
            field=ColumnField(item["field"]),
            occurrence=int(item.get("occurrence", 0)),
            currency=str(item.get("currency", "")),
            time_unit=TimeUnit(item["time_unit"]) if "time_unit" in item else None,
            price_unit=int(item["price_unit"]) if "price_unit" in item else None,
            decimal_mark=DecimalMark(item["decimal_mark"]) if "decimal_mark" in item else None,
            date_order=DateOrder(item["date_order"]) if "date_order" in item else None,
            kind=SheetKind(item["sheets"]) if "sheets" in item else None,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise TableError(
            _("The mapping's rule for the heading '{heading}' is not understood: {reason}").format(
                heading=item.get("heading", "?"), reason=error
            )
        ) from error
