"""The cards of one column: a list of any length, of which only what is seen is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.domain.qualification.qualification_list import QualificationLine
from app.ui.board.card_delegate import CARD_HEIGHT, GAP, CardDelegate, Index
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.row_delegate import Pictures

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class CardList(QTableView):
    """Shows a `PagedModel` of cards; the place is kept over reloads.

    A table of one column: Qt's own list asks the model for every row, before the first is seen.

    Signals:
        card_chosen: another card has the focus, or none.
        card_activated: Enter or a double click.
        neighbour_wanted: (by: int) the focus is to go to the column at that side.
        move_wanted: (by: int) the card is to take the next or the step before.
        menu_requested: (where: QPoint) in global coordinates.
        entered_by_focus: the list has got the focus.
    """

    card_chosen = Signal()
    card_activated = Signal()
    neighbour_wanted = Signal(int)
    move_wanted = Signal(int)
    menu_requested = Signal(QPoint)
    entered_by_focus = Signal()

    def __init__(
        self, model: PagedModel, pictures: Pictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cards = model
        self._kept = (0, 0, 0)
        self._restoring = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(CARD_HEIGHT + GAP)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setItemDelegate(CardDelegate(model, pictures, self))
        self.setModel(model)
        self.doubleClicked.connect(lambda _index: self.card_activated.emit())
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        current_theme().changed.connect(self.viewport().update)

    @property
    def row(self) -> int:
        """Position of the card with the focus; -1 for none."""
        return self.currentIndex().row()

    @property
    def current_id(self) -> int:
        """Id of the card with the focus; 0 for none."""
        ids = self._cards.ids
        return ids[self.row] if 0 <= self.row < len(ids) else 0

    @property
    def line(self) -> QualificationLine | None:
        """The card with the focus; None for none, and where it is not there yet."""
        if not self.current_id:
            return None
        cells = self._cards.cells(self.row)
        return cells.value if cells is not None else None

    def choose_row(self, row: int) -> None:
        """Give the focus among the cards to a position, or to the nearest there is."""
        if len(self._cards.ids):
            index = self._cards.index(min(max(row, 0), len(self._cards.ids) - 1), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def choose_id(self, card_id: int) -> bool:
        """Give the focus among the cards to one of them; False if it is not here."""
        row = self._cards.row_of(card_id)
        if row >= 0:
            self.choose_row(row)
        return row >= 0

    def leave(self) -> None:
        """Choose no card: another column has the choice."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = _SIDES.get(Qt.Key(event.key()), 0)
        if side and event.modifiers() & _SHIFT:
            self.move_wanted.emit(side)
        elif side and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.neighbour_wanted.emit(side)
        elif event.key() in _ENTER and self.current_id:
            self.card_activated.emit()
        elif asks_for_menu(event):  # X11 tells of the menu key alone
            self._ask_for_menu(self.visualRect(self.currentIndex()).center())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose_row(0 if event.key() == Qt.Key.Key_Home else len(self._cards.ids) - 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; the search field finds cards."""

    def contextMenuEvent(self, arg__1: QContextMenuEvent) -> None:
        if arg__1.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        else:
            where = arg__1.pos()
        self._ask_for_menu(where)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered_by_focus.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._restoring:
            self.card_chosen.emit()

    def _ask_for_menu(self, where: QPoint) -> None:
        if self.indexAt(where).isValid():
            self.menu_requested.emit(self.viewport().mapToGlobal(where))

    def _keep_place(self) -> None:
        self._kept = (self.current_id, self.row, self.verticalScrollBar().value())
        self._restoring = True

    def _restore_place(self) -> None:
        card_id, row, scrolled = self._kept
        if card_id and not self.choose_id(card_id):
            self.choose_row(row)
        self.verticalScrollBar().setValue(scrolled)
        self._restoring = False
        if self.current_id != card_id:
            self.card_chosen.emit()


def asks_for_menu(event: QKeyEvent) -> bool:
    """Whether a key asks for the context menu, beside the key that has the menu on it."""
    return event.key() == Qt.Key.Key_F10 and bool(event.modifiers() & _SHIFT)
