"""What lies over the 3D view: captions on a solid ground, the axes marker, the focus ring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.style import FOCUS_WIDTH
from app.ui.theme import Theme

_GROUND_OPACITY = 0.82
_AXIS_LENGTH = 22.0
_AXES_SIDE = 72
_NAMES = ("X", "Y", "Z")


class ViewCaption(QWidget):
    """One line of caption text, readable over whatever is behind it; lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget, *, ground: str) -> None:
        super().__init__(parent)
        self._theme, self._ground, self._text = theme, ground, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("caption"))
        padding = self._theme.size("space", "xs")
        width = metrics.horizontalAdvance(self._text) + 2 * padding
        return QSize(width + 1, metrics.height() + padding)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.color(self._ground))  # a copy: the theme keeps its own
        ground.setAlphaF(_GROUND_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius = self._theme.size("radius", "keyHint")
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.setPen(self._theme.color("muted"))
        painter.setFont(self._theme.font("caption"))
        shown = painter.fontMetrics().elidedText(
            self._text,
            Qt.TextElideMode.ElideMiddle,
            self.width() - 2 * self._theme.size("space", "xs"),
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)


class AxesMarker(QWidget):
    """The three axes as they lie in the picture; those pointing away are drawn fainter."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axes: NDArray[np.float64] = np.eye(3)
        self.setFixedSize(_AXES_SIDE, _AXES_SIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_axes(self, picture_axes: NDArray[np.float64]) -> None:
        """Turn the marker.

        Args:
            picture_axes: (3, 3) unit vectors right, up and towards the eye.
        """
        self._axes = picture_axes
        self.update()

    def tips(self) -> NDArray[np.float64]:
        """Return (3, 3): per axis its tip to the right, up and towards the eye, length 1."""
        return self._axes.T

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        centre = QPointF(self.width() / 2, self.height() / 2)
        tips = self.tips()
        for axis in np.argsort(tips[:, 2]):  # the nearest is drawn last
            right, up, towards = tips[axis]
            color = self._theme.color("text" if towards > -1e-6 else "muted")
            painter.setPen(QPen(color, 1.6, c=Qt.PenCapStyle.RoundCap))
            tip = centre + QPointF(right, -up) * _AXIS_LENGTH
            painter.drawLine(centre, tip)
            label = centre + QPointF(right, -up) * (_AXIS_LENGTH + 8)
            if np.hypot(right, up) < 0.15:  # it points at the eye: its name beside the others
                label = centre + QPointF(-9, 9)
            place = QRectF(0, 0, 14, 14)
            place.moveCenter(label)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _NAMES[axis])


class FocusRing(QWidget):
    """The focus ring, over the OpenGL widget; masked, so that nothing else is covered."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        inner: QRect = self.rect().adjusted(FOCUS_WIDTH, FOCUS_WIDTH, -FOCUS_WIDTH, -FOCUS_WIDTH)
        self.setMask(QRegion(self.rect()) - QRegion(inner))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("focusRing"))
