"""The groups of an import, with counts, at its left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.base.figures import figure
from app.base.i18n import _
from app.ui.catalog.import_groups import ImportGroup
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.row_delegate import draw_line_of_text

Index = QModelIndex | QPersistentModelIndex
HEIGHT, CAPTION = 50, 30


class _GroupModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.groups: tuple[ImportGroup, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return group.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}, {group.note}, {figure(group.count)}"
        return None

    def replace(self, groups: tuple[ImportGroup, ...]) -> None:
        self.beginResetModel()
        self.groups = groups
        self.endResetModel()


class _GroupDelegate(QStyledItemDelegate):
    def __init__(self, model: _GroupModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        group = self._model.groups[index.row()]
        return QSize(0, HEIGHT + (CAPTION if group.section else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, group = current_theme(), self._model.groups[index.row()]
        rect = option.rect.adjusted(8, 1, -8, -1)
        if group.section:
            caption = rect.adjusted(12, 0, -8, CAPTION - rect.height())
            draw_line_of_text(painter, caption, group.section, "tableHeader", "muted")
            rect.setTop(rect.top() + CAPTION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if selected else "hover"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 4)
        draw_mark(painter, QRectF(rect.left() + 10, rect.top() + 8, 14, 14), group.mark)
        title = rect.adjusted(34, 4, -10, -(rect.height() // 2) - 1)
        count = figure(group.count)
        right = Qt.AlignmentFlag.AlignRight
        draw_line_of_text(painter, title, count, "bodyStrong", "text", align=right)
        painter.restore()
        room = title.adjusted(0, 0, -10 - 8 * len(count), 0)
        draw_line_of_text(painter, room, group.title, "bodyStrong" if selected else "body", "text")
        note = rect.adjusted(34, rect.height() // 2 + 1, -10, -4)
        draw_line_of_text(painter, note, group.note, "caption", "muted")


class GroupList(QListView):
    """Groups to choose from.

    Signals:
        group_chosen: (group: ImportGroup | None).
    """

    group_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _GroupModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_GroupDelegate(self._model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setMinimumWidth(200)
        self.setAccessibleName(_("Result of the import"))
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def current(self) -> ImportGroup | None:
        """The group that is shown."""
        index = self.currentIndex()
        return self._model.groups[index.row()] if index.isValid() else None

    @property
    def groups(self) -> tuple[ImportGroup, ...]:
        return self._model.groups

    def show_groups(self, groups: tuple[ImportGroup, ...]) -> None:
        """Show other groups; the one chosen before stays, else the first one that holds any."""
        chosen = self.current.key if self.current is not None else ""
        self._model.replace(groups)
        # As high as its rows, so that what follows stands right below them.
        rows = HEIGHT * len(groups) + CAPTION * sum(bool(group.section) for group in groups)
        self.setMaximumHeight(rows + 4)
        first = next((row for row, group in enumerate(groups) if group.count), 0)
        kept = next((row for row, group in enumerate(groups) if group.key == chosen), first)
        if groups:
            self.setCurrentIndex(self._model.index(kept, 0))

    def choose(self, key: str) -> None:
        """Choose a group by its key, if it is there."""
        for row, group in enumerate(self._model.groups):
            if group.key == key:
                self.setCurrentIndex(self._model.index(row, 0))

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.group_chosen.emit(self.current)
