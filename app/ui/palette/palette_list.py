"""The lines of the palette: model and drawing."""

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
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.icons import LARGE, icon
from app.ui.palette.palette_entry import EntryKind, PaletteEntry, kind_word
from app.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class PaletteModel(QAbstractListModel):
    """The entries in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[PaletteEntry, ...] = ()

    def show(self, entries: Sequence[PaletteEntry]) -> None:
        """Replace the lines."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (entry.title, second_text(entry), kind_word(entry.kind), entry.keys)
            return ", ".join(part for part in said if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.refusal or None
        return None


def second_text(entry: PaletteEntry) -> str:
    """Return what stands muted behind the title."""
    return entry.refusal or entry.detail


class PaletteDelegate(QStyledItemDelegate):
    """Draws icon, title, detail, and at the right the shortcut or the kind."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        entry: PaletteEntry = index.model().entries[index.row()]  # type: ignore[attr-defined]  # our model
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 4, 4)
        place = QRect(rect.left() + 14, rect.center().y() - LARGE // 2 + 1, LARGE, LARGE)
        icon(entry.icon).paint(painter, place)
        room = rect.adjusted(14 + LARGE + 10, 0, -16, 0)
        shortcut = bool(entry.keys) and entry.kind is EntryKind.COMMAND
        right = entry.keys if shortcut else kind_word(entry.kind)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        painter.drawText(room, _RIGHT, right)
        room.setRight(
            room.right() - QFontMetrics(theme.font("caption")).horizontalAdvance(right) - 12
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("disabled" if entry.refusal else "text"))
        metrics = QFontMetrics(theme.font("body"))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, title)
        room.setLeft(room.left() + metrics.horizontalAdvance(title) + 12)
        painter.setPen(theme.color("muted"))
        second = metrics.elidedText(
            second_text(entry), Qt.TextElideMode.ElideRight, max(room.width(), 0)
        )
        painter.drawText(room, _LEFT, second)
        painter.restore()
