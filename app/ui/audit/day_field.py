"""A field for a calendar day that marks what is none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.ui.theme import current_theme, set_property
from app.ui.widgets.act_dialog import read_day

WAIT_MS = 250


class DayField(QLineEdit):
    """A day as YYYY-MM-DD; empty for none.

    Signals:
        day_changed: another day stands here, or none.
        left_downwards: the arrow down or Enter asks for the list below.
    """

    day_changed = Signal()
    left_downwards = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._told: date | None = None
        theme = current_theme()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(_("{name}: YYYY-MM-DD").format(name=name))
        widest = QFontMetrics(theme.font("body")).horizontalAdvance("0000-00-00")
        self.setFixedSize(widest + 2 * theme.size("space", "m"), theme.size("height", "input"))
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._settle)
        self.textChanged.connect(self._judge)

    @property
    def day(self) -> date | None:
        """The day that stands here; None for none, or while it is not a whole one."""
        try:
            return read_day(self.text(), self._name)
        except RuleViolation:
            return None

    def show_day(self, day: date | None) -> None:
        """Show a day without telling."""
        self._told = day
        self.setText("" if day is None else day.isoformat())

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif arg__1.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            self.left_downwards.emit()
        else:
            super().keyPressEvent(arg__1)

    def _judge(self, text: str) -> None:
        wrong = bool(text.strip()) and self.day is None
        set_property(self, "missing", wrong)
        self.setAccessibleDescription(_("Expected YYYY-MM-DD.") if wrong else "")
        self._wait.start()

    def _settle(self) -> None:
        self._wait.stop()
        if self.day != self._told:
            self._told = self.day
            self.day_changed.emit()
