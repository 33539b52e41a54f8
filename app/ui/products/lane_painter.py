"""Draws the lanes of products: years, bars, milestones, today and the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from app.base.i18n import _
from app.domain.lifecycle.product import LifeCycleStage, Milestone, MilestoneKind
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.products.milestone_marks import (
    draw_choice,
    draw_day_line,
    draw_duty,
    draw_milestone,
    draw_old_place,
    draw_series,
)
from app.ui.products.milestone_move import Key, key_of
from app.ui.products.time_range import TimeRange
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import draw_line_of_text

LEFT, RIGHT = 24, 16  # room at both sides of the years
_LABEL_ROOM = 40
_QUARTERS_FROM = 120
_NOTE_GAP = 12
_STEPS = (1, 2, 5, 10, 20, 50)
# What is drawn last lies on top.
_ORDER = (
    MilestoneKind.INTRODUCTION,
    MilestoneKind.END_OF_SERVICE,
    MilestoneKind.LAST_ORDER,
    MilestoneKind.LAST_PLACED,
    MilestoneKind.LAST_PRODUCED,
)


@dataclass(frozen=True, slots=True)
class TimePlot:
    """Days to places along the width of a timeline, and back."""

    years: TimeRange
    width: int

    @property
    def span(self) -> float:
        return max(1.0, float(self.width - LEFT - RIGHT))

    def x(self, day: date) -> float:
        return LEFT + self.years.share(day) * self.span

    def day(self, x: float) -> date:
        return self.years.day_at((x - LEFT) / self.span)

    @property
    def year_width(self) -> float:
        return self.span / self.years.years


@dataclass(frozen=True, slots=True)
class Moved:
    """A date of the lane that is not saved yet."""

    key: Key
    from_day: date


class LanePainter:
    """Paints upon one widget, once.

    Args:
        horizon_end: its last day.
    """

    def __init__(self, painter: QPainter, plot: TimePlot, today: date, horizon_end: date) -> None:
        self._painter, self._plot = painter, plot
        self._today, self._horizon_end = today, horizon_end
        self._theme = current_theme()

    def paint_years(self, rect: QRect) -> None:
        """Draw the head: the years over their lines."""
        painter, theme, years = self._painter, self._theme, self._plot.years
        painter.fillRect(rect, theme.color("panel"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        width = self._plot.year_width
        step = next((step for step in _STEPS if step * width >= _LABEL_ROOM), _STEPS[-1])
        for year in range(years.first, years.last + 1):
            if year % step and step > 1:
                continue
            left = round(self._plot.x(date(year, 1, 1))) + 4
            place = QRect(left, rect.top(), _LABEL_ROOM + 8, rect.height())
            draw_line_of_text(painter, place, str(year), "tableHeader", "muted")

    def paint_ground(self, rect: QRect) -> None:
        """Draw what lies behind the bars of all lanes: the horizon and the lines of the years."""
        painter, theme = self._painter, self._theme
        painter.fillRect(rect, theme.color("window"))
        left, right = (max(LEFT, self._plot.x(day)) for day in (self._today, self._horizon_end))
        if right > left:
            band = QRectF(left, rect.top(), right - left, rect.height())
            painter.fillRect(band, theme.color("timelineHorizon"))

    def paint_grid(self, rect: QRect) -> None:
        """Draw the line of every year, and of every quarter where there is room."""
        painter, years = self._painter, self._plot.years
        painter.setPen(self._theme.color("hairline"))
        months = (1, 4, 7, 10) if self._plot.year_width >= _QUARTERS_FROM else (1,)
        for year in range(years.first, years.last + 2):
            for month in months if year <= years.last else (1,):
                x = round(self._plot.x(date(year, month, 1)))
                painter.drawLine(x, rect.top(), x, rect.bottom())

    def paint_row(self, rect: QRect, ground: str) -> None:
        """Draw the ground of one lane and the hairline below it; "" for no ground of its own."""
        if ground:
            self._painter.fillRect(rect, self._theme.color(ground))
        self._painter.setPen(self._theme.color("hairline"))
        self._painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paint_bars(self, rect: QRect, lane: ProductLane) -> None:
        """Draw series and duty of one product."""
        if lane.stage is LifeCycleStage.UNKNOWN and not lane.milestones:
            room = rect.adjusted(LEFT, 0, -RIGHT, -1)
            draw_line_of_text(self._painter, room, _("No dates known"), "body", "muted")
            return
        ends, served = lane.series_end, lane.end_of_service
        if ends is not None or lane.introduced is not None:
            bar = self._bar(rect, lane.introduced, ends)
            if bar is not None:
                draw_series(self._painter, bar)
        if ends is not None and served is not None and served > ends:
            bar = self._bar(rect, ends, served)
            if bar is not None:
                draw_duty(self._painter, bar)
        elif lane.stage is LifeCycleStage.DISCONTINUED and served is None and ends is not None:
            beyond = (ends, self._horizon_end, lane.standing.last_order or ends)
            left = round(max(LEFT, *(self._plot.x(day) + _NOTE_GAP for day in beyond)))
            room = QRect(left, rect.top(), self._plot.width - left, rect.height() - 1)
            text = _("No end of service known")
            draw_line_of_text(self._painter, room, text, "caption", "muted")

    def paint_lines(self, top: int, bottom: int) -> None:
        """Draw today and the horizon."""
        for day, dashed in ((self._today, False), (self._horizon_end, True)):
            x = self._plot.x(day)
            if LEFT <= x <= self._plot.width:
                draw_day_line(self._painter, x, top, bottom, dashed=dashed)

    def paint_milestones(
        self, rect: QRect, lane: ProductLane, chosen: Key | None, moved: Moved | None
    ) -> None:
        """Draw the dates of one product."""
        middle = rect.top() + (rect.height() - 1) / 2
        if moved is not None and self._seen(moved.from_day):
            draw_old_place(self._painter, QPointF(self._plot.x(moved.from_day), middle))
        last_order = lane.standing.last_order
        marks = [(m.kind, m.on, key_of(m)) for m in lane.milestones]
        if last_order is not None:
            marks.append((MilestoneKind.LAST_ORDER, last_order, (MilestoneKind.LAST_ORDER, "")))
        for kind, on, key in sorted(marks, key=lambda mark: _ORDER.index(mark[0])):
            if not self._seen(on):
                continue
            at = QPointF(self._plot.x(on), middle)
            unsaved = moved is not None and moved.key == key
            draw_milestone(self._painter, at, kind, unsaved=unsaved)
            if key == chosen and not unsaved:
                draw_choice(self._painter, at)

    def _seen(self, day: date) -> bool:
        return LEFT - 1 <= self._plot.x(day) <= self._plot.width - RIGHT + 1

    def _bar(self, rect: QRect, start: date | None, end: date | None) -> QRectF | None:
        """Return the bar of one lane between two days; None without a day leaves the plot."""
        height = self._theme.size("height", "timelineBar")
        limits = (float(LEFT), float(self._plot.width - RIGHT))
        left = limits[0] if start is None else max(self._plot.x(start), limits[0])
        right = limits[1] if end is None else min(self._plot.x(end), limits[1])
        if right - left < 1:
            return None
        top = rect.top() + (rect.height() - 1 - height) / 2
        return QRectF(round(left), round(top), round(right) - round(left), height)


def marks_of(lane: ProductLane) -> list[Milestone]:
    """Return the dates that can be chosen, from left to right."""
    return sorted(lane.milestones, key=lambda m: (m.on, _ORDER.index(m.kind), m.market))


def main_date(lane: ProductLane) -> Milestone | None:
    """Return the date that a product is chosen with: the end of its series, else its last one."""
    series = [
        m
        for m in lane.milestones
        if m.kind in (MilestoneKind.LAST_PRODUCED, MilestoneKind.LAST_PLACED)
    ]
    ends = [m for m in series if m.kind is MilestoneKind.LAST_PRODUCED] or series
    return max(ends or lane.milestones, key=lambda m: m.on, default=None)
