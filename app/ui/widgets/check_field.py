"""A check box drawn like those of the tables."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check

_GAP = 8
_RING_ROOM = 4


class CheckField(QCheckBox):
    """A yes or no with its sentence beside it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(
            _RING_ROOM + CHECK_SIDE + _GAP + width + _RING_ROOM + 1,
            current_theme().size("height", "input"),
        )

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        box = QRect(_RING_ROOM, (self.height() - CHECK_SIDE) // 2, CHECK_SIDE, CHECK_SIDE)
        draw_check(painter, box, self.checkState())
        painter.setFont(self.font())
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(box.right() + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            radius = theme.size("radius", "control")
            ring = QRectF(0, 0, min(self.sizeHint().width(), self.width()), self.height())
            draw_focus_ring(painter, ring, theme.color("focusRing"), radius)
