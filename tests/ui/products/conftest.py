"""A small shop: five products with dates, one without, parts of two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.domain.lifecycle.product import Milestone, MilestoneKind, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.lifecycle.flag_spares import flag_spares
from app.storage.library import Library
from app.storage.writer import Writer
from app.ui.context import UiContext
from app.ui.products.products_page import ProductsPage
from helpers.builders import part
from helpers.life_cycle_samples import product

TODAY = date(2026, 11, 23)
_KINDS = {
    "intro": MilestoneKind.INTRODUCTION,
    "produced": MilestoneKind.LAST_PRODUCED,
    "placed": MilestoneKind.LAST_PLACED,
    "service": MilestoneKind.END_OF_SERVICE,
}


@dataclass(frozen=True)
class Shop:
    """Ids of what is stored, by name and number."""

    products: dict[str, int]
    parts: dict[str, int]


def _add_product(write: Writer, name: str, in_use: int | None = None, **dates: str) -> int:
    [product_id] = write.insert([product(name, installed_base=in_use, annual_failure_rate=0.02)])
    write.insert(
        [
            Milestone(product_id=product_id, kind=_KINDS[kind], on=date.fromisoformat(on))
            for kind, on in dates.items()
        ]
    )
    return int(product_id)


def _add_part(write: Writer, number: str, name: str, product_id: int) -> int:
    """A part whose supplier closes in half a year, with some stock."""
    [part_id] = write.insert([part(number, name)])
    write.insert([WhereUsed(part_id=part_id, product_id=product_id)])
    write.insert([SupplyPosition(part_id=part_id, stock=6.0, as_of=TODAY)])
    write.insert(
        [SupplySource(part_id=part_id, supplier="Moldex", last_order_on=date(2027, 5, 31))]
    )
    write.insert(
        [
            DemandHistory(
                part_id=part_id, first_month=date(2023, 11, 1), quantities=(3.0, 4.0, 3.0) * 12
            )
        ]
    )
    return int(part_id)


@pytest.fixture
def shop(library: Library) -> Shop:
    with library.writing(who="Anna Tester", act="import") as write:
        products = {
            "Mower R300": _add_product(
                write, "Mower R300", 28_900, produced="2024-04-30", service="2034-04-30"
            ),
            "Dishwasher D620": _add_product(
                write,
                "Dishwasher D620",
                41_300,
                intro="2016-05-02",
                produced="2027-06-30",
                service="2037-06-30",
            ),
            "Dryer T710": _add_product(write, "Dryer T710", 37_800, placed="2029-11-30"),
            "Welder S160": _add_product(write, "Welder S160", intro="2022-01-01"),
            "Kettle K1": _add_product(write, "Kettle K1", 100),
        }
        parts = {
            "A003340": _add_part(write, "A003340", "Spray arm", products["Dishwasher D620"]),
            "A003352": _add_part(write, "A003352", "Filter lid", products["Dishwasher D620"]),
            "A005126": _add_part(write, "A005126", "Blade clip", products["Mower R300"]),
        }
    flag_spares(library, who="Anna Tester", today=TODAY)
    return Shop(products, parts)


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> ProductsPage:
    made = ProductsPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 800)
    return made


@pytest.fixture
def open_page(
    page: ProductsPage, settle: Callable[[], None], qtbot: QtBot
) -> Callable[[], ProductsPage]:
    """Show the page and wait until its rows are there."""

    def show() -> ProductsPage:
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        settle()
        return page

    return show
