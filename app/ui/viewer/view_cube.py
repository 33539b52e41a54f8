"""A cube in the corner of the view: it shows how the part lies and turns it when clicked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.preview.camera import StandardView, view_axes
from app.ui.theme import Theme

_SIDE = 88
_HALF_EDGE = 21.0  # so that the corners stay inside whatever way the cube lies
_FACES = tuple(view for view in StandardView if view is not StandardView.OBLIQUE)
_FACING = 0.05  # a face seen more obliquely than this is not drawn
_READABLE = 0.3  # nor named, if it is seen more obliquely than this
_TEXT_SQUARE = 100.0
_TEXT_SIZE = 27


def view_name(view: StandardView) -> str:
    """Return what the view from a side of the part is called."""
    return {
        StandardView.TOP: _("Top"),
        StandardView.BOTTOM: _("Bottom"),
        StandardView.FRONT: _("Front"),
        StandardView.BACK: _("Back"),
        StandardView.LEFT: _("Left"),
        StandardView.RIGHT: _("Right"),
        StandardView.OBLIQUE: _("Oblique"),
    }[view]


class ViewCube(QWidget):
    """Six named faces; those towards the eye are shown.

    Signals:
        side_chosen: (view: StandardView) a face was clicked.
    """

    side_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axes: NDArray[np.float64] = view_axes(StandardView.OBLIQUE)
        self._under: StandardView | None = None
        self.setFixedSize(_SIDE, _SIDE)
        self.setMouseTracking(True)
        self.setAccessibleName(_("View cube"))
        self.setToolTip(_("Click a side to look at it (keys 1 to 6)"))

    def set_axes(self, picture_axes: NDArray[np.float64]) -> None:
        """Turn the cube.

        Args:
            picture_axes: (3, 3) unit vectors right, up and towards the eye.
        """
        self._axes = picture_axes
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def shown_faces(self) -> dict[StandardView, QPolygonF]:
        """Return the outlines of the faces towards the eye, in the widget's coordinates."""
        faces: dict[StandardView, QPolygonF] = {}
        for view in _FACES:
            right, up, outward = view_axes(view)
            if outward @ self._axes[2] < _FACING:
                continue
            corners = [
                outward + right * x + up * y for x, y in ((-1, 1), (1, 1), (1, -1), (-1, -1))
            ]
            faces[view] = QPolygonF([self._place(corner) for corner in corners])
        return faces

    def face_at(self, place: QPointF) -> StandardView | None:
        """Return the face under a point, or None."""
        for view, outline in self.shown_faces().items():
            if outline.containsPoint(place, Qt.FillRule.OddEvenFill):
                return view
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.face_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the view below must not begin to turn

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        view = self.face_at(event.position())
        if view is not None and event.button() == Qt.MouseButton.LeftButton:
            self.side_chosen.emit(view)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, outline in self.shown_faces().items():
            painter.setPen(QPen(self._theme.color("controlBorder"), 1.0))
            painter.setBrush(self._fill(view))
            painter.drawPolygon(outline)
            if view_axes(view)[2] @ self._axes[2] >= _READABLE:
                self._write(painter, view_name(view), outline)

    def _fill(self, view: StandardView) -> QColor:
        return self._theme.color("selected" if view is self._under else "panel")

    def _write(self, painter: QPainter, name: str, outline: QPolygonF) -> None:
        """Write a name as if it stood on the face."""
        square = QPolygonF(QRectF(0, 0, _TEXT_SQUARE, _TEXT_SQUARE))
        square.pop_back()  # a rectangle repeats its first corner
        lie = QTransform.quadToQuad(square, outline)
        if not isinstance(lie, QTransform):
            return
        painter.save()
        painter.setTransform(lie, combine=True)
        font = QFont(self._theme.font("caption"))  # a copy: the theme keeps its own
        font.setPixelSize(_TEXT_SIZE)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(
            QRectF(0, 0, _TEXT_SQUARE, _TEXT_SQUARE), Qt.AlignmentFlag.AlignCenter, name
        )
        painter.restore()

    def _place(self, corner: NDArray[np.float64]) -> QPointF:
        right, up, _towards = self._axes @ corner
        return QPointF(_SIDE / 2 + right * _HALF_EDGE, _SIDE / 2 - up * _HALF_EDGE)

    def _hover(self, view: StandardView | None) -> None:
        if view is not self._under:
            self._under = view
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if view else Qt.CursorShape.ArrowCursor
            )
            self.update()
