"""A person with a keyboard and no mouse: keys go the way the window system sends them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.tour.hands import spoken_name

PATIENCE_MS = 15_000


def close_fronts() -> None:
    """Close what waits in an event loop of its own and would hold up the test for ever."""
    for front in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if front is not None and (isinstance(front, QMenu) or front.inherits("QFileDialog")):
            front.close()


class Keyboard:
    """Presses keys on whatever window has the focus, and looks where the focus is."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    @property
    def focused(self) -> QWidget:
        self._let_a_window_have_the_focus()
        self.wait(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def press(self, keys: str) -> None:
        """Press one key with its modifiers, such as "Ctrl+Return"."""
        sequence: Any = QKeySequence(keys)
        self._let_a_window_have_the_focus()
        QTest.keyClick(
            QGuiApplication.focusWindow(), sequence[0].key(), sequence[0].keyboardModifiers()
        )

    def type(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            QTest.keyClick(QGuiApplication.focusWindow(), letter)

    def press_and(self, keys: str, then: Callable[[], None]) -> None:
        """Press a key that opens a menu or a file dialog of Qt, and act once it is there.

        Such a key comes back only when what it opened is closed.
        """
        failures: list[BaseException] = []
        given_up_at = time.monotonic() + PATIENCE_MS / 1000

        def look() -> None:
            if time.monotonic() > given_up_at:
                failures.append(AssertionError(f"{keys} opens nothing"))
                return
            if (
                QApplication.activePopupWidget() is None
                and QApplication.activeModalWidget() is None
            ):
                QTimer.singleShot(20, look)
                return
            try:
                then()
            except Exception as error:  # else it would be lost in Qt
                failures.append(error)
            finally:
                close_fronts()

        QTimer.singleShot(20, look)
        self.press(keys)
        if failures:
            raise failures[0]

    def tab_to(self, name: str, most: int = 90) -> QWidget:
        """Press Tab until the control of that name has the focus."""
        seen = []
        for _press in range(most):
            seen.append(spoken_name(self.focused))
            if seen[-1] == name:
                return self.focused
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {name!r}, only to {list(dict.fromkeys(seen))}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field by Tab and replace what stands there."""
        self.tab_to(name)
        self.press("Ctrl+A")
        self.type(text)

    def choose(self, name: str, words: str) -> None:
        """Go to a choice by Tab and take the entry with these words by the arrow keys."""
        box = self.tab_to(name)
        assert isinstance(box, QComboBox)
        self.press("Home")
        for _press in range(box.count()):
            if box.currentText() == words:
                return
            self.press("Down")
        raise AssertionError(f"{name} offers no {words!r}")

    def choose_in_menu(self, button: str, words: str) -> None:
        """Open the menu of a button by the keyboard and take an entry."""
        self.tab_to(button)
        self.press_and("Space", lambda: self._take_entry(words))

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for what a person would wait to see."""
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def _let_a_window_have_the_focus(self) -> None:
        """Do what a window manager does when a dialog is gone; a bare X server has none."""
        if QGuiApplication.focusWindow() is None:
            front = QApplication.activeModalWidget()
            windows = [
                item for item in QApplication.topLevelWidgets() if item.inherits("QMainWindow")
            ]
            (front or next(item for item in windows if item.isVisible())).activateWindow()
            self.wait(lambda: QGuiApplication.focusWindow() is not None)

    def _take_entry(self, words: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen = []
        for _press in range(len(menu.actions()) + 1):
            self.press("Down")
            action: QAction | None = menu.activeAction()
            seen.append(action.text() if action is not None else "")
            if seen[-1] == words:
                self.press("Return")
                return
        raise AssertionError(f"the menu offers {seen}, not {words!r}")
