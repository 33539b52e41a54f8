"""How the dates of a product are drawn: one shape for every kind, on the line of its bar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.domain.lifecycle.product import MilestoneKind
from app.ui.theme import current_theme

_HALF_DIAMOND = 5.5
_HALO, _LINE = 1.5, 1.6
_HALF_CAP = 9.0
RING = 10.0


def draw_milestone(
    painter: QPainter, at: QPointF, kind: MilestoneKind, *, unsaved: bool = False
) -> None:
    """Draw the mark of a milestone around `at`: the end of production as a diamond, and so on.

    Args:
        unsaved: in the accent colour.
    """
    theme = current_theme()
    color = theme.color("accent" if unsaved else "timelineMilestone")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind is MilestoneKind.LAST_PRODUCED:
        painter.setPen(_round_pen(theme.color("window"), _HALO))
        painter.setBrush(color)
        painter.drawPolygon(_diamond(at, _HALF_DIAMOND + _HALO / 2))
    elif kind is MilestoneKind.LAST_PLACED:
        painter.setPen(_round_pen(color, _LINE))
        painter.setBrush(theme.color("window"))
        painter.drawPolygon(_diamond(at, _HALF_DIAMOND))
    elif kind is MilestoneKind.LAST_ORDER:
        painter.setPen(_round_pen(color, _LINE))
        painter.setBrush(theme.color("window"))
        painter.drawPolygon(
            QPolygonF([at + QPointF(-4.5, -3.8), at + QPointF(4.5, -3.8), at + QPointF(0, 4.4)])
        )
    else:
        _draw_cap(painter, at, color)
    painter.restore()


def draw_old_place(painter: QPainter, at: QPointF) -> None:
    """Draw where a milestone stands as long as its new date is not saved."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("window"))
    painter.drawPolygon(_diamond(at, _HALF_DIAMOND + 1.5))
    pen = _round_pen(theme.color("timelineMilestone"), 1.3)
    pen.setDashPattern([1.8, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_diamond(at, _HALF_DIAMOND))
    painter.restore()


def draw_choice(painter: QPainter, at: QPointF) -> None:
    """Draw the ring around the milestone that keys act upon."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current_theme().color("focusRing"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, RING, RING)
    painter.restore()


def draw_series(painter: QPainter, bar: QRectF) -> None:
    """Draw the time in which a product is made and sold."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("timelineSeries"))
    radius = theme.size("radius", "bar")
    painter.drawRoundedRect(bar, radius, radius)
    painter.restore()


def draw_duty(painter: QPainter, bar: QRectF) -> None:
    """Draw the time in which spare parts are owed: hatched, so that it can be told in grey."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = bar.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = theme.size("radius", "bar")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("timelineDutyFill"))
    painter.drawRoundedRect(inside, radius, radius)
    painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(theme.color("timelineDutyHatch"), 1.0))
    step = 6
    x = step * int((inside.left() - inside.height()) // step)  # the same in every lane
    while x < inside.right():
        painter.drawLine(QPointF(x, inside.bottom()), QPointF(x + inside.height(), inside.top()))
        x += step
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("timelineDutyBorder"), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inside, radius, radius)
    painter.restore()


def draw_day_line(painter: QPainter, x: float, top: float, bottom: float, *, dashed: bool) -> None:
    """Draw today (solid) or the end of the horizon (dashed)."""
    pen = QPen(current_theme().color("timelineToday"), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([2, 1.5])
    painter.setPen(pen)
    painter.drawLine(QPointF(round(x), top), QPointF(round(x), bottom))


def _draw_cap(painter: QPainter, at: QPointF, color: QColor) -> None:
    """A short upright line across the end of a bar."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current_theme().color("window"))
    painter.drawRect(QRectF(at.x() - 2.0, at.y() - _HALF_CAP, 4.0, 2 * _HALF_CAP))
    painter.setBrush(color)
    painter.drawRect(QRectF(at.x() - 1.0, at.y() - _HALF_CAP, 2.0, 2 * _HALF_CAP))


def _diamond(at: QPointF, half: float) -> QPolygonF:
    return QPolygonF(
        [
            at + QPointF(0, -half),
            at + QPointF(half, 0),
            at + QPointF(0, half),
            at + QPointF(-half, 0),
        ]
    )


def _round_pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
