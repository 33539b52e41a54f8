"""What the Help menu opens: the manual at the page shown, and the keys of that page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions
from app.ui.frame.key_sheet import KeySheet
from app.ui.jobs import JobRunner
from app.ui.places import PART, Place
from app.ui.window_help import WindowHelp
from app.ui.window_pages import WindowPages

Settle = Callable[[], None]
F1 = Qt.Key.Key_F1


class Frame(QMainWindow):
    """A window with the pages and the actions of help alone."""

    def __init__(self, jobs: JobRunner, state: QSettings) -> None:
        super().__init__()
        self.acts = Actions(self)
        self.pages = WindowPages(jobs, state, self)
        self.help = WindowHelp(self.acts, self.pages, jobs, state, self)
        self.setCentralWidget(self.pages.stack)
        self.addActions([self.acts[key] for key in ("help_page", "first_steps", "show_keys")])


@pytest.fixture
def frame(jobs: JobRunner, tmp_path: Path, qtbot: QtBot) -> Iterator[Frame]:
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    state.setValue("window/page", "parts")
    made = Frame(jobs, state)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made


def test_f1_opens_the_manual_at_the_page_shown(frame: Frame, settle: Settle) -> None:
    QTest.keyClick(frame, F1)
    settle()
    assert frame.help.manual.isVisible()
    assert frame.help.manual.here == Place("parts")
    assert frame.help.manual.page.toPlainText().startswith("Parts")


def test_f1_opens_the_same_window_at_another_page(frame: Frame, settle: Settle) -> None:
    frame.acts["help_page"].trigger()
    first = frame.help.manual
    frame.pages.navigation.visit(Place(PART, "A1"))
    frame.acts["help_page"].trigger()
    settle()
    assert frame.help.manual is first
    assert first.here == Place("part")
    frame.acts["first_steps"].trigger()
    assert first.here == Place("getting-started")


def test_the_question_mark_shows_the_keys_of_the_page_everywhere_but_in_text(
    frame: Frame, qtbot: QtBot
) -> None:
    parts = frame.pages.parts
    parts.search.setFocus()
    QTest.keyClicks(parts.search, "?")
    assert parts.search.text() == "?"
    assert not frame.findChildren(KeySheet)
    parts.filters.import_button.setFocus()  # no list has the focus
    QTest.keyClicks(parts.filters.import_button, "?")
    [sheet] = frame.findChildren(KeySheet)
    title, keys = sheet.groups[0]
    assert title == "On this page: Parts"
    assert ("Quick look", "Space") in keys
    sheet.close()
