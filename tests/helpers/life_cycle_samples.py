"""A small library with two products and five parts, as a parts list would bring them in."""

from __future__ import annotations

from datetime import date

from app.domain.lifecycle.product import (
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.storage.library import Library
from helpers.builders import part

COUNTED = date(2026, 11, 23)
CLOSED = date(2025, 6, 30)
CLOSING = date(2026, 12, 31)

# number, stock, suppliers with their last order dates, product, pieces a month
STETHOSCOPE = (
    ("ST-1001", 40.0, {"Prusa Farm": None}, "Stethoscope Mk1", (0.0, 0.0, 0.0, 1.0)),
    ("ST-1002", 0.0, {"Moldex": CLOSED}, "Stethoscope Mk1", (1.0,)),
    ("ST-1003", 1500.0, {"Moldex": CLOSING}, "Stethoscope Mk1", (1.0, 0.0)),
    ("ST-1004", 15.0, {"Moldex": CLOSED, "SpringCo": CLOSED}, "Stethoscope Mk1", (3.0,)),
    ("ST-2001", 4.0, {"Prusa Farm": None, "Glia": None}, "Stethoscope Mk2", (3.0,)),
)


def product(name: str, **more: object) -> Product:
    return Product(name=name, name_key=name_key(name), **more)  # type: ignore[arg-type]


def add_stethoscope(library: Library, *, who: str = "Anna") -> dict[str, int]:
    """Fill the library in one act; returns the ids of the parts by number."""
    with library.writing(who=who, act="import parts") as write:
        mk1, mk2 = write.insert(
            [
                product("Stethoscope Mk1", installed_base=8200, annual_failure_rate=0.03),
                product("Stethoscope Mk2", installed_base=2100, annual_failure_rate=0.02),
            ]
        )
        products = {"Stethoscope Mk1": mk1, "Stethoscope Mk2": mk2}
        write.insert(
            [
                Milestone(product_id=mk1, kind=MilestoneKind.INTRODUCTION, on=date(2016, 3, 1)),
                Milestone(product_id=mk1, kind=MilestoneKind.LAST_PLACED, on=date(2024, 12, 31)),
                Milestone(product_id=mk1, kind=MilestoneKind.END_OF_SERVICE, on=date(2034, 12, 31)),
                Milestone(product_id=mk2, kind=MilestoneKind.INTRODUCTION, on=date(2023, 1, 15)),
            ]
        )
        ids = write.insert([part(number) for number, *_rest in STETHOSCOPE])
        for part_id, (_number, stock, suppliers, used_in, monthly) in zip(
            ids, STETHOSCOPE, strict=True
        ):
            write.insert([WhereUsed(part_id=part_id, product_id=products[used_in])])
            write.insert([SupplyPosition(part_id=part_id, stock=stock, as_of=COUNTED)])
            write.insert(
                [
                    SupplySource(part_id=part_id, supplier=name, last_order_on=day)
                    for name, day in suppliers.items()
                ]
            )
            pieces = (monthly * 36)[:36]
            write.insert(
                [DemandHistory(part_id=part_id, first_month=date(2023, 11, 1), quantities=pieces)]
            )
    return {number: row for (number, *_rest), row in zip(STETHOSCOPE, ids, strict=True)}
