"""On the list of parts: quick look by Space, and listing pasted numbers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.ui.catalog.parts_page import PartsPage
from app.ui.context import UiContext
from helpers.builders import part
from helpers.stored_parts import store_part

Settle = Callable[[], None]


@pytest.fixture
def page(context: UiContext, qtbot: QtBot, settle: Settle, tmp_path: Path) -> Iterator[PartsPage]:
    """The list of three parts, the first of which has a file, with the focus on it."""
    library = context.services.library
    store_part(library, tmp_path, "A004711")
    with library.writing(who="Anna", act="fill") as write:
        write.insert([part("A004712", "Latch lever"), part("A005126", "Blade guard clip")])
    made = PartsPage(context.jobs, context.state)
    qtbot.addWidget(made)
    made.resize(1232, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.attach(context)
    settle()
    made.table.setFocus()
    made.table.select_id(made.model.ids[0])
    settle()
    yield made


def numbers(page: PartsPage) -> list[str]:
    return [page.model.data(page.model.index(row, 2)) for row in range(page.model.rowCount())]


def paste(page: PartsPage, text: str, settle: Settle) -> None:
    QGuiApplication.clipboard().setText(text)
    page.paste_numbers()
    settle()


def test_space_shows_the_part_large_and_hides_it_again(page: PartsPage, settle: Settle) -> None:
    assert not page.look.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settle()
    assert page.look.isVisible()
    assert page.look.number.text() == "A004711"
    assert page.look.size_.text() == "40.0 × 25.0 × 15.0 mm"
    assert page.look.qualification.text == "Not qualified"
    assert page.look.answer.text == "Not assessed"
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.look.isVisible()
    assert page.table.selected_count() == 1


def test_arrows_step_on_and_the_list_keeps_the_focus(page: PartsPage, settle: Settle) -> None:
    page.quick_look()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    settle()
    assert page.look.isVisible()
    assert page.look.number.text() == "A004712"
    assert page.look.name.text() == "Latch lever"
    assert page.look.size_.text() == "No geometry yet"
    assert page.table.hasFocus()


def test_escape_closes_the_look_before_anything_else(page: PartsPage, settle: Settle) -> None:
    paste(page, "A004711\nA004712", settle)
    page.table.select_id(page.model.ids[0])
    page.quick_look()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.look.isVisible()
    assert page.pasted.active
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    settle()
    assert not page.pasted.active


def test_the_look_lies_within_the_page_and_follows_its_size(page: PartsPage) -> None:
    page.quick_look()
    assert page.look.picture.height() == pytest.approx(page.look.height() - 104, abs=24)
    page.resize(1000, 500)
    assert page.rect().contains(page.look.geometry())
    assert page.look.height() > 200


def test_the_look_closes_when_the_focus_goes_elsewhere(page: PartsPage) -> None:
    page.quick_look()
    page.search.setFocus()
    assert not page.look.isVisible()


def test_the_look_closes_with_its_library(page: PartsPage, context: UiContext) -> None:
    page.quick_look()
    page.detach(context)
    assert not page.look.isVisible()


def test_what_cannot_be_read_is_said_in_the_look(
    page: PartsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise StorageError("The disk is gone.")

    monkeypatch.setattr("app.services.catalog.fetch_part.fetch_part", refuse)
    page.quick_look()
    settle()
    assert page.look.size_.text() == "The disk is gone."


def test_pasted_numbers_are_listed_and_the_missing_can_be_copied(
    page: PartsPage, settle: Settle
) -> None:
    paste(page, "a004711\n000999\tA005126, B-1", settle)
    assert numbers(page) == ["A004711", "A005126"]
    assert page.pasted.strip.text == (
        "2 of 4 pasted numbers found · 2 not found. Esc lists all parts."
    )
    page.pasted.strip._copy.click()
    assert page.pasted.strip._copy.text() == "Copy the missing ones"
    assert QGuiApplication.clipboard().text() == "000999\nB-1"


def test_a_search_narrows_the_pasted_numbers_down(
    page: PartsPage, settle: Settle, qtbot: QtBot
) -> None:
    paste(page, "A004712\nA005126", settle)
    assert page.pasted.strip.text.startswith("All 2 pasted numbers were found.")
    page.search.setText("latch")
    qtbot.waitUntil(lambda: numbers(page) == ["A004712"])
    page.search.setText("nothing")
    qtbot.waitUntil(page.empty.isVisible)
    assert "Pasted numbers" in page.empty.sentence
    page.empty.button.click()
    qtbot.waitUntil(lambda: len(numbers(page)) == 2)


def test_closing_the_strip_lists_all_parts(page: PartsPage, settle: Settle) -> None:
    paste(page, "A004712", settle)
    assert page.pasted.strip.text.startswith("The pasted number was found.")
    page.pasted.strip._close.click()
    settle()
    assert len(numbers(page)) == 3
    assert not page.pasted.strip.isVisible()


def test_numbers_that_nobody_knows_say_so(page: PartsPage, settle: Settle) -> None:
    paste(page, "B-1\nB-2", settle)
    assert page.empty.sentence == "None of the 2 pasted numbers is in the library."
    page.empty.button.click()
    settle()
    assert len(numbers(page)) == 3


def test_an_empty_clipboard_filters_nothing(page: PartsPage, settle: Settle) -> None:
    paste(page, " \n", settle)
    assert len(numbers(page)) == 3
    assert "no text" in page.pasted.strip.text


def test_the_count_follows_parts_that_come(
    page: PartsPage, context: UiContext, settle: Settle
) -> None:
    paste(page, "A004711\nB-1", settle)
    with context.services.library.writing(who="Anna", act="add") as write:
        write.insert([part("B-1", "New one")])
    page.refresh()
    settle()
    assert numbers(page) == ["A004711", "B-1"]
    assert page.pasted.strip.text.startswith("All 2")
