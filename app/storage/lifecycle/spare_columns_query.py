"""The inputs of the eternal-spare rule as columns over all parts, read set by set.

One statement a table, no row objects: a library of a million parts is read in seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from app.domain.lifecycle.day_numbers import Codes, Days, Flags, Numbers
from app.domain.lifecycle.demand_rate import measure_history
from app.domain.lifecycle.last_safe_start import CONSEQUENCES
from app.domain.lifecycle.product import MilestoneKind
from app.domain.lifecycle.readiness import assess_readiness
from app.domain.lifecycle.spare_columns import (
    HistoryColumns,
    ProductColumns,
    SpareColumns,
    StepColumns,
    SupplyColumns,
    WhereUsedColumns,
)
from app.storage.lifecycle import spare_columns_sql as sql

# julianday() of midnight minus date.toordinal() of the same day.
JULIAN_OFFSET = 1721424.5
HISTORIES_AT_ONCE = 50_000


def fetch_spare_columns(connection: Connection, today: date) -> SpareColumns:
    """Read what the rule needs to know about every part.

    Args:
        connection: inside a transaction, so that all columns belong to one state of the library.
        today: decides whether a qualification still holds.
    """
    parts = _Rows(connection, sql.PARTS)
    products = _Rows(connection, sql.PRODUCTS)
    part_ids, product_ids = parts.codes(0), products.codes(0)
    return SpareColumns(
        part_ids=part_ids,
        products=_products(connection, products, product_ids),
        where_used=_where_used(connection, part_ids, product_ids),
        supply=_supply(connection, part_ids),
        history=_history(connection, part_ids),
        steps=_steps(connection, parts, part_ids, today),
    )


class _Rows:
    """The rows of one statement, handed out column by column."""

    def __init__(self, connection: Connection, statement: str, *values: object) -> None:
        rows = connection.exec_driver_sql(statement, values).fetchall()
        self._columns: list[Sequence[Any]] = list(zip(*rows, strict=True))

    def texts(self, index: int) -> Sequence[Any]:
        return self._columns[index] if self._columns else ()

    def codes(self, index: int) -> Codes:
        return np.array(self.texts(index), dtype=np.int64)

    def numbers(self, index: int) -> Numbers:
        """Return a column of numbers; NULL becomes nan."""
        return np.array(self.texts(index), dtype=np.float64)

    def days(self, index: int) -> Days:
        """Return a column of `julianday` as day numbers."""
        return self.numbers(index) - JULIAN_OFFSET


def _placed(rows: Codes, count: int, values: Numbers, empty: float = np.nan) -> Numbers:
    column = np.full(count, empty)
    column[rows] = values
    return column


def _products(connection: Connection, rows: _Rows, product_ids: Codes) -> ProductColumns:
    dates = _milestones(connection, sql.PRODUCT_MILESTONES, product_ids)
    return ProductColumns(
        names=list(rows.texts(1)),
        introduced=dates[MilestoneKind.INTRODUCTION],
        last_produced=dates[MilestoneKind.LAST_PRODUCED],
        last_placed=dates[MilestoneKind.LAST_PLACED],
        end_of_service=dates[MilestoneKind.END_OF_SERVICE],
        installed_base=rows.numbers(2),
        annual_failure_rate=rows.numbers(3),
    )


def _milestones(connection: Connection, statement: str, ids: Codes) -> dict[MilestoneKind, Days]:
    found = _Rows(connection, statement)
    owners, kinds, days = found.codes(0), np.array(found.texts(1)), found.days(2)
    columns = {}
    for kind in MilestoneKind:
        chosen = kinds == kind.value if owners.size else np.zeros(0, dtype=np.bool_)
        columns[kind] = _placed(np.searchsorted(ids, owners[chosen]), ids.size, days[chosen])
    return columns


def _where_used(connection: Connection, part_ids: Codes, product_ids: Codes) -> WhereUsedColumns:
    rows = _Rows(connection, sql.WHERE_USED)
    return WhereUsedColumns(
        part=np.searchsorted(part_ids, rows.codes(0)).astype(np.int64),
        product=np.searchsorted(product_ids, rows.codes(1)).astype(np.int64),
        quantity=rows.numbers(2),
        failure_share=rows.numbers(3),
    )


def _supply(connection: Connection, part_ids: Codes) -> SupplyColumns:
    count = part_ids.size
    positions = _Rows(connection, sql.POSITIONS)
    at = np.searchsorted(part_ids, positions.codes(0))
    sources = _Rows(connection, sql.SOURCES)
    by = np.searchsorted(part_ids, sources.codes(0))
    names = np.full(count, "", dtype=object)
    names[by] = np.array(sources.texts(4), dtype=object)
    dates = _milestones(connection, sql.PART_MILESTONES, part_ids)
    return SupplyColumns(
        stock=_placed(at, count, positions.numbers(1)),
        on_order=_placed(at, count, positions.numbers(2), 0.0),
        stock_as_of=_placed(at, count, positions.days(3)),
        suppliers=_placed(by, count, sources.numbers(1), 0.0).astype(np.int64),
        open_suppliers=_placed(by, count, sources.numbers(2), 0.0).astype(np.int64),
        last_order_on=_placed(by, count, sources.days(3)),
        part_last_produced=dates[MilestoneKind.LAST_PRODUCED],
        part_last_order=dates[MilestoneKind.LAST_ORDER],
        open_supplier=names.tolist(),
    )


def _history(connection: Connection, part_ids: Codes) -> HistoryColumns:
    """Sum the monthly series up in batches, so that they are never in memory all at once."""
    count = part_ids.size
    months, total = np.zeros(count), np.zeros(count)
    squares, latest = np.zeros(count), np.full(count, np.nan)
    result = connection.exec_driver_sql(sql.HISTORIES)
    while batch := result.fetchmany(HISTORIES_AT_ONCE):
        ids, first, texts = zip(*batch, strict=True)
        series = [text[1:-1] for text in texts]  # a JSON list of plain numbers
        lengths = np.array([text.count(",") + 1 if text else 0 for text in series], dtype=np.int64)
        joined = ",".join(text for text in series if text)
        pieces = np.array(joined.split(",") if joined else [], dtype=np.float64)
        days = np.array(first, dtype=np.float64) - JULIAN_OFFSET
        sums = measure_history(days, lengths, pieces)
        rows = np.searchsorted(part_ids, np.array(ids, dtype=np.int64))
        months[rows], total[rows] = sums.months, sums.total
        squares[rows], latest[rows] = sums.sum_of_squares, sums.last_demand_month
    return HistoryColumns(months, total, squares, latest)


def _steps(connection: Connection, parts: _Rows, part_ids: Codes, today: date) -> StepColumns:
    count = part_ids.size

    def among(statement: str, *values: object) -> Flags:
        rows = _Rows(connection, statement, *values)
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[np.searchsorted(part_ids, rows.codes(0))] = True
        return chosen

    day = today.isoformat()
    geometry = _Rows(connection, sql.GEOMETRY)
    rows = np.searchsorted(part_ids, geometry.codes(0))
    size = np.full((count, 3), np.nan)
    size[rows] = _sizes(geometry.texts(1))
    healthy = np.zeros(count, dtype=np.bool_)
    healthy[rows] = geometry.numbers(2) == 1
    build = _Rows(connection, sql.MACHINES)
    classes = {kind.value: code for code, kind in enumerate(CONSEQUENCES)}
    return StepColumns(
        readiness=assess_readiness(
            among(sql.QUALIFIED, day, day),
            among(sql.UNDER_WAY),
            healthy,
            size,
            np.column_stack([build.numbers(axis) for axis in range(3)]),
        ),
        consequence=np.array([classes[name] for name in parts.texts(1)], dtype=np.int8),
        right=parts.numbers(2) == 1,
        export_assessed=parts.numbers(3) == 1,
        has_file=among(sql.WITH_FILE),
        has_definition=among(sql.WITH_DEFINITION),
        has_package=among(sql.WITH_PACKAGE),
    )


def _sizes(bounds: Iterable[str | None]) -> NDArray[np.float64]:
    """Return the sides of boxes given as JSON lists of six numbers, (n, 3); nan without a box."""
    boxes = [json.loads(text) if text else [np.nan] * 6 for text in bounds]
    table = np.array(boxes, dtype=np.float64).reshape(-1, 6)
    return table[:, 3:] - table[:, :3]
