"""Where each qualification stands: a board by state, or a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.qualification.qualification_list import (
    QualificationCounts,
    QualificationFilter,
    QualificationLine,
    QualificationScope,
    QualificationSort,
)
from app.domain.qualification.validity import QualificationStatus
from app.services.qualification.count_qualifications import count_qualifications
from app.services.qualification.list_qualifications import QualificationPages, list_qualifications
from app.ui.board.board_view import BoardView
from app.ui.board.card_acts import CardActs
from app.ui.board.qualification_columns import qualification_columns
from app.ui.board.qualification_head import BOARD, TABLE, QualificationFilters, QualificationHead
from app.ui.board.status_words import HELD
from app.ui.catalog.part_pictures import PartPictures
from app.ui.context import UiContext
from app.ui.models.paged_model import PagedModel
from app.ui.page import Page
from app.ui.places import WORKLIST, Place
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.table_view import TableView

VIEW, LAYOUT = "qualification/view", "qualification/columns"
BOARD_CARDS = 200  # above that many, the page opens as a table
_LOADING_SHARE = 0.3
_SUBJECTS = {
    "in_review": QualificationScope.IN_REVIEW,
    "mine": QualificationScope.MINE,
    "expiring": QualificationScope.ENDING,
}
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class QualificationPage(Page):
    """Shows how far every qualification is, and takes it on.

    Keys: arrows move between cards, Enter opens the part, Shift with → or ← takes the next or the
    last step, Ctrl+C copies.
    """

    SHOWS = (
        "qualification",
        "evidence",
        "print_definition",
        "part",
        "part_revision",
        "geometry",
        "machine",
        "material",
        "provider",
    )
    searchable = True

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._counts: QualificationCounts | None = None
        self._sort, self._descending = QualificationSort.STARTED, False
        self._table_source: QualificationPages | None = None
        self._board_sources: dict[QualificationStatus, QualificationPages] = {}
        self._follow = 0
        self.pictures = PartPictures(context.jobs, self)
        self.pictures.attach(context.services)
        self.head = QualificationHead()
        self.filters = QualificationFilters()
        self.strip = MessageStrip()
        self.board = BoardView(context.jobs, context.today, self.pictures)
        self.model = PagedModel(context.jobs, qualification_columns(), self)
        self.table = TableView(self.model, row_height=current_theme().size("height", "rowNormal"))
        self.table.setAccessibleName(_("Qualifications"))
        self.table.show_sort(self._sort, descending=False)
        self.empty = EmptyState("tick")
        self.acts = CardActs(context, self)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return _("Qualification")

    @property
    def view(self) -> str:
        """Which view is chosen, "board" or "table"."""
        return self.head.views.current

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the parts of the column with the focus, or of the table."""
        if self.view == BOARD:
            column = self.board.current
            source = self._board_sources.get(column.status)
            return source.parts_of(column.model.ids) if source is not None else ()
        return self._table_source.parts_of(self.model.ids) if self._table_source else ()

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        if self.view == TABLE:
            return self.table.selected_count()
        return 1 if self.board.line is not None else 0

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self._stack.currentWidget() is not self.empty and self._found > 0

    @property
    def line(self) -> QualificationLine | None:
        """The qualification with the focus; None for none."""
        if self.view == BOARD:
            return self.board.line
        row = self.table.currentIndex().row()
        cells = self.model.cells(row) if 0 <= row < len(self.model.ids) else None
        return cells.value if cells is not None else None

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" for none."""
        return self.line.number if self.line is not None and self.listed else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        if self.view == TABLE and self.table.selected_count() > 1:
            return _("{count} of {total} selected").format(
                count=figure(self.table.selected_count()), total=figure(self._found)
            )
        return ngettext("{count} qualification", "{count} qualifications", self._found).format(
            count=figure(self._found)
        )

    def refresh(self) -> None:
        """Ask the library again; counts come first, because they choose the view."""
        context, wanted = self.context, self.filters.wanted
        library, who, today = context.services.library, context.user, context.today()
        self.head.busy.set_share(_LOADING_SHARE)
        context.jobs.start(
            lambda progress: count_qualifications(library, wanted, who=who, today=today),
            owner=self,
            done=lambda counts: self._take_counts(wanted, counts),
            failed=self._show_error,
        )

    def show_subject(self, subject: str) -> None:
        """Show what is in review, mine to review, or expiring; else one text."""
        if subject in _SUBJECTS:
            self.filters.take(_SUBJECTS[subject])
        elif subject:
            self.filters.take(QualificationScope.ALL)
            self.filters.search.setText(subject)

    def focus_search(self) -> None:
        self.filters.focus()

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        if self.view == BOARD:
            self.board.step(by)
        else:
            self.table.step(by)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        if self.view == TABLE:
            self.table.copy_rows()
        elif self.line is not None:
            columns, line = self.model.columns, self.line
            rows = ([column.title() for column in columns], [item.text(line) for item in columns])
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))

    def select_all(self) -> None:
        """Choose every row; on the board there is one choice only."""
        if self.view == TABLE:
            self.table.selectAll()

    def save_state(self) -> None:
        """Keep the view and the columns for the next session."""
        if self._counts is not None and self._counts.total <= BOARD_CARDS:
            self.context.state.setValue(VIEW, self.view)
        self.context.state.setValue(LAYOUT, self.table.layout_state())

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Escape and self.strip.isVisible():
            self.strip.clear()
        elif event.key() == Qt.Key.Key_Escape and not self.filters.wanted.is_empty:
            self.filters.clear_one()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A table takes Shift and an arrow for a choice of cells; here rows are chosen whole.
        if watched is self.table and isinstance(event, QKeyEvent):
            side = _SIDES.get(Qt.Key(event.key()), 0)
            if side and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if event.type() is QEvent.Type.KeyPress:
                    self._move(side)
                return True
        return super().eventFilter(watched, event)

    # listing

    @property
    def _found(self) -> int:
        return sum(self._counts.found.values()) if self._counts is not None else 0

    def _take_counts(self, wanted: QualificationFilter, counts: QualificationCounts) -> None:
        if wanted != self.filters.wanted:
            return  # asked again meanwhile
        first, self._counts = self._counts is None, counts
        if first:
            self._choose_view(self._first_view(counts))
        self.head.show_counts(counts)
        self.filters.show_counts(counts)
        self.board.show_counts(counts.found)
        if self._found:
            self._list()
        else:
            self._say_empty()
            self._show_loaded()

    def _first_view(self, counts: QualificationCounts) -> str:
        if counts.total > BOARD_CARDS:
            return TABLE
        stored = str(self.context.state.value(VIEW, BOARD))
        return stored if stored in (BOARD, TABLE) else BOARD

    def _choose_view(self, view: str) -> None:
        self.head.views.choose(view)
        self.setFocusProxy(self.board if view == BOARD else self.table)

    def _switch(self, view: str) -> None:
        """Show the other view, with the same qualification in the focus."""
        line = self.board.line if view == TABLE else self._table_line()
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._stack.isAncestorOf(focused)
        self._follow = line.id if line is not None else 0
        self._choose_view(view)
        if self._found:
            self._stack.setCurrentWidget(self.board if view == BOARD else self.table)
            self._list()
        if had_focus:
            self.setFocus()

    def _table_line(self) -> QualificationLine | None:
        row = self.table.currentIndex().row()
        cells = self.model.cells(row) if 0 <= row < len(self.model.ids) else None
        return cells.value if cells is not None else None

    def _list(self) -> None:
        """Fill the view that is shown, keeping its place if it lists the same as before."""
        self.head.busy.set_share(_LOADING_SHARE)
        if self.view == TABLE:
            source = self._source(None, self._sort, self._descending)
            if self._table_source == source:
                self.model.reload()
            else:
                self._table_source = source
                self.model.set_source(source)
            return
        fresh = {status: self._board_source(status) for status in QualificationStatus}
        if self._board_sources == fresh:
            self.board.reload()
        else:
            self._board_sources = fresh
            self.board.list_cards(lambda status: fresh[status])

    def _board_source(self, status: QualificationStatus) -> QualificationPages:
        """What is open longest, or ends first, stands on top."""
        sort = QualificationSort.VALID_UNTIL if status in HELD else QualificationSort.STARTED
        return self._source(status, sort, False)

    def _source(
        self, status: QualificationStatus | None, sort: QualificationSort, descending: bool
    ) -> QualificationPages:
        context = self.context
        return list_qualifications(
            context.services.library,
            replace(self.filters.wanted, status=status),
            who=context.user,
            today=context.today(),
            sort=sort,
            descending=descending,
        )

    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort, self._descending = QualificationSort(name), descending
        self.table.show_sort(name, descending=descending)
        self._list()

    def _show_view(self) -> None:
        """The rows of the view are there."""
        shown = self.board if self.view == BOARD else self.table
        self._stack.setCurrentWidget(shown)
        follow, self._follow = self._follow, 0
        if self.view == BOARD:
            if not (follow and self.board.choose_id(follow)):
                self.board.choose_something()
        elif not (follow and self.table.select_id(follow)) and not self.table.current_id():
            self.table.step(0)
        self._show_loaded()

    def _show_loaded(self) -> None:
        self.head.busy.set_share(-1.0)
        self.state_changed.emit()

    def _say_empty(self) -> None:
        if self._counts is not None and self._counts.total:
            self.empty.show_drawing("lens")
            self.empty.say(
                _("Nothing found"), self.filters.sentence, self.filters.action, primary=False
            )
        else:
            self.empty.show_drawing("tick")
            self.empty.say(
                _("No qualification yet"),
                _(
                    "A qualification begins on the page of a part, once its print definition is "
                    "released. The worklist names the parts that need one."
                ),
                _("Show the worklist"),
            )
        self._stack.setCurrentWidget(self.empty)

    def _act_on_empty(self) -> None:
        if self._counts is not None and self._counts.total:
            self.filters.clear_one()
        else:
            self.place_requested.emit(Place(WORKLIST))

    def _show_error(self, error: AppError) -> None:
        self.head.busy.set_share(-1.0)
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again"),
            act=self.refresh,
        )

    # acting

    def _move(self, by: int) -> None:
        if self.line is not None:
            self.strip.clear()
            self.acts.move(self.line, by)

    def _show_menu(self, where: QPoint) -> None:
        if self.line is not None:
            self.acts.show_menu(self.line, where)

    def _say_missing(self, why: str, verb: str, act: Callable[[], None] | None) -> None:
        line = self.line
        text = f"{line.number}: {why}" if line is not None else why
        self.strip.say(text, kind="warning", action=verb, act=act)

    def _take_done(self, qualification_id: int) -> None:
        """Keep the focus on a card that moves."""
        self.strip.clear()
        self._follow = qualification_id

    def _note_choice(self) -> None:
        self.state_changed.emit()

    # making

    def _enter_list(self) -> None:
        if self.listed:
            (self.board if self.view == BOARD else self.table).setFocus(
                Qt.FocusReason.TabFocusReason
            )

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for content in (self.board, self.table, self.empty):
            self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.filters, self.strip, self._stack):
            layout.addWidget(widget)
        layout.setStretch(3, 1)
        self.setFocusProxy(self.board)
        stored = self.context.state.value(LAYOUT)
        if isinstance(stored, QByteArray):
            self.table.restore_layout(stored)

    def _connect(self) -> None:
        self.head.views.chosen.connect(self._switch)
        self.filters.filter_changed.connect(self.refresh)
        self.filters.search.left_downwards.connect(self._enter_list)
        self.board.card_chosen.connect(self._note_choice)
        self.board.card_activated.connect(self.open_current)
        self.board.move_wanted.connect(self._move)
        self.board.menu_requested.connect(self._show_menu)
        self.board.loaded.connect(self._show_view)
        self.board.load_failed.connect(self._show_error)
        self.table.current_changed.connect(lambda _id: self._note_choice())
        self.table.selection_changed.connect(self._note_choice)
        self.table.row_activated.connect(lambda _id: self.open_current())
        self.table.sort_requested.connect(self._sort_by)
        self.table.menu_requested.connect(self._show_menu)
        self.table.installEventFilter(self)
        self.model.loaded.connect(self._show_view)
        self.model.load_failed.connect(self._show_error)
        self.model.dataChanged.connect(lambda *_what: self._note_choice())
        self.pictures.arrived.connect(self.board.update_cards)
        self.empty.action_triggered.connect(self._act_on_empty)
        self.acts.refused.connect(self._say_missing)
        self.acts.failed.connect(self._show_error)
        self.acts.done.connect(self._take_done)
        self.acts.open_requested.connect(self.open_current)
        self.acts.copy_requested.connect(self.copy_rows)
