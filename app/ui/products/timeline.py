"""The timeline: dates are chosen and moved with the mouse, and with keys just as well."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from app.domain.lifecycle.product import Milestone
from app.ui.products.lane_painter import marks_of
from app.ui.products.lane_view import LaneView, find_date
from app.ui.products.lane_words import dated_text, last_order_text
from app.ui.products.milestone_move import Key, MilestoneMove, key_of
from app.ui.products.product_table import ProductModel, ProductTable
from app.ui.products.time_range import TimeRange

REACH = 12  # half of the least target
_DAYS_PER_MONTH = 365.25 / 12
_PAGE = 10
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class TimelineView(LaneView):
    """Everything that the mouse can do has a key.

    Keys: arrows choose a date and a product, Alt with an arrow moves the date a month, with Shift a
    year, Enter or F2 types it, Delete takes it away, plus and minus zoom.

    Signals:
        move_requested: (lane: ProductLane, key: Key, on: date) of a product as it is stored.
        type_requested: a day is to be typed for the chosen date.
        remove_requested: the chosen date is to go.
        left_sidewards: the arrow left of the first date.
        menu_requested: (where: QPoint) in global coordinates.
    """

    move_requested = Signal(object, object, object)
    type_requested = Signal()
    remove_requested = Signal()
    left_sidewards = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self, table: ProductTable, model: ProductModel, move: MilestoneMove, years: TimeRange
    ) -> None:
        super().__init__(table, model, move, years)
        self._dragged: Key | None = None
        self.setMouseTracking(True)

    def _step(self, by: int) -> None:
        lane = self._current_lane()
        marks = marks_of(lane) if lane is not None else []
        keys = [key_of(milestone) for milestone in marks]
        if self._chosen not in keys:
            if by < 0:
                self.left_sidewards.emit()
            return
        place = keys.index(self._chosen) + by
        if place < 0:
            self.left_sidewards.emit()
        elif place < len(keys):
            self.choose(keys[place])

    # moving

    def _shift(self, months: int) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._ask_move(chosen, months)

    def _ask_move(self, milestone: Milestone, months: int) -> None:
        from app.domain.lifecycle.day_numbers import add_months

        stored = self._model.lane(self._table.currentIndex().row())
        if stored is None:
            return
        first = find_date(stored, key_of(milestone))
        origin = first.on if first is not None else milestone.on
        so_far = (milestone.on.year - origin.year) * 12 + milestone.on.month - origin.month
        # Counted from the stored day, or the 31st would be lost on its way over February; not from
        # there if somebody has typed a day.
        on = (
            add_months(origin, so_far + months)
            if add_months(origin, so_far) == milestone.on
            else add_months(milestone.on, months)
        )
        self.move_requested.emit(stored, key_of(milestone), on)
        self.show_years(self._years.showing(on))

    def _drag_to(self, x: float) -> None:
        milestone = self.chosen
        if milestone is None:
            return
        days = (self.plot.day(x) - milestone.on).days
        months = round(days / _DAYS_PER_MONTH)
        if months:
            self._ask_move(milestone, months)

    def _milestone_at(self, place: QPoint) -> tuple[int, Milestone | None]:
        """Return the row under the mouse, -1 for none, and the date within reach."""
        row = self._table.rowAt(place.y() - self._head) if place.y() >= self._head else -1
        lane = self._model.shown_lane(row)
        if lane is None:
            return row, None
        plot = self.plot
        near = [(abs(plot.x(m.on) - place.x()), n, m) for n, m in enumerate(marks_of(lane))]
        reached = [found for found in near if found[0] <= REACH]
        # Of two in one place the later mark lies on top.
        return row, min(reached, key=lambda found: (found[0], -found[1]))[2] if reached else None

    def tip_at(self, place: QPoint) -> str:
        """Return what the tip says at a place; "" for nothing."""
        row, milestone = self._milestone_at(place)
        lane = self._model.shown_lane(row)
        if lane is None:
            return ""
        if milestone is not None:
            return f"{lane.product.name}\n{dated_text(milestone)}"
        last = lane.standing.last_order
        if last is not None and abs(self.plot.x(last) - place.x()) <= REACH:
            return f"{lane.product.name}\n{last_order_text(last)}"
        return ""

    # Qt

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if sideways and event.modifiers() & _ALT:
                event.accept()  # or the window would go back a page
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        updown = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_PAGE,
            Qt.Key.Key_PageDown: _PAGE,
        }.get(Qt.Key(key))
        if sideways is not None and held & _ALT:
            self._shift(sideways * (12 if held & _SHIFT else 1))
        elif sideways is not None:
            self._step(sideways)
        elif updown is not None:
            self._table.step(updown)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.type_requested.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(-1 if key == Qt.Key.Key_Plus else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, milestone = self._milestone_at(event.position().toPoint())
        if row < 0:
            return
        self._table.select_id(self._table.row_id(row))
        if milestone is not None:
            self.choose(key_of(milestone))
            if event.button() is Qt.MouseButton.LeftButton:
                self._dragged = key_of(milestone)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._drag_to(event.position().x())
            return
        _row, milestone = self._milestone_at(event.position().toPoint())
        if milestone is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        _row, milestone = self._milestone_at(event.position().toPoint())
        self._dragged = None
        if milestone is not None:
            self.type_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & _CONTROL:
            self.zoom(-1 if turned.y() > 0 else 1)
        elif event.modifiers() & _SHIFT or abs(turned.x()) > abs(turned.y()):
            self.show_years(self._years.moved(-1 if turned.x() + turned.y() > 0 else 1))
        else:
            bar = self._table.verticalScrollBar()
            bar.setValue(bar.value() - round(turned.y() / 120 * 3 * bar.singleStep()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            row = max(self._table.currentIndex().row(), 0)
            self.menu_requested.emit(self.mapToGlobal(self.lane_rect(row).center()))
        else:
            self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self._table.currentIndex().isValid() and self._model.ids:
            self._table.select_id(self._table.row_id(0))
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._dragged = None
        self.update()
        super().focusOutEvent(event)
