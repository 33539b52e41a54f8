"""Rows of a list as large pictures: a painted grid that looks at what is in sight alone.

It shows the model and the selection of a table, so that both are one list with one choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.models.columns import RowCells
from app.ui.models.paged_model import NOT_YET, PagedModel
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.check_mark import CHECK_SIDE, draw_check
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.row_delegate import Pictures, draw_line_of_text

Flag = QItemSelectionModel.SelectionFlag
LEAST_WIDTH, PICTURE, GAP = 172, 144, 8
_LINE = 20
CARD_HEIGHT = PICTURE + 3 * _LINE + 3 * GAP


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: the key of its picture, two lines, and a state."""

    picture: object
    number: str
    name: str
    mark: str
    word: str


class GalleryView(QAbstractScrollArea):
    """Cards of the rows of a model.

    Args:
        selection: shared with the table of the same model.
        told: says what stands on the card of a row.
        without_picture: stands where there is none.

    Signals:
        row_activated: (id: int) by Enter or double click.
        look_requested: (id: int) by Space.
    """

    row_activated = Signal(int)
    look_requested = Signal(int)

    def __init__(
        self,
        model: PagedModel,
        selection: QItemSelectionModel,
        pictures: Pictures,
        told: Callable[[RowCells], Card],
        without_picture: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._selection = model, selection
        self._pictures, self._told = pictures, told
        self._without_picture = without_picture
        self._hovered, self._anchor = -1, -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(self._fit)
        model.dataChanged.connect(self.update_cards)
        selection.selectionChanged.connect(self.update_cards)
        selection.currentRowChanged.connect(self._follow_current)
        current_theme().changed.connect(self.update_cards)

    @property
    def columns(self) -> int:
        """How many cards stand side by side."""
        return max((self.viewport().width() - GAP) // LEAST_WIDTH, 1)

    def update_cards(self) -> None:
        """Paint again what is in sight."""
        self.viewport().update()

    def card(self, row: int) -> QRect:
        """Return where the card of a row lies in the viewport."""
        width = (self.viewport().width() - GAP) / self.columns
        column, line = row % self.columns, row // self.columns
        left = round(GAP + column * width)
        right = round(GAP + (column + 1) * width) - GAP
        top = GAP + line * (CARD_HEIGHT + GAP) - self.verticalScrollBar().value()
        return QRect(left, top, right - left, CARD_HEIGHT)

    def row_at(self, x: int, y: int) -> int:
        """Return the row whose card lies there; -1 for none."""
        line = (y + self.verticalScrollBar().value() - GAP) // (CARD_HEIGHT + GAP)
        for column in range(self.columns):
            row = line * self.columns + column
            if 0 <= row < len(self._model.ids) and self.card(row).contains(x, y):
                return int(row)
        return -1

    def show_row(self, row: int) -> None:
        """Scroll until a card is in sight."""
        card, bar = self.card(row), self.verticalScrollBar()
        if card.top() < GAP:
            bar.setValue(bar.value() + card.top() - GAP)
        elif card.bottom() > self.viewport().height() - GAP:
            bar.setValue(bar.value() + card.bottom() - self.viewport().height() + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self._selection.currentIndex().isValid():
            self.show_row(self._selection.currentIndex().row())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("window"))
        top = self.verticalScrollBar().value()
        first = max((top - GAP) // (CARD_HEIGHT + GAP), 0) * self.columns
        last = ((top + self.viewport().height()) // (CARD_HEIGHT + GAP) + 1) * self.columns
        for row in range(first, min(last, len(self._model.ids))):
            self._paint_card(painter, row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._selection.currentIndex().isValid() and self._model.ids:
            self._go(0, Flag.ClearAndSelect)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, modifiers = Qt.Key, event.modifiers()
        row, count = self._selection.currentIndex().row(), len(self._model.ids)
        page = max(self.viewport().height() // (CARD_HEIGHT + GAP), 1) * self.columns
        targets = {
            keys.Key_Left: row - 1,
            keys.Key_Right: row + 1,
            keys.Key_Up: row - self.columns,
            keys.Key_Down: row + self.columns,
            keys.Key_PageUp: max(row - page, row % self.columns),
            keys.Key_PageDown: row + page,
            keys.Key_Home: 0,
            keys.Key_End: count - 1,
        }
        target = targets.get(Qt.Key(event.key()))
        if not count:
            event.ignore()
        elif target is not None:
            self._step(row, target, modifiers)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and row >= 0:
            self.row_activated.emit(self._model.ids[row])
        elif event.key() == keys.Key_Space and row >= 0:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._go(row, Flag.Toggle)
            elif not event.isAutoRepeat():
                self.look_requested.emit(self._model.ids[row])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.row_at(place.x(), place.y())
        if row < 0 or event.button() is not Qt.MouseButton.LeftButton:
            return
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend_to(row)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or self._box(row).contains(place):
            self._go(row, Flag.Toggle)
            self._anchor = row
        else:
            self._go(row, Flag.ClearAndSelect)
            self._anchor = row

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.row_at(place.x(), place.y())
        if row >= 0 and not self._box(row).contains(place):
            self._go(row, Flag.ClearAndSelect)
            self.row_activated.emit(self._model.ids[row])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(int(event.position().x()), int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def contextMenuEvent(self, arg__1: QContextMenuEvent) -> None:
        arg__1.ignore()  # the page has none of its own

    def _step(self, row: int, target: int, modifiers: Qt.KeyboardModifier) -> None:
        """Move the focus; Shift chooses what lies between, Ctrl leaves the choice as it is."""
        count = len(self._model.ids)
        if (
            target >= count
            and target - row > 1
            and row // self.columns < (count - 1) // (self.columns)
        ):
            target = count - 1  # the last line is not full
        if not 0 <= target < count:
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            if self._anchor < 0:
                self._anchor = max(row, 0)
            self._extend_to(target)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._go(target, Flag.NoUpdate)
        else:
            self._go(target, Flag.ClearAndSelect)
            self._anchor = target

    def _extend_to(self, row: int) -> None:
        anchor = self._anchor if 0 <= self._anchor < len(self._model.ids) else row
        first, last = sorted((anchor, row))
        right = len(self._model.columns) - 1
        between = QItemSelection(self._model.index(first, 0), self._model.index(last, right))
        self._go(row, Flag.NoUpdate)
        self._selection.select(between, Flag.ClearAndSelect)

    def _go(self, row: int, how: QItemSelectionModel.SelectionFlag) -> None:
        self._selection.setCurrentIndex(self._model.index(row, 0), how | Flag.Rows)
        self.show_row(row)

    def _follow_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self.isVisible() or not current.isValid():
            return
        self.show_row(current.row())
        row = self._model.cells(current.row())
        if row is not None and self.hasFocus():
            card = self._told(row)
            said = ", ".join((card.number, card.name, card.word))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.viewport().update()

    def _fit(self) -> None:
        lines = -(-len(self._model.ids) // self.columns)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(lines * (CARD_HEIGHT + GAP) + GAP - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep((CARD_HEIGHT + GAP) // 3)
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for changed in (self._hovered, row):
                if changed >= 0:
                    self.viewport().update(self.card(changed))
            self._hovered = row

    def _box(self, row: int) -> QRect:
        """Return where the box lies that mirrors whether a card is chosen."""
        card = self.card(row)
        return QRect(card.left() + GAP, card.top() + GAP, CHECK_SIDE, CHECK_SIDE)

    def _paint_card(self, painter: QPainter, row: int) -> None:
        theme = current_theme()
        card = self.card(row)
        chosen = self._selection.isRowSelected(row)
        radius = theme.size("radius", "card")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selected" if chosen else "hover" if row == self._hovered else "window"
        painter.setPen(theme.color("accent" if chosen else "hairline"))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.restore()
        cells = self._model.cells(row)
        inside = card.adjusted(GAP, GAP, -GAP, -GAP)
        if cells is None:
            draw_line_of_text(painter, inside, NOT_YET, "body", "muted")
        else:
            self._paint_content(painter, inside, cells)
        if chosen or row == self._hovered:
            state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
            draw_check(painter, self._box(row), state)
        if self.hasFocus() and row == self._selection.currentIndex().row():
            draw_focus_ring(painter, QRectF(card), theme.color("focusRing"), radius)

    def _paint_content(self, painter: QPainter, inside: QRect, cells: RowCells) -> None:
        card = self._told(cells)
        theme = current_theme()
        picture = QRect(0, 0, PICTURE, PICTURE)
        picture.moveCenter(QRect(inside.left(), inside.top(), inside.width(), PICTURE).center())
        pixmap = self._pictures.pixmap(card.picture, PICTURE) if card.picture else None
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(picture, pixmap)
        elif not card.picture:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("muted"))
            painter.drawText(picture, Qt.AlignmentFlag.AlignCenter, self._without_picture)
        line = QRect(inside.left(), inside.top() + PICTURE + GAP, inside.width(), _LINE)
        draw_line_of_text(
            painter, line, card.number, "identifier", "text", Qt.TextElideMode.ElideMiddle
        )
        draw_line_of_text(painter, line.translated(0, _LINE), card.name, "body", "muted")
        line = line.translated(0, 2 * _LINE)
        side, gap = theme.size("icon", "glyph"), theme.size("icon", "glyphGap")
        if card.mark:
            place = QRectF(line.left(), line.center().y() - side / 2 + 0.5, side, side)
            draw_mark(painter, place, card.mark)
        draw_line_of_text(painter, line.adjusted(side + gap, 0, 0, 0), card.word, "body", "text")
