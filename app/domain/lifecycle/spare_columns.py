"""What the eternal-spare rule reads, as columns over all parts, products and uses.

n parts, p products, m uses of a part in a product. nan: not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Codes, Days, Flags, Numbers


@dataclass(frozen=True, slots=True)
class ProductColumns:
    """Products, (p,) each. Over several markets: first introduction, last of all other dates."""

    names: Sequence[str]
    introduced: Days
    last_produced: Days
    last_placed: Days
    end_of_service: Days
    installed_base: Numbers
    annual_failure_rate: Numbers


@dataclass(frozen=True, slots=True)
class WhereUsedColumns:
    """Parts in products, (m,) each, sorted by `part`.

    Attributes:
        part: index into the columns of parts.
        product: index into the columns of products.
        quantity: pieces in one product.
        failure_share: the part's share of the product's failures, 0 to 1.
    """

    part: Codes
    product: Codes
    quantity: Numbers
    failure_share: Numbers


@dataclass(frozen=True, slots=True)
class SupplyColumns:
    """How each part is supplied today, (n,) each.

    Attributes:
        stock: pieces over all plants; nan if it is missing for one of them or altogether.
        on_order: pieces ordered and not delivered yet.
        stock_as_of: day the stock was counted; nan: take it as today's.
        suppliers: how many are recorded.
        open_suppliers: how many of them take orders and have announced no end.
        last_order_on: latest announced end over the other suppliers.
        part_last_produced: the part's own milestone: the last piece that will be made.
        part_last_order: the part's own milestone: the last day anyone takes orders for it.
        open_supplier: name of one that takes orders; "" if there is none.
    """

    stock: Numbers
    on_order: Numbers
    stock_as_of: Days
    suppliers: Codes
    open_suppliers: Codes
    last_order_on: Days
    part_last_produced: Days
    part_last_order: Days
    open_supplier: Sequence[str]


@dataclass(frozen=True, slots=True)
class HistoryColumns:
    """Monthly demand of each part, summed up, (n,) each.

    Attributes:
        months: length of the series; 0: none.
        total: pieces, not below 0.
        sum_of_squares: of the monthly pieces.
        last_demand_month: first day of the last month with demand; nan: there was none.
    """

    months: Numbers
    total: Numbers
    sum_of_squares: Numbers
    last_demand_month: Days


@dataclass(frozen=True, slots=True)
class StepColumns:
    """How far each part has come on the way to a print package, (n,) each.

    Attributes:
        readiness: index into `READINESS`.
        consequence: index into `CONSEQUENCES`.
        right: the ground on which the part may be made is known.
        export_assessed: export control was judged.
        has_file: a geometry file is there.
        has_definition: a print definition is released.
        has_package: a package left the house that was no trial.
    """

    readiness: NDArray[np.int8]
    consequence: NDArray[np.int8]
    right: Flags
    export_assessed: Flags
    has_file: Flags
    has_definition: Flags
    has_package: Flags


@dataclass(frozen=True, slots=True)
class SpareColumns:
    """All inputs of the rule; `part_ids` (n,) names the rows of every column of parts."""

    part_ids: Codes
    products: ProductColumns
    where_used: WhereUsedColumns
    supply: SupplyColumns
    history: HistoryColumns
    steps: StepColumns
