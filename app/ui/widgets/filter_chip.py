"""A filter in force as a small frame that can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.ui.icons import SMALL, icon
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme

PADDING, GAP = 8, 6
_MOST_OF_VALUE = 160


class FilterChip(QWidget):
    """Name and value of a filter. Delete takes it away, Enter asks for another value.

    Signals:
        removed: by its cross or a key.
        change_requested: (where: QPoint) by the rest of it or a key, in global coordinates.
    """

    removed = Signal()
    change_requested = Signal(QPoint)

    def __init__(self, title: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.value = title, value
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setFixedHeight(current_theme().size("height", "chip"))
        self.setAccessibleName(_("Filter {text}").format(text=self.text))
        self.setAccessibleDescription(_("Delete removes it, Enter changes it."))
        self.setToolTip(self.text if self._value_width() == _MOST_OF_VALUE else "")
        self._over_cross = False
        current_theme().changed.connect(self.update)
        self.resize(self.sizeHint())

    @property
    def text(self) -> str:
        """The filter in words."""
        return _("{name}: {value}").format(name=self.title, value=self.value)

    def sizeHint(self) -> QSize:
        width = PADDING + self._title_width() + 4 + self._value_width() + GAP + SMALL + GAP
        return QSize(width, current_theme().size("height", "chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.size("radius", "control")
        painter.setPen(theme.color("divider"))
        painter.setBrush(theme.color("hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(frame, radius, radius)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("muted"))
        title = QRect(PADDING, 0, self._title_width(), self.height())
        painter.drawText(title, middle, f"{self.title}:")
        painter.setFont(theme.font("identifier"))
        painter.setPen(theme.color("text"))
        value = QRect(title.right() + 5, 0, self._value_width(), self.height())
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.value, Qt.TextElideMode.ElideRight, value.width())
        painter.drawText(value, middle, shown)
        icon("x", "text" if self._over_cross else "muted").paint(painter, self._cross())
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), theme.color("focusRing"), radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self.removed.emit()
        elif event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space, keys.Key_Down):
            self.change_requested.emit(self.mapToGlobal(QPoint(0, self.height())))
        elif event.key() in (keys.Key_Left, keys.Key_Right):
            self.focusNextPrevChild(event.key() == keys.Key_Right)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over_cross = event.position().x() >= self._cross().left() - GAP
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.position().x() >= self._cross().left() - GAP:
            self.removed.emit()
        else:
            self.change_requested.emit(self.mapToGlobal(QPoint(0, self.height())))

    def _cross(self) -> QRect:
        return QRect(self.width() - GAP - SMALL, (self.height() - SMALL) // 2, SMALL, SMALL)

    def _title_width(self) -> int:
        metrics = QFontMetrics(current_theme().font("body"))
        return metrics.horizontalAdvance(f"{self.title}:")

    def _value_width(self) -> int:
        metrics = QFontMetrics(current_theme().font("identifier"))
        return min(metrics.horizontalAdvance(self.value) + 1, _MOST_OF_VALUE)
