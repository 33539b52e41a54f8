"""How a row of a parts list changes what the library holds: values in, values out.

What a list has no column for is never touched. A blank cell leaves what describes a part (name,
material, classes) as it is, but clears a figure (stock, price, dates): a list is a picture of one
day, and yesterday's stock under today's date would be a lie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part import ConsequenceClass, Part, SupplyCriticality
from app.domain.catalog.part_table import PartRow, ProductRow
from app.domain.lifecycle.product import MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.catalog.import_plan import PlannedPart

_F = ColumnField
V = TypeVar("V")

PRODUCT_MILESTONES = {
    _F.INTRODUCTION: MilestoneKind.INTRODUCTION,
    _F.LAST_PRODUCED: MilestoneKind.LAST_PRODUCED,
    _F.LAST_PLACED: MilestoneKind.LAST_PLACED,
    _F.END_OF_SERVICE: MilestoneKind.END_OF_SERVICE,
}
_SUPPLY_COLUMNS = frozenset({_F.STOCK, _F.SAFETY_STOCK, _F.OPEN_ORDERS, _F.PRICE})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where imported values come from.

    Attributes:
        source: name of the file.
        on: day of the import.
    """

    source: str
    on: date


def same_content(one: Any, other: Any) -> bool:
    """Say whether two records differ in nothing but where and when they were read."""
    dated = {"as_of": one.as_of} if hasattr(one, "as_of") else {}
    return bool(replace(other, source=one.source, **dated) == one)


def part_from(planned: PlannedPart, stored: Part | None, origin: Origin) -> Part:
    """Return the part as it should be after the import."""
    row = planned.row
    base = stored or Part(
        number=planned.number, number_key=planned.key, name=planned.name, source=origin.source
    )
    if row is None:
        return base
    known_class = row.consequence_class is not ConsequenceClass.UNKNOWN
    known_criticality = row.supply_criticality is not SupplyCriticality.UNKNOWN
    return replace(
        base,
        name=row.name or base.name,
        material=row.material or base.material,
        consequence_class=row.consequence_class if known_class else base.consequence_class,
        supply_criticality=row.supply_criticality if known_criticality else base.supply_criticality,
        successor=row.successor or base.successor,
        note=row.note or base.note,
        source=origin.source,
    )


def product_from(row: ProductRow, stored: Product | None, origin: Origin) -> Product:
    """Return the product as it should be after the import."""
    base = stored or Product(name=row.name, name_key=name_key(row.name))
    known_base, known_rate = row.installed_base is not None, row.annual_failure_rate is not None
    return replace(
        base,
        product_group=row.product_group or base.product_group,
        installed_base=row.installed_base if known_base else base.installed_base,
        annual_failure_rate=row.annual_failure_rate if known_rate else base.annual_failure_rate,
        source=origin.source,
    )


def where_used_from(
    row: PartRow, part_id: int, product_id: int, stored: WhereUsed | None, origin: Origin
) -> WhereUsed:
    """Return the use of a part in a product; a person's legal classification stays."""
    base = stored or WhereUsed(part_id=part_id, product_id=product_id)
    quantity = base.quantity if row.quantity is None else row.quantity
    return replace(base, quantity=quantity, source=origin.source)


def position_from(
    row: PartRow, part_id: int, stored: SupplyPosition | None, origin: Origin
) -> SupplyPosition | None:
    """Return the supply position at the row's plant; None where the list says nothing of it."""
    if not row.stated & _SUPPLY_COLUMNS:
        return None
    position = stored or SupplyPosition(part_id=part_id, plant=row.plant)
    if _F.STOCK in row.stated:
        position = replace(position, stock=row.stock)
    if _F.SAFETY_STOCK in row.stated:
        position = replace(position, safety_stock=row.safety_stock or 0.0)
    if _F.OPEN_ORDERS in row.stated:
        position = replace(position, open_orders=row.open_orders or 0.0)
    if _F.PRICE in row.stated:
        position = replace(
            position,
            price_amount=row.price_amount,
            price_unit=row.price_unit,
            currency=row.currency,
        )
    return replace(position, as_of=origin.on, source=origin.source)


def supplier_from(
    row: PartRow, part_id: int, supplier: str, stored: SupplySource | None, origin: Origin
) -> SupplySource:
    """Return one supplier of the part.

    The row's last order date is the part's, so it ends every supplier that the row names.
    """
    source = stored or SupplySource(part_id=part_id, supplier=supplier)
    if _F.LEAD_TIME in row.stated:
        source = replace(source, lead_time_days=row.lead_time_days)
    if _F.MINIMUM_ORDER in row.stated:
        source = replace(source, minimum_order=row.minimum_order)
    if _F.LAST_ORDER in row.stated:
        source = replace(source, last_order_on=row.last_order_on)
    return replace(source, as_of=origin.on, source=origin.source)


def demand_from(
    row: PartRow, part_id: int, stored: DemandHistory | None, origin: Origin
) -> DemandHistory | None:
    """Return the demand history, new months over old ones; None where the row states none.

    Months between two histories that do not touch are not known, so the newer one stands alone.
    """
    if row.demand_from is None:
        return None
    first, quantities = _month_index(row.demand_from), row.demand
    if stored is not None:
        old_first = _month_index(stored.first_month)
        old_end, end = old_first + len(stored.quantities), first + len(quantities)
        if old_first <= end and first <= old_end:
            months = dict(enumerate(stored.quantities, old_first))
            months.update(enumerate(quantities, first))
            first = min(months)
            quantities = tuple(months[index] for index in range(first, max(months) + 1))
    fresh = stored or DemandHistory(part_id=part_id, first_month=row.demand_from, quantities=())
    return replace(
        fresh,
        first_month=date(first // 12, first % 12 + 1, 1),
        quantities=quantities,
        source=origin.source,
    )


def _month_index(month: date) -> int:
    return month.year * 12 + month.month - 1


def part_milestones(row: PartRow, agreed: frozenset[str]) -> dict[MilestoneKind, date | None]:
    """Return the supply milestones that the row states for the part itself.

    Args:
        agreed: keys of the products whose end of production all rows agree on; for a part of such
            products alone the date is the product's.

    Returns:
        A date for each kind the list has a column for; None means "no such milestone any more".
    """
    stated: dict[MilestoneKind, date | None] = {}
    if _F.PRODUCTION_END in row.stated:
        belongs_to_product = bool(row.used_in) and all(
            name_key(product) in agreed for product in row.used_in
        )
        own = None if belongs_to_product else row.production_end_on
        stated[MilestoneKind.LAST_PRODUCED] = own
    if _F.LAST_ORDER in row.stated:
        # With a supplier named, the date is kept there.
        named = any(place.suppliers for place in (row, *row.other_plants))
        stated[MilestoneKind.LAST_ORDER] = None if named else row.last_order_on
    return stated


def product_milestones(row: ProductRow) -> dict[MilestoneKind, date | None]:
    """Return the milestones that a row of products states; None where the cell is blank."""
    dates = {
        _F.INTRODUCTION: row.introduced_on,
        _F.LAST_PRODUCED: row.last_produced_on,
        _F.LAST_PLACED: row.last_placed_on,
        _F.END_OF_SERVICE: row.end_of_service_on,
    }
    return {PRODUCT_MILESTONES[field]: on for field, on in dates.items() if field in row.stated}
