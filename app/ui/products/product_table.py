"""The table of products: the chosen one in bold, qualified parts as a bar before their figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter

from app.domain.lifecycle.product_lane import ProductLane
from app.ui.context import UiContext
from app.ui.models.columns import RowCells, prepare_rows
from app.ui.models.paged_model import PagedModel
from app.ui.products.milestone_move import MilestoneMove
from app.ui.products.product_columns import product_columns
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import RowDelegate, draw_bar, draw_line_of_text
from app.ui.widgets.table_view import TableView

_FIGURE = "88/88"
_GAP = 8


class ProductModel(PagedModel):
    """Products; the one with a date that is not saved yet is shown as it would be."""

    def __init__(self, context: UiContext, move: MilestoneMove) -> None:
        super().__init__(context.jobs, product_columns(context.today), move)
        self._move = move
        move.changed.connect(self._show_move)

    def cells(self, position: int) -> RowCells | None:
        """Return the row at a position, with the unsaved date where it has one."""
        stored = super().cells(position)
        if stored is None or stored.id != self._move.product_id:
            return stored
        [shown] = prepare_rows(self.columns, [self._move.shown(stored.value)])
        return shown

    def lane(self, position: int) -> ProductLane | None:
        """Return the product at a position as it is stored; None while it is not there."""
        stored = super().cells(position) if 0 <= position < len(self.ids) else None
        return stored.value if stored is not None else None

    def fresh_lane(self, position: int) -> ProductLane | None:
        """Return the product at a position unless it was read before the list was asked again."""
        if not 0 <= position < len(self.ids) or not self.is_fresh(position):
            return None
        return self.lane(position)

    def shown_lane(self, position: int) -> ProductLane | None:
        """Return the product at a position as it is shown."""
        found = self.cells(position) if 0 <= position < len(self.ids) else None
        return found.value if found is not None else None

    def _show_move(self) -> None:
        if self.ids:
            right = self.columnCount() - 1
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, right))


class ProductTable(TableView):
    """Keys that the page gives a meaning to are left to it."""

    def __init__(self, model: ProductModel) -> None:
        super().__init__(model, row_height=current_theme().size("height", "rowTimeline"))
        self._delegate = _ProductDelegate(model, None, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def chosen_ids(self) -> list[int]:
        """Return the ids of the chosen products, in the order of the list."""
        ids = self._model.ids
        return [ids[row] for first, last in self._ranges() for row in range(first, last + 1)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        known = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if sideways or (letters and not known):
            event.ignore()
            return
        super().keyPressEvent(event)


class _ProductDelegate(RowDelegate):
    def _paint_identifier(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        draw_line_of_text(painter, rect, text, "bodyStrong" if selected else "body", "text")

    def _paint_bar(
        self, painter: QPainter, rect: QRect, text: str, mark: Any, selected: bool
    ) -> None:
        if mark is None:
            return
        font = current_theme().font("body")
        width = max(QFontMetrics(font).horizontalAdvance(words) for words in (_FIGURE, text))
        figure = QRectF(rect.right() - width, rect.top(), width + 1, rect.height()).toRect()
        draw_bar(
            painter,
            QRect(rect.left(), rect.top(), figure.left() - _GAP - rect.left(), rect.height()),
            mark,
        )
        right = Qt.AlignmentFlag.AlignRight
        draw_line_of_text(painter, figure, text, "body", "muted", align=right)
