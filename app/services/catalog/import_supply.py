"""Store what rows say beside the part itself: use, stock, suppliers, demand and dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part_table import PartRow
from app.domain.lifecycle.product import WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.catalog.import_records import Touched, store, store_milestones
from app.services.catalog.import_values import (
    Origin,
    demand_from,
    part_milestones,
    position_from,
    supplier_from,
    where_used_from,
)

if TYPE_CHECKING:
    from app.storage.writer import Writer

Rows = Mapping[int, PartRow]  # by part id


def store_where_used(
    write: Writer, rows: Rows, products: Mapping[str, int], origin: Origin, touched: Touched
) -> None:
    """Store which products use the parts; a use that a list no longer names stays.

    Args:
        products: product ids by `name_key`.
    """
    found = write.fetch(WhereUsed, part_id=list(rows))
    stored = {(use.part_id, use.product_id): use for use in found}
    wanted = []
    for part_id, row in rows.items():
        for key in dict.fromkeys(name_key(name) for name in row.used_in):
            known = stored.get((part_id, products[key]))
            use = where_used_from(row, part_id, products[key], known, origin)
            wanted.append((known, use))
    store(write, wanted, confirm=False, changed=lambda use: touched.parts.add(use.part_id))


def store_supply(
    write: Writer,
    rows: Rows,
    agreed: frozenset[str],
    origin: Origin,
    touched: Touched,
    *,
    confirm: bool,
) -> None:
    """Store stock, price, suppliers, demand and the parts' own milestones.

    Args:
        agreed: keys of products whose end of production is the product's own.
        confirm: whether unchanged figures get the list's name and date as well.
    """
    ids = list(rows)

    def change(record: SupplyPosition | SupplySource | DemandHistory) -> None:
        touched.parts.add(record.part_id)

    positions = {(p.part_id, p.plant): p for p in write.fetch(SupplyPosition, part_id=ids)}
    demands = {demand.part_id: demand for demand in write.fetch(DemandHistory, part_id=ids)}
    wanted_positions, wanted_demands = [], []
    for part_id, row in rows.items():
        for place in (row, *row.other_plants):
            known = positions.get((part_id, place.plant))
            position = position_from(place, part_id, known, origin)
            if position is not None:
                wanted_positions.append((known, position))
        demand = demand_from(row, part_id, demands.get(part_id), origin)
        if demand is not None:
            wanted_demands.append((demands.get(part_id), demand))
    store(write, wanted_positions, confirm=confirm, changed=change)
    store(write, wanted_demands, confirm=False, changed=change)
    _store_suppliers(write, rows, origin, touched, confirm=confirm)
    milestones = {part_id: part_milestones(row, agreed) for part_id, row in rows.items()}
    store_milestones(write, milestones, origin, touched.parts, of_product=False)


def _store_suppliers(
    write: Writer, rows: Rows, origin: Origin, touched: Touched, *, confirm: bool
) -> None:
    """Store the suppliers a list names; one that it named before and no longer does goes."""
    found = write.fetch(SupplySource, part_id=list(rows))
    stored = {(source.part_id, source.supplier): source for source in found}
    wanted = {}
    for part_id, row in rows.items():
        for place in (row, *row.other_plants):
            for supplier in place.suppliers:
                key = (part_id, supplier)
                if key not in wanted:  # the first plant's terms, as the notes say
                    known = stored.get(key)
                    wanted[key] = supplier_from(place, part_id, supplier, known, origin)
    store(
        write,
        [(stored.get(key), source) for key, source in wanted.items()],
        confirm=confirm,
        changed=lambda source: touched.parts.add(source.part_id),
    )
    gone = [
        source
        for key, source in stored.items()
        if key not in wanted
        and source.source == origin.source
        and ColumnField.SUPPLIER in rows[source.part_id].stated
    ]
    if gone:
        write.delete(SupplySource, [source.id for source in gone])
        touched.parts.update(source.part_id for source in gone)
