"""The page of products: its list, tray, horizon, dates that are moved, and its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.base.settings import load_settings, save_settings
from app.domain.changes import Changes
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.page_products import ProductPages
from app.services.lifecycle.save_product import save_product
from app.services.lifecycle.set_milestone import set_milestone
from app.storage.library import Library
from app.ui.actions import RECORD_ACTS
from app.ui.catalog.quick_look import QuickLook
from app.ui.context import UiContext
from app.ui.products.lane_painter import LanePainter
from app.ui.products.products_page import ProductsPage
from app.ui.products.time_range import TimeRange
from helpers.life_cycle_samples import product


class Shop(Protocol):
    """What the fixture gives: ids by name and number."""

    products: dict[str, int]
    parts: dict[str, int]


TODAY = date(2026, 11, 23)
D620 = "Dishwasher D620"
PRODUCED, SERVICE = MilestoneKind.LAST_PRODUCED, MilestoneKind.END_OF_SERVICE
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[], None]
Open = Callable[[], ProductsPage]


def _names(page: ProductsPage) -> list[str]:
    lanes = (page.model.lane(row) for row in range(len(page.model.ids)))
    return [lane.product.name for lane in lanes if lane is not None]


def _cells(page: ProductsPage, name: str) -> list[str]:
    row = _names(page).index(name)
    return [str(page.model.index(row, column).data()) for column in range(4)]


def _choose(page: ProductsPage, name: str) -> None:
    page.table.select_id(page.model.ids[_names(page).index(name)])


def _parts(page: ProductsPage) -> dict[str, dict[str, str]]:
    model = page.panel.model
    keys = [column.key for column in model.columns]
    found = {}
    for row in range(len(model.ids)):
        cells = model.cells(row)
        assert cells is not None
        found[cells.value.row.number] = dict(zip(keys, cells.texts, strict=True))
    return found


def _stored(library: Library, kind: MilestoneKind) -> date:
    with library.reading() as read:
        owner = read.one(Product, name=D620)
        [found] = [m for m in read.fetch(Milestone, product_id=owner.id) if m.kind is kind]
        return found.on


def test_products_stand_by_end_of_production_with_their_parts(
    shop: object, open_page: Open
) -> None:
    page = open_page()
    assert _names(page) == ["Mower R300", D620, "Dryer T710", "Welder S160"]
    assert _cells(page, "Mower R300") == ["Mower R300", "Ended 2024-04", "28,900", "0/1"]
    assert _cells(page, D620) == [D620, "Ends 2027-06", "41,300", "0/2"]
    assert _cells(page, "Welder S160") == ["Welder S160", "In series", "", ""]
    assert page.head.summary.text() == "1 of 5 leaves series within the horizon"
    assert page.status_text == "Mower R300 selected"
    assert page.panel.title.text() == "Parts of Mower R300"
    assert list(_parts(page)) == ["A005126"]
    assert _parts(page)["A005126"]["need"] == "2034-04-30"


def test_choosing_products_lists_their_parts(
    shop: Shop, library: Library, open_page: Open, settle: Settle
) -> None:
    page = open_page()
    _choose(page, D620)
    settle()
    assert set(_parts(page)) == {"A003340", "A003352"}
    with library.reading() as read:
        start = read.one(Flag, part_id=shop.parts["A003340"]).last_safe_start
    assert start is not None
    assert _parts(page)["A003340"]["start"] == start.isoformat()
    page.select_all()
    settle()
    assert page.panel.title.text() == "Parts of 4 products"
    assert len(page.panel.model.ids) == 3
    assert page.status_text == "4 of 4 selected"
    _choose(page, "Welder S160")
    settle()
    assert "Welder S160" in page.panel.empty.sentence


def test_enter_opens_the_part_and_its_list_can_be_walked(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    settle()
    page.panel.table.setFocus()
    page.panel.table.select_id(page.panel.model.ids[0])
    with qtbot.waitSignal(page.part_requested) as asked:
        qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    assert asked.args == [page.current_number]
    assert len(page.ids) == 2
    page.table.setFocus()
    assert page.current_number == ""


def test_a_heading_orders_the_list(shop: object, open_page: Open, settle: Settle) -> None:
    page = open_page()
    page.table.sort_requested.emit("in_use", True)
    settle()
    assert _names(page) == [D620, "Dryer T710", "Mower R300", "Welder S160"]
    page.table.sort_requested.emit("name", False)
    settle()
    assert _names(page)[0] == D620


def test_products_without_dates_lie_in_the_tray(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    assert page.tray.count.text == "1 product without dates"
    assert [button.text() for button in page.tray.named] == ["Kettle K1"]
    qtbot.mouseClick(page.tray.all, Qt.MouseButton.LeftButton)
    settle()
    assert _names(page) == ["Kettle K1"]
    assert _cells(page, "Kettle K1")[1] == "No dates"
    assert page.timeline.accessibleDescription().startswith("Kettle K1: No dates.")
    qtbot.mouseClick(page.tray.all, Qt.MouseButton.LeftButton)
    settle()
    assert len(_names(page)) == 4


def test_a_product_leaves_the_tray_with_its_first_date(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    qtbot.mouseClick(page.tray.named[0], Qt.MouseButton.LeftButton)
    dialog = page.acts.dialog
    assert dialog is not None
    assert "Kettle K1" in dialog.windowTitle()
    dialog.on.setText("2028-02")  # type: ignore[attr-defined]
    dialog.run()  # type: ignore[attr-defined]
    settle()
    qtbot.waitUntil(lambda: "Kettle K1" in _names(page))
    assert _cells(page, "Kettle K1")[1] == "Ends 2028-02"
    assert not page.tray.isVisible()


def test_a_search_that_finds_nothing_is_named_and_cleared(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    page.focus_search()
    page.head.search.setText("dryer")
    qtbot.waitUntil(lambda: _names(page) == ["Dryer T710"])
    page.head.search.setText("toaster")
    qtbot.waitUntil(page.empty.isVisible)
    settle()
    assert "“toaster”" in page.empty.sentence
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(_names(page)) == 4)
    assert page.listed


def test_a_link_chooses_the_product_it_names(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    page.show_subject("Dryer T710")
    qtbot.waitUntil(lambda: page.status_text == "Dryer T710 selected")


def test_an_empty_library_offers_the_first_product(
    library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    assert page.empty.isVisible()
    assert "Import a parts list" in page.empty.sentence
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.name.setText("Kettle")  # type: ignore[attr-defined]
    dialog.run()  # type: ignore[attr-defined]
    settle()
    qtbot.waitUntil(lambda: page.empty.button.text() == "Show 1 without dates")
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    settle()
    assert _names(page) == ["Kettle"]


def test_keys_move_a_date_and_show_what_it_would_change(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.timeline.hasFocus()
    chosen = page.timeline.chosen
    assert chosen is not None
    assert chosen.kind is PRODUCED
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right)
    for _press in range(3):
        qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT | SHIFT)
    qtbot.waitUntil(lambda: page.unsaved.preview is not None)
    settle()
    assert page.preview.words == (
        "Dishwasher D620: End of service 2037-06-30 → 2036-03-30. "
        "2 parts are needed until 2036-03-30 instead of 2037-06-30. Not saved yet."
    )
    row = _parts(page)["A003340"]
    assert (row["need"], row["was"], row["why"]) == (
        "2036-03-30",
        "2037-06-30",
        "Needed until 2036-03-30",
    )
    assert "2 changed" in page.panel.count.text()
    assert _stored(library, SERVICE) == date(2037, 6, 30)
    _choose(page, "Mower R300")
    settle()
    assert list(_parts(page)) == ["A005126"]
    assert page.preview.isVisible()
    _choose(page, D620)
    settle()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Escape)
    settle()
    assert not page.preview.isVisible()
    assert _parts(page)["A003340"]["need"] == "2037-06-30"
    assert page.timeline.accessibleDescription().count("2037-06-30") == 1


def test_the_table_shows_the_new_date_and_saving_is_one_act(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.timeline.setFocus()
    for _press in range(3):
        qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    assert _cells(page, D620)[1] == "Ends 2027-03"
    assert page.timeline.chosen is not None
    assert page.timeline.chosen.on == date(2027, 3, 30)
    assert "chosen: End of production 2027-03-30" in page.timeline.accessibleName()
    qtbot.mouseClick(page.preview.save, Qt.MouseButton.LeftButton)
    settle()
    assert _stored(library, PRODUCED) == date(2027, 3, 30)
    assert not page.preview.isVisible()
    qtbot.waitUntil(lambda: page.unsaved.product_id == 0)
    assert _cells(page, D620)[1] == "Ends 2027-03"
    done = undo_change(library, who="Anna Tester")
    page.context.bus.publish(done.changes)
    settle()
    qtbot.waitUntil(lambda: _cells(page, D620)[1] == "Ends 2027-06")


def test_a_day_can_be_typed(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = page.acts.dialog
    assert dialog is not None
    assert dialog.on.text() == "2027-06-30"  # type: ignore[attr-defined]
    dialog.on.setText("31.03.2027")  # type: ignore[attr-defined]
    dialog.run()  # type: ignore[attr-defined]
    assert "no date" in dialog.strip.text  # type: ignore[attr-defined]
    dialog.on.setText("2027-03")  # type: ignore[attr-defined]
    dialog.reason.setText("letter of the plant")  # type: ignore[attr-defined]
    dialog.run()  # type: ignore[attr-defined]
    settle()
    assert "2027-06-30 → 2027-03-31" in page.preview.words
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right, ALT)
    assert "→ 2027-04-30" in page.preview.words
    page.moving.save()
    settle()
    assert _stored(library, PRODUCED) == date(2027, 4, 30)
    with library.reading() as read:
        head = read.audit.head()
        assert head is not None
        assert head.why == "letter of the plant"


def test_a_mark_can_be_dragged_and_snaps_to_months(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    row = _names(page).index(D620)
    plot = page.timeline.plot
    middle = page.timeline.lane_rect(row).center().y()

    def place(day: date) -> QPoint:
        return QPoint(round(plot.x(day)), middle)

    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(page.timeline, left, pos=place(date(2027, 6, 30)))
    assert page.status_text == f"{D620} selected"
    qtbot.mouseMove(page.timeline, place(date(2028, 3, 20)))
    qtbot.mouseRelease(page.timeline, left, pos=place(date(2028, 3, 20)))
    settle()
    after = page.unsaved.after
    assert after is not None
    assert (after.kind, after.on.day) == (PRODUCED, 30)
    assert abs((after.on - date(2028, 3, 30)).days) < 32
    qtbot.mouseMove(page.timeline, place(date(2031, 1, 1)))
    assert page.unsaved.after == after
    qtbot.mousePress(page.timeline, left, pos=place(after.on))
    qtbot.mouseMove(page.timeline, place(date(2027, 6, 30)))
    qtbot.mouseRelease(page.timeline, left)
    assert not page.unsaved.active


def test_one_unsaved_date_at_a_time(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    _choose(page, "Dryer T710")
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    assert page.strip.text == "Save or discard the date of Dishwasher D620 first."
    assert page.unsaved.after is not None
    assert page.unsaved.after.on == date(2027, 5, 30)


def test_a_date_that_cannot_be_saved_stays_and_says_why(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.timeline.setFocus()
    for _press in range(12):
        qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT | SHIFT)
    page.moving.save()
    settle()
    assert "before the introduction" in page.strip.text
    assert page.preview.isVisible()
    assert page.preview.save.isEnabled()
    assert _stored(library, PRODUCED) == date(2027, 6, 30)


def test_a_date_that_somebody_else_moved_is_not_overwritten(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    with library.reading() as read:
        owner = read.one(Product, name=D620).id
    moved = Milestone(product_id=owner, kind=PRODUCED, on=date(2030, 1, 31))
    page.context.bus.publish(set_milestone(library, moved, who="Ben"))
    qtbot.waitUntil(lambda: not page.unsaved.active)
    settle()
    assert _cells(page, D620)[1] == "Ends 2030-01"


def test_the_window_does_not_go_back_while_a_date_is_moved(
    shop: object, open_page: Open, qtbot: QtBot
) -> None:
    from PySide6.QtGui import QAction

    page = open_page()
    _choose(page, D620)
    gone: list[bool] = []
    back = QAction(page, shortcut="Alt+Left")
    back.triggered.connect(lambda: gone.append(True))
    page.addAction(back)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, ALT)
    assert not gone
    assert page.unsaved.active
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Left, ALT)
    assert gone


def test_the_horizon_is_shown_at_once_and_judged_after(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    page.table.setFocus()
    for _press in range(3):
        qtbot.keyClick(page.table, Qt.Key.Key_BracketRight)
    assert page.head.horizon.months.value() == 42
    qtbot.waitUntil(lambda: page.head.summary.text().startswith("2 of 5"))
    settle()
    assert load_settings().horizon_months == 42
    page.hide()
    save_settings(replace(load_settings(), horizon_months=12))
    page.show()
    assert page.head.horizon.months.value() == 12


def test_years_are_chosen_zoomed_and_kept(
    shop: object, context: UiContext, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    assert page.head.years.currentText() == "2024 to 2038"
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Plus)
    assert page.timeline.years.years == 10
    qtbot.mouseClick(page.head.wider, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.head.wider, Qt.MouseButton.LeftButton)
    assert page.timeline.years.years == 20
    assert page.head.years.currentText() == page.timeline.years.text
    page.head.years.setCurrentIndex(0)
    page.head.years.activated.emit(0)
    assert page.timeline.years.years == 3
    page.save_state()
    again = ProductsPage(context)
    qtbot.addWidget(again)
    assert again.timeline.years == page.timeline.years
    settle()


def test_the_wheel_scrolls_zooms_and_moves_the_years(
    shop: object, open_page: Open, settle: Settle
) -> None:
    page = open_page()
    _choose(page, "Welder S160")
    years = page.timeline.years

    def turn(modifiers: Qt.KeyboardModifier) -> TimeRange:
        place = QPoint(300, 100)
        where = page.timeline.mapToGlobal(place)
        event = QWheelEvent(
            place.toPointF(),
            where.toPointF(),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        page.timeline.wheelEvent(event)
        return page.timeline.years

    assert turn(Qt.KeyboardModifier.NoModifier) == years
    assert turn(SHIFT).first == years.first + 1
    assert turn(CONTROL).years == 20


def test_rows_are_copied_where_the_focus_is(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    settle()
    page.table.setFocus()
    page.copy_rows()
    settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Product", "End of production", "In use", "Qualified"]
    assert lines[1].split("\t") == [D620, "Ends 2027-06", "41,300", "0/2"]
    page.panel.table.setFocus()
    page.panel.table.select_id(page.panel.model.ids[0])
    page.copy_rows()
    settle()
    assert "A0033" in QGuiApplication.clipboard().text()


def test_trouble_is_a_sentence_and_the_list_stays(
    shop: object, open_page: Open, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()

    def broken(self: ProductPages, size: int) -> object:
        raise StorageError("The disk is gone.", hint="Plug it in.")

    monkeypatch.setattr(ProductPages, "id_chunks", broken)
    page.refresh()
    settle()
    assert page.strip.text == "The disk is gone. Plug it in."
    assert page.listed


def test_a_change_elsewhere_is_shown_and_the_place_stays(
    shop: object, library: Library, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    _choose(page, D620)
    with library.reading() as read:
        mower = read.one(Product, name="Mower R300")
    changes = save_product(library, replace(mower, installed_base=7), who="Ben")
    page.context.bus.publish(changes)
    qtbot.waitUntil(lambda: _cells(page, "Mower R300")[2] == "7")
    assert page.status_text == f"{D620} selected"
    page.context.bus.publish(Changes.everything_of("certificate"))


def test_of_thousands_of_products_only_those_in_sight_are_painted(
    library: Library,
    open_page: Open,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with library.writing(who="Anna Tester", act="import") as write:
        ids = write.insert([product(f"Radio {n:04}") for n in range(3000)])
        write.insert(
            [
                Milestone(product_id=i, kind=PRODUCED, on=date(2024 + n % 12, 1 + n % 12, 28))
                for n, i in enumerate(ids)
            ]
        )
    page = open_page()
    qtbot.waitUntil(lambda: len(page.model.ids) == 3000)
    settle()
    painted: list[int] = []
    paint = LanePainter.paint_bars

    def counted(self: LanePainter, rect: object, lane: object) -> None:
        painted.append(1)
        paint(self, rect, lane)  # type: ignore[arg-type]

    monkeypatch.setattr(LanePainter, "paint_bars", counted)
    page.table.select_id(page.model.ids[2500])
    settle()
    painted.clear()
    page.timeline.repaint()
    assert 0 < len(painted) < 40
    row = page.table.currentIndex().row()
    assert page.timeline.rect().intersects(page.timeline.lane_rect(row))
    assert page.timeline.lane_rect(row).top() == (
        page.table.rowViewportPosition(row) + page.table.horizontalHeader().height()
    )


def test_every_control_is_named(shop: object, open_page: Open) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollBar, QSpinBox

    page = open_page()
    for kind in (QAbstractButton, QComboBox, QLineEdit, QSpinBox):
        for control in page.findChildren(kind):
            if control.isVisible() and control.focusPolicy():
                assert control.accessibleName() or getattr(control, "text", str)(), control
    assert page.legend.accessibleDescription()
    assert page.timeline.accessibleName() == (
        "Timeline of Mower R300, chosen: End of production 2024-04-30"
    )
    assert "28,900 in use. 0 of 1 part qualified." in page.timeline.accessibleDescription()
    assert any(bar.accessibleName() for bar in page.findChildren(QScrollBar))


def test_tips_and_menus_tell_what_is_under_the_mouse(
    shop: object, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()
    row = _names(page).index(D620)
    middle = page.timeline.lane_rect(row).center().y()
    mark = QPoint(round(page.timeline.plot.x(date(2027, 6, 30))), middle)
    assert page.timeline.tip_at(mark) == f"{D620}\nEnd of production 2027-06-30"
    assert page.timeline.tip_at(QPoint(mark.x() + 200, middle)) == ""
    order = QPoint(round(page.timeline.plot.x(date(2027, 5, 31))) - 11, middle)
    assert "2027-05-31" in page.timeline.tip_at(order)
    _choose(page, "Welder S160")
    assert page.acts.type_date.isEnabled()
    assert page.acts.edit.isEnabled()
    assert [a.text() for a in page.acts.menu.actions() if a.text()][-1] == "New product…"


@pytest.mark.parametrize("dated", [True, False])
def test_both_themes_paint_every_lane(
    shop: object, theme: object, open_page: Open, settle: Settle, dated: bool
) -> None:
    page = open_page()
    if not dated:
        page.tray.all.setChecked(True)
        settle()
    picture = page.timeline.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 4


def test_the_menus_of_the_window_and_the_sheet_of_keys_know_the_page(
    shop: object, open_page: Open, settle: Settle, qtbot: QtBot
) -> None:
    page = open_page()
    offered = {act.key: act.refusal for act in page.record_acts()}
    assert set(offered) < set(RECORD_ACTS)
    assert not any(offered.values())
    page.tray.all.setChecked(True)
    settle()
    offered = {act.key: act.refusal for act in page.record_acts()}
    assert offered["type_date"] == "Choose a date in the timeline first."
    assert offered["edit_product"] == ""
    keys = dict(page.keys())
    assert keys["Type the date"] == "F2"


def test_space_looks_at_a_part(shop: object, open_page: Open, settle: Settle, qtbot: QtBot) -> None:
    page = open_page()
    page.panel.table.setFocus()
    page.panel.table.select_id(page.panel.model.ids[0])
    qtbot.keyClick(page.panel.table, Qt.Key.Key_Space)
    settle()
    [look] = page.findChildren(QuickLook)
    assert look.isVisible()
    assert look.number.text() == "A005126"
    page.quick_look()
    assert not look.isVisible()


def test_tab_walks_the_page_as_it_is_read(shop: object, open_page: Open, settle: Settle) -> None:
    page = open_page()
    _choose(page, D620)
    settle()
    page.head.search.setFocus()
    walked = []
    for _press in range(30):
        page.focusNextChild()
        walked.append(QApplication.focusWidget())
        if walked[-1] is page.panel.table:
            break
    expected = [
        page.head.years,
        page.table,
        page.timeline,
        page.tray.all,
        *page.tray.named,
        page.panel.stops[0],
        page.panel.table,
    ]
    assert [walked.index(stop) for stop in expected] == sorted(map(walked.index, expected))
