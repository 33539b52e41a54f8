"""The dialogs of products: what they ask for, store and refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.base.errors import RuleViolation
from app.domain.lifecycle.product import (
    Confidence,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
)
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.page_products import page_products
from app.storage.library import Library
from app.ui.context import UiContext
from app.ui.products.date_fields import needed_date, read_count, read_date, read_share
from app.ui.products.product_dialogs import (
    DateDialog,
    MilestoneDialog,
    ProductDialog,
    UseDialog,
    removal_dialog,
)
from app.ui.products.products_page import ProductsPage

TODAY = date(2026, 11, 23)
D620 = "Dishwasher D620"
PRODUCED, PLACED = MilestoneKind.LAST_PRODUCED, MilestoneKind.LAST_PLACED
INTRODUCED, SERVICE = MilestoneKind.INTRODUCTION, MilestoneKind.END_OF_SERVICE
Settle = Callable[[], None]


class Shop(Protocol):
    """What the fixture gives: ids by name and number."""

    products: dict[str, int]
    parts: dict[str, int]


def _lane(library: Library, name: str = D620):  # type: ignore[no-untyped-def]
    for dated in (True, False):
        for lane in page_products(library, today=TODAY, dated=dated).first_rows(100):
            if lane.product.name == name:
                return lane
    raise AssertionError(name)


def _dates(library: Library, name: str = D620) -> dict[tuple[MilestoneKind, str], date]:
    return {(m.kind, m.market): m.on for m in _lane(library, name).milestones}


def test_a_product_is_edited_with_its_dates_in_one_act(
    shop: Shop, context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    dialog = ProductDialog(context, _lane(library))
    qtbot.addWidget(dialog)
    assert dialog.in_use.text() == "41300"
    assert dialog.rate.text() == "2"
    assert dialog.dates[PRODUCED].text() == "2027-06-30"
    assert dialog.dates[PLACED].text() == ""
    dialog.in_use.setText("40.100")
    dialog.rate.setText("2,5 %")
    dialog.group.setText("Kitchen")
    dialog.dates[PLACED].setText("2027-12")
    dialog.dates[SERVICE].clear()
    dialog.why.setText("new plan")
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    settle()
    lane = _lane(library)
    assert (lane.product.installed_base, lane.product.product_group) == (40_100, "Kitchen")
    assert lane.product.annual_failure_rate == pytest.approx(0.025)
    assert _dates(library) == {
        (INTRODUCED, ""): date(2016, 5, 2),
        (PRODUCED, ""): date(2027, 6, 30),
        (PLACED, ""): date(2027, 12, 31),
    }
    undo_change(library, who="Anna Tester")
    assert _lane(library).product.installed_base == 41_300
    assert (SERVICE, "") in _dates(library)


def test_looking_at_a_product_changes_nothing(
    shop: Shop, context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    with library.reading() as read:
        before = read.audit.head()
    dialog = ProductDialog(context, _lane(library))
    qtbot.addWidget(dialog)
    dialog.run()
    settle()
    with library.reading() as read:
        assert read.audit.head() == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("in_use", "many", "no whole number"),
        ("in_use", "41.5", "no whole number"),
        ("rate", "often", "no number"),
        ("rate", "250", "annual failure rate"),
        ("name", " ", "needs a name"),
        ("name", "mower  r300", "already"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_fields(
    shop: Shop,
    context: UiContext,
    library: Library,
    settle: Settle,
    qtbot: QtBot,
    field: str,
    typed: str,
    words: str,
) -> None:
    dialog = ProductDialog(context, _lane(library))
    qtbot.addWidget(dialog)
    getattr(dialog, field).setText(typed)
    dialog.run()
    settle()
    assert words in dialog.strip.text


def test_a_new_product_needs_only_a_name(
    context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    dialog = ProductDialog(context, None)
    qtbot.addWidget(dialog)
    dialog.name.setText("  Kettle   K2 ")
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    settle()
    assert _lane(library, "Kettle K2").product.installed_base is None


def test_a_date_is_added_and_says_what_it_replaces(
    shop: Shop, context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    dialog = MilestoneDialog(context, _lane(library))
    qtbot.addWidget(dialog)
    assert dialog.kind.currentData() == PLACED
    assert not dialog.strip.text
    dialog.kind.setCurrentIndex(dialog.kind.findData(SERVICE))
    assert "End of service 2037-06-30" in dialog.strip.text
    dialog.market.setText("US")
    assert not dialog.strip.text
    dialog.run()
    assert "missing" in dialog.strip.text
    dialog.on.setText("2035-02")
    dialog.confidence.setCurrentIndex(dialog.confidence.findData(Confidence.PLANNED))
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    settle()
    found = next(m for m in _lane(library).milestones if m.market == "US")
    assert (found.on, found.confidence) == (date(2035, 2, 28), Confidence.PLANNED)
    assert found.source == "entered by Anna Tester"


def test_a_typed_day_is_not_stored_by_its_dialog(
    shop: Shop, context: UiContext, library: Library, qtbot: QtBot
) -> None:
    lane = _lane(library)
    milestone = next(m for m in lane.milestones if m.kind is PRODUCED)
    dialog = DateDialog(context, lane, milestone, on=date(2027, 3, 30))
    qtbot.addWidget(dialog)
    assert dialog.on.text() == "2027-03-30"
    dialog.on.clear()
    dialog.run()
    assert "missing" in dialog.strip.text
    dialog.on.setText("2028-01-15")
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    assert dialog.day == date(2028, 1, 15)
    assert _dates(library)[(PRODUCED, "")] == date(2027, 6, 30)


def test_a_part_is_added_to_a_product(
    shop: Shop, context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    dialog = UseDialog(context, _lane(library))
    qtbot.addWidget(dialog)
    dialog.number.setText("X-1")
    dialog.run()
    settle()
    assert "no part X-1" in dialog.strip.text
    dialog.number.setText("a005126")
    dialog.quantity.setText("2")
    dialog.share.setText("12.5")
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    settle()
    with library.reading() as read:
        use = read.one(WhereUsed, part_id=shop.parts["A005126"], product_id=shop.products[D620])
    assert (use.quantity, use.failure_share) == (2.0, 0.125)


def test_a_date_is_removed_after_a_word_of_warning(
    shop: Shop, context: UiContext, library: Library, settle: Settle, qtbot: QtBot
) -> None:
    page = ProductsPage(context)
    qtbot.addWidget(page)
    lane = _lane(library)
    milestone = next(m for m in lane.milestones if m.kind is SERVICE)
    dialog = removal_dialog(context, lane, milestone, page)
    with qtbot.waitSignal(dialog.accepted):
        dialog.run()
    settle()
    assert (SERVICE, "") not in _dates(library)
    undo_change(library, who="Anna Tester")
    assert (SERVICE, "") in _dates(library)
    with library.reading() as read:
        assert read.count(Milestone) == read.count(Milestone)
        assert read.count(Product) == 5


def test_keys_of_the_timeline_open_the_dialogs(
    shop: Shop, open_page: Callable[[], ProductsPage], settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    page.timeline.setFocus()
    for key, kind in (
        (Qt.Key.Key_Return, "DateDialog"),
        (Qt.Key.Key_Delete, "ConfirmDialog"),
        (Qt.Key.Key_E, "ProductDialog"),
    ):
        qtbot.keyClick(page.timeline, key)
        dialog = page.acts.dialog
        assert type(dialog).__name__ == kind
        assert dialog is not None
        dialog.reject()
        settle()
        assert page.acts.dialog is None
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert type(page.acts.dialog).__name__ == "ProductDialog"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        (" 2027-02 ", date(2027, 2, 28)),
        ("2028-2", date(2028, 2, 29)),
        ("2027-02-01", date(2027, 2, 1)),
    ],
)
def test_a_month_stands_for_its_last_day(text: str, expected: date | None) -> None:
    assert read_date(text, "Date") == expected


@pytest.mark.parametrize("text", ["2027-13", "0000-01", "27-02", "31.12.2027", "2027-02-30"])
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(RuleViolation, match=r"^Date: “.*” is no"):
        needed_date(text, "Date")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), ("0", 0), ("41300", 41_300), ("41,300", 41_300), ("1.234.567", 1_234_567)],
)
def test_thousands_may_be_told_apart(text: str, expected: int | None) -> None:
    assert read_count(text, "In use") == expected


@pytest.mark.parametrize("text", ["-3", "1,5", "12,3456", "٣", "1e3"])
def test_what_is_no_whole_number_is_named(text: str) -> None:
    with pytest.raises(RuleViolation, match="In use"):
        read_count(text, "In use")


def test_a_percentage_becomes_a_share() -> None:
    assert read_share("2,5 %", "Rate") == 0.025
    assert read_share("", "Rate") is None
