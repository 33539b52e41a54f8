"""A search field that tells what is typed, a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.i18n import _
from app.ui.icons import icon
from app.ui.theme import current_theme

WAIT_MS = 40


class SearchField(QLineEdit):
    """Search as you type.

    Signals:
        text_settled: (text: str), no oftener than every 40 ms while typing.
        left_downwards: the arrow down or Enter asks for the list below.
    """

    text_settled = Signal(str)
    left_downwards = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        glass = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(placeholder)
        self._clear = self.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(_("Clear the search"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.setFixedHeight(current_theme().size("height", "input"))
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(lambda: self.text_settled.emit(self.text()))
        self.textChanged.connect(self._wait)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif arg__1.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(arg__1)

    def _wait(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if not self._timer.isActive():
            self._timer.start()
