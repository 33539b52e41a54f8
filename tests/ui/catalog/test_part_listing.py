"""Table and gallery of the parts: one list, one choice; columns and orders of one's own."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.lifecycle.flag import Answer, Flag
from app.ui.catalog.columns_dialog import ColumnsDialog
from app.ui.catalog.part_filters import GALLERY, TABLE
from app.ui.catalog.parts_page import PartsPage
from app.ui.catalog.product_picker import ProductPicker
from app.ui.context import UiContext
from app.ui.theme import Theme
from helpers.builders import part, parts
from helpers.life_cycle_samples import product

Settle = Callable[[], None]
KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(context: UiContext, qtbot: QtBot, settle: Settle) -> Iterator[PartsPage]:
    """Forty parts; every second has the same name, every fourth is ranked."""
    library = context.services.library
    with library.writing(who="Anna", act="fill") as write:
        ids = write.insert([part(f"P{n:02}", f"Name {n % 2}") for n in range(40)])
        flags = [
            Flag(
                part_id=part_id,
                answer=Answer.YES,
                rank=float(place % 3) + 1,
                assessed_for=date(2026, 11, 23),
                horizon_months=24,
            )
            for place, part_id in enumerate(ids[::4])
        ]
        write.replace_derived(Flag, flags, key="part_id")
    made = PartsPage(context.jobs, context.state)
    qtbot.addWidget(made)
    made.resize(1600, 760)
    made.show()
    made.attach(context)
    settle()
    yield made


def numbers(page: PartsPage) -> list[str]:
    model = page.model
    return [model.data(model.index(row, 2)) for row in range(model.rowCount())]


def shown(page: PartsPage) -> list[str]:
    """Keys of the columns in sight, from left to right."""
    header, columns = page.table.header, page.model.columns
    places = [header.logicalIndex(n) for n in range(len(columns))]
    return [columns[n].key for n in places if not header.isSectionHidden(n)]


def section(page: PartsPage, key: str) -> int:
    return next(n for n, column in enumerate(page.model.columns) if column.key == key)


def click_heading(page: PartsPage, key: str, how: Qt.KeyboardModifier) -> None:
    header = page.table.header
    place = QPoint(header.sectionViewportPosition(section(page, key)) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, how, place)


def test_a_list_is_ordered_by_one_heading_and_then_by_another(
    page: PartsPage, settle: Settle
) -> None:
    click_heading(page, "name", Qt.KeyboardModifier.NoModifier)
    click_heading(page, "name", Qt.KeyboardModifier.NoModifier)
    click_heading(page, "number", SHIFT)
    settle()
    odd, even = [f"P{n:02}" for n in range(1, 40, 2)], [f"P{n:02}" for n in range(0, 40, 2)]
    assert numbers(page) == odd + even
    click_heading(page, "number", SHIFT)
    settle()
    assert numbers(page) == odd[::-1] + even[::-1]
    click_heading(page, "score", Qt.KeyboardModifier.NoModifier)
    settle()
    assert [item.sort.value for item in page.listing.order] == ["rank"]
    page.grab()


def test_keys_order_and_move_columns_in_the_headings(page: PartsPage, settle: Settle) -> None:
    header = page.table.header
    header.setFocus()
    QTest.keyClick(header, KEY.Key_Home)
    for _step in range(3):
        QTest.keyClick(header, KEY.Key_Right)
    QTest.keyClick(header, KEY.Key_Right)
    assert page.model.columns[header._current].key == "name"
    QTest.keyClick(header, KEY.Key_Return)
    QTest.keyClick(header, KEY.Key_End)
    QTest.keyClick(header, KEY.Key_Home)
    QTest.keyClick(header, KEY.Key_Right)
    QTest.keyClick(header, KEY.Key_Right)
    QTest.keyClick(header, KEY.Key_Return, SHIFT)
    settle()
    assert numbers(page)[:3] == ["P00", "P02", "P04"]
    assert [item.sort.value for item in page.listing.order] == ["name", "number"]
    before = shown(page)
    for _step in range(2):
        QTest.keyClick(header, KEY.Key_Right)
    assert page.model.columns[header._current].key == "name"
    QTest.keyClick(header, KEY.Key_Left, CTRL)
    assert shown(page)[3:5] == [before[4], before[3]]
    for _step in range(4):
        QTest.keyClick(header, KEY.Key_Left, CTRL)
    assert shown(page)[:3] == ["check", "picture", "number"], "these three stay first"


def test_columns_come_with_the_room_until_somebody_chooses(page: PartsPage) -> None:
    wide = shown(page)
    assert {"product", "production_end", "revision", "answer"} <= set(wide)
    page.resize(1000, 760)
    narrow = shown(page)
    assert "revision" not in narrow
    assert {"number", "name", "supply", "qualification", "score"} <= set(narrow)
    page.listing.columns.show_column("material", shown=True)
    assert "material" in shown(page)
    page.resize(1600, 760)
    assert shown(page) == [*narrow, "material"]
    page.listing.columns.reset()
    assert shown(page) == wide


def test_chosen_columns_and_orders_come_back_in_the_next_session(
    page: PartsPage, context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    columns = page.listing.columns
    columns.show_column("file", shown=True)
    columns.show_column("product", shown=False)
    columns.move("score", -3)
    click_heading(page, "name", Qt.KeyboardModifier.NoModifier)
    click_heading(page, "score", SHIFT)
    wanted = shown(page)
    page.save_state()
    again = PartsPage(context.jobs, QSettings(context.state.fileName(), context.state.format()))
    qtbot.addWidget(again)
    again.resize(1000, 700)
    assert shown(again) == wanted
    again.attach(context)
    settle()
    assert [item.sort.value for item in again.listing.order] == ["name", "rank"]
    assert numbers(again)[0] == "P00"


@pytest.mark.parametrize("state", ["", "no json", "[]", '{"columns": [{"key": 1}]}', "null"])
def test_a_layout_of_another_version_changes_nothing(page: PartsPage, state: str) -> None:
    before = shown(page)
    page.listing.columns.restore(state)
    assert shown(page) == before


def test_the_dialog_shows_hides_and_moves_columns(page: PartsPage, qtbot: QtBot) -> None:
    dialog = ColumnsDialog(page.listing.columns, page)
    qtbot.addWidget(dialog)
    dialog.show()
    names = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert names[:3] == ["Rev", "Name", "Product"]
    assert "End of production" in names
    place = names.index("Product")
    dialog.list.setCurrentRow(place)
    QTest.keyClick(dialog.list, KEY.Key_Space)
    assert "product" not in shown(page)
    QTest.keyClick(dialog.list, KEY.Key_Space)
    assert "product" in shown(page)
    QTest.keyClick(dialog.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(page).index("product") < shown(page).index("name")
    assert dialog.list.currentRow() == place - 1
    dialog.grab()
    dialog.down.click()
    assert shown(page).index("product") > shown(page).index("name")
    dialog.reset.click()
    assert dialog.list.item(0).text() == "Rev"


def test_the_menu_of_the_headings_offers_the_columns(page: PartsPage) -> None:
    page.listing.columns.show_menu(QPoint(10, 10))
    menu = page.table.findChild(QMenu)
    entries = {action.text(): action for action in menu.actions()}
    assert entries["Product"].isChecked()
    entries["Product"].trigger()
    assert "product" not in shown(page)
    entries["Columns as at first"].trigger()
    assert "product" in shown(page)
    menu.close()


def test_what_is_copied_is_what_is_shown(page: PartsPage, settle: Settle) -> None:
    columns = page.listing.columns
    for key in ("product", "supply", "revision", "answer", "last_safe_start", "need_until"):
        columns.show_column(key, shown=False)
    columns.move("score", -9)
    page.table.select_id(page.model.ids[0])
    page.copy_rows()
    header, row = QGuiApplication.clipboard().text().split("\n")
    assert header.split("\t")[:3] == ["Number", "Score", "Name"]
    assert "End of production" in header
    assert row.split("\t")[:3] == ["P00", "15", "Name 0"]


def test_the_gallery_shares_choice_filter_and_order(page: PartsPage, settle: Settle) -> None:
    page.table.select_id(page.model.ids[5])
    page.filters.gallery_button.click()
    gallery = page.listing.gallery
    assert page.listing.view == GALLERY
    assert gallery.isVisible()
    assert page.listed
    assert page.current_number == "P05"
    gallery.setFocus()
    QTest.keyClick(gallery, KEY.Key_Right)
    assert page.current_number == "P06"
    QTest.keyClick(gallery, KEY.Key_Down)
    assert page.current_number == f"P{6 + gallery.columns:02}"
    QTest.keyClick(gallery, KEY.Key_Up)
    QTest.keyClick(gallery, KEY.Key_Right, SHIFT)
    QTest.keyClick(gallery, KEY.Key_Right, SHIFT)
    assert page.selected == 3
    QTest.keyClick(gallery, KEY.Key_Space, CTRL)
    assert page.selected == 2
    page.select_all()
    assert page.selected == 40
    page.show_subject("answer:yes")
    settle()
    assert len(page.model.ids) == 10
    page.filters.table_button.click()
    assert page.listing.view == TABLE
    assert page.table.isVisible()


def test_cards_are_chosen_by_mouse_and_opened(page: PartsPage, settle: Settle) -> None:
    page.filters.gallery_button.click()
    gallery = page.listing.gallery
    left, asked = Qt.MouseButton.LeftButton, []
    page.part_requested.connect(asked.append)

    def middle(row: int) -> QPoint:
        return gallery.card(row).center()

    QTest.mouseClick(gallery.viewport(), left, pos=middle(1))
    assert (page.current_number, page.selected) == ("P01", 1)
    QTest.mouseClick(gallery.viewport(), left, SHIFT, middle(3))
    assert page.selected == 3
    QTest.mouseClick(gallery.viewport(), left, CTRL, middle(2))
    assert page.selected == 2
    QTest.mouseClick(gallery.viewport(), left, pos=gallery.card(5).topLeft() + QPoint(14, 14))
    assert page.selected == 3, "its box adds a card"
    QTest.mouseMove(gallery.viewport(), middle(0))
    QTest.mouseDClick(gallery.viewport(), left, pos=middle(4))
    assert asked == ["P04"]
    gallery.setFocus()
    QTest.keyClick(gallery, KEY.Key_End)
    assert page.current_number == "P39"
    assert gallery.viewport().rect().contains(middle(39))
    QTest.keyClick(gallery, KEY.Key_Return)
    assert asked[-1] == "P39"
    QTest.keyClick(gallery, KEY.Key_Home)
    QTest.keyClick(gallery, KEY.Key_PageDown)
    QTest.keyClick(gallery, KEY.Key_PageUp)
    assert page.current_number == "P00"
    QTest.keyClick(gallery, KEY.Key_Left)
    assert page.current_number == "P00"


def test_the_gallery_looks_at_what_is_in_sight_alone(
    page: PartsPage, context: UiContext, settle: Settle, theme: Theme
) -> None:
    with context.services.library.writing(who="Anna", act="fill") as write:
        write.insert(parts(3000, prefix="Z"))
    page.refresh()
    settle()
    page.filters.gallery_button.click()
    gallery = page.listing.gallery
    gallery.setFocus()
    QTest.keyClick(gallery, KEY.Key_End)
    gallery.grab()
    settle()
    asked: list[int] = []
    cells = page.model.cells
    page.model.cells = lambda row: asked.append(row) or cells(row)  # type: ignore[method-assign,func-returns-value]
    picture = gallery.viewport().grab().toImage()
    assert set(asked) <= set(range(2980, 3040))
    assert 0 < len(asked) < 60
    assert picture.pixelColor(2, 2) == theme.color("window")


def test_the_gallery_is_there_again_in_the_next_session(
    page: PartsPage, context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    page.filters.gallery_button.click()
    page.save_state()
    again = PartsPage(context.jobs, QSettings(context.state.fileName(), context.state.format()))
    qtbot.addWidget(again)
    again.show()
    assert again.listing.view == TABLE, "before the library is open there is the table alone"
    again.attach(context)
    settle()
    assert again.listing.view == GALLERY
    assert again.filters.gallery_button.isChecked()
    again.focus_list()
    again.select_number("P03")
    assert again.current_number == "P03"


def test_quick_look_lies_over_the_gallery_too(page: PartsPage, settle: Settle) -> None:
    page.filters.gallery_button.click()
    gallery = page.listing.gallery
    page.table.select_id(page.model.ids[2])
    QTest.keyClick(gallery, KEY.Key_Space)
    assert page.look.isVisible()
    assert page.look.number.text() == "P02"
    QTest.keyClick(gallery, KEY.Key_Right)
    assert page.look.number.text() == "P03"
    settle()
    page.filters.table_button.click()
    assert not page.look.isVisible()


def test_a_product_is_picked_by_a_part_of_its_name(
    page: PartsPage, context: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    with context.services.library.writing(who="Anna", act="add") as write:
        write.insert([product(f"Series {n:03}") for n in range(70)])
        write.insert([product("Dryer T710")])
    actions = {action.text(): action for action in page.filters.menu().actions()}
    actions["Product…"].trigger()
    settle()
    picker = page.findChild(ProductPicker)
    assert picker is not None
    assert picker.names[0] == "Dryer T710"
    assert len(picker.names) == 60
    assert "more" in picker._note.text()
    picker.search.setText("nothing like it")
    qtbot.waitUntil(lambda: picker.names == [])
    picker.search.setText("t71")
    qtbot.waitUntil(lambda: picker.names == ["Dryer T710"])
    QTest.keyClick(picker.search, KEY.Key_Return)
    settle()
    assert page.filters.part_filter.product == "Dryer T710"
    assert page.filters.chips["product"].text == "Product: Dryer T710"
    assert "“Product: Dryer T710”" in page.empty.sentence
