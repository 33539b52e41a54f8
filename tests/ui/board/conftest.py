"""What tests of the qualification page share: a library with qualifications, and the page."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.qualification.qualification import QualificationState
from app.ui.board.qualification_page import QualificationPage
from app.ui.context import UiContext
from helpers.stored_qualifications import Shop

State = QualificationState


@pytest.fixture
def shop(context: UiContext) -> Shop:
    """A provider in the library, to which qualifications are added."""
    return Shop(context.services.library)


@pytest.fixture
def filled(shop: Shop, context: UiContext) -> dict[str, int]:
    """Qualifications in every state by part number; the user is "Anna Tester"."""
    today = context.today()
    ids = {
        "D-1": shop.add_part("D-1", author=context.user),
        "T-1": shop.add_part("T-1", State.UNDER_TEST),
        "T-2": shop.add_part("T-2", State.UNDER_TEST, started_on=today - timedelta(days=400)),
        "R-1": shop.add_part("R-1", State.IN_REVIEW),
        "R-2": shop.add_part("R-2", State.IN_REVIEW, author=context.user),
        "Q-1": shop.add_part("Q-1", State.QUALIFIED, valid_until=today + timedelta(days=900)),
        "E-1": shop.add_part("E-1", State.QUALIFIED, valid_until=today + timedelta(days=9)),
        "X-1": shop.add_part("X-1", State.QUALIFIED, valid_until=today - timedelta(days=9)),
    }
    for number in ("T-1", "T-2", "R-1", "R-2"):
        shop.prove(ids[number])
    return ids


@pytest.fixture
def page(context: UiContext, qtbot: QtBot) -> QualificationPage:
    made = QualificationPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


@pytest.fixture
def show(page: QualificationPage, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], None]:
    """Show the page and wait until nothing is being fetched any more."""

    def show_and_wait() -> None:
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.setFocus()
        settle()

    return show_and_wait


@pytest.fixture
def press(page: QualificationPage, settle: Callable[[], None]) -> Callable[..., None]:
    """Press a key where the focus of the page would be, and wait."""

    def press_and_wait(key: Qt.Key, shift: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        views = page.views
        target = views.board.current.cards if views.view == "board" else views.table
        QTest.keyClick(target, key, modifier)
        settle()

    return press_and_wait


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A file that can be put in as evidence."""
    file = tmp_path / "report.txt"
    file.write_bytes(b"passed")
    return file
