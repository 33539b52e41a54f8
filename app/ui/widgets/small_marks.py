"""Small painted things: a key in a frame, an icon by itself, a short dividing line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel


class KeyHint(RoleLabel):
    """A shortcut in a thin frame."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, font="caption", color="muted", parent=parent)
        self.setContentsMargins(4, 0, 4, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(18)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("divider"))
        radius = theme.size("radius", "keyHint")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(theme.color("muted"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class IconPicture(QWidget):
    """An icon that stands by itself."""

    def __init__(
        self, name: str, side: int, role: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon(name, role)
        self.setFixedSize(side, side)
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())


class Divider(QWidget):
    """A short upright line between two things."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(17, SMALL)
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(current_theme().color("divider"))
        middle = self.width() // 2
        painter.drawLine(middle, 0, middle, self.height())
