"""The products that leave series next, each with its dates on one common line of years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.products.lane_painter import LanePainter, TimePlot
from app.ui.products.lane_words import describe_lane
from app.ui.products.legend import Legend
from app.ui.products.time_range import TimeRange, usual_range
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import draw_line_of_text

YEARS, NAME, COUNT, HEIGHT, HEAD = 6, 184, 64, 26, 28
_PLOT = NAME + COUNT


class LaneStrip(QWidget):
    """Head of years, up to nine lanes, legend.

    Signals:
        product_requested: (name: str) a lane was pressed.
    """

    product_requested = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._years = usual_range(today, YEARS)
        self._horizon_end = today
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._head = _Head(self._years)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._rows)
        layout.addStretch(1)
        layout.addWidget(Legend(movable=False))
        self.setAccessibleName(_("Timeline"))

    @property
    def lanes(self) -> tuple[LaneButton, ...]:
        """The lanes shown."""
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, LaneButton))

    def show_lanes(self, lanes: Sequence[ProductLane], horizon_end: date) -> None:
        """Show these products; the focus stays on its place in the list."""
        focused = next((n for n, lane in enumerate(self.lanes) if lane.hasFocus()), -1)
        for button in self.lanes:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        for lane in lanes:
            made = LaneButton(lane, self._years, self._today, horizon_end)
            name = lane.product.name
            made.clicked.connect(
                lambda _checked=False, name=name: self.product_requested.emit(name)
            )
            self._rows.addWidget(made)
        if focused >= 0 and self.lanes:
            self.lanes[min(focused, len(self.lanes) - 1)].setFocus()


class _Head(QWidget):
    """The words over the columns, and the years."""

    def __init__(self, years: TimeRange) -> None:
        super().__init__()
        self._years = years
        self.setFixedHeight(HEAD)
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name = QRect(0, 0, NAME, HEAD)
        draw_line_of_text(painter, name, _("Product"), "tableHeader", "muted")
        count = QRect(NAME, 0, COUNT - 8, HEAD)
        right = Qt.AlignmentFlag.AlignRight
        draw_line_of_text(painter, count, _("Eternal"), "tableHeader", "muted", align=right)
        plot = TimePlot(self._years, self.width() - _PLOT)
        for year in range(self._years.first, self._years.last + 1):
            left = _PLOT + round(plot.x(date(year, 1, 1))) + 4
            place = QRect(left, 0, 48, HEAD)
            draw_line_of_text(painter, place, str(year), "tableHeader", "muted")


class LaneButton(QAbstractButton):
    """One product: name, how many of its parts need an eternal spare, its dates."""

    def __init__(self, lane: ProductLane, years: TimeRange, today: date, horizon_end: date) -> None:
        super().__init__()
        self._lane, self._years = lane, years
        self._today, self._horizon_end = today, horizon_end
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(describe_lane(lane))
        self.setToolTip(describe_lane(lane))
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_PLOT + 240, HEIGHT)

    def paintEvent(self, e: QPaintEvent) -> None:
        theme, lane = current_theme(), self._lane
        painter = QPainter(self)
        rect = self.rect()
        if self.underMouse():
            painter.fillRect(QRect(0, 0, _PLOT, HEIGHT), theme.color("hover"))
        draw_line_of_text(painter, QRect(0, 0, NAME - 8, HEIGHT), lane.product.name, "body", "text")
        right = Qt.AlignmentFlag.AlignRight
        count = figure(lane.standing.eternal)
        draw_line_of_text(
            painter, QRect(NAME, 0, COUNT - 8, HEIGHT), count, "body", "muted", align=right
        )
        painter.save()
        painter.translate(_PLOT, 0)
        room = QRect(0, 0, rect.width() - _PLOT, HEIGHT)
        plot = TimePlot(self._years, room.width())
        lanes = LanePainter(painter, plot, self._today, self._horizon_end)
        lanes.paint_ground(room)
        lanes.paint_grid(room)
        lanes.paint_bars(room, lane)
        lanes.paint_lines(0, HEIGHT)
        lanes.paint_milestones(room, lane, None, None)
        painter.restore()
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 2)
