"""The head of a table, painted by ourselves.

Qt's own painting asks every row whether it is selected: 30 s after Ctrl+A on a million rows.

Where a list can be ordered by several columns, the head takes the focus: arrows go from column to
column, Enter orders by one, Shift+Enter by one more, Ctrl with an arrow moves it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.icons import SMALL, icon
from app.ui.models.columns import CellKind
from app.ui.models.paged_model import PagedModel
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check

SEPARATOR_INSET = 9
CHEVRON = 14
PLACE = 12  # room for the place of a column among those that order the list

MOST_KEYS = 3
SORT_ROOM = CHEVRON + 4 + PLACE  # beside the title of a column that orders the list

Order = tuple[tuple[str, bool], ...]  # name of an order and whether it descends, the first first


class GridHeader(QHeaderView):
    """Headings in muted text; the column that orders the list in text colour with its direction.

    Signals:
        sort_requested: (name: str, descending: bool).
        order_requested: (order: Order) instead, where several columns may order the list.
        menu_requested: (where: QPoint) in global coordinates, by mouse or key.
        all_toggled: the box over the column of check marks was clicked.
    """

    sort_requested = Signal(str, bool)
    order_requested = Signal(object)
    menu_requested = Signal(QPoint)
    all_toggled = Signal()

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self._order: Order = ()
        self._several = False
        self._adding = False
        self._current = -1
        self._checked = Qt.CheckState.Unchecked
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(32)
        self.setFixedHeight(current_theme().size("height", "tableHeader"))
        self.sectionClicked.connect(self._sort_by)

    def allow_several(self, name: str) -> None:
        """Let several columns order the list, and let keys reach them.

        Args:
            name: of the head, for screen readers.
        """
        self._several = True
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda point: self.menu_requested.emit(self.viewport().mapToGlobal(point))
        )

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Mark the column the list is ordered by."""
        self.show_order(((name, descending),))

    def show_order(self, order: Order) -> None:
        """Mark the columns the list is ordered by, the first one first."""
        self._order = tuple(order)
        if self.isVisible():
            self.viewport().update()

    def show_checked(self, state: Qt.CheckState) -> None:
        """Show whether all, some or no rows are chosen."""
        if state != self._checked:
            self._checked = state
            self.viewport().update()

    def sizeHint(self) -> QSize:
        # Qt's own measures the heading of every column, each time.
        return QSize(self.length(), current_theme().size("height", "tableHeader"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._columns[logicalIndex]
        if column.kind is CellKind.CHECK:
            box = QRect(0, 0, CHECK_SIDE, CHECK_SIDE)
            box.moveCenter(rect.center())
            draw_check(painter, box, self._checked)
        else:
            if self.visualIndex(logicalIndex) > 0:
                painter.setPen(theme.color("divider"))
                left = rect.left()
                painter.drawLine(
                    left, rect.top() + SEPARATOR_INSET, left, rect.bottom() - SEPARATOR_INSET
                )
            self._paint_title(painter, rect, logicalIndex)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        column = self._columns[section]
        padding = theme.size("space", "cellPadding")
        inside = rect.adjusted(padding + column.inset, 0, -padding, 0)
        place = self._place(column.sort)
        sorted_by = place >= 0
        painter.setFont(theme.font("tableHeader"))
        painter.setPen(theme.color("text" if sorted_by else "muted"))
        ranked = sorted_by and len(self._order) > 1
        extra = CHEVRON + 4 + (PLACE if ranked else 0)
        room = inside.adjusted(0, 0, -extra if sorted_by else 0, 0)
        title = painter.fontMetrics().elidedText(
            column.title(), Qt.TextElideMode.ElideRight, room.width()
        )
        right = column.kind is CellKind.NUMBER
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, title)
        if sorted_by:
            width = painter.fontMetrics().horizontalAdvance(title)
            left = inside.right() - extra + 4 if right else inside.left() + width + 4
            chevron = "chevron-down" if self._order[place][1] else "chevron-up"
            icon(chevron, "text").paint(
                painter, QRect(left, rect.center().y() - SMALL // 2 + 1, CHEVRON, SMALL)
            )

            if ranked:
                number = QRect(left + CHEVRON + 3, inside.top(), PLACE, inside.height())
                painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, str(place + 1))

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if self._current >= 0 and self.hasFocus():
            section = QRectF(
                self.sectionViewportPosition(self._current),
                0,
                self.sectionSize(self._current),
                self.height(),
            )
            painter = QPainter(self.viewport())
            draw_focus_ring(painter, section, current_theme().color("focusRing"))
            painter.end()

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        self._adding = bool(e.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(e)
        self._adding = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._find_current()
        self._tell_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shown = event.key(), self._shown()
        self._find_current()
        if not self._several or self._current not in shown:
            event.ignore()
            return
        place = shown.index(self._current)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move_current(place, by)
        elif by or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(shown) - 1}
            place = ends.get(Qt.Key(key), min(max(place + by, 0), len(shown) - 1))
            self._current = shown[place]
            self._tell_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._sort_by(self._current)
            self._adding = False
        elif key == Qt.Key.Key_Menu:
            corner = QPoint(self.sectionViewportPosition(self._current), self.height())
            self.menu_requested.emit(self.viewport().mapToGlobal(corner))
        else:
            event.ignore()

    def _find_current(self) -> None:
        """Put the focus of keys on the first column if it is on none in sight."""
        shown = self._shown()
        if self._current not in shown and shown:
            self._current = shown[0]

    def _shown(self) -> list[int]:
        """Return the columns in sight from left to right."""
        places = (self.logicalIndex(visual) for visual in range(self.count()))
        return [section for section in places if not self.isSectionHidden(section)]

    def _move_current(self, place: int, by: int) -> None:
        shown = self._shown()
        target = place + by
        # The column of check marks stays first.
        first = 1 if self._columns[shown[0]].kind is CellKind.CHECK else 0
        if place >= first and first <= target < len(shown):
            self.moveSection(self.visualIndex(shown[place]), self.visualIndex(shown[target]))
            self.viewport().update()

    def _tell_current(self) -> None:
        self.viewport().update()
        if self._current >= 0:
            said = QAccessibleAnnouncementEvent(self, self._columns[self._current].title())
            QAccessible.updateAccessibility(said)

    def _place(self, sort: str) -> int:
        """Return the place of an order among those that hold; -1 for none."""
        names = [name for name, _descending in self._order]
        return names.index(sort) if sort and sort in names else -1

    def _sort_by(self, section: int) -> None:
        column = self._columns[section]
        if column.kind is CellKind.CHECK:
            self.all_toggled.emit()
        elif column.sort and self._several:
            self.order_requested.emit(self._next_order(column.sort))
        elif column.sort:
            again = self._place(column.sort) == 0
            self.sort_requested.emit(column.sort, again and not self._order[0][1])

    def _next_order(self, sort: str) -> Order:
        """Return the order after a column was chosen: alone, or as one more or turned round."""
        place = self._place(sort)
        if not self._adding:
            again = place == 0 and len(self._order) == 1
            return ((sort, again and not self._order[0][1]),)
        if place < 0:
            return (*self._order[: MOST_KEYS - 1], (sort, False))
        turned = (sort, not self._order[place][1])
        return (*self._order[:place], turned, *self._order[place + 1 :])
