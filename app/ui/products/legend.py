"""What the shapes of the timeline mean, and how its dates are moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.domain.lifecycle.product import MilestoneKind
from app.ui.products.lane_words import event_word
from app.ui.products.milestone_marks import (
    draw_day_line,
    draw_duty,
    draw_milestone,
    draw_old_place,
    draw_series,
)
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import draw_line_of_text

_SWATCH, _SHAPE, _LINES = 20, 12, 16
_GAP, _BETWEEN = 8, 16


@dataclass(frozen=True, slots=True)
class _Entry:
    width: int
    draw: Callable[[QPainter, QRectF], None]
    text: str


class Legend(QWidget):
    """One line of shapes with their words; the hint at the right goes first where room is short.

    Args:
        movable: the dates can be moved here: say how, between hairlines as wide as the page.
    """

    def __init__(self, *, movable: bool = True) -> None:
        super().__init__()
        self.setFixedHeight(current_theme().size("height", "rowTimeline"))
        self._movable = movable
        self._hint = _("Drag a mark, or Alt+← → by month, Shift by year") if movable else ""
        moving = (
            _shape(MilestoneKind.END_OF_SERVICE, _("Introduction, end of service")),
            _Entry(_SHAPE, lambda p, at: draw_old_place(p, at.center()), _("Before the change")),
        )
        self._entries = (
            _Entry(_SWATCH, draw_series, _("In series")),
            _Entry(_SWATCH, draw_duty, _("Supply duty")),
            _shape(MilestoneKind.LAST_ORDER, _("Last order")),
            _shape(MilestoneKind.LAST_PRODUCED, event_word(MilestoneKind.LAST_PRODUCED)),
            _shape(MilestoneKind.LAST_PLACED, _("Last placed")),
            *(moving if movable else ()),
            _Entry(_LINES, _draw_days, _("Today, horizon")),
        )
        self.setAccessibleName(_("Legend of the timeline"))
        words = ", ".join(entry.text for entry in self._entries)
        self.setAccessibleDescription(f"{words}. {self._hint}".strip())
        self.setToolTip(self._hint)
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("window"))
        margin = theme.size("space", "l") if self._movable else 0
        if self._movable:
            painter.setPen(theme.color("hairline"))
            painter.drawLine(0, 0, self.width(), 0)
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        metrics = QFontMetrics(theme.font("caption"))
        left = margin
        for entry in self._entries:
            words = metrics.horizontalAdvance(entry.text)
            if left + entry.width + _GAP + words > self.width() - margin:
                return
            entry.draw(painter, QRectF(left, self.height() / 2 - 5, entry.width, 10))
            left += entry.width + _GAP
            self._write(painter, left, words, entry.text)
            left += words + _BETWEEN
        room = metrics.horizontalAdvance(self._hint)
        if left + room <= self.width() - margin:
            self._write(painter, self.width() - margin - room, room, self._hint)

    def _write(self, painter: QPainter, left: int, width: int, text: str) -> None:
        place = QRect(left, 0, width + 1, self.height())
        align = Qt.AlignmentFlag.AlignLeft
        draw_line_of_text(painter, place, text, "caption", "muted", align=align)


def _shape(kind: MilestoneKind, text: str) -> _Entry:
    return _Entry(_SHAPE, lambda painter, at: draw_milestone(painter, at.center(), kind), text)


def _draw_days(painter: QPainter, at: QRectF) -> None:
    top, bottom = at.top() - 1, at.bottom() + 1
    for x, dashed in ((at.left() + 2, False), (at.right() - 2, True)):
        draw_day_line(painter, QPointF(x, top).x(), top, bottom, dashed=dashed)
