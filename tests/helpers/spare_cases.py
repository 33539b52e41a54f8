"""Parts and products of the eternal-spare rule, written row by row and turned into columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.day_numbers import day_numbers
from app.domain.lifecycle.demand_rate import measure_history
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import CONSEQUENCES, READINESS
from app.domain.lifecycle.spare_columns import (
    ProductColumns,
    SpareColumns,
    StepColumns,
    SupplyColumns,
    WhereUsedColumns,
)

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class ProductCase:
    name: str = "Radio"
    introduced: date | None = None
    last_produced: date | None = None
    last_placed: date | None = None
    end_of_service: date | None = None
    installed_base: int | None = None
    failure_rate: float | None = None


@dataclass(frozen=True)
class PartCase:
    """One part; `suppliers` holds their last order dates, None for one that takes orders."""

    stock: float | None = None
    on_order: float = 0.0
    as_of: date | None = None
    suppliers: Sequence[date | None] = ()
    part_last_produced: date | None = None
    part_last_order: date | None = None
    uses: Sequence[tuple[int, float, float | None]] = ()  # product index, quantity, share
    history: Sequence[float] = ()
    first_month: date = date(2023, 11, 1)
    consequence: ConsequenceClass = ConsequenceClass.UNKNOWN
    readiness: Readiness = Readiness.UNKNOWN
    right: bool = False
    export_assessed: bool = False
    has_file: bool = False
    has_definition: bool = False
    has_package: bool = False


def columns_of(parts: Sequence[PartCase], products: Sequence[ProductCase] = ()) -> SpareColumns:
    """Return the columns over these parts, in their order."""
    uses = [(row, *use) for row, part in enumerate(parts) for use in part.uses]
    return SpareColumns(
        part_ids=np.arange(1, len(parts) + 1),
        products=ProductColumns(
            names=[product.name for product in products],
            introduced=day_numbers(product.introduced for product in products),
            last_produced=day_numbers(product.last_produced for product in products),
            last_placed=day_numbers(product.last_placed for product in products),
            end_of_service=day_numbers(product.end_of_service for product in products),
            installed_base=_numbers([product.installed_base for product in products]),
            annual_failure_rate=_numbers([product.failure_rate for product in products]),
        ),
        where_used=WhereUsedColumns(
            part=np.array([use[0] for use in uses], dtype=np.int64),
            product=np.array([use[1] for use in uses], dtype=np.int64),
            quantity=_numbers([use[2] for use in uses]),
            failure_share=_numbers([use[3] for use in uses]),
        ),
        supply=_supply(parts),
        history=measure_history(
            day_numbers(part.first_month for part in parts),
            np.array([len(part.history) for part in parts], dtype=np.int64),
            np.array([piece for part in parts for piece in part.history], dtype=np.float64),
        ),
        steps=StepColumns(
            readiness=np.array([READINESS.index(part.readiness) for part in parts], dtype=np.int8),
            consequence=np.array(
                [CONSEQUENCES.index(part.consequence) for part in parts], dtype=np.int8
            ),
            right=_flags([part.right for part in parts]),
            export_assessed=_flags([part.export_assessed for part in parts]),
            has_file=_flags([part.has_file for part in parts]),
            has_definition=_flags([part.has_definition for part in parts]),
            has_package=_flags([part.has_package for part in parts]),
        ),
    )


def _supply(parts: Sequence[PartCase]) -> SupplyColumns:
    dated = [[day for day in part.suppliers if day is not None] for part in parts]
    count_open = [len(part.suppliers) - len(days) for part, days in zip(parts, dated, strict=True)]
    return SupplyColumns(
        stock=_numbers([part.stock for part in parts]),
        on_order=_numbers([part.on_order for part in parts]),
        stock_as_of=day_numbers(part.as_of for part in parts),
        suppliers=np.array([len(part.suppliers) for part in parts], dtype=np.int64),
        open_suppliers=np.array(count_open, dtype=np.int64),
        last_order_on=day_numbers(max(days, default=None) for days in dated),
        part_last_produced=day_numbers(part.part_last_produced for part in parts),
        part_last_order=day_numbers(part.part_last_order for part in parts),
        open_supplier=["Moldex" if count else "" for count in count_open],
    )


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _flags(values: Sequence[bool]) -> np.ndarray:
    return np.array(values, dtype=np.bool_)
