"""Store the products that a list speaks of, with their milestones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.catalog.part_table import PartTable
from app.domain.lifecycle.product import MilestoneKind, Product, name_key
from app.services.catalog.import_records import store, store_milestones
from app.services.catalog.import_values import Origin, product_from, product_milestones

if TYPE_CHECKING:
    from app.storage.writer import Writer


@dataclass(slots=True)
class ProductTally:
    """Names of products that an import made or changed, by key."""

    created: dict[str, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)


def ensure_products(
    write: Writer, names: Iterable[str], origin: Origin, tally: ProductTally
) -> dict[str, int]:
    """Return product ids by key; products that are only named in a row of parts are made."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(name_key(name), name)
    ids = {p.name_key: p.id for p in write.fetch(Product, name_key=list(wanted))}
    fresh = [
        Product(name=name, name_key=key, source=origin.source)
        for key, name in wanted.items()
        if key not in ids
    ]
    ids.update(zip((p.name_key for p in fresh), write.insert(fresh), strict=True))
    tally.created.update({p.name_key: p.name for p in fresh})
    return ids


def store_products(write: Writer, table: PartTable, origin: Origin, tally: ProductTally) -> None:
    """Store the sheet of products and the dates on which all rows of a product agree."""
    rows = {name_key(row.name): row for row in table.products}
    names = {name_key(day.product): day.product for day in table.product_dates}
    names |= {key: row.name for key, row in rows.items()}
    stored = {p.name_key: p for p in write.fetch(Product, name_key=list(names))}
    changed: set[str] = set()
    store(
        write,
        [
            (stored.get(key), product_from(row, stored.get(key), origin))
            for key, row in rows.items()
        ],
        confirm=False,
        changed=lambda product: changed.add(product.name_key),
    )
    ids = ensure_products(write, names.values(), origin, ProductTally())
    wanted: dict[int, dict[MilestoneKind, date | None]] = {
        ids[key]: product_milestones(row) for key, row in rows.items()
    }
    for day in table.product_dates:
        own = wanted.setdefault(ids[name_key(day.product)], {})
        if own.get(MilestoneKind.LAST_PRODUCED) is None:  # the sheet of products comes first
            own[MilestoneKind.LAST_PRODUCED] = day.on
    dated: set[int] = set()
    store_milestones(write, wanted, origin, dated, of_product=True)
    changed |= {key for key, product_id in ids.items() if product_id in dated}
    for key, name in names.items():
        if key not in stored:
            tally.created.setdefault(key, name)
        elif key in changed:
            tally.updated.setdefault(key, name)
