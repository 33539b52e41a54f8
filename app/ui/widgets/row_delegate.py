"""Draws whole rows: one place for backgrounds, hairlines, focus and text baselines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.models.columns import CellKind, RowCells
from app.ui.models.paged_model import NOT_YET, PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check
from app.ui.widgets.glyphs import draw_mark

Index = QModelIndex | QPersistentModelIndex
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
BAR_NUMBER_WIDTH = 28


class Pictures(Protocol):
    """Gives small pictures of rows; asks for one that is not there and says so later."""

    def pixmap(self, key: Any, side: int) -> QPixmap | None: ...


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a `PagedModel`.

    Attributes:
        hovered_row: the row under the mouse; -1 for none.
    """

    def __init__(
        self, model: PagedModel, pictures: Pictures | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._pictures = pictures
        self.hovered_row = -1
        self._painters: dict[CellKind, Callable[[QPainter, QRect, str, Any, bool], None]] = {
            CellKind.TEXT: self._paint_text,
            CellKind.MUTED: self._paint_muted,
            CellKind.IDENTIFIER: self._paint_identifier,
            CellKind.NUMBER: self._paint_number,
            CellKind.STATUS: self._paint_status,
            CellKind.BAR: self._paint_bar,
            CellKind.PICTURE: self._paint_picture,
            CellKind.CHECK: self._paint_check,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self.background(index.row(), selected))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = self._model.cells(index.row())
        column = self._model.columns[index.column()]
        padding = theme.size("space", "cellPadding")
        inside = rect.adjusted(padding + column.inset, 0, -padding, -1)
        if column.kind is CellKind.CHECK or row is not None:
            text, mark = self._content(row, index.column())
            self._painters[column.kind](painter, inside, text, mark, selected)
        elif column.kind is not CellKind.PICTURE:
            self._paint_muted(painter, inside, NOT_YET, None, selected)

    def background(self, row: int, selected: bool) -> QColor:
        """Return what a row is drawn upon."""
        if selected:
            return current_theme().color("selected")
        return current_theme().color("hover" if row == self.hovered_row else "window")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._model.columns[index.column()].width, 24)

    @staticmethod
    def _content(row: RowCells | None, column: int) -> tuple[str, Any]:
        return ("", None) if row is None else (row.texts[column], row.marks[column])

    def _paint_text(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        draw_line_of_text(painter, rect, text, "body", "text")

    def _paint_muted(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        draw_line_of_text(painter, rect, text, "body", "muted")

    def _paint_identifier(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        draw_line_of_text(painter, rect, text, "identifier", "text", Qt.TextElideMode.ElideMiddle)

    def _paint_number(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        draw_line_of_text(painter, rect, text, "body", "text", align=_RIGHT)

    def _paint_status(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        theme = current_theme()
        side = theme.size("icon", "glyph")
        if mark:
            place = QRectF(rect.left(), rect.center().y() - side / 2 + 0.5, side, side)
            draw_mark(painter, place, mark)
        shift = side + theme.size("icon", "glyphGap")
        draw_line_of_text(painter, rect.adjusted(shift, 0, 0, 0), text, "body", "text")

    def _paint_bar(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        number = QRect(rect.left(), rect.top(), BAR_NUMBER_WIDTH, rect.height())
        left = rect.left()
        if text:
            draw_line_of_text(painter, number, text, "body", "text")
            left = number.right() + 6
        if mark is not None:
            draw_bar(painter, QRect(left, rect.top(), rect.right() - left, rect.height()), mark)

    def _paint_picture(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        if not mark or self._pictures is None:
            return
        side = min(rect.height() - 3, rect.width())
        pixmap = self._pictures.pixmap(mark, side)
        if pixmap is not None:
            place = QRect(0, 0, side, side)
            place.moveCenter(rect.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, pixmap)

    def _paint_check(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        box = QRect(0, 0, CHECK_SIDE, CHECK_SIDE)
        box.moveCenter(rect.center())
        state = Qt.CheckState.Checked if selected else Qt.CheckState.Unchecked
        draw_check(painter, box, state)


def draw_line_of_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: str,
    color: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    """Draw one line, shortened to fit, on the baseline that all cells share."""
    theme = current_theme()
    painter.setFont(theme.font(font))
    painter.setPen(theme.color(color))
    shown = painter.fontMetrics().elidedText(text, elide, rect.width())
    painter.drawText(rect, align | _VCENTER | Qt.TextFlag.TextSingleLine, shown)


def draw_bar(painter: QPainter, rect: QRect, share: float) -> None:
    """Draw a bar of `share` (0 to 1), centred on the height of `rect`."""
    theme = current_theme()
    height = theme.size("height", "bar")
    radius = theme.size("radius", "bar")
    track = QRectF(rect.left(), rect.center().y() - height / 2 + 0.5, rect.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("barTrack"))
    painter.drawRoundedRect(track, radius, radius)
    track.setWidth(track.width() * min(max(share, 0.0), 1.0))
    if track.width() > 0:
        painter.setBrush(theme.color("barFill"))
        painter.drawRoundedRect(track, radius, radius)
    painter.restore()
