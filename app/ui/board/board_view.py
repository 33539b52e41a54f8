"""The board: a column for each state side by side, one card with the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from app.base.errors import AppError
from app.domain.qualification.qualification_list import QualificationLine
from app.domain.qualification.validity import QualificationStatus
from app.ui.board.board_column import BoardColumn
from app.ui.jobs import JobRunner
from app.ui.models.paged_model import RowSource
from app.ui.widgets.panels import Panel, bar
from app.ui.widgets.panels import column as column_of
from app.ui.widgets.row_delegate import Pictures

LEAST_WIDTH, MOST_WIDTH = 152, 320


class BoardView(QScrollArea):
    """Columns of cards; arrows move between cards and columns.

    Columns without a card are as narrow as their heading.

    Signals:
        card_chosen: another card has the focus, or none.
        card_activated: the card with the focus is to be opened.
        move_wanted: (by: int) it is to take the next step, or the one before.
        menu_requested: (where: QPoint) in global coordinates.
        loaded: every column has its cards.
        load_failed: (error: AppError) what was shown stays.
    """

    card_chosen = Signal()
    card_activated = Signal()
    move_wanted = Signal(int)
    menu_requested = Signal(QPoint)
    loaded = Signal()
    load_failed = Signal(object)

    def __init__(
        self,
        jobs: JobRunner,
        today: Callable[[], date],
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(
            BoardColumn(jobs, status, today, pictures) for status in QualificationStatus
        )
        self._current = self.columns[0]
        self._awaited: set[BoardColumn] = set()
        self._lay_out()
        for column in self.columns:
            self._connect(column)
        self._mark_current(self._current)

    @property
    def current(self) -> BoardColumn:
        """The column with the focus."""
        return self._current

    @property
    def line(self) -> QualificationLine | None:
        """The card with the focus; None for none."""
        return self._current.cards.line

    def list_cards(self, source: Callable[[QualificationStatus], RowSource]) -> None:
        """Show other cards; those of each column come from its own source."""
        self._awaited = set(self.columns)
        for column in self.columns:
            column.model.set_source(source(column.status))

    def reload(self) -> None:
        """Ask for the same cards again; what is shown stays until they are there."""
        self._awaited = set(self.columns)
        for column in self.columns:
            column.model.reload()

    def show_counts(self, counts: Mapping[QualificationStatus, int]) -> None:
        """Show how many cards each column has."""
        for column in self.columns:
            column.show_count(counts.get(column.status, 0))
        self._share_width()

    def choose_id(self, card_id: int) -> bool:
        """Give a card the focus of the board, wherever it stands; False if it is not there."""
        for column in self.columns:
            if column.model.row_of(card_id) >= 0:
                self._go_to(column, column.model.row_of(card_id))
                return True
        return False

    def choose_something(self) -> None:
        """Give a card the focus of the board if none has it."""
        if self._current.cards.current_id:
            return
        filled = [column for column in self.columns if column.model.ids]
        if filled:
            nearest = min(filled, key=lambda column: abs(self._place(column) - self._place()))
            self._go_to(nearest, 0)

    def update_cards(self) -> None:
        """Paint the cards again."""
        for column in self.columns:
            column.cards.viewport().update()

    def step(self, by: int) -> None:
        """Move the focus along the column."""
        self._current.cards.choose_row(self._current.cards.row + by)

    # Qt

    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._share_width()

    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        # A scroll area scrolls to the child that gets the focus, but not to its whole column.
        if arg__2.type() is QEvent.Type.FocusIn:
            self._show_current()
        return super().eventFilter(arg__1, arg__2)

    # columns

    def _place(self, column: BoardColumn | None = None) -> int:
        return self.columns.index(column or self._current)

    def _go_to(self, column: BoardColumn, row: int) -> None:
        had_focus = self._current.cards.hasFocus()
        self._mark_current(column)
        column.cards.choose_row(row)
        if had_focus:
            column.cards.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current()

    def _show_current(self) -> None:
        self.ensureWidgetVisible(self._current, 0, 0)

    def _go_beside(self, by: int) -> None:
        """Go to the next column at one side that has a card, at about the same height."""
        here = self._place()
        beside = self.columns[here + 1 :] if by > 0 else self.columns[:here][::-1]
        cards = self._current.cards
        shift = cards.visualRect(cards.currentIndex()).center().y()
        for column in beside:
            if column.model.ids:
                index = column.cards.indexAt(QPoint(column.cards.width() // 2, shift))
                last = len(column.model.ids) - 1
                self._go_to(column, index.row() if index.isValid() else last)
                return

    def _mark_current(self, column: BoardColumn) -> None:
        """Let one column alone have the choice and be reached by Tab."""
        self._current = column
        for other in self.columns:
            mine = other is column
            policy = Qt.FocusPolicy.StrongFocus if mine else Qt.FocusPolicy.ClickFocus
            other.cards.setFocusPolicy(policy)
            if not mine:
                other.cards.leave()
        self.setFocusProxy(column.cards)

    def _enter(self, column: BoardColumn) -> None:
        if column is not self._current:
            self._mark_current(column)
            self.card_chosen.emit()
        if not column.cards.current_id:
            column.cards.choose_row(0)

    def _tell_choice(self, column: BoardColumn) -> None:
        if column is self._current:
            self.card_chosen.emit()
        elif column.cards.current_id:  # by a click, before the focus comes
            self._enter(column)

    def _take(self, column: BoardColumn) -> None:
        if column in self._awaited:
            self._awaited.discard(column)
            if not self._awaited:
                self.loaded.emit()

    def _fail(self, error: AppError) -> None:
        self._awaited.clear()
        self.load_failed.emit(error)

    # making

    def _share_width(self) -> None:
        """Give columns with cards the same width, the others what their heading takes."""
        filled = [column for column in self.columns if column.count]
        narrow = sum(column.least_width for column in self.columns if not column.count)
        width = 0
        if filled:
            room = (self.viewport().width() - narrow) // len(filled)
            width = min(max(room, LEAST_WIDTH), MOST_WIDTH)
        for column in self.columns:
            column.setFixedWidth(max(width if column.count else 0, column.least_width))

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its columns have it
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = Panel("panel")
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for column in self.columns:
            line.addWidget(column)
        rest = Panel("panel")  # the line below the headings goes on
        rest.setLayout(column_of(bar("toolBar", ground="panel"), None))
        line.addWidget(rest, 1)
        self.setWidget(content)
        self.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._show_current())

    def _connect(self, column: BoardColumn) -> None:
        cards = column.cards
        cards.card_chosen.connect(lambda: self._tell_choice(column))
        cards.entered_by_focus.connect(lambda: self._enter(column))
        cards.card_activated.connect(self.card_activated)
        cards.neighbour_wanted.connect(self._go_beside)
        cards.move_wanted.connect(self.move_wanted)
        cards.menu_requested.connect(self.menu_requested)
        cards.installEventFilter(self)
        column.model.loaded.connect(lambda: self._take(column))
        column.model.load_failed.connect(self._fail)
        column.model.dataChanged.connect(lambda *_what: self._tell_choice(column))
