"""Parts and products of the eternal-spare rule, written into a library as an import would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.catalog.part import RightToMake
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.storage.writer import Writer
from helpers.builders import part
from helpers.spare_cases import PartCase, ProductCase


@dataclass(frozen=True)
class Spread:
    """How the same facts are spread over rows: none of it changes a verdict.

    Attributes:
        market: another market with an earlier end and a later introduction.
        plant: another plant that holds this much of the stock.
    """

    market: bool = False
    plant: int = 0


def store_products(
    write: Writer, products: Sequence[ProductCase], spread: Spread = Spread()
) -> list[int]:
    """Return the ids of the products, in their order."""
    ids = write.insert(
        [
            Product(
                name=product.name,
                name_key=name_key(product.name),
                installed_base=product.installed_base,
                annual_failure_rate=product.failure_rate,
            )
            for product in products
        ]
    )
    for product_id, product in zip(ids, products, strict=True):
        write.insert(list(_product_dates(product_id, product, spread)))
    return ids


def store_parts(
    write: Writer, parts: Sequence[PartCase], product_ids: Sequence[int], spread: Spread = Spread()
) -> list[int]:
    """Return the ids of the parts, in their order; how far they have come is not written."""
    ids = write.insert(
        [
            part(
                f"P{row}",
                consequence_class=case.consequence,
                right_to_make=RightToMake.OWN if case.right else RightToMake.UNKNOWN,
                export_control="none" if case.export_assessed else " ",
            )
            for row, case in enumerate(parts)
        ]
    )
    for part_id, case in zip(ids, parts, strict=True):
        write.insert(
            [
                WhereUsed(
                    part_id=part_id,
                    product_id=product_ids[product],
                    quantity=quantity,
                    failure_share=share,
                )
                for product, quantity, share in case.uses
            ]
        )
        write.insert(list(_positions(part_id, case, spread)))
        write.insert(list(_suppliers(part_id, case)))
        write.insert(list(_part_dates(part_id, case)))
        if case.history:
            write.insert(
                [
                    DemandHistory(
                        part_id=part_id,
                        first_month=case.first_month,
                        quantities=tuple(case.history),
                    )
                ]
            )
    return ids


def _product_dates(product_id: int, product: ProductCase, spread: Spread) -> Iterator[Milestone]:
    dates = {
        MilestoneKind.INTRODUCTION: product.introduced,
        MilestoneKind.LAST_PRODUCED: product.last_produced,
        MilestoneKind.LAST_PLACED: product.last_placed,
        MilestoneKind.END_OF_SERVICE: product.end_of_service,
    }
    for kind, day in dates.items():
        if day is None:
            continue
        yield Milestone(product_id=product_id, kind=kind, on=day)
        if spread.market:
            later = timedelta(400 if kind is MilestoneKind.INTRODUCTION else -400)
            yield Milestone(product_id=product_id, kind=kind, on=day + later, market="US")


def _positions(part_id: int, case: PartCase, spread: Spread) -> Iterator[SupplyPosition]:
    held = case.stock
    if held is not None and spread.plant:
        there = min(held, float(spread.plant))
        held -= there
        # The oldest count dates the sum.
        newer = case.as_of + timedelta(30) if case.as_of is not None else None
        yield SupplyPosition(part_id=part_id, plant="2000", stock=there, as_of=newer)
    yield SupplyPosition(part_id=part_id, stock=held, open_orders=case.on_order, as_of=case.as_of)


def _suppliers(part_id: int, case: PartCase) -> Iterator[SupplySource]:
    """Name the suppliers so that the first one that takes orders is "Moldex"."""
    dated = [day for day in case.suppliers if day is not None]
    for number, day in enumerate(dated):
        yield SupplySource(part_id=part_id, supplier=f"Closing {number}", last_order_on=day)
    for number in range(len(case.suppliers) - len(dated)):
        yield SupplySource(part_id=part_id, supplier="Moldex" + " again" * number)


def _part_dates(part_id: int, case: PartCase) -> Iterator[Milestone]:
    dates: dict[MilestoneKind, date | None] = {
        MilestoneKind.LAST_PRODUCED: case.part_last_produced,
        MilestoneKind.LAST_ORDER: case.part_last_order,
    }
    for kind, day in dates.items():
        if day is not None:
            yield Milestone(part_id=part_id, kind=kind, on=day)
