"""The box that mirrors whether a row is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.theme import current_theme

CHECK_SIDE = 14


def draw_check(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    """Draw an empty, filled or partly filled check box."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    radius = theme.size("radius", "checkbox")
    on = state is not Qt.CheckState.Unchecked
    painter.setPen(QPen(theme.color("accent" if on else "controlBorder"), 1))
    painter.setBrush(theme.color("accent" if on else "window"))
    painter.drawRoundedRect(frame, radius, radius)
    if on:
        pen = QPen(theme.color("onAccent"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        center = frame.center()
        if state is Qt.CheckState.Checked:
            tick = [QPointF(-3, 0.2), QPointF(-0.8, 2.4), QPointF(3.2, -2.4)]
            painter.drawPolyline(QPolygonF([center + point for point in tick]))
        else:
            painter.drawLine(center + QPointF(-3, 0), center + QPointF(3, 0))
    painter.restore()
