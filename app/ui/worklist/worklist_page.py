"""What to do next: flagged parts by rank, each with its reasons and dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.worklist import Worklist
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flag_spares import FlagReport
from app.ui.catalog.part_pictures import PartPictures
from app.ui.catalog.quick_look import LookedAt, QuickLook
from app.ui.context import UiContext
from app.ui.models.paged_model import PagedModel
from app.ui.page import Page
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter
from app.ui.widgets.table_view import TableView
from app.ui.words import parts_text
from app.ui.worklist.flag_panel import FlagPanel
from app.ui.worklist.horizon_judge import HorizonJudge
from app.ui.worklist.nothing_listed import Remedy, describe_nothing
from app.ui.worklist.worklist_head import WorklistHead
from app.ui.worklist.worklist_source import WorklistItem, WorklistSource, worklist_columns

LAYOUT, SPLIT = "worklist/columns", "worklist/splitter"
_NEXT_ACTION_FROM = 1480  # narrower tables leave it to the panel below them
_COUNTED = 5000
_LOADING_SHARE = 0.3


class WorklistPage(Page):
    """Parts that need an eternal spare, or of which it is not known.

    Keys: Enter opens, Space shows the part large, [ and ] move the horizon, Ctrl+C copies the
    chosen rows.
    """

    SHOWS = ("flag", "part", "product", "where_used")

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loading = True
        self._place = 0
        self._counts: Mapping[Answer, int] = dict.fromkeys(Answer, 0)
        self._unassessed = 0
        self._remedy = Remedy.NONE
        self.judge = HorizonJudge(context, self)
        theme = current_theme()
        self.model = PagedModel(context.jobs, worklist_columns(context.today), self)
        self.pictures = PartPictures(context.jobs, self)
        self.pictures.attach(context.services)
        self.table = TableView(
            self.model, row_height=theme.size("height", "rowWorklist"), pictures=self.pictures
        )
        self.table.setAccessibleName(_("Worklist"))
        self.head = WorklistHead(self.judge.months)
        self.strip = MessageStrip()
        self.panel = FlagPanel()
        self.empty = EmptyState("tick")
        self._lay_out()
        self.look = QuickLook(self.table, self.pictures, self)
        self.look.attach(context)
        self._connect()

    @property
    def title(self) -> str:
        return _("Worklist")

    @property
    def answer(self) -> Answer:
        """Which answers are listed."""
        return self.head.answer

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the listed parts in their order, for the part page to walk."""
        return self.model.ids

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        return self.table.selected_count()

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self._stack.currentWidget() is self._splitter and bool(self.model.ids)

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" for none."""
        item = self._current()
        return item.row.number if item is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        chosen, shown = self.selected, len(self.model.ids)
        if chosen > 1:
            return _("{count} of {total} selected").format(
                count=figure(chosen), total=figure(shown)
            )
        return parts_text(shown)

    def refresh(self) -> None:
        """Ask the library again."""
        self._count()
        if self.model.ids:
            self._show_loading()
            self.model.reload()
        else:
            self._list()

    def show_subject(self, subject: str) -> None:
        """Show the parts with one answer, named as `answer:unknown`."""
        kind, _colon, answer = subject.partition(":")
        if kind == "answer" and answer in (Answer.YES, Answer.UNKNOWN):
            self.head.answers.choose(answer)
            self._list()

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        self.table.step(by)

    def quick_look(self) -> None:
        """Show the part that has the focus large, over the list."""
        self.look.toggle(self._looked_at())

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        self.table.copy_rows()

    def select_all(self) -> None:
        self.table.selectAll()

    def save_state(self) -> None:
        """Keep widths, columns and the splitter for the next session."""
        self._context.state.setValue(LAYOUT, self.table.layout_state())
        self._context.state.setValue(SPLIT, self._splitter.saveState())

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if not self.judge.busy and self.judge.read():
            self.head.horizon.show_months(self.judge.months)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_next_action()
        super().resizeEvent(event)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Quick look"), _("Space")),
            (_("Open the part"), _("Enter")),
            (_("Shorter horizon"), "["),
            (_("Longer horizon"), "]"),
            (_("Copy the chosen rows"), _("Ctrl+C")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_BracketLeft:
            self.head.horizon.step(-1)
        elif event.key() == Qt.Key.Key_BracketRight:
            self.head.horizon.step(1)
        else:
            super().keyPressEvent(event)

    # listing

    def _show_loading(self) -> None:
        """Say along the head that rows are on their way; those that are shown stay."""
        self._loading = True
        self.head.busy.set_share(_LOADING_SHARE)

    def _show_loaded(self) -> None:
        self._loading = False
        if not self.judge.busy:
            self.head.busy.set_share(-1.0)
        self._show_rows_or_empty()

    def _list(self) -> None:
        self._place = 0
        self._show_loading()
        self.model.set_source(WorklistSource(self._context.services.library, (self.answer,)))

    def _count(self) -> None:
        library = self._context.services.library
        self._context.jobs.start(
            lambda progress: fetch_worklist(library, limit=0),
            owner=self,
            done=self._take_counts,
            failed=lambda error: self._show_error(error, self.refresh),
        )

    def _take_counts(self, worklist: Worklist) -> None:
        self._counts, self._unassessed = worklist.counts, worklist.unassessed
        self.head.show_counts(worklist.counts)
        self._show_rows_or_empty()

    def _show_rows_or_empty(self) -> None:
        if self._loading:
            return
        if self.model.ids:
            self._choose_something()
            self._stack.setCurrentWidget(self._splitter)
        else:
            self._say_empty()
            self._stack.setCurrentWidget(self.empty)
        self.state_changed.emit()

    def _say_empty(self) -> None:
        nothing = describe_nothing(self._counts, self._unassessed, self.answer, self.judge.months)
        self._remedy = nothing.remedy
        self.empty.show_drawing(nothing.drawing)
        self.empty.say(nothing.title, nothing.sentence, nothing.action)

    def _act_on_empty(self) -> None:
        if self._remedy is Remedy.JUDGE:
            self._judge(self.judge.months)
        elif self._remedy is Remedy.SHOW_UNKNOWN:
            self.head.answers.choose(Answer.UNKNOWN.value)
            self._list()

    # choosing

    def _current(self) -> WorklistItem | None:
        return self._item(self.table.currentIndex().row())

    def _item(self, position: int) -> WorklistItem | None:
        if not 0 <= position < len(self.model.ids):
            return None
        cells = self.model.cells(position)
        return cells.value if cells is not None else None

    def _choose_something(self) -> None:
        """Choose a row where none is: the first one, or what took the place of one that went."""
        if not self.table.current_id():
            self.table.select_id(self.model.ids[min(self._place, len(self.model.ids) - 1)])

    def _show_choice(self) -> None:
        chosen = self.table.selected_count()
        item = self._current()
        self._place = max(self.table.currentIndex().row(), 0) if item is not None else self._place
        if chosen > 1:
            self.panel.show_count(chosen, self._overdue(chosen))
        elif item is not None:
            self.panel.show_row(item.row, self._context.today())
        else:
            self.panel.show_nothing()
        self.look.follow(self._looked_at())
        self.state_changed.emit()

    def _looked_at(self) -> LookedAt | None:
        item = self._current()
        return LookedAt(item.row.number, item.row.name) if item is not None else None

    def _overdue(self, chosen: int) -> int:
        """Return how many chosen rows are overdue; -1 where too many are chosen to look at each."""
        if chosen > _COUNTED:
            return -1
        today, overdue = self._context.today(), 0
        for position in sorted(
            {index.row() for index in self.table.selectionModel().selectedRows()}
        ):
            item = self._item(position)
            if item is None:
                return -1
            start = item.flag.last_safe_start
            overdue += start is not None and start < today
        return overdue

    # judging

    def _judge(self, months: int) -> None:
        self.judge.judge(months)
        self.strip.say(
            _("Judging all parts for a horizon of {months} months…").format(months=months),
            action=_("Cancel"),
            act=self.judge.cancel,
        )

    def _take_verdicts(self, report: FlagReport) -> None:
        self.head.horizon.show_months(self.judge.months)
        self.strip.clear()
        if report.turned:
            self.strip.say(
                ngettext(
                    "{count} part has another answer for {months} months.",
                    "{count} parts have another answer for {months} months.",
                    report.turned,
                ).format(count=figure(report.turned), months=self.judge.months)
            )
        self._context.bus.publish(report.changes, self)
        self.refresh()

    def _end_judging(self, cancelled: bool) -> None:
        self.head.horizon.show_months(self.judge.months)
        if cancelled:
            self.strip.clear()

    def _fail_judging(self, error: AppError) -> None:
        months = self.judge.asked
        self._show_error(error, lambda: self._judge(months))

    def _fail_loading(self, error: AppError) -> None:
        self._loading = False
        self.head.busy.set_share(-1.0)
        self._show_error(error, self.refresh)

    def _show_error(self, error: AppError, again: Callable[[], None]) -> None:
        self.strip.say(
            str(error), kind="danger", details=str(error), action=_("Try again"), act=again
        )

    # making

    def _show_next_action(self) -> None:
        names = [column.key for column in self.model.columns]
        self.table.setColumnHidden(names.index("next"), self.width() < _NEXT_ACTION_FROM)

    def _lay_out(self) -> None:
        self._splitter = HairlineSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self.panel.setMinimumHeight(160)
        self._splitter.setSizes([448, 296])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.strip, self._stack):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self.setFocusProxy(self.table)
        for key, restore in (
            (LAYOUT, self.table.restore_layout),
            (SPLIT, self._splitter.restoreState),
        ):
            stored = self._context.state.value(key)
            if isinstance(stored, QByteArray):
                restore(stored)

    def _connect(self) -> None:
        self.head.answers.chosen.connect(lambda _key: self._list())
        self.head.horizon.horizon_chosen.connect(self._judge)
        self.judge.progressed.connect(self.head.busy.set_share)
        self.judge.judged.connect(self._take_verdicts)
        self.judge.failed.connect(self._fail_judging)
        self.judge.ended.connect(self._end_judging)
        self.table.current_changed.connect(lambda _id: self._show_choice())
        self.table.selection_changed.connect(self._show_choice)
        self.pictures.arrived.connect(self.table.update_rows)
        self.table.row_activated.connect(lambda _id: self.open_current())
        self.table.look_requested.connect(lambda _id: self.quick_look())
        self.panel.open_requested.connect(self.open_current)
        self.empty.action_triggered.connect(self._act_on_empty)
        self.model.loaded.connect(self._show_loaded)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows_or_empty())
        self.model.dataChanged.connect(lambda *_what: self._show_choice())
        self.model.load_failed.connect(self._fail_loading)
