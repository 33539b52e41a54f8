"""Draws cards: picture, part, who, how far the evidence is, how old."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.board.card_face import CardFace
from app.ui.icons import SMALL, icon
from app.ui.models.paged_model import NOT_YET, PagedModel
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import Pictures, draw_bar, draw_line_of_text

Index = QModelIndex | QPersistentModelIndex

CARD_HEIGHT, GAP = 96, 8
_MARGIN, _PADDING, _PICTURE = 8, 8, 40
_LINE, _SMALL_LINE = 20, 16
_LEAST_BAR, _MOST_BAR = 16, 96
_RIGHT = Qt.AlignmentFlag.AlignRight


class CardDelegate(QStyledItemDelegate):
    """Paints the rows of a `PagedModel` whose column is `card_column`."""

    def __init__(self, model: PagedModel, pictures: Pictures, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model, self._pictures, self._view = model, pictures, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, CARD_HEIGHT + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        # The scroll bar takes the place of the margin, so that all cards are equally wide.
        bar = self._view.verticalScrollBar()
        right = max(_MARGIN - bar.width(), 1) if bar.isVisible() else _MARGIN
        card = rect.adjusted(_MARGIN, GAP // 2, -right, -GAP // 2)
        painter.fillRect(rect, current_theme().color("panel"))  # over the table's own choice
        self._paint_ground(painter, card, state)
        inside = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        row = self._model.cells(index.row())
        if row is None:
            draw_line_of_text(painter, inside, NOT_YET, "body", "muted")
        else:
            face: CardFace = row.marks[0]
            self._paint_part(painter, inside, face)
            self._paint_people(painter, _below(inside, _PICTURE + 6), face)
            _paint_evidence(painter, _below(inside, _PICTURE + 6 + _SMALL_LINE + 2), face)

    @staticmethod
    def _paint_ground(painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        theme = current_theme()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        radius = theme.size("radius", "card")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("divider"))
        ground = "selected" if selected else "hover" if hovered else "window"
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.restore()
        if selected and state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, QRectF(card), theme.color("focusRing"), radius)

    def _paint_part(self, painter: QPainter, rect: QRect, face: CardFace) -> None:
        place = QRect(rect.left(), rect.top(), _PICTURE, _PICTURE)
        pixmap = self._pictures.pixmap(face.picture, _PICTURE) if face.picture else None
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, pixmap)
        words = rect.adjusted(_PICTURE + 8, 0, 0, 0)
        first = QRect(words.left(), words.top(), words.width(), _LINE)
        draw_line_of_text(
            painter, first, face.number, "identifier", "text", Qt.TextElideMode.ElideMiddle
        )
        number = painter.fontMetrics().horizontalAdvance(face.number)
        room = first.adjusted(number + 6, 0, 0, 0)
        if painter.fontMetrics().horizontalAdvance(face.revision) <= room.width():
            draw_line_of_text(painter, room, face.revision, "body", "muted")
        draw_line_of_text(painter, first.translated(0, _LINE), face.name, "body", "text")

    @staticmethod
    def _paint_people(painter: QPainter, rect: QRect, face: CardFace) -> None:
        if face.mine:
            place = QRect(rect.left(), rect.top(), SMALL, rect.height())
            icon("clipboard-check", "accent").paint(painter, place)
            rect = rect.adjusted(SMALL + 4, 0, 0, 0)
        draw_line_of_text(painter, rect, face.note, "caption", "text" if face.mine else "muted")


def _below(rect: QRect, shift: int) -> QRect:
    return QRect(rect.left(), rect.top() + shift, rect.width(), _SMALL_LINE)


def _paint_evidence(painter: QPainter, rect: QRect, face: CardFace) -> None:
    draw_line_of_text(painter, rect, face.when, "caption", "muted", align=_RIGHT)
    metrics = painter.fontMetrics()
    draw_line_of_text(painter, rect, face.evidence, "caption", "text")
    left = metrics.horizontalAdvance(face.evidence) + 6
    room = rect.width() - left - metrics.horizontalAdvance(face.when) - 8
    if room >= _LEAST_BAR:
        width = min(room, _MOST_BAR)
        bar = QRect(rect.left() + left, rect.top(), width, rect.height())
        draw_bar(painter, bar, face.share)
