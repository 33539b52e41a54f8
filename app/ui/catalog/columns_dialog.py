"""Choosing and moving the columns of a table, with the table in sight."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.base.i18n import _
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check
from app.ui.widgets.chosen_columns import ChosenColumns, column_name
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import row
from app.ui.widgets.row_delegate import draw_line_of_text

_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of all columns: Space shows or hides one, Alt with an arrow moves it."""

    def __init__(self, columns: ChosenColumns, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        theme = current_theme()
        gap = theme.size("space", "s")
        self.setWindowTitle(_("Columns"))
        self.list = ColumnList(self)
        self.list.setAccessibleName(_("Columns"))
        self.up, self.down = QPushButton(_("Move up")), QPushButton(_("Move down"))
        self.reset = QPushButton(_("As at first"))
        self.close_button = QPushButton(_("Close"))
        self.close_button.setDefault(True)
        note = RoleLabel(
            _("Space shows or hides, Alt+↑ and Alt+↓ move."), font="caption", color="muted"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.size("space", "l")] * 4)
        layout.setSpacing(gap)
        layout.addWidget(self.list, 1)
        layout.addWidget(note)
        layout.addLayout(row(self.up, self.down, None, spacing=gap))
        layout.addLayout(row(self.reset, None, self.close_button, spacing=gap))
        self.resize(320, 480)
        self.list.itemChanged.connect(self._take)
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.reset.clicked.connect(self._reset)
        self.close_button.clicked.connect(self.accept)
        self._fill(0)

    def move_current(self, by: int) -> None:
        """Move the column that has the focus, in the table at once."""
        item = self.list.currentItem()
        if item is not None:
            place = self.list.currentRow()
            self._columns.move(item.data(_KEY), by)
            self._fill(min(max(place + by, 0), self.list.count() - 1))

    def _fill(self, current: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for column in self._columns.offered:
            item = QListWidgetItem(column_name(column))
            item.setData(_KEY, column.key)
            shown = self._columns.is_shown(column.key)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(current)

    def _take(self, item: QListWidgetItem) -> None:
        self._columns.show_column(item.data(_KEY), item.checkState() is Qt.CheckState.Checked)

    def _reset(self) -> None:
        self._columns.reset()
        self._fill(0)


class ColumnList(QListWidget):
    """Columns with a box each."""

    def __init__(self, dialog: ColumnsDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_BoxDelegate(self))
        self.itemClicked.connect(self._turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        item = self.currentItem()
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._dialog.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space and item is not None:
            self._turn(item)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _turn(item: QListWidgetItem) -> None:
        checked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)


class _BoxDelegate(QStyledItemDelegate):
    """Box and name; the stock box cannot be seen in dark."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = current_theme(), option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color("selected" if chosen else "window"))
        box = QRect(
            rect.left() + 8, rect.center().y() - CHECK_SIDE // 2 + 1, CHECK_SIDE, CHECK_SIDE
        )
        draw_check(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        words = rect.adjusted(8 + CHECK_SIDE + 8, 0, -8, 0)
        draw_line_of_text(painter, words, str(index.data()), "body", "text")
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"))

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(160, current_theme().size("height", "rowNormal"))
