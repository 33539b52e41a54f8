"""Does with a window what a person does with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAction,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from app.base.errors import NotFound
from app.base.i18n import _

_NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hands:
    """Presses keys and fills fields, found by the names that assistive tools read.

    A key takes the way it takes in Qt: the widget with the focus may claim it, else a shortcut
    answers it, else the widget gets it.
    """

    def __init__(self, window: QWidget) -> None:
        self.window = window

    @property
    def front(self) -> QWidget:
        """The menu, the dialog or the window that takes the keys."""
        popup: QWidget | None = QApplication.activePopupWidget()
        dialog: QWidget | None = QApplication.activeModalWidget()
        return popup or dialog or self.window

    def press(self, keys: str) -> None:
        """Press a key with its modifiers, such as "Ctrl+Return"."""
        combination = _combination(keys)
        self._send(combination.key(), combination.keyboardModifiers(), "")

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self._send(_combination(letter.upper()).key(), _NO_KEYS, letter)

    def focus(self, name: str) -> QWidget:
        """Move the focus to the control of that name and return it."""
        control = self.find(name)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        return control

    def fill(self, name: str, text: str) -> None:
        """Replace what stands in a field."""
        self.focus(name)
        self.press("Ctrl+A")
        self.press("Delete")
        self.type(text)

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a combo box by its words."""
        box = self.focus(name)
        if not isinstance(box, QComboBox):
            raise TypeError(f"{name} is no choice")
        if box.isEditable():
            self.fill(name, words)
            return
        self.press("Home")
        for _step in range(box.count()):
            if box.currentText() == words:
                return
            self.press("Down")
        raise NotFound(_("{name} offers no “{words}”.").format(name=name, words=words))

    def push(self, name: str) -> None:
        """Push a button."""
        button = self.find(name)
        if not isinstance(button, QAbstractButton):
            raise TypeError(f"{name} is no button")
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.press("Space")

    def find(self, name: str) -> QWidget:
        """Return the control of that name on the front window that can be used now.

        Raises:
            NotFound: there is none.
        """
        for control in self.controls():
            if spoken_name(control) == name:
                return control
        raise NotFound(
            _("Nothing called “{name}” can be used in “{window}”.").format(
                name=name, window=self.front.windowTitle()
            )
        )

    def controls(self) -> Iterator[QWidget]:
        """Yield what can take the focus on the front window now."""
        for widget in self.front.findChildren(QWidget):
            if widget.focusPolicy() and widget.isVisible() and widget.isEnabled():
                yield widget

    def _send(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
        # Asked once and kept to the end: what Python knows of a dialog that Qt made ends with its
        # last reference, and with it what Python knows of the dialog's children.
        front = self.front
        focused: QWidget | None = front.focusWidget()  # also while another program is in front
        target = focused if focused is not None else front
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        asked.ignore()
        QApplication.sendEvent(target, asked)
        if not asked.isAccepted() and _answer_shortcut(front, target, key, modifiers):
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def _combination(keys: str) -> QKeyCombination:
    sequence: Any = QKeySequence(keys)  # it can be indexed, which its annotations leave out
    combination: QKeyCombination = sequence[0]
    return combination


def _answer_shortcut(
    front: QWidget, target: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> bool:
    """Do what a shortcut of the front window answers to a key; say whether there is one."""
    wanted = QKeySequence(key.value | modifiers.value)
    for shortcut in front.findChildren(QShortcut):
        fits = wanted in list(shortcut.keys()) and shortcut.isEnabled()
        if fits and _reaches(shortcut, target):
            shortcut.activated.emit()
            return True
    for action in front.findChildren(QAction):
        if wanted in action.shortcuts() and action.isEnabled():
            action.trigger()
            return True
    return False


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget: its name, its text or its label."""
    given = widget.accessibleName()
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    if given or interface is None:  # on Linux Qt calls a combo box by what is chosen in it
        return given
    return interface.text(QAccessible.Text.Name).replace("&", "")


def _reaches(shortcut: QShortcut, target: QWidget) -> bool:
    """Say whether a shortcut acts while `target` has the focus."""
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    if shortcut.context() is Qt.ShortcutContext.WidgetShortcut:
        return owner is target
    if shortcut.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return owner is target or owner.isAncestorOf(target)
    return owner.window() is target.window()
