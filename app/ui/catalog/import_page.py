"""The import page: what would happen, doing it, and what came of it; one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.import_report import ImportReport
from app.domain.changes import Changes
from app.ui.catalog.group_list import GroupList
from app.ui.catalog.import_groups import (
    ImportGroup,
    ImportLine,
    groups_of_plan,
    groups_of_report,
)
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.message_strip import MessageStrip, ThinProgress
from app.ui.widgets.panels import HairlineSplitter, Panel, bar, column
from app.ui.widgets.segments import Segments
from app.ui.widgets.table_view import TableView
from app.ui.words import parts_text

if TYPE_CHECKING:
    from app.services.audit.undo_change import Undone
    from app.services.catalog.import_plan import ImportPlan

T = TypeVar("T")
Groups = tuple[ImportGroup, ...]
COLUMNS = (
    Column("where", lambda: _("Where"), 170, lambda line: line.where, CellKind.MUTED),
    Column("subject", lambda: _("Part"), 150, lambda line: line.subject, CellKind.IDENTIFIER),
    Column("text", lambda: _("What"), 160, lambda line: line.text, stretch=True),
)
UNITS = (
    ("", lambda: _("mm, assumed")),
    (LengthUnit.MM.value, lambda: "mm"),
    (LengthUnit.CM.value, lambda: "cm"),
    (LengthUnit.M.value, lambda: "m"),
    (LengthUnit.INCH.value, lambda: _("inch")),
)


class ImportPage(QWidget):
    """Reads what was dropped, shows the match, imports, shows the outcome.

    Signals:
        part_requested: (number: str).
        result_requested: the outcome is to be seen, from wherever the user is.
        closed: done or given up.
    """

    part_requested = Signal(str)
    result_requested = Signal()
    closed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paths: list[Path] = []
        self._job: Job | None = None
        self.plan: ImportPlan | None = None
        self.report: ImportReport | None = None
        self._heading = RoleLabel(font="title")
        self._sources = ElidedLabel(color="muted")
        self.unit = Segments(UNITS)
        self.groups = GroupList()
        self.model = PagedModel(context.jobs, COLUMNS, self)
        self.table = TableView(self.model, row_height=current_theme().size("height", "rowRoomy"))
        self.table.setAccessibleName(_("What there is to say"))
        self.detail = RoleLabel(wrap=True).selectable()
        self.strip = MessageStrip()
        self._bar = ThinProgress()
        self._sentence = ElidedLabel(color="muted")
        self.cancel_button = QPushButton(_("Cancel"))
        self.undo_button = QPushButton(_("Undo the import"))
        self.go_button = QPushButton(_("Import"))
        set_property(self.go_button, "primary", True)
        self._lay_out()
        self._connect()
        self._show_phase()

    @property
    def title(self) -> str:
        return _("Import")

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self._job is not None

    def begin(self, paths: Sequence[Path]) -> None:
        """Read these files and folders and show what importing them would do."""
        if self.busy:
            self.strip.say(_("An import is under way. Wait for it, or stop it, then drop again."))
            return
        self._paths = list(paths)
        self.plan = self.report = None
        self.strip.clear()
        self._show_groups(())
        self._sources.setText(self._names())
        services, sources = self._context.services, list(self._paths)

        def read(progress: Progress) -> tuple[ImportPlan, Groups]:
            from app.services.catalog.import_plan import plan_import

            plan = plan_import(sources, None, None, workers=services.workers, progress=progress)
            return plan, groups_of_plan(plan)

        self._run(read, self._show_plan, lane_writes=False, title=_("Read what was dropped"))

    def run_import(self) -> None:
        """Catalogue what the preview shows."""
        if self.plan is None or self.busy:
            return
        services, sources = self._context.services, list(self._paths)
        unit = LengthUnit(self.unit.current) if self.unit.current else None

        def work(progress: Progress) -> tuple[ImportReport, Groups]:
            from app.services.catalog.import_inventory import import_inventory

            report = import_inventory(
                services.library,
                sources,
                unit=unit,
                who=services.user,
                workers=services.workers,
                progress=progress,
            )
            return report, groups_of_report(report)

        self._run(work, self._show_report, lane_writes=True, title=self._job_title())

    def stop(self) -> None:
        """Stop what runs; what is catalogued already stays. Otherwise leave the page."""
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
        else:
            self.closed.emit()

    def undo(self) -> None:
        """Take the whole import back."""
        report, services = self.report, self._context.services
        if report is None or report.group_id is None or self.busy:
            return
        group_id = report.group_id

        def revert(progress: Progress) -> Undone:
            from app.services.audit.undo_change import undo_change

            return undo_change(services.library, who=services.user, group_id=group_id)

        self._run(revert, self._show_undone, lane_writes=True, title=_("Undo the import"))

    # phases

    def _run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        lane_writes: bool,
        title: str,
    ) -> None:
        self._job = self._context.jobs.start(
            work,
            owner=self,
            done=done,
            failed=self._show_failed_writing if lane_writes else self._show_error,
            lane="write" if lane_writes else "read",
            title=title,
        )
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._settle)
        self._bar.set_share(0.0)
        self._show_phase()

    def _settle(self) -> None:
        self._job = None
        self._bar.set_share(-1.0)
        self.cancel_button.setEnabled(True)
        self._show_phase()

    def _show_progress(self, share: float, text: str) -> None:
        self._bar.set_share(share)
        self._sentence.setText(text)

    def _show_plan(self, read: tuple[ImportPlan, Groups]) -> None:
        self.plan, groups = read
        self._show_groups(groups)

    def _show_report(self, done: tuple[ImportReport, Groups]) -> None:
        (report, groups), self.plan = done, None
        self.report = report
        self._show_groups(groups)
        if self._job is not None:
            self._job.outcome_text = self._outcome()
            self._job.show_result = self.result_requested.emit
        if report.cancelled:
            self.strip.say(
                _("The import was stopped. {parts} that were finished are kept.").format(
                    parts=parts_text(report.catalogued)
                ),
                kind="warning",
            )
        self._context.bus.publish(report.changes, self)

    def _show_undone(self, undone: Undone) -> None:
        self.report = None
        self._context.bus.publish(undone.changes, self)
        self._show_groups(())
        self.strip.say(_("The import was undone."), kind="good")

    def _show_error(self, error: AppError) -> None:
        self.strip.say(str(error), kind="danger", details=f"{type(error).__name__}: {error}")

    def _show_failed_writing(self, error: AppError) -> None:
        self._show_error(error)
        # An import keeps the batches that were finished before it failed.
        self._context.bus.publish(Changes.everything_of("part", "product"), self)

    def _show_groups(self, groups: Groups) -> None:
        self.groups.show_groups(groups)
        if not groups:  # otherwise the list has told which one it chose
            self._show_lines(None)

    def _show_lines(self, group: ImportGroup | None) -> None:
        self.model.set_source(ListSource(group.lines if group is not None else ()))
        self._show_detail(0)

    def _show_detail(self, line_id: int) -> None:
        line = self._line(line_id)
        self.detail.setText(line.text if line is not None else "")
        self._below.setVisible(bool(self.detail.text()))

    def _open_line(self, line_id: int) -> None:
        line = self._line(line_id)
        if self.report is not None and line is not None and line.subject:
            self.part_requested.emit(line.subject)

    def _line(self, line_id: int) -> ImportLine | None:
        group = self.groups.current
        lines = group.lines if group is not None else ()
        return next((line for line in lines if line.id == line_id), None)

    def _show_phase(self) -> None:
        """Let heading, sentence and buttons say where we are."""
        plan, report = self.plan, self.report
        wanted = len(plan.parts) + len(plan.table.products) if plan is not None else 0
        for widget in (self.unit, self._unit_label):
            widget.setVisible(plan is not None)
        self.undo_button.setVisible(report is not None and report.group_id is not None)
        self.cancel_button.setText(_("Stop") if self.busy else _("Cancel"))
        self.cancel_button.setVisible(self.busy or report is None)
        self.go_button.setEnabled(not self.busy)
        if report is not None:
            self._heading.setText(_("Imported"))
            self._sentence.setText(self._outcome())
            self.go_button.setText(_("Show parts"))
        elif plan is not None:
            self._heading.setText(_("Import preview"))
            if not self.busy:
                self._sentence.setText(self._promise())
            self.go_button.setText(_("Import {count}").format(count=figure(wanted)))
            self.go_button.setEnabled(wanted > 0 and not self.busy)
        else:
            self._heading.setText(_("Reading…") if self.busy else _("Import"))
            if not self.busy:
                self._sentence.setText(_("Drop files, folders or a parts list into the window."))
            self.go_button.setText(_("Show parts"))

    def _go(self) -> None:
        if self.plan is not None:
            self.run_import()
        else:
            self.closed.emit()

    def _promise(self) -> str:
        assert self.plan is not None
        refused = len(self.plan.table.refused) + len(self.plan.refused_files)
        undo = _("One undo takes the whole import back.")
        if not refused:
            return undo
        text = ngettext(
            "{count} row or file is refused.", "{count} rows or files are refused.", refused
        )
        return f"{text.format(count=figure(refused))} {undo}"

    def _outcome(self) -> str:
        assert self.report is not None
        report = self.report
        return _("{new} new, {updated} updated, {same} unchanged, {refused} refused").format(
            new=figure(len(report.created)),
            updated=figure(len(report.updated)),
            same=figure(len(report.unchanged)),
            refused=figure(len(report.refused_rows) + len(report.refused_files)),
        )

    def _names(self) -> str:
        first, more = self._paths[0].name, len(self._paths) - 1
        if not more:
            return first
        return _("{name} and {count} more").format(name=first, count=figure(more))

    def _job_title(self) -> str:
        return _("Import {name}").format(name=self._names())

    def _connect(self) -> None:
        self.groups.group_chosen.connect(self._show_lines)
        self.table.current_changed.connect(self._show_detail)
        self.table.row_activated.connect(self._open_line)
        self.cancel_button.clicked.connect(self.stop)
        self.undo_button.clicked.connect(self.undo)
        self.go_button.clicked.connect(self._go)

    def _lay_out(self) -> None:
        theme = current_theme()
        margin = theme.size("space", "l")
        head = bar("pageHeader")
        line = QHBoxLayout(head)
        line.setContentsMargins(margin, 0, margin, 1)
        line.setSpacing(theme.size("space", "m"))
        line.addWidget(self._heading)
        line.addWidget(self._sources, 1)
        self._unit_label = ElidedLabel(_("Unit of files that state none"), color="muted")
        line.addWidget(self._unit_label)
        line.addWidget(self.unit)
        listing = QWidget()
        rows = QVBoxLayout(listing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.table, 1)
        self._below = Panel("tintInfo", lines="t")
        self._below.setMinimumHeight(theme.size("height", "messageStrip"))
        self._below.hide()
        text = QVBoxLayout(self._below)
        text.setContentsMargins(margin, 8, margin, 8)
        text.addWidget(self.detail)
        rows.addWidget(self._below)
        split = HairlineSplitter()
        left = Panel("window")
        left.setLayout(column(self.groups, margins=(0, theme.size("space", "s"), 0, 0)))
        split.addWidget(left)
        split.addWidget(listing)
        split.setStretchFactor(1, 1)
        split.setSizes([232, 1000])
        foot = bar("footerBar", ground="panel", lines="t")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(margin, 1, margin, 0)
        buttons.setSpacing(theme.size("space", "s"))
        buttons.addWidget(self._sentence, 1)
        for button in (self.undo_button, self.cancel_button, self.go_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (head, self._bar, self.strip):
            layout.addWidget(widget)
        layout.addWidget(split, 1)
        layout.addWidget(foot)
