"""The help window: the page asked for, links, search, the way back, colours, keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.help.help_window import HelpWindow
from app.ui.help.manual import CONTENTS
from app.ui.jobs import JobRunner
from app.ui.places import Place
from app.ui.theme import Theme

Settle = Callable[[], None]


@pytest.fixture
def state(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(jobs: JobRunner, state: QSettings, qtbot: QtBot, dressed: Theme) -> Iterator[HelpWindow]:
    made = HelpWindow(jobs, state)
    qtbot.addWidget(made)
    made.open("worklist")
    qtbot.waitUntil(made.isActiveWindow)
    yield made


def text(window: HelpWindow) -> str:
    return window.page.toPlainText()


def test_it_opens_at_the_page_asked_for(window: HelpWindow) -> None:
    assert window.windowTitle() == "Worklist: how a part is judged – Everspare help"
    assert text(window).startswith("Worklist: how a part is judged")
    assert [line.page for line in window.contents.lines] == list(CONTENTS)
    assert window.contents.currentIndex().row() == CONTENTS.index("worklist")
    assert window.page.hasFocus()
    assert not window.isModal()


def test_a_page_of_the_window_without_help_leads_to_the_first_steps(window: HelpWindow) -> None:
    window.open("elsewhere")
    assert window.here == Place("getting-started")


def test_links_lead_to_pages_and_headings_and_back(window: HelpWindow) -> None:
    window.open("parts")
    window.page.anchorClicked.emit(QUrl("worklist.md#rank"))
    assert window.here == Place("worklist", "rank")
    scrolled = window.page.verticalScrollBar().value()
    assert scrolled > 500
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.here == Place("parts")
    assert text(window).startswith("Parts")
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.here == Place("worklist", "rank")
    assert window.page.verticalScrollBar().value() == scrolled
    assert not window.forward.isEnabled()


def test_a_link_within_the_page_keeps_the_page(window: HelpWindow) -> None:
    window.page.anchorClicked.emit(QUrl("#readiness"))
    assert window.here == Place("worklist", "readiness")


def test_going_back_comes_to_where_it_was_left(window: HelpWindow) -> None:
    window.page.verticalScrollBar().setValue(321)
    window.go("home")
    assert window.page.verticalScrollBar().value() == 0
    window.back.trigger()
    assert window.page.verticalScrollBar().value() == 321


def test_search_finds_places_and_marks_the_words(window: HelpWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "last safe")
    qtbot.waitUntil(lambda: len(window.contents.lines) < len(CONTENTS))
    assert window.contents.accessibleName() == "Found"
    assert window.found.text() == f"{len(window.contents.lines)} places"
    pages = [line.page for line in window.contents.lines]
    assert "worklist" in pages
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.contents.hasFocus()
    window.contents.setCurrentIndex(window.contents.model().index(pages.index("worklist"), 0))
    QTest.keyClick(window.contents, Qt.Key.Key_Return)
    assert window.here == Place("worklist", "the-dates")
    assert window.page.hasFocus()
    marked = {mark.cursor.selectedText().casefold() for mark in window.page.extraSelections()}
    assert marked == {"last", "safe"}


def test_a_search_that_finds_nothing_says_so_and_esc_ends_it(
    window: HelpWindow, qtbot: QtBot
) -> None:
    window.search.setFocus()
    QTest.keyClicks(window.search, "zzz")
    qtbot.waitUntil(lambda: not window.contents.lines)
    assert window.found.text() == "Nothing holds “zzz”."
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.contents.lines) == len(CONTENTS))
    assert window.isVisible()
    assert not window.found.isVisible()


def test_esc_closes_and_the_size_is_kept(
    window: HelpWindow, jobs: JobRunner, state: QSettings, qtbot: QtBot
) -> None:
    window.resize(820, 555)
    window.page.setFocus()
    QTest.keyClick(window.page, Qt.Key.Key_Escape)
    assert not window.isVisible()
    other = HelpWindow(jobs, state)
    qtbot.addWidget(other)
    assert (other.width(), other.height()) == (820, 555)


def test_colours_follow_the_theme_where_it_is_read(window: HelpWindow, theme: Theme) -> None:
    window.open("parts")
    window.page.verticalScrollBar().setValue(150)
    theme.set_mode("light" if theme.dark else "dark")
    assert theme.color("accent").name() in window.page.document().toHtml()
    assert theme.color("text").name() in window.page.document().defaultStyleSheet()
    assert window.page.verticalScrollBar().value() == 150


def test_the_page_is_in_the_language_of_the_reader(
    jobs: JobRunner, state: QSettings, qtbot: QtBot, settle: Settle
) -> None:
    german = HelpWindow(jobs, state, tongue="de")
    qtbot.addWidget(german)
    settle()
    german.go("worklist", "rang")
    assert text(german).startswith("Arbeitsliste: wie ein Teil beurteilt wird")
    assert [line.title for line in german.contents.lines][:3] == [
        "Erste Schritte",
        "Start",
        "Teile",
    ]


def test_everything_has_a_name_for_screen_readers(window: HelpWindow) -> None:
    reached = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert len(reached) == 2
    for widget in (window.page, window.contents, *reached):
        assert widget.accessibleName(), widget
    assert all(field.accessibleName() for field in window.findChildren(QLineEdit))


def test_a_manual_that_is_not_there_is_told(
    jobs: JobRunner,
    state: QSettings,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("app.ui.help.manual.resource_path", tmp_path.joinpath)
    made = HelpWindow(jobs, state)
    qtbot.addWidget(made)
    made.open("parts")
    settle()
    assert made.trouble.isVisible()
    assert "cannot be read" in made.trouble.text()
    assert not made.page.isVisible()


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_the_window_is_there_before_the_pages_are_read(
    jobs: JobRunner, state: QSettings, qtbot: QtBot, settle: Settle
) -> None:
    made = HelpWindow(jobs, state)
    qtbot.addWidget(made)
    made.open("audit")
    assert made.isVisible()
    settle()
    assert text(made).startswith("Audit and undo")
