"""Acts of a card: read when wanted, overtaken, refused, failed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.base.errors import NotFound
from app.domain.qualification.qualification import Qualification, QualificationState
from app.domain.qualification.qualification_list import QualificationLine
from app.ui.board.card_acts import CardActs
from app.ui.catalog.objections import ObjectionDialog
from app.ui.context import UiContext
from app.ui.widgets.confirm_dialog import ConfirmDialog
from helpers.stored_qualifications import Shop

TODAY = date(2026, 11, 23)
State = QualificationState


@pytest.fixture
def acts(context: UiContext, qtbot: QtBot) -> CardActs:
    page = QWidget()
    qtbot.addWidget(page)
    return CardActs(context, page)


def line_of(context: UiContext, number: int) -> QualificationLine:
    with context.services.library.reading() as read:
        [line] = read.qualifications.lines([number], who=context.user, today=TODAY)
    return line


def test_a_step_opens_its_dialog_and_tells_when_it_is_done(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1", State.UNDER_TEST)
    shop.prove(number)
    done = QSignalSpy(acts.done)
    acts.move(line_of(context, number), 1)
    settle()
    dialog = acts.dialog
    assert isinstance(dialog, ConfirmDialog)
    dialog.run()
    settle()
    assert done.at(0)[0] == number and acts.dialog is None
    with context.services.library.reading() as read:
        assert read.one(Qualification, id=number).state is State.IN_REVIEW


def test_a_dialog_that_is_left_does_nothing(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1", State.IN_REVIEW)
    done = QSignalSpy(acts.done)
    acts.move(line_of(context, number), -1)
    settle()
    assert isinstance(acts.dialog, ObjectionDialog)
    acts.dialog.reject()
    assert (acts.dialog, done.count()) == (None, 0)


def test_the_last_wish_counts(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    first, second = shop.add_part("A-1", State.BLOCKED), shop.add_part("A-2", State.QUALIFIED)
    refused = QSignalSpy(acts.refused)
    acts.move(line_of(context, first), 1)
    acts.move(line_of(context, second), 1)
    settle()
    assert [refused.at(n)[0] for n in range(refused.count())] == ["A-2"]


def test_a_refusal_names_what_can_be_done_instead(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1", State.UNDER_TEST)
    refused = QSignalSpy(acts.refused)
    acts.move(line_of(context, number), 1)
    settle()
    part, why, verb, remedy = refused.at(0)
    assert (part, verb) == ("A-1", "Block qualification…")
    assert why.startswith("There is no evidence")
    remedy()
    assert isinstance(acts.dialog, ObjectionDialog)
    acts.dialog.reject()


def test_a_stale_line_is_judged_as_the_library_has_it(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1", State.IN_REVIEW)
    stale = line_of(context, number)
    with context.services.library.writing(who="Ines", act="block") as write:
        found = write.one(Qualification, id=number)
        write.update(replace(found, state=State.BLOCKED, blocked_reason="Clip broke"))
    refused = QSignalSpy(acts.refused)
    acts.move(stale, 1)
    settle()
    assert refused.at(0)[1] == "Blocked for good: Clip broke"


def test_a_part_that_is_gone_is_told(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1")
    failed = QSignalSpy(acts.failed)
    acts.move(replace(line_of(context, number), number="Z-9"), 1)
    settle()
    assert isinstance(failed.at(0)[0], NotFound)


def test_the_menu_runs_an_act(
    acts: CardActs, context: UiContext, shop: Shop, settle: Callable[[], None]
) -> None:
    number = shop.add_part("A-1")
    opened, copied = QSignalSpy(acts.open_requested), QSignalSpy(acts.copy_requested)
    acts.show_menu(line_of(context, number), QPoint(10, 10))
    settle()
    assert acts.menu is not None
    by_text = {action.text(): action for action in acts.menu.actions()}
    by_text["Open part"].trigger()
    by_text["Copy"].trigger()
    assert (opened.count(), copied.count()) == (1, 1)
    by_text["Block qualification…"].trigger()
    assert isinstance(acts.dialog, ObjectionDialog)
    acts.dialog.reject()
    acts.menu.close()
