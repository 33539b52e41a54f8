"""The inputs of the eternal-spare rule as columns over all parts, read set by set.

One statement a table, no row objects: a library of a million parts is read in seconds.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from sqlalchemy import Connection

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
from app.storage.lifecycle import spare_columns_sql as sql
from app.storage.lifecycle.number_rows import NumberRows

HISTORIES_AT_ONCE = 50_000


def fetch_spare_columns(connection: Connection, today: date) -> SpareColumns:
    """Read what the rule needs to know about every part.

    Args:
        connection: inside a transaction, so that all columns belong to one state of the library.
        today: decides whether a qualification still holds.
    """
    parts = NumberRows(connection, sql.PARTS, "iiii")
    products = NumberRows(connection, sql.PRODUCTS, "iff")
    part_ids, product_ids = parts.codes(0), products.codes(0)
    return SpareColumns(
        part_ids=part_ids,
        products=_products(connection, products, product_ids),
        where_used=_where_used(connection, part_ids, product_ids),
        supply=_supply(connection, part_ids),
        history=_history(connection, part_ids),
        steps=_steps(connection, parts, part_ids, today),
    )


def _placed(rows: Codes, count: int, values: Numbers, empty: float = np.nan) -> Numbers:
    column = np.full(count, empty)
    column[rows] = values
    return column


def _products(connection: Connection, rows: NumberRows, product_ids: Codes) -> ProductColumns:
    dates = _milestones(connection, sql.PRODUCT_MILESTONES, product_ids)
    names = connection.exec_driver_sql(sql.PRODUCT_NAMES).scalars().all()
    return ProductColumns(
        names=list(names),
        introduced=dates[MilestoneKind.INTRODUCTION],
        last_produced=dates[MilestoneKind.LAST_PRODUCED],
        last_placed=dates[MilestoneKind.LAST_PLACED],
        end_of_service=dates[MilestoneKind.END_OF_SERVICE],
        installed_base=rows.numbers(1),
        annual_failure_rate=rows.numbers(2),
    )


def _milestones(connection: Connection, statement: str, ids: Codes) -> dict[MilestoneKind, Days]:
    found = NumberRows(connection, statement, "iif")
    owners, kinds, days = found.codes(0), found.codes(1), found.numbers(2)
    columns = {}
    for code, kind in enumerate(MilestoneKind):
        chosen = kinds == code
        columns[kind] = _placed(np.searchsorted(ids, owners[chosen]), ids.size, days[chosen])
    return columns


def _where_used(connection: Connection, part_ids: Codes, product_ids: Codes) -> WhereUsedColumns:
    rows = NumberRows(connection, sql.WHERE_USED, "iiff")
    return WhereUsedColumns(
        part=np.searchsorted(part_ids, rows.codes(0)).astype(np.int64),
        product=np.searchsorted(product_ids, rows.codes(1)).astype(np.int64),
        quantity=rows.numbers(2),
        failure_share=rows.numbers(3),
    )


def _supply(connection: Connection, part_ids: Codes) -> SupplyColumns:
    count = part_ids.size
    positions = NumberRows(connection, sql.POSITIONS, "ifff")
    at = np.searchsorted(part_ids, positions.codes(0))
    sources = NumberRows(connection, sql.SOURCES, "iiif")
    by = np.searchsorted(part_ids, sources.codes(0))
    dates = _milestones(connection, sql.PART_MILESTONES, part_ids)
    return SupplyColumns(
        stock=_placed(at, count, positions.numbers(1)),
        on_order=_placed(at, count, positions.numbers(2), 0.0),
        stock_as_of=_placed(at, count, positions.numbers(3)),
        suppliers=_placed(by, count, sources.numbers(1), 0.0).astype(np.int64),
        open_suppliers=_placed(by, count, sources.numbers(2), 0.0).astype(np.int64),
        last_order_on=_placed(by, count, sources.numbers(3)),
        part_last_produced=dates[MilestoneKind.LAST_PRODUCED],
        part_last_order=dates[MilestoneKind.LAST_ORDER],
        open_supplier=_open_suppliers(connection, part_ids),
    )


def _open_suppliers(connection: Connection, part_ids: Codes) -> list[str]:
    rows = connection.exec_driver_sql(sql.OPEN_SUPPLIERS).all()
    names: dict[int, str] = {row[0]: row[1] for row in rows}
    return [names.get(part_id, "") for part_id in part_ids.tolist()]


def _history(connection: Connection, part_ids: Codes) -> HistoryColumns:
    """Sum the monthly series up in batches, so that they are never in memory all at once."""
    count = part_ids.size
    months, total = np.zeros(count), np.zeros(count)
    squares, latest = np.zeros(count), np.full(count, np.nan)
    result = connection.exec_driver_sql(sql.HISTORIES)
    while batch := result.fetchmany(HISTORIES_AT_ONCE):
        ids, days, series = zip(*batch, strict=True)
        lengths = np.array([text.count(",") + 1 if text else 0 for text in series], dtype=np.int64)
        pieces = np.fromstring(",".join(filter(None, series)), sep=",")
        sums = measure_history(np.array(days, dtype=np.float64), lengths, pieces)
        rows = np.searchsorted(part_ids, np.array(ids, dtype=np.int64))
        months[rows], total[rows] = sums.months, sums.total
        squares[rows], latest[rows] = sums.sum_of_squares, sums.last_demand_month
    return HistoryColumns(months, total, squares, latest)


def _steps(connection: Connection, parts: NumberRows, part_ids: Codes, today: date) -> StepColumns:
    count = part_ids.size

    def among(statement: str, *values: object) -> Flags:
        rows = NumberRows(connection, statement, "i", *values)
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[np.searchsorted(part_ids, rows.codes(0))] = True
        return chosen

    day = today.isoformat()
    geometry = NumberRows(connection, sql.GEOMETRY, "iifff")
    rows = np.searchsorted(part_ids, geometry.codes(0))
    size = np.full((count, 3), np.nan)
    size[rows] = np.column_stack([geometry.numbers(axis) for axis in (2, 3, 4)])
    healthy = np.zeros(count, dtype=np.bool_)
    healthy[rows] = geometry.codes(1) == 1
    build = NumberRows(connection, sql.MACHINES, "fff")
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
