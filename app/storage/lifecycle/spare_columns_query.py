"""The inputs of the eternal-spare rule as columns over all parts, read set by set.

One statement a table, no row objects: a library of a million parts is read in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, CursorResult

from app.domain.lifecycle.day_numbers import Codes, Days, Flags, Numbers
from app.domain.lifecycle.demand_rate import measure_history
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
from app.storage.damage import read_as_written
from app.storage.lifecycle import spare_columns_sql as sql
from app.storage.lifecycle.number_rows import NumberRows

HISTORIES_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where to ask, and what stands before every statement to narrow it."""

    connection: Connection
    scope: str

    def numbers(self, statement: str, kinds: str, *values: object) -> NumberRows:
        return NumberRows(self.connection, self.scope + statement, kinds, *values)

    def rows(self, statement: str) -> CursorResult[*tuple[Any, ...]]:
        return self.connection.exec_driver_sql(self.scope + statement)


def fetch_spare_columns(connection: Connection, today: date, scope: str = "") -> SpareColumns:
    """Read what the rule needs to know about every part.

    Args:
        connection: inside a transaction, so that all columns belong to one state of the library.
        today: decides whether a qualification still holds.
        scope: as `product_scope` returns it; "" for all parts.
    """
    asked = _Asked(connection, scope)
    parts = asked.numbers(sql.PARTS, "iiii")
    products = asked.numbers(sql.PRODUCTS, "iff")
    part_ids, product_ids = parts.codes(0), products.codes(0)
    return SpareColumns(
        part_ids=part_ids,
        products=_products(asked, products, product_ids),
        where_used=_where_used(asked, part_ids, product_ids),
        supply=_supply(asked, part_ids),
        history=_history(asked, part_ids),
        steps=_steps(asked, parts, part_ids, today),
    )


def _placed(rows: Codes, count: int, values: Numbers, empty: float = np.nan) -> Numbers:
    column = np.full(count, empty)
    column[rows] = values
    return column


def _products(asked: _Asked, rows: NumberRows, product_ids: Codes) -> ProductColumns:
    dates = _milestones(asked, sql.PRODUCT_MILESTONES, product_ids)
    names = asked.rows(sql.PRODUCT_NAMES).scalars().all()
    return ProductColumns(
        names=list(names),
        introduced=dates[MilestoneKind.INTRODUCTION],
        last_produced=dates[MilestoneKind.LAST_PRODUCED],
        last_placed=dates[MilestoneKind.LAST_PLACED],
        end_of_service=dates[MilestoneKind.END_OF_SERVICE],
        installed_base=rows.numbers(1),
        annual_failure_rate=rows.numbers(2),
    )


def _milestones(asked: _Asked, statement: str, ids: Codes) -> dict[MilestoneKind, Days]:
    found = asked.numbers(statement, "iif")
    owners, kinds, days = found.codes(0), found.codes(1), found.numbers(2)
    columns = {}
    for code, kind in enumerate(MilestoneKind):
        chosen = kinds == code
        columns[kind] = _placed(np.searchsorted(ids, owners[chosen]), ids.size, days[chosen])
    return columns


def _where_used(asked: _Asked, part_ids: Codes, product_ids: Codes) -> WhereUsedColumns:
    rows = asked.numbers(sql.WHERE_USED, "iiff")
    return WhereUsedColumns(
        part=np.searchsorted(part_ids, rows.codes(0)).astype(np.int64),
        product=np.searchsorted(product_ids, rows.codes(1)).astype(np.int64),
        quantity=rows.numbers(2),
        failure_share=rows.numbers(3),
    )


def _supply(asked: _Asked, part_ids: Codes) -> SupplyColumns:
    count = part_ids.size
    positions = asked.numbers(sql.POSITIONS, "ifff")
    at = np.searchsorted(part_ids, positions.codes(0))
    sources = asked.numbers(sql.SOURCES, "iiif")
    by = np.searchsorted(part_ids, sources.codes(0))
    dates = _milestones(asked, sql.PART_MILESTONES, part_ids)
    return SupplyColumns(
        stock=_placed(at, count, positions.numbers(1)),
        on_order=_placed(at, count, positions.numbers(2), 0.0),
        stock_as_of=_placed(at, count, positions.numbers(3)),
        suppliers=_placed(by, count, sources.numbers(1), 0.0).astype(np.int64),
        open_suppliers=_placed(by, count, sources.numbers(2), 0.0).astype(np.int64),
        last_order_on=_placed(by, count, sources.numbers(3)),
        part_last_produced=dates[MilestoneKind.LAST_PRODUCED],
        part_last_order=dates[MilestoneKind.LAST_ORDER],
        open_supplier=_open_suppliers(asked, part_ids),
    )


def _open_suppliers(asked: _Asked, part_ids: Codes) -> list[str]:
    rows = asked.rows(sql.OPEN_SUPPLIERS).all()
    names: dict[int, str] = {row[0]: row[1] for row in rows}
    return [names.get(part_id, "") for part_id in part_ids.tolist()]


def _history(asked: _Asked, part_ids: Codes) -> HistoryColumns:
    """Sum the monthly series up in batches, so that they are never in memory all at once."""
    count = part_ids.size
    months, total = np.zeros(count), np.zeros(count)
    squares, latest = np.zeros(count), np.full(count, np.nan)
    result = asked.rows(sql.HISTORIES)
    while batch := result.fetchmany(HISTORIES_AT_ONCE):
        ids, days, series = zip(*batch, strict=True)
        lengths = np.array([text.count(",") + 1 if text else 0 for text in series], dtype=np.int64)
        with read_as_written():
            pieces = np.fromstring(",".join(filter(None, series)), sep=",")
            if pieces.size != lengths.sum():  # or one part would get the demand of another
                raise ValueError("demand_history has a gap")
        sums = measure_history(np.array(days, dtype=np.float64), lengths, pieces)
        rows = np.searchsorted(part_ids, np.array(ids, dtype=np.int64))
        months[rows], total[rows] = sums.months, sums.total
        squares[rows], latest[rows] = sums.sum_of_squares, sums.last_demand_month
    return HistoryColumns(months, total, squares, latest)


def _steps(asked: _Asked, parts: NumberRows, part_ids: Codes, today: date) -> StepColumns:
    count = part_ids.size

    def among(statement: str, *values: object) -> Flags:
        rows = asked.numbers(statement, "i", *values)
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[np.searchsorted(part_ids, rows.codes(0))] = True
        return chosen

    day = today.isoformat()
    geometry = asked.numbers(sql.GEOMETRY, "iifff")
    rows = np.searchsorted(part_ids, geometry.codes(0))
    size = np.full((count, 3), np.nan)
    size[rows] = np.column_stack([geometry.numbers(axis) for axis in (2, 3, 4)])
    healthy = np.zeros(count, dtype=np.bool_)
    healthy[rows] = geometry.codes(1) == 1
    build = asked.numbers(sql.MACHINES, "fff")
    return StepColumns(
        readiness=assess_readiness(
            among(sql.QUALIFIED, day, day),
            among(sql.UNDER_WAY),
            healthy,
            size,
            np.column_stack([build.numbers(axis) for axis in range(3)]),
        ),
        consequence=parts.codes(1).astype(np.int8),
        right=parts.codes(2) == 1,
        export_assessed=parts.codes(3) == 1,
        has_file=among(sql.WITH_FILE),
        has_definition=among(sql.WITH_DEFINITION),
        has_package=among(sql.WITH_PACKAGE),
    )
