"""What a parts list says: rows of parts and products, refused rows, and notes.

Everything here is a plain value, so that it can be shown, stored and printed as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.base.i18n import _
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality


class ProblemCode(StrEnum):
    """Why a cell cannot be accepted."""

    MISSING = "missing"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    AMBIGUOUS = "ambiguous"
    OUT_OF_RANGE = "out_of_range"
    FORMULA = "formula"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    UNKNOWN_WORD = "unknown_word"
    LOST_DIGITS = "lost_digits"
    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"  # nothing is wrong: a person left the row out


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One thing wrong in one cell.

    Attributes:
        row: number as the spreadsheet shows it.
        column: letter as the spreadsheet shows it.
        expected: what should stand there, translated.
        found: what stands there.
        text: the whole as a sentence, translated.
    """

    sheet: str
    row: int
    column: str
    heading: str
    code: ProblemCode
    expected: str
    found: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken, with everything that is wrong with it.

    Attributes:
        number: part number, or product name, as far as it could be read.
        file: file that the row names; it is held back with the row.
        skipped: whether a person left the row out.
    """

    sheet: str
    row: int
    number: str
    file: str
    problems: tuple[RowProblem, ...]
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """Something worth knowing that refuses nothing; row 0 concerns the whole sheet."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A good row of parts.

    Attributes:
        stated: fields the sheet has a column for; others must not be touched by an update.
        used_in: names of products.
        quantity: pieces of the part in one product; None: not stated.
        price_amount: decimal number as text, for `price_unit` pieces; "" not stated.
        other_plants: further rows of the same part at other plants, with their own stock, price
            and suppliers; what else they say is in this row already.
        demand: one number a month from `demand_from` on, without gaps.
    """

    sheet: str
    row: int
    number: str
    number_key: str
    stated: frozenset[ColumnField] = frozenset()
    file: str = ""
    name: str = ""
    used_in: tuple[str, ...] = ()
    quantity: float | None = None
    material: str = ""
    consequence_class: ConsequenceClass = ConsequenceClass.UNKNOWN
    supply_criticality: SupplyCriticality = SupplyCriticality.UNKNOWN
    price_amount: str = ""
    price_unit: int = 1
    currency: str = ""
    minimum_order: float | None = None
    lead_time_days: int | None = None
    stock: float | None = None
    safety_stock: float | None = None
    open_orders: float | None = None
    last_order_on: date | None = None
    production_end_on: date | None = None
    suppliers: tuple[str, ...] = ()
    successor: str = ""
    plant: str = ""
    note: str = ""
    demand_from: date | None = None
    demand: tuple[float, ...] = ()
    other_plants: tuple[PartRow, ...] = ()

    @property
    def identity(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """A good row of products."""

    sheet: str
    row: int
    name: str
    stated: frozenset[ColumnField] = frozenset()
    product_group: str = ""
    introduced_on: date | None = None
    last_produced_on: date | None = None
    last_placed_on: date | None = None
    end_of_service_on: date | None = None
    installed_base: int | None = None
    annual_failure_rate: float | None = None

    @property
    def identity(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDate:
    """An end of production on which all rows of a product agree: the product's own milestone."""

    product: str
    on: date
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTable:
    """Everything that a file's sheets say.

    Attributes:
        product_dates: agreed dates; a part's own `production_end_on` that is not among them is a
            supply milestone of the part.
    """

    parts: tuple[PartRow, ...] = ()
    products: tuple[ProductRow, ...] = ()
    product_dates: tuple[ProductDate, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[RowNote, ...] = ()

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        return tuple(problem for row in self.refused for problem in row.problems)


@dataclass(frozen=True, slots=True)
class CellIssue:
    """What is wrong with a cell, before its place is known.

    Attributes:
        complaint: sentence on what was found: "'x' is no date."
    """

    code: ProblemCode
    found: str
    complaint: str
    expected: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as read: a value, or an issue; a note may come with either.

    Attributes:
        value: type depends on the field; None where the cell is empty.
        extra: currency written beside a price, else "".
    """

    value: object = None
    issue: CellIssue | None = None
    note: str = ""
    extra: str = field(default="")


def place_problem(
    issue: CellIssue, *, sheet: str, row: int, column: str, heading: str, name_sheet: bool
) -> RowProblem:
    """Say where the issue is.

    Args:
        name_sheet: whether the sentence must name the sheet, because the file has several.
    """
    where = (
        _(
            "Sheet '{sheet}', row {row}, column {column} ({heading}): {complaint} "
            "Expected {expected}."
        )
        if name_sheet
        else _("Row {row}, column {column} ({heading}): {complaint} Expected {expected}.")
    )
    return RowProblem(
        sheet=sheet,
        row=row,
        column=column,
        heading=heading,
        code=issue.code,
        expected=issue.expected,
        found=issue.found,
        text=where.format(
            sheet=sheet,
            row=row,
            column=column,
            heading=heading,
            complaint=issue.complaint,
            expected=issue.expected,
        ),
    )
