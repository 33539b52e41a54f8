"""Where each qualification stands: a board by state, or a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.qualification.qualification_list import (
    QualificationCounts,
    QualificationFilter,
    QualificationScope,
)
from app.services.qualification.count_qualifications import count_qualifications
from app.ui.board.card_acts import CardActs
from app.ui.board.qualification_head import QualificationFilters, QualificationHead
from app.ui.board.qualification_views import BOARD, TABLE, QualificationViews
from app.ui.context import UiContext
from app.ui.page import Page
from app.ui.places import WORKLIST, Place
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip

VIEW = "qualification/view"
BOARD_CARDS = 200  # above that many, the page opens as a table
_LOADING_SHARE = 0.3
_SUBJECTS = {
    "in_review": QualificationScope.IN_REVIEW,
    "mine": QualificationScope.MINE,
    "expiring": QualificationScope.ENDING,
}


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
        self.head = QualificationHead()
        self.filters = QualificationFilters()
        self.strip = MessageStrip()
        self.views = QualificationViews(context)
        self.empty = EmptyState("tick")
        self.acts = CardActs(context, self)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return _("Qualification")

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the parts of the column with the focus, or of the table."""
        return self.views.part_ids

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        return self.views.selected if self.listed else 0

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self._stack.currentWidget() is self.views and self._found > 0

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" for none."""
        line = self.views.line if self.listed else None
        return line.number if line is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        if self.selected > 1:
            return _("{count} of {total} selected").format(
                count=figure(self.selected), total=figure(self._found)
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
        self.views.step(by)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        self.views.copy_rows()

    def select_all(self) -> None:
        """Choose every row of the table."""
        self.views.select_all()

    def save_state(self) -> None:
        """Keep the view and the columns for the next session."""
        if self._counts is not None and self._counts.total <= BOARD_CARDS:
            self.context.state.setValue(VIEW, self.views.view)
        self.views.save_state()

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("From card to card"), "← ↑ → ↓"),
            (_("Open the part"), _("Enter")),
            (_("Take the card a step on, or back"), _("Shift+→ ←")),
            (_("Copy the chosen rows"), _("Ctrl+C")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Escape and self.strip.isVisible():
            self.strip.clear()
        elif event.key() == Qt.Key.Key_Escape and not self.filters.wanted.is_empty:
            self.filters.clear_one()
        else:
            super().keyPressEvent(event)

    # listing

    @property
    def _found(self) -> int:
        return sum(self._counts.found.values()) if self._counts is not None else 0

    def _take_counts(self, wanted: QualificationFilter, counts: QualificationCounts) -> None:
        if wanted != self.filters.wanted:
            return  # asked again meanwhile
        first, self._counts = self._counts is None, counts
        if first:
            self._open_view(counts.total)
        self.head.show_counts(counts)
        self.filters.show_counts(counts)
        self.views.show_counts(counts.found)
        if self._found:
            self.views.list_matching(wanted)
        else:
            self._say_empty()
            self._show_loaded()

    def _open_view(self, total: int) -> None:
        """Begin with the view of the last session; with a table where cards are too many."""
        stored = str(self.context.state.value(VIEW, BOARD))
        view = TABLE if total > BOARD_CARDS or stored == TABLE else BOARD
        self.head.views.choose(view)
        self.views.choose_view(view)

    def _switch(self, view: str) -> None:
        self.views.choose_view(view)
        if self._found:
            self.head.busy.set_share(_LOADING_SHARE)
            self.views.list_matching(self.filters.wanted)

    def _show_views(self) -> None:
        if self._found:
            self._stack.setCurrentWidget(self.views)
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
        line = self.views.line
        if line is not None:
            self.strip.clear()
            self.acts.move(line, by)

    def _show_menu(self, where: QPoint) -> None:
        line = self.views.line
        if line is not None:
            self.acts.show_menu(line, where)

    def _say_missing(
        self, number: str, why: str, verb: str, act: Callable[[], None] | None
    ) -> None:
        self.strip.say(f"{number}: {why}", kind="warning", action=verb, act=act)

    def _take_done(self, qualification_id: int) -> None:
        """Keep the focus on a card that moves."""
        self.strip.clear()
        self.views.follow(qualification_id)

    # making

    def _enter_list(self) -> None:
        if self.listed:
            self.views.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.views)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.filters, self.strip, self._stack):
            layout.addWidget(widget)
        layout.setStretch(3, 1)
        self.setFocusProxy(self.views)

    def _connect(self) -> None:
        self.head.views.chosen.connect(self._switch)
        self.filters.filter_changed.connect(self.refresh)
        self.filters.search.left_downwards.connect(self._enter_list)
        self.views.choice_changed.connect(self.state_changed)
        self.views.activated.connect(self.open_current)
        self.views.move_wanted.connect(self._move)
        self.views.menu_requested.connect(self._show_menu)
        self.views.loaded.connect(self._show_views)
        self.views.load_failed.connect(self._show_error)
        self.empty.action_triggered.connect(self._act_on_empty)
        self.acts.refused.connect(self._say_missing)
        self.acts.failed.connect(self._show_error)
        self.acts.done.connect(self._take_done)
        self.acts.open_requested.connect(self.open_current)
        self.acts.copy_requested.connect(self.copy_rows)
