"""The same qualifications as a board and as a table; one of the two is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from app.base.i18n import _
from app.domain.qualification.qualification_list import (
    QualificationFilter,
    QualificationLine,
    QualificationSort,
)
from app.domain.qualification.validity import QualificationStatus
from app.services.qualification.list_qualifications import QualificationPages, list_qualifications
from app.ui.board.board_view import BoardView
from app.ui.board.card_list import asks_for_menu
from app.ui.board.qualification_columns import WIDENED, qualification_columns
from app.ui.board.status_words import HELD
from app.ui.board.table_widths import TableWidths
from app.ui.catalog.part_pictures import PartPictures
from app.ui.context import UiContext
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.table_view import TableView

BOARD, TABLE = "board", "table"
LAYOUT = "qualification/columns"
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class QualificationViews(QStackedWidget):
    """Lists what passes a filter; the qualification with the focus is the same in both views.

    Signals:
        choice_changed: another one has the focus, or others are chosen.
        activated: the one with the focus is to be opened.
        move_wanted: (by: int) it is to take the next step, or the one before.
        menu_requested: (where: QPoint) in global coordinates.
        loaded: what was asked for is shown.
        load_failed: (error: AppError) what was shown stays.
    """

    choice_changed = Signal()
    activated = Signal()
    move_wanted = Signal(int)
    menu_requested = Signal(QPoint)
    loaded = Signal()
    load_failed = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._wanted = QualificationFilter()
        self._sort, self._descending = QualificationSort.STARTED, False
        self._table_source: QualificationPages | None = None
        self._board_sources: dict[QualificationStatus, QualificationPages] = {}
        self._follow = 0
        pictures = PartPictures(context.jobs, self)
        pictures.attach(context.services)
        self.board = BoardView(context.jobs, context.today, pictures)
        self.model = PagedModel(context.jobs, qualification_columns(), self)
        self.table = TableView(self.model, row_height=current_theme().size("height", "rowNormal"))
        self.table.setAccessibleName(_("Qualifications"))
        self.table.show_sort(self._sort, descending=False)
        self._widths = TableWidths(self.table, WIDENED)
        stored = context.state.value(LAYOUT)
        if isinstance(stored, QByteArray):
            self.table.restore_layout(stored)
        self.addWidget(self.board)
        self.addWidget(self.table)
        self.setFocusProxy(self.board)
        self._connect(pictures)

    @property
    def view(self) -> str:
        """Which view is shown, "board" or "table"."""
        return BOARD if self.currentWidget() is self.board else TABLE

    @property
    def line(self) -> QualificationLine | None:
        """The qualification with the focus; None for none, and where it is not there yet."""
        if self.view == BOARD:
            return self.board.line
        row = self.table.currentIndex().row()
        cells = self.model.cells(row) if 0 <= row < len(self.model.ids) else None
        return cells.value if cells is not None else None

    @property
    def part_ids(self) -> Sequence[int]:
        """Ids of the parts of the column with the focus, or of the table, in their order."""
        if self.view == BOARD:
            column = self.board.current
            source = self._board_sources.get(column.status)
            return source.parts_of(column.model.ids) if source is not None else ()
        return self._table_source.parts_of(self.model.ids) if self._table_source else ()

    @property
    def selected(self) -> int:
        """How many are chosen; on the board there is one choice only."""
        if self.view == TABLE:
            return self.table.selected_count()
        return 1 if self.board.line is not None else 0

    def choose_view(self, view: str) -> None:
        """Show the board or the table, with the same qualification in the focus."""
        line, focused = self.line, QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        if line is not None:
            self._follow = line.id
        shown = self.board if view == BOARD else self.table
        self.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if had_focus:
            self.setFocus()

    def list_matching(self, wanted: QualificationFilter) -> None:
        """Fill the view that is shown, keeping its place if it lists the same as before."""
        self._wanted = wanted
        if self.view == TABLE:
            self._fill_table()
        else:
            self._fill_board()

    def show_counts(self, counts: Mapping[QualificationStatus, int]) -> None:
        """Show how many cards each column of the board has."""
        self.board.show_counts(counts)

    def follow(self, qualification_id: int) -> None:
        """Give this one the focus as soon as it is listed anew: it is about to move."""
        self._follow = qualification_id

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        if self.view == BOARD:
            self.board.step(by)
        else:
            self.table.step(by)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        line = self.line
        if self.view == TABLE:
            self.table.copy_rows()
        elif line is not None:
            columns = self.model.columns
            rows = ([column.title() for column in columns], [item.text(line) for item in columns])
            QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows))

    def select_all(self) -> None:
        """Choose every row of the table."""
        if self.view == TABLE:
            self.table.selectAll()

    def save_state(self) -> None:
        """Keep columns that were set by hand."""
        if self._widths.touched:
            self._context.state.setValue(LAYOUT, self.table.layout_state())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A table takes Shift and an arrow for a choice of cells; here rows are chosen whole.
        if watched is self.table and isinstance(event, QKeyEvent):
            side = _SIDES.get(Qt.Key(event.key()), 0)
            if side and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if event.type() is QEvent.Type.KeyPress:
                    self.move_wanted.emit(side)
                return True
            if asks_for_menu(event) and event.type() is QEvent.Type.KeyPress:
                where = self.table.visualRect(self.table.currentIndex()).center()
                self.menu_requested.emit(self.table.viewport().mapToGlobal(where))
                return True
        return super().eventFilter(watched, event)

    # listing

    def _fill_table(self) -> None:
        source = self._source(None, self._sort, self._descending)
        if self._table_source == source:
            self.model.reload()
        else:
            self._table_source = source
            self.model.set_source(source)

    def _fill_board(self) -> None:
        """What is under way longest, or ends first, stands on top of its column."""
        fresh = {
            status: self._source(
                status,
                QualificationSort.VALID_UNTIL if status in HELD else QualificationSort.STARTED,
            )
            for status in QualificationStatus
        }
        if self._board_sources == fresh:
            self.board.reload()
        else:
            self._board_sources = fresh
            self.board.list_cards(lambda status: fresh[status])

    def _source(
        self,
        status: QualificationStatus | None,
        sort: QualificationSort,
        descending: bool = False,
    ) -> QualificationPages:
        context = self._context
        return list_qualifications(
            context.services.library,
            replace(self._wanted, status=status),
            who=context.user,
            today=context.today(),
            sort=sort,
            descending=descending,
        )

    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort, self._descending = QualificationSort(name), descending
        self.table.show_sort(name, descending=descending)
        self._fill_table()

    def _take_board(self) -> None:
        follow, self._follow = self._follow, 0
        if not (follow and self.board.choose_id(follow)):
            self.board.choose_something()
        self.loaded.emit()

    def _take_table(self) -> None:
        follow, self._follow = self._follow, 0
        if not (follow and self.table.select_id(follow)) and not self.table.current_id():
            self.table.step(0)
        self.loaded.emit()

    def _connect(self, pictures: PartPictures) -> None:
        board, table = self.board, self.table
        board.card_chosen.connect(self.choice_changed)
        board.card_activated.connect(self.activated)
        board.move_wanted.connect(self.move_wanted)
        board.menu_requested.connect(self.menu_requested)
        board.loaded.connect(self._take_board)
        board.load_failed.connect(self.load_failed)
        table.current_changed.connect(lambda _id: self.choice_changed.emit())
        table.selection_changed.connect(self.choice_changed)
        table.row_activated.connect(lambda _id: self.activated.emit())
        table.sort_requested.connect(self._sort_by)
        table.menu_requested.connect(self.menu_requested)
        table.installEventFilter(self)
        self.model.loaded.connect(self._take_table)
        self.model.load_failed.connect(self.load_failed)
        self.model.dataChanged.connect(lambda *_what: self.choice_changed.emit())
        pictures.arrived.connect(board.update_cards)
