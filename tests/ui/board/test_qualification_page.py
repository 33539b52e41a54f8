"""The qualification page on a real library: board, table, filters, acts, states."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.qualification.qualification import Qualification, QualificationState
from app.domain.qualification.qualification_list import QualificationScope
from app.domain.qualification.validity import QualificationStatus
from app.services.qualification.block_qualification import block_qualification
from app.ui.board import qualification_page
from app.ui.board.qualification_page import VIEW, QualificationPage
from app.ui.catalog.objections import ObjectionDialog
from app.ui.context import UiContext
from app.ui.frame.rail import Rail
from app.ui.places import PAGES, QUALIFICATION, WORKLIST, Place
from app.ui.qualification.approve_dialog import ApproveDialog
from app.ui.qualification.evidence_dialog import EvidenceDialog
from app.ui.qualification.start_dialog import StartDialog
from app.ui.theme import Theme
from app.ui.widgets.act_dialog import ActDialog
from helpers.stored_qualifications import Shop

Show = Callable[[], None]
Press = Callable[..., None]


def columns(page: QualificationPage) -> dict[str, list[str]]:
    """Return the part numbers of each column of the board that has cards."""
    found = {}
    for column in page.views.board.columns:
        for row in range(len(column.model.ids)):
            column.model.cells(row)  # asks for what was not painted yet
        QApplication.processEvents()
        cells = [column.model.cells(row) for row in range(len(column.model.ids))]
        if cells:
            found[column.status.value] = [cell.value.number for cell in cells if cell is not None]
    return found


def state_of(context: UiContext, number: int) -> QualificationState:
    with context.services.library.reading() as read:
        return read.one(Qualification, id=number).state


def finish(page: QualificationPage, settle: Show) -> None:
    """Let the open dialog do its act."""
    dialog = page.acts.dialog
    assert isinstance(dialog, ActDialog)
    dialog.run()
    settle()  # the act
    settle()  # the counts
    settle()  # the cards
    columns(page)


def test_an_empty_library_leads_to_the_worklist(page: QualificationPage, show: Show) -> None:
    show()
    spy = QSignalSpy(page.place_requested)
    assert page.empty.isVisible() and not page.listed
    page.empty.action_triggered.emit()
    assert spy.at(0)[0] == Place(WORKLIST)


@pytest.mark.usefixtures("filled")
def test_the_board_has_a_column_for_each_state(page: QualificationPage, show: Show) -> None:
    show()
    assert columns(page) == {
        "draft": ["D-1"],
        "under_test": ["T-2", "T-1"],
        "in_review": ["R-1", "R-2"],
        "qualified": ["Q-1"],
        "expiring": ["E-1"],
        "expired": ["X-1"],
    }
    assert page.head.summary.text() == (
        "8 qualifications · 2 wait for review · 2 have ended or end within 6 months"
    )
    assert page.views.board.columns[1].cards.accessibleName() == "Under test, 2 cards"
    assert (page.current_number, page.status_text) == ("D-1", "8 qualifications")
    narrow, wide = page.views.board.columns[6], page.views.board.columns[1]
    assert narrow.count == 0 and narrow.width() == narrow.least_width
    assert wide.width() > 130


@pytest.mark.usefixtures("filled")
def test_arrows_move_between_cards_and_columns(
    page: QualificationPage, show: Show, press: Press
) -> None:
    show()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(key)
        seen.append(page.current_number)
    assert seen == ["T-2", "T-1", "R-2", "Q-1"]
    press(Qt.Key.Key_Left)
    assert page.current_number == "R-1"
    chosen = [column for column in page.views.board.columns if column.cards.current_id]
    assert chosen == [page.views.board.current]


@pytest.mark.usefixtures("filled")
def test_enter_opens_the_part_and_its_column_is_walked(
    page: QualificationPage, show: Show, press: Press
) -> None:
    show()
    opened = QSignalSpy(page.part_requested)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert opened.at(0)[0] == "T-2"
    assert list(page.ids) == [3, 2]


def test_a_draft_is_taken_under_test_by_its_first_proof(
    page: QualificationPage,
    filled: dict[str, int],
    show: Show,
    press: Press,
    settle: Show,
    context: UiContext,
    report: Path,
) -> None:
    show()
    press(Qt.Key.Key_Right, shift=True)
    dialog = page.acts.dialog
    assert isinstance(dialog, EvidenceDialog)
    dialog.file.editor.setText(str(report))
    finish(page, settle)
    assert state_of(context, filled["D-1"]) is QualificationState.UNDER_TEST
    assert "D-1" in columns(page)["under_test"]
    assert page.current_number == "D-1"  # the focus goes with the card
    assert page.views.board.current.status is QualificationStatus.UNDER_TEST


def test_a_card_walks_from_test_to_approval(
    page: QualificationPage,
    filled: dict[str, int],
    show: Show,
    press: Press,
    settle: Show,
    context: UiContext,
) -> None:
    show()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right, shift=True)
    finish(page, settle)
    assert state_of(context, filled["T-2"]) is QualificationState.IN_REVIEW
    press(Qt.Key.Key_Right, shift=True)
    assert isinstance(page.acts.dialog, ApproveDialog)
    finish(page, settle)
    assert state_of(context, filled["T-2"]) is QualificationState.QUALIFIED
    assert page.current_number == "T-2"
    assert page.acts.dialog is None


@pytest.mark.usefixtures("filled")
def test_what_may_not_move_says_who_may(page: QualificationPage, show: Show, press: Press) -> None:
    show()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(key)
    assert page.current_number == "R-2"
    press(Qt.Key.Key_Right, shift=True)
    assert page.acts.dialog is None
    assert page.strip.text.startswith("R-2: ")
    assert "anybody else may approve" in page.strip.text
    press(Qt.Key.Key_Escape)
    assert not page.strip.isVisible()


def test_a_review_is_sent_back_with_a_reason(
    page: QualificationPage,
    filled: dict[str, int],
    show: Show,
    press: Press,
    settle: Show,
    context: UiContext,
) -> None:
    show()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left, shift=True)
    dialog = page.acts.dialog
    assert isinstance(dialog, ObjectionDialog)
    dialog.why.setPlainText("The lot of the specimens is missing")
    finish(page, settle)
    assert state_of(context, filled["R-1"]) is QualificationState.UNDER_TEST


@pytest.mark.usefixtures("filled")
def test_what_ended_offers_a_new_qualification(
    page: QualificationPage, show: Show, press: Press, settle: Show
) -> None:
    show()
    page.show_subject("X-1")
    settle()
    QTest.qWait(80)  # the search field settles
    settle()
    assert columns(page) == {"expired": ["X-1"]}
    press(Qt.Key.Key_Right, shift=True)
    assert "A new qualification takes its place." in page.strip.text
    page.strip._action.click()
    settle()
    assert isinstance(page.acts.dialog, StartDialog)
    page.acts.dialog.reject()


@pytest.mark.usefixtures("filled")
def test_the_menu_offers_what_the_part_page_offers(
    page: QualificationPage, show: Show, press: Press
) -> None:
    show()
    press(Qt.Key.Key_F10, shift=True)
    menu = page.acts.menu
    assert menu is not None
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert [text for text, action in offered.items() if action.isEnabled()] == [
        "Open part",
        "Add evidence…",
        "Block qualification…",
        "Start qualification…",
        "Copy",
    ]
    assert offered["Approve…"].toolTip() == "No qualification is in review."
    offered["Copy"].trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [row.split("\t")[0] for row in copied] == ["Number", "D-1"]
    menu.close()


@pytest.mark.usefixtures("filled")
def test_the_table_lists_the_same_with_the_same_focus(
    page: QualificationPage, show: Show, press: Press, settle: Show
) -> None:
    show()
    press(Qt.Key.Key_Right)
    page.head.views.chosen.emit("table")
    settle()
    table = page.views.table
    assert table.isVisible() and page.current_number == "T-2"
    page.select_all()
    assert page.status_text == "8 of 8 selected"
    page.copy_rows()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 9
    table.sort_requested.emit("part", True)
    settle()
    assert page.views.model.cells(0).value.number == "X-1"  # type: ignore[union-attr]
    table.select_id(page.views.model.ids[0])
    press(Qt.Key.Key_Right, shift=True)
    assert page.strip.text.startswith("X-1: It ended on")
    press(Qt.Key.Key_F10, shift=True)
    assert page.acts.menu is not None
    page.acts.menu.close()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("in_review", {"in_review": ["R-1", "R-2"]}),
        ("mine", {"in_review": ["R-1"]}),
        ("expiring", {"expiring": ["E-1"], "expired": ["X-1"]}),
    ],
)
def test_links_filter_the_page(
    page: QualificationPage, show: Show, settle: Show, subject: str, found: dict[str, list[str]]
) -> None:
    show()
    page.show_subject(subject)
    settle()
    assert columns(page) == found
    assert any(page.current_number in numbers for numbers in found.values())


@pytest.mark.usefixtures("filled")
def test_nothing_found_names_the_filter_and_takes_it_away(
    page: QualificationPage, show: Show, settle: Show, qtbot: QtBot
) -> None:
    show()
    page.focus_search()
    page.filters.search.setText("nowhere")
    qtbot.waitUntil(page.empty.isVisible)
    assert "“nowhere”" in page.empty.sentence
    assert (page.listed, page.current_number, page.selected) == (False, "", 0)
    page.empty.button.click()
    qtbot.waitUntil(lambda: page.listed)
    assert page.filters.wanted.is_empty
    page.filters.take(QualificationScope.MINE)
    page.filters.search.setText("R-2")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.sentence == "Under “Mine to review”, nothing holds “R-2”."
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.filters.wanted.text)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.filters.wanted.is_empty
    settle()
    assert page.listed


def test_a_change_elsewhere_moves_the_card(
    page: QualificationPage,
    filled: dict[str, int],
    show: Show,
    settle: Show,
    context: UiContext,
) -> None:
    show()
    changes = block_qualification(
        context.services.library, filled["D-1"], who="Ines", why="wrong part"
    )
    context.bus.publish(changes)
    settle()
    settle()
    assert columns(page)["blocked"] == ["D-1"]
    assert page.current_number == "T-2"  # the nearest column that has a card


def test_many_open_as_a_table(
    page: QualificationPage, shop: Shop, show: Show, monkeypatch: pytest.MonkeyPatch, settle: Show
) -> None:
    monkeypatch.setattr(qualification_page, "BOARD_CARDS", 2)
    for number in range(3):
        shop.add_part(f"A-{number}")
    show()
    assert page.views.view == page.head.views.current == "table"
    page.save_state()
    assert page.context.state.value(VIEW) is None  # nobody chose it
    page.head.views.choose("board")
    page.head.views.chosen.emit("board")
    settle()
    assert columns(page) == {"draft": ["A-0", "A-1", "A-2"]}


@pytest.mark.usefixtures("filled")
def test_the_view_is_kept_for_the_next_session(
    context: UiContext, page: QualificationPage, show: Show, qtbot: QtBot, settle: Show
) -> None:
    show()
    page.head.views.chosen.emit("table")
    settle()
    page.save_state()
    again = QualificationPage(context)
    qtbot.addWidget(again)
    again.show()
    settle()
    assert again.views.view == again.head.views.current == "table"


@pytest.mark.usefixtures("filled")
def test_trouble_is_told_and_the_cards_stay(
    page: QualificationPage, show: Show, settle: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    show()
    before = columns(page)

    def refuse(*_args: object, **_more: object) -> None:
        raise StorageError("The disk does not answer.") from sqlite3.OperationalError()

    with monkeypatch.context() as broken:
        broken.setattr(qualification_page, "count_qualifications", refuse)
        page.refresh()
        settle()
    assert page.strip.text == "The disk does not answer."
    assert columns(page) == before
    page.strip._action.click()
    settle()
    assert not page.strip.isVisible()


@pytest.mark.usefixtures("filled", "theme")
def test_it_paints_in_both_themes_and_names_every_control(
    page: QualificationPage, show: Show, theme: Theme
) -> None:
    show()
    assert not page.grab().isNull()
    focusable = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert focusable
    for widget in focusable:
        text = getattr(widget, "text", None)
        assert widget.accessibleName() or (callable(text) and text()), widget


@pytest.mark.usefixtures("filled")
def test_a_card_is_told_in_words(page: QualificationPage, show: Show) -> None:
    show()
    cards = page.views.board.columns[2].cards
    index = cards.model().index(0, 0)
    told = cards.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert "R-1, revision A" in told and "Waits for your review" in told
    tip = cards.model().data(index, Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[0] == "R-1, revision A"
    assert cards.model().data(index) == "R-1"


@pytest.mark.usefixtures("filled")
def test_a_click_takes_the_choice_to_its_column(page: QualificationPage, show: Show) -> None:
    show()
    cards = page.views.board.columns[1].cards
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 150))
    assert page.current_number == "T-1"
    assert not page.views.board.columns[0].cards.current_id
    opened = QSignalSpy(page.part_requested)
    top = QPoint(60, 50)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=top)
    QTest.mouseDClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=top)
    assert [opened.at(n)[0] for n in range(opened.count())] == ["T-2"]


def test_home_and_end_go_to_the_ends_of_a_column(
    page: QualificationPage, shop: Shop, show: Show, press: Press
) -> None:
    for number in range(40):
        shop.add_part(f"A-{number:02}")
    show()
    press(Qt.Key.Key_End)
    assert page.current_number == "A-39"
    press(Qt.Key.Key_PageUp)
    assert "A-00" < page.current_number < "A-39"
    press(Qt.Key.Key_Home)
    assert page.current_number == "A-00"
    page.step(1)
    assert page.current_number == "A-01"


def test_the_rail_leads_here(qtbot: QtBot) -> None:
    spec = next(page for page in PAGES if page.key == QUALIFICATION)
    assert (spec.title(), spec.keys) == ("Qualification", "Ctrl+5")
    rail = Rail(PAGES)
    qtbot.addWidget(rail)
    rail.show_page(QUALIFICATION)
