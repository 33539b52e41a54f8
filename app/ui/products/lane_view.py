"""The lanes of the products that the table beside them shows: bars, dates, today, horizon."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.domain.lifecycle.product import Milestone
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.products.lane_painter import LanePainter, Moved, TimePlot, main_date
from app.ui.products.lane_words import dated_text, describe_lane
from app.ui.products.milestone_move import Key, MilestoneMove, key_of
from app.ui.products.product_table import ProductModel, ProductTable
from app.ui.products.time_range import TimeRange
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme

_TODAY_ABOVE = 4


class LaneView(QWidget):
    """Paints only the rows that are seen, and says in words what it paints.

    Signals:
        range_changed: other years are shown.
        choice_changed: another date is chosen.
    """

    range_changed = Signal()
    choice_changed = Signal()

    def __init__(
        self, table: ProductTable, model: ProductModel, move: MilestoneMove, years: TimeRange
    ) -> None:
        super().__init__()
        self._table, self._model, self._move = table, model, move
        self._years = years
        self._today = self._horizon_end = date.min
        self._chosen: Key | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(360)
        self.setAccessibleName(_("Timeline"))
        table.verticalScrollBar().valueChanged.connect(self.update)
        table.verticalScrollBar().rangeChanged.connect(self.update)
        table.selection_changed.connect(self.update)
        table.current_changed.connect(lambda _id: self._choose_main())
        model.modelReset.connect(self.update)
        model.dataChanged.connect(lambda *_cells: self._show_changed())
        current_theme().changed.connect(self.update)

    # what is shown

    @property
    def years(self) -> TimeRange:
        """Which years are shown."""
        return self._years

    @property
    def plot(self) -> TimePlot:
        """Where days stand."""
        return TimePlot(self._years, self.width())

    @property
    def chosen(self) -> Milestone | None:
        """The chosen date of the product with the focus, as it is shown; None for none."""
        lane = self._current_lane()
        return find_date(lane, self._chosen) if lane is not None else None

    def show_years(self, years: TimeRange) -> None:
        """Show other years."""
        if years != self._years:
            self._years = years
            self.update()
            self.range_changed.emit()

    def show_days(self, today: date, horizon_months: int) -> None:
        """Show today and the horizon from there."""
        from app.domain.lifecycle.day_numbers import add_months

        self._today, self._horizon_end = today, add_months(today, horizon_months)
        self.update()

    def zoom(self, by: int) -> None:
        """Show fewer (below 0) or more years, the chosen date or today staying where it is."""
        chosen = self.chosen
        self.show_years(self._years.zoomed(by, chosen.on if chosen is not None else self._today))

    def choose(self, key: Key | None) -> None:
        """Choose a date of the product with the focus."""
        self._chosen = key
        chosen = self.chosen
        if chosen is not None:
            self.show_years(self._years.showing(chosen.on))
        self._describe()
        self.update()
        self.choice_changed.emit()

    def lane_rect(self, position: int) -> QRect:
        """Return the place of the row at a position of the list."""
        top = self._head + self._table.rowViewportPosition(position)
        return QRect(0, top, self.width(), self._table.rowHeight(position))

    def sizeHint(self) -> QSize:
        return QSize(720, 320)

    # painting

    @property
    def _head(self) -> int:
        return current_theme().size("height", "tableHeader")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        lanes = LanePainter(painter, self.plot, self._today, self._horizon_end)
        body = self.rect().adjusted(0, self._head, 0, 0)
        painter.setClipRect(body)
        lanes.paint_ground(body)
        rows = [(row, self.lane_rect(row)) for row in self._seen_rows()]
        for row, rect in rows:
            lanes.paint_row(rect, self._ground(row))
        lanes.paint_grid(body)
        shown = [(rect, lane) for row, rect in rows if (lane := self._model.shown_lane(row))]
        for rect, lane in shown:
            lanes.paint_bars(rect, lane)
        last = rows[-1][1].bottom() if rows else body.top()
        painter.setClipping(False)
        if rows:
            lanes.paint_lines(body.top() - _TODAY_ABOVE, last)
        lanes.paint_years(QRect(0, 0, self.width(), self._head))
        if rows:
            lanes.paint_lines(body.top() - _TODAY_ABOVE, body.top())
        painter.setClipRect(body)
        current = self._table.current_id()
        for rect, lane in shown:
            chosen = self._chosen if lane.id == current and self._may_act else None
            lanes.paint_milestones(rect, lane, chosen, self._moved(lane))
        self._paint_focus(painter)

    @property
    def _may_act(self) -> bool:
        return self.hasFocus() or self._move.active

    def _moved(self, lane: ProductLane) -> Moved | None:
        before = self._move.before
        if before is None or lane.id != self._move.product_id or not self._move.active:
            return None
        return Moved(key_of(before), before.on)

    def _ground(self, row: int) -> str:
        if self._table.selectionModel().isRowSelected(row, QModelIndex()):
            return "selected"
        return ""

    def _paint_focus(self, painter: QPainter) -> None:
        row = self._table.currentIndex().row()
        if self.hasFocus() and row >= 0:
            ring = QRectF(self.lane_rect(row))
            draw_focus_ring(painter, ring, current_theme().color("focusRing"))

    def _seen_rows(self) -> range:
        if not self._model.ids:
            return range(0)
        height = self._table.viewport().height()
        first = max(self._table.rowAt(0), 0)
        last = self._table.rowAt(height - 1)
        return range(first, (last if last >= 0 else len(self._model.ids) - 1) + 1)

    # choosing

    def _current_lane(self) -> ProductLane | None:
        return self._model.shown_lane(self._table.currentIndex().row())

    def _choose_main(self) -> None:
        lane = self._current_lane()
        before = self._move.before
        if lane is not None and before is not None and lane.id == self._move.product_id:
            self.choose(key_of(before))
            return
        main = main_date(lane) if lane is not None else None
        self._chosen = key_of(main) if main is not None else None
        self._describe()
        self.update()
        self.choice_changed.emit()

    def _show_changed(self) -> None:
        lane = self._current_lane()
        if lane is not None and find_date(lane, self._chosen) is None:
            self._choose_main()
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Say the same as the picture, for those who do not see it."""
        lane = self._current_lane()
        if lane is None:
            self.setAccessibleName(_("Timeline"))
            self.setAccessibleDescription(_("No product is chosen."))
            return
        chosen = find_date(lane, self._chosen)
        name = _("Timeline of {product}").format(product=lane.product.name)
        if chosen is not None:
            name = _("{timeline}, chosen: {date}").format(timeline=name, date=dated_text(chosen))
        self.setAccessibleName(name)
        self.setAccessibleDescription(describe_lane(lane))


def find_date(lane: ProductLane, key: Key | None) -> Milestone | None:
    """Return one date of a product; None if it has none of that kind and market."""
    return next((m for m in lane.milestones if key_of(m) == key), None)
