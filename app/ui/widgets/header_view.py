"""The head of a table, painted by ourselves.

Qt's own painting asks every row whether it is selected: 30 s after Ctrl+A on a million rows.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.icons import SMALL, icon
from app.ui.models.columns import CellKind
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check

SEPARATOR_INSET = 9
CHEVRON = 14


class GridHeader(QHeaderView):
    """Headings in muted text; the column that orders the list in text colour with its direction.

    Signals:
        sort_requested: (name: str, descending: bool).
        all_toggled: the box over the column of check marks was clicked.
    """

    sort_requested = Signal(str, bool)
    all_toggled = Signal()

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self._sort, self._descending = "", False
        self._checked = Qt.CheckState.Unchecked
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(32)
        self.setFixedHeight(current_theme().size("height", "tableHeader"))
        self.sectionClicked.connect(self._sort_by)

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Mark the column the list is ordered by."""
        self._sort, self._descending = name, descending
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
        sorted_by = bool(column.sort) and column.sort == self._sort
        painter.setFont(theme.font("tableHeader"))
        painter.setPen(theme.color("text" if sorted_by else "muted"))
        room = inside.adjusted(0, 0, -(CHEVRON + 4) if sorted_by else 0, 0)
        title = painter.fontMetrics().elidedText(
            column.title(), Qt.TextElideMode.ElideRight, room.width()
        )
        right = column.kind is CellKind.NUMBER
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, title)
        if sorted_by:
            width = painter.fontMetrics().horizontalAdvance(title)
            left = inside.right() - CHEVRON if right else inside.left() + width + 4
            chevron = "chevron-down" if self._descending else "chevron-up"
            icon(chevron, "text").paint(
                painter, QRect(left, rect.center().y() - SMALL // 2 + 1, CHEVRON, SMALL)
            )

    def _sort_by(self, section: int) -> None:
        column = self._columns[section]
        if column.kind is CellKind.CHECK:
            self.all_toggled.emit()
        elif column.sort:
            again = column.sort == self._sort
            self.sort_requested.emit(column.sort, again and not self._descending)
