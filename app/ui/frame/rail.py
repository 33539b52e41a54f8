"""The rail: the pages there are, with counts, and who is working."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.base.figures import figure
from app.base.i18n import _
from app.ui.icons import LARGE, icon
from app.ui.places import PageSpec
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.small_marks import IconPicture

Index = QModelIndex | QPersistentModelIndex


class _RailModel(QAbstractListModel):
    def __init__(self, entries: Sequence[PageSpec], parent: QObject) -> None:
        super().__init__(parent)
        self.entries = tuple(entries)
        self.counts: dict[str, int] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self.counts.get(entry.key)
            return entry.title() if count is None else f"{entry.title()}, {figure(count)}"
        return None

    def set_count(self, key: str, count: int) -> None:
        self.counts[key] = count
        self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))


class _RailDelegate(QStyledItemDelegate):
    """Draws an entry: 3 px marker, icon, title, count."""

    def __init__(self, model: _RailModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, current_theme().size("height", "navItem"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        rect = option.rect
        entry = self._model.entries[index.row()]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if selected else "hover"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        if selected:
            marker = QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(marker, 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 4)
        place = QRect(rect.left() + 10, rect.center().y() - LARGE // 2 + 1, LARGE, LARGE)
        icon(entry.icon, "accent" if selected else "muted").paint(painter, place)
        painter.setFont(theme.font("bodyStrong" if selected else "body"))
        painter.setPen(theme.color("text"))
        room = rect.adjusted(10 + LARGE + 10, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, entry.title())
        count = self._model.counts.get(entry.key)
        if count is not None:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, flags, figure(count))
        painter.restore()


class Rail(Panel):
    """The column of pages at the left.

    Signals:
        page_chosen: (key: str).
    """

    page_chosen = Signal(str)

    def __init__(self, entries: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__("panel", lines="r", parent=parent)
        theme = current_theme()
        self.setFixedWidth(theme.size("width", "rail"))
        self._model = _RailModel(entries, self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_RailDelegate(self._model, self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        ground = QPalette()
        ground.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self._list.setPalette(ground)
        self._list.setAccessibleName(_("Pages"))
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.clicked.connect(lambda index: self.page_chosen.emit(entries[index.row()].key))
        self._user = ElidedLabel(color="text")
        self._role = ElidedLabel(font="caption", color="muted")
        layout = QVBoxLayout(self)
        gap = theme.size("space", "s")
        layout.setContentsMargins(gap, gap, gap + 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._person())
        self._telling = True

    def _person(self) -> Panel:
        panel = Panel("panel", lines="t")
        picture = IconPicture("user", LARGE)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self._user)
        names.addWidget(self._role)
        layout = row(picture, margins=(10, 8, 0, 8), spacing=10)
        layout.addLayout(names, 1)
        panel.setLayout(layout)
        return panel

    def show_page(self, key: str) -> None:
        """Mark the page that is shown, without telling."""
        for position, entry in enumerate(self._model.entries):
            if entry.key == key:
                self._telling = False
                self._list.setCurrentIndex(self._model.index(position))
                self._telling = True

    def show_count(self, key: str, count: int) -> None:
        """Show how many records a page holds."""
        self._model.set_count(key, count)

    def show_user(self, name: str) -> None:
        """Show in whose name things are done."""
        self._user.setText(name)
        self._role.setText(_("Your name in the history"))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._telling and current.isValid():
            self.page_chosen.emit(self._model.entries[current.row()].key)
