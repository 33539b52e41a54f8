"""Status glyphs: a shape for every state, drawn as paths, never as font characters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from app.ui.theme import current_theme

GRID = 14.0  # the square in which the paths below are drawn
STROKE = 1.7


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape and the colour role it is drawn in."""

    shape: str
    color: str


MARKS: dict[str, Mark] = {
    "draft": Mark("circle", "status.draft"),
    "under_test": Mark("half_circle", "status.underTest"),
    "in_review": Mark("diamond", "status.inReview"),
    "qualified": Mark("check", "status.qualified"),
    "expiring": Mark("triangle", "status.expiring"),
    "expired": Mark("cross_circle", "status.blocked"),
    "blocked": Mark("hexagon", "status.blocked"),
    "none": Mark("bar", "muted"),
    "series": Mark("bar", "supply.series"),
    "phase_out": Mark("triangle", "supply.phaseOut"),
    "discontinued": Mark("cross", "supply.discontinued"),
    "service_ended": Mark("cross_circle", "supply.serviceEnded"),
    "unknown": Mark("dashed_circle", "muted"),
    "eternal": Mark("infinity", "accent"),
    "covered": Mark("check", "muted"),
    "note": Mark("info", "accent"),
    "warning": Mark("triangle", "status.expiring"),
    "danger": Mark("hexagon", "status.blocked"),
    "past": Mark("hexagon", "status.blocked"),
    "soon": Mark("triangle", "status.expiring"),
    "good": Mark("check", "status.qualified"),
}
_FILLED = frozenset({"hexagon"})


def draw_mark(painter: QPainter, rect: QRectF, name: str) -> None:
    """Draw the mark called `name` centred in `rect`, 14 pixels high.

    Raises:
        KeyError: no such mark.
    """
    mark = MARKS[name]
    color = current_theme().color(mark.color)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = rect.center() - QPointF(GRID / 2, GRID / 2)
    # Whole pixels keep strokes sharp; a half goes down, where the middle of the letters is.
    painter.translate(math.floor(corner.x() + 0.5), math.floor(corner.y() + 0.5))
    pen = QPen(color, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark.shape == "dashed_circle":
        pen.setDashPattern([1.6, 1.9])
    painter.setPen(pen)
    painter.setBrush(color if mark.shape in _FILLED else Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(mark.shape))
    if mark.shape == "half_circle":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPie(QRectF(2, 2, 10, 10), 90 * 16, 180 * 16)
    painter.restore()


@cache
def _path(shape: str) -> QPainterPath:
    return _SHAPES[shape]()


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in (*points, points[0])]))
    path.closeSubpath()
    return path


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for first, *others in strokes:
        path.moveTo(*first)
        for point in others:
            path.lineTo(*point)
    return path


def _circle() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(2, 2, 10, 10))
    return path


def _cross_circle() -> QPainterPath:
    path = _circle()
    path.addPath(_lines(((5.2, 5.2), (8.8, 8.8)), ((8.8, 5.2), (5.2, 8.8))))
    return path


def _info() -> QPainterPath:
    path = _circle()
    path.addPath(_lines(((7, 6.6), (7, 9.4)), ((7, 4.6), (7, 4.61))))
    return path


def _infinity() -> QPainterPath:
    path = QPainterPath(QPointF(7, 7))
    path.cubicTo(5.2, 4.2, 4.4, 4, 3.6, 4)
    path.cubicTo(0.2, 4, 0.2, 10, 3.6, 10)
    path.cubicTo(4.4, 10, 5.2, 9.8, 7, 7)
    path.cubicTo(8.8, 4.2, 9.6, 4, 10.4, 4)
    path.cubicTo(13.8, 4, 13.8, 10, 10.4, 10)
    path.cubicTo(9.6, 10, 8.8, 9.8, 7, 7)
    return path


_SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "circle": _circle,
    "dashed_circle": _circle,
    "half_circle": _circle,
    "diamond": lambda: _polygon((7, 1.6), (12.4, 7), (7, 12.4), (1.6, 7)),
    "check": lambda: _lines(((2.4, 7.4), (5.6, 10.6), (11.8, 3.6))),
    "triangle": lambda: _polygon((7, 2), (12.6, 11.8), (1.4, 11.8)),
    "hexagon": lambda: _polygon(
        (4.2, 2.2), (9.8, 2.2), (12.4, 7), (9.8, 11.8), (4.2, 11.8), (1.6, 7)
    ),
    "bar": lambda: _lines(((4, 7.5), (10, 7.5))),
    "cross": lambda: _lines(((3, 3), (11, 11)), ((11, 3), (3, 11))),
    "cross_circle": _cross_circle,
    "info": _info,
    "infinity": _infinity,
}
