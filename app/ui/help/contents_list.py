"""The left side of the help window: the contents, or what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.base.i18n import _
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
FOUND_HEIGHT = 48
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A page of the contents, or a place that a search found.

    Attributes:
        detail: what is said there; "" for a line of the contents.
    """

    page: str
    anchor: str
    title: str
    detail: str = ""


class _ContentsModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[ContentsLine, ...] = ()

    def show(self, lines: Sequence[ContentsLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.title}: {line.detail}" if line.detail else line.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.detail or None
        return None


class _ContentsDelegate(QStyledItemDelegate):
    """Draws a title, and under it what was found there."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = bool(_line(index).detail)
        return QSize(0, FOUND_HEIGHT if found else current_theme().size("height", "navItem"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line, rect = current_theme(), _line(index), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if selected else "hover"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        if selected:
            painter.setBrush(theme.color("accent"))
            marker = QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12)
            painter.drawRoundedRect(marker, 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 4)
        room = rect.adjusted(12, 0, -8, 0)
        strong = theme.font("bodyStrong" if selected else "body")
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        title = QFontMetrics(strong).elidedText(
            line.title, Qt.TextElideMode.ElideRight, room.width()
        )
        if not line.detail:
            painter.drawText(room, _MIDDLE, title)
        else:
            painter.drawText(room.adjusted(0, 6, 0, 0), _TOP, title)
            caption = theme.font("caption")
            painter.setFont(caption)
            painter.setPen(theme.color("muted"))
            detail = QFontMetrics(caption).elidedText(
                line.detail, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room.adjusted(0, 26, 0, 0), _TOP, detail)
        painter.restore()


def _line(index: Index) -> ContentsLine:
    line: ContentsLine = index.model().lines[index.row()]  # type: ignore[attr-defined]  # our model
    return line


class ContentsList(QListView):
    """Titles to choose from; a click or Enter opens one.

    Signals:
        chosen: (page: str, anchor: str).
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _ContentsModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ContentsDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        ground = QPalette()
        ground.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(ground)
        self.setAccessibleName(_("Contents"))
        self.clicked.connect(lambda index: self._choose(index.row()))
        current_theme().changed.connect(self.viewport().update)

    @property
    def lines(self) -> tuple[ContentsLine, ...]:
        """What is listed."""
        return self._model.lines

    def show_lines(self, lines: Sequence[ContentsLine], *, marked: str = "") -> None:
        """List these; the page called `marked` is the one that is read."""
        self._model.show(lines)
        self.mark(marked)

    def mark(self, page: str) -> None:
        """Mark the first line of a page, without opening it."""
        pages = [line.page for line in self.lines]
        if page in pages:
            self.setCurrentIndex(self._model.index(pages.index(page)))
        else:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            self.chosen.emit(self.lines[row].page, self.lines[row].anchor)
