"""A combo box with a chevron of our own, which the style sheet leaves out."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from app.ui.icons import SMALL, icon

_ROOM = 24  # right of the text, as the style sheet sets it


class ChoiceBox(QComboBox):
    """A choice; the wheel scrolls the page it stands on instead of changing it unnoticed."""

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        painter = QPainter(self)
        left = self.width() - _ROOM + (_ROOM - SMALL) // 2
        place = QRect(left, (self.height() - SMALL) // 2, SMALL, SMALL)
        picture = icon("chevron-down", "text" if self.isEnabled() else "muted")
        picture.paint(painter, place)

    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()
