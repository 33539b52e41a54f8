"""The first page: what needs me today?"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.i18n import _, language, ngettext
from app.base.progress import Progress
from app.domain.lifecycle.day_numbers import add_months
from app.domain.overview.home_overview import Attention, AttentionLine, HomeOverview
from app.domain.overview.readiness_drill import ReadinessDrill
from app.services.lifecycle.flag_spares import FlagReport
from app.services.overview.drill_readiness import drill_readiness
from app.services.overview.fetch_home import fetch_home
from app.ui.catalog.part_pictures import PartPictures
from app.ui.context import UiContext
from app.ui.home.attention_tile import AttentionTile
from app.ui.home.drill_panel import DrillPanel
from app.ui.home.lane_strip import LaneStrip
from app.ui.home.leaving_tile import LeavingTile
from app.ui.home.tile_lines import TileLine
from app.ui.icons import icon
from app.ui.jobs import Job, JobState
from app.ui.page import Page
from app.ui.places import PRODUCTS, QUALIFICATION, WORKLIST, Place
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import Panel, row, scrolled
from app.ui.words import day, days_from_now, parts_text
from app.ui.worklist.horizon_judge import HorizonJudge

KEPT_JOBS = 12
LEAVING = 264  # as wide as the horizon control needs
_LOADING_SHARE = 0.3


class HomePage(Page):
    """Counts what is urgent and leads there.

    Keys: [ and ] move the horizon; Tab walks the tiles and their lines, Enter opens one.
    """

    SHOWS = ("flag", "part", "product", "milestone", "where_used", "qualification", "evidence")

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._overview: HomeOverview | None = None
        self._finished: deque[Job] = deque(maxlen=KEPT_JOBS)
        self._drilled: ReadinessDrill | None = None
        self.pictures = PartPictures(context.jobs, self)
        self.pictures.attach(context.services)
        self.judge = HorizonJudge(context, self)
        self.leaving = LeavingTile(self.judge.months)
        self.reviews = self._tile(_("My reviews"), "clipboard-check")
        self.expiring = self._tile(_("Expiring qualifications"), "clock")
        self.unknown = self._tile(_("Facts are missing"), "help-circle")
        self.jobs_done = self._tile(_("Failed jobs"), "alert-triangle")
        self.lanes = LaneStrip(context.today())
        self.drill = DrillPanel(self.pictures)
        self.strip = MessageStrip()
        self.empty = EmptyState("shelf")
        self._lay_out()
        self._connect()
        self._show_jobs()

    @property
    def title(self) -> str:
        return _("Home")

    @property
    def status_text(self) -> str:
        overview = self._overview
        if overview is None:
            return ""
        products = ngettext("{count} product", "{count} products", overview.products)
        return _("{parts} in {products}").format(
            parts=parts_text(overview.parts),
            products=products.format(count=overview.products),
        )

    def refresh(self) -> None:
        """Ask the library again."""
        self._head.busy.set_share(_LOADING_SHARE)
        context = self.context
        library, who, today = context.services.library, context.user, context.today()
        context.jobs.start(
            lambda progress: fetch_home(library, who=who, today=today),
            owner=self,
            done=self._take,
            failed=self._show_error,
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Shorter horizon"), "["),
            (_("Longer horizon"), "]"),
            (_("Next tile or line"), _("Tab")),
            (_("Open the line"), _("Enter")),
        )

    def showEvent(self, event: QShowEvent) -> None:
        if not self.judge.busy and self.judge.read():
            self.leaving.horizon.show_months(self.judge.months)
            self._stale = True
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_BracketLeft:
            self.leaving.horizon.step(-1)
        elif event.key() == Qt.Key.Key_BracketRight:
            self.leaving.horizon.step(1)
        else:
            super().keyPressEvent(event)

    # showing

    def _take(self, overview: HomeOverview) -> None:
        self._overview = overview
        self._head.busy.set_share(-1.0)
        if overview.is_empty:
            self.empty.say(
                _("The shelf is empty"),
                _(
                    "Bring in part files and a parts list; this page then tells which spares run "
                    "out, and what to do about it."
                ),
                _("Import files…"),
            )
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentWidget(self._content)
            self._show(overview)
            if self._drill_is_due():
                self._run_drill()
        self.state_changed.emit()

    def _show(self, overview: HomeOverview) -> None:
        today = self.context.today()
        self.leaving.show_counts(overview.leaving)
        self.lanes.show_lanes(overview.lanes, add_months(today, self.judge.months))
        self.reviews.show_lines(
            overview.reviews.count,
            ngettext("waits for you", "wait for you", overview.reviews.count),
            self._part_lines(overview.reviews, lambda line: _age(line.on, today)),
            link=_("Show all in review"),
            nothing=_("No qualification waits for your approval."),
        )
        ending = overview.expiring
        self.expiring.show_lines(
            ending.count,
            _ending_words(ending, today),
            self._part_lines(ending, lambda line: day(line.on)),
            link=_("Show all"),
            nothing=_("No qualification ends within 6 months."),
        )
        self.unknown.show_lines(
            overview.unknown.count,
            ngettext("part cannot be judged", "parts cannot be judged", overview.unknown.count),
            self._part_lines(overview.unknown, lambda line: "", lambda line: line.detail),
            link=_("Show what is missing"),
            nothing=_("Every part could be judged."),
        )

    def _part_lines(
        self,
        attention: Attention,
        right: Callable[[AttentionLine], str],
        text: Callable[[AttentionLine], str] = lambda line: line.part.name,
    ) -> list[TileLine]:
        return [
            TileLine(
                line.part.number,
                text(line),
                right(line),
                partial(self.part_requested.emit, line.part.number),
                (line.part.sha256, line.part.unit) if line.part.unit is not None else None,
            )
            for line in attention.lines
        ]

    def _note_job(self, job: Job) -> None:
        if job.title and job.state is not JobState.CANCELLED:
            self._finished.appendleft(job)
            self._show_jobs()

    def _show_jobs(self) -> None:
        failed = [job for job in self._finished if job.state is not JobState.DONE]
        self.jobs_done.show_lines(
            len(failed),
            _("in this session"),
            [_job_line(job, self._show_job) for job in sorted(self._finished, key=_is_done)],
            link="",
            nothing=_("No job has run yet in this session."),
        )

    def _show_job(self, job: Job) -> None:
        if job.state is JobState.DONE and job.show_result is not None:
            job.show_result()
        elif job.outcome_text:
            self.strip.say(
                job.outcome_text, kind="note" if job.state is JobState.DONE else "danger"
            )

    def _show_error(self, error: AppError) -> None:
        self._head.busy.set_share(-1.0)
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again"),
            act=self.refresh,
        )

    # acting

    def _drill_is_due(self) -> bool:
        """Whether nothing was tried yet: in this month, or because no part was flagged then."""
        drilled, month = self._drilled, self.context.today().replace(day=1)
        return drilled is None or not drilled.parts or drilled.month != month

    def _run_drill(self) -> None:
        context = self.context
        library, today = context.services.library, context.today()

        def drill(progress: Progress) -> ReadinessDrill:
            return drill_readiness(library, today=today, progress=progress)

        self.drill.show_running()
        context.jobs.start(
            drill,
            owner=self,
            done=self._take_drill,
            failed=lambda error: self.drill.show_trouble(str(error)),
        )

    def _take_drill(self, drill: ReadinessDrill) -> None:
        self._drilled = drill
        self.drill.show_drill(drill)

    def _take_verdicts(self, report: FlagReport) -> None:
        self.context.bus.publish(report.changes, self)
        self.refresh()

    def _go(self, page: str, subject: str = "") -> None:
        self.place_requested.emit(Place(page, subject))

    # making

    def _tile(self, title: str, picture: str) -> AttentionTile:
        return AttentionTile(title, picture, pictures=self.pictures)

    def _lay_out(self) -> None:
        theme = current_theme()
        margin, gap = theme.size("space", "pageMargin"), theme.size("space", "l")
        self._head = HeadBar()
        self._day = RoleLabel(_long_day(self.context.today()), color="muted")
        self.verify_button = QPushButton(icon("shield-check"), _("Verify a file…"))
        self.verify_button.setToolTip(_("Ctrl+Shift+V"))
        self.import_button = QPushButton(icon("file-import"), _("Import…"))
        self._head.setLayout(
            row(
                RoleLabel(_("Home"), font="title"),
                self._day,
                None,
                self.verify_button,
                self.import_button,
                margins=(margin, 0, margin, 0),
                spacing=theme.size("space", "m"),
            )
        )
        self.top = Panel("window", card=True)
        self.leaving.setFixedWidth(LEAVING)
        rule = Panel("window", lines="l")
        rule.setFixedWidth(1)
        self.top.setLayout(
            row(self.leaving, rule, self.lanes, margins=(gap, gap, gap, gap), spacing=gap)
        )
        tiles = row(self.reviews, self.expiring, self.unknown, self.jobs_done, spacing=gap)
        for place in range(4):
            tiles.setStretch(place, 1)
        page = Panel("window")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(margin, gap, margin, margin)
        rows.setSpacing(gap)
        rows.addWidget(self.top)
        rows.addLayout(tiles)
        rows.addWidget(self.drill)
        rows.addStretch(1)
        self._content = scrolled(page)
        page.setMinimumSize(0, 0)  # nothing wraps here: the layout knows how low it may get
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._head, self.strip, self._stack):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self.setFocusProxy(self.leaving.button)

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.import_requested)
        self.verify_button.clicked.connect(lambda: self.act_requested.emit("verify_file"))
        self.empty.action_triggered.connect(self.import_requested)
        self.leaving.worklist_requested.connect(lambda: self._go(WORKLIST))
        self.leaving.horizon.horizon_chosen.connect(self.judge.judge)
        self.judge.progressed.connect(self._head.busy.set_share)
        self.judge.judged.connect(self._take_verdicts)
        self.judge.failed.connect(self._show_error)
        self.judge.ended.connect(
            lambda _cancelled: self.leaving.horizon.show_months(self.judge.months)
        )
        self.reviews.all_requested.connect(lambda: self._go(QUALIFICATION, "in_review"))
        self.expiring.all_requested.connect(lambda: self._go(QUALIFICATION, "expiring"))
        self.unknown.all_requested.connect(lambda: self._go(WORKLIST, "answer:unknown"))
        self.lanes.product_requested.connect(partial(self._go, PRODUCTS))
        self.drill.part_requested.connect(self.part_requested)
        self.drill.drill_requested.connect(self._run_drill)
        self.context.jobs.job_finished.connect(self._note_job)


def _ending_words(ending: Attention, today: date) -> str:
    first = ending.lines[0].on if ending.lines else None
    if first is None:
        return _("within 6 months")
    when = days_from_now(first, today)
    return (_("the first ended {when}") if first < today else _("the next ends {when}")).format(
        when=when
    )


def _is_done(job: Job) -> bool:
    return job.state is JobState.DONE


def _job_line(job: Job, show: Callable[[Job], None]) -> TileLine:
    done = job.state is JobState.DONE
    return TileLine(job.title, "", "", lambda: show(job), mark="good" if done else "danger")


def _age(on: date | None, today: date) -> str:
    return _("{count} d").format(count=(today - on).days) if on is not None else ""


def _long_day(today: date) -> str:
    text: str = QLocale(language()).toString(
        QDate(today.year, today.month, today.day), QLocale.FormatType.LongFormat
    )
    return text
