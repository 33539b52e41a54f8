"""One import from the drop to the report: what is read, decided, foreseen, measured and written.

Everything that takes time runs in jobs; what arrives is told by signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import AppError
from app.base.garbage import without_collecting
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.unit_question import UnitAnswer
from app.domain.changes import Changes
from app.services.catalog.foresee_import import Foreseen, foresee_import
from app.ui.catalog.import_groups import ImportGroup, groups_of_preview
from app.ui.catalog.import_outlook import Counts, Outlook, count_rows, make_outlook
from app.ui.catalog.import_preview import Draft, Preview, make_preview
from app.ui.context import UiContext
from app.ui.jobs import Job, Lane

if TYPE_CHECKING:
    from app.services.audit.undo_change import Undone

T = TypeVar("T")
REFRESH_MS = 800
UNCOLLECTED_ROWS = 20_000
Groups = tuple[ImportGroup, ...]


class Phase(Enum):
    """Where an import stands."""

    IDLE = "idle"
    READING = "reading"
    PREVIEW = "preview"
    WRITING = "writing"
    DONE = "done"


class ImportDesk(QObject):
    """Holds one import.

    Attributes:
        preview: what importing would do; None before it is known and after it is done.
        report: what came of it.
        counts: how many parts it would take.
        measured: how many files were read so far, and of how many.

    Signals:
        phase_changed: another phase has begun.
        preview_changed: what is shown of the list differs.
        outlook_changed: (groups) more is known of what becomes of it.
        progressed: (share: float, text: str).
        failed: (error: AppError).
        imported: the report is there.
        undone: the import was taken back.
    """

    phase_changed = Signal()
    preview_changed = Signal()
    outlook_changed = Signal(object)
    progressed = Signal(float, str)
    failed = Signal(object)
    imported = Signal()
    undone = Signal()

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.paths: list[Path] = []
        self.phase = Phase.IDLE
        self.preview: Preview | None = None
        self.report: ImportReport | None = None
        self.outlook = Outlook()
        self.counts = Counts()
        self.measured = (0, 0)
        self._job: Job | None = None  # what the user waits for
        self._behind: dict[str, Job] = {}  # what goes on beside the preview
        self._reports: dict[str, FileReport] = {}
        self._draft = Draft()
        self._units = UnitAnswer()
        self._foreseen: Foreseen | None = None
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self._refresh)

    @property
    def busy(self) -> bool:
        """Whether something is being read or written that the user waits for."""
        return self._job is not None

    @property
    def draft(self) -> Draft | None:
        """What the user has decided so far, also where it is not shown yet."""
        return self._draft if self.phase is Phase.PREVIEW else None

    @property
    def job(self) -> Job | None:
        """What the user waits for."""
        return self._job

    # reading

    def begin(self, paths: Sequence[Path]) -> None:
        """Read these files and folders."""
        self._stop_behind()
        self.paths = list(paths)
        self.preview = self.report = self._foreseen = None
        self._reports, self._units, self.measured = {}, UnitAnswer(), (0, 0)
        self.outlook, self.counts = Outlook(), Counts()
        workers, sources = self._context.services.workers, list(self.paths)

        def read(progress: Progress) -> Preview:
            from app.services.catalog.import_plan import read_sources
            from app.services.catalog.suggest_mapping import suggest_mapping

            found = read_sources(sources, None, workers=workers, progress=progress)
            mapping = suggest_mapping(found.sheets) if found.sheets else None
            return make_preview(Draft(found, mapping))

        self._wait_for(read, self._show_first, Phase.READING, _("Read what was dropped"))

    def decide(self, draft: Draft) -> None:
        """Lay another draft over what was read; what is shown stays until it is understood."""
        if self.preview is None or self.phase is not Phase.PREVIEW:
            return
        self._draft = draft
        self._stop_one("foresee")
        self._put_behind(
            "decide", lambda progress: make_preview(draft), self._show_preview, self.failed.emit
        )

    def choose_units(self, units: UnitAnswer) -> None:
        """Take another answer to the question of units."""
        self._units = units
        self._refresh()
        self._foresee()

    @property
    def units(self) -> UnitAnswer:
        """What was said of files that state no unit."""
        return self._units

    def _show_first(self, preview: Preview) -> None:
        self._show_preview(preview)
        self._measure()

    def _show_preview(self, preview: Preview) -> None:
        self.preview, self._draft, self._foreseen = preview, preview.draft, None
        self._go(Phase.PREVIEW)
        self.outlook = Outlook(None, self.outlook.reports, self._units, self.outlook.doubtful)
        self.preview_changed.emit()
        self._refresh()
        self._foresee()

    # beside the preview

    def _foresee(self) -> None:
        preview, services, units = self.preview, self._context.services, self._units
        if preview is None or preview.error is not None or not preview.plan.parts:
            return

        def foresee(progress: Progress) -> Foreseen:
            # Of a list beyond measure, cycles must be collected meanwhile after all.
            few = len(preview.plan.parts) <= UNCOLLECTED_ROWS
            with without_collecting() if few else nullcontext():
                return foresee_import(
                    services.library,
                    preview.plan,
                    units=units,
                    who=services.user,
                    workers=services.workers,
                    progress=progress,
                )

        # Rehearsing takes the lock for writing; a library that is busy is foreseen later or never.
        self._put_behind("foresee", foresee, self._take_foreseen, lambda _error: None, "write")

    def _take_foreseen(self, foreseen: Foreseen) -> None:
        self._foreseen = foreseen
        self._refresh()

    def _measure(self) -> None:
        """Read the files in the background: sizes for the question of units, and what is broken."""
        preview, services = self.preview, self._context.services
        if preview is None or not preview.draft.read.files:
            return
        files, reports = preview.draft.read.files, self._reports
        self.measured = (0, len(files))

        def measure(progress: Progress) -> None:
            from app.services.catalog.measure_sources import measure_sources

            measure_sources(
                services.library,
                files,
                found=reports.__setitem__,
                workers=services.workers,
                progress=progress,
            )

        def count_read(_share: float, _text: str) -> None:
            self.measured = (len(reports), len(files))
            if not self._soon.isActive():
                self._soon.start()

        job = self._put_behind(
            "measure", measure, lambda _nothing: count_read(1.0, ""), self.failed.emit
        )
        job.progressed.connect(count_read)

    def _refresh(self) -> None:
        """Put groups together from what is known by now, off the GUI thread."""
        preview = self.preview
        if preview is None:
            return
        if "refresh" in self._behind:
            self._soon.start()
            return
        foreseen, reports, units = self._foreseen, dict(self._reports), self._units

        def gather(progress: Progress) -> tuple[Outlook, Counts, Groups]:
            with without_collecting():
                outlook = make_outlook(preview, foreseen, reports, units)
                return outlook, count_rows(preview, outlook), groups_of_preview(preview, outlook)

        def show(gathered: tuple[Outlook, Counts, Groups]) -> None:
            if preview is self.preview and units is self._units:
                self.outlook, self.counts, groups = gathered
                self.outlook_changed.emit(groups)
            else:
                self._soon.start()

        self._put_behind("refresh", gather, show, self.failed.emit)

    # writing

    def run_import(self) -> None:
        """Catalogue what the preview shows."""
        preview, services = self.preview, self._context.services
        if preview is None or self.phase is not Phase.PREVIEW or self.busy:
            return
        self._stop_behind()
        plan, units, reports = preview.plan, self._units, dict(self._reports)
        source = (plan.table_path or self.paths[0]).absolute().name

        def work(progress: Progress) -> ImportReport:
            from app.services.catalog.carry_out_import import carry_out_import

            return carry_out_import(
                services.library,
                plan,
                source=source,
                units=units,
                measured=reports,
                who=services.user,
                workers=services.workers,
                progress=progress,
            )

        title = _("Import {name}").format(name=source)
        self._wait_for(work, self._show_report, Phase.WRITING, title)

    def undo(self) -> None:
        """Take the whole import back."""
        report, services = self.report, self._context.services
        if report is None or report.group_id is None or self.busy:
            return
        group_id = report.group_id

        def revert(progress: Progress) -> Undone:
            from app.services.audit.undo_change import undo_change

            return undo_change(services.library, who=services.user, group_id=group_id)

        self._wait_for(revert, self._show_undone, Phase.WRITING, _("Undo the import"))

    def stop(self) -> None:
        """Stop what the user waits for; what is catalogued already stays."""
        if self._job is not None:
            self._job.cancel()

    def leave(self) -> None:
        """Forget the preview."""
        self._stop_behind()
        if not self.busy and self.phase is Phase.PREVIEW:
            self.preview = None
            self._go(Phase.IDLE)

    def _show_report(self, report: ImportReport) -> None:
        self.preview, self.report = None, report
        self._go(Phase.DONE)
        self.imported.emit()
        self._context.bus.publish(report.changes, self.parent())

    def _show_undone(self, undone: Undone) -> None:
        self.report = None
        self._go(Phase.IDLE)
        self._context.bus.publish(undone.changes, self.parent())
        self.undone.emit()

    # jobs

    def _wait_for(
        self, work: Callable[[Progress], T], done: Callable[[T], None], phase: Phase, title: str
    ) -> None:
        before = Phase.IDLE if phase is Phase.READING else self.phase
        writes = phase is Phase.WRITING

        def fail(error: AppError) -> None:
            self._go(before)
            if writes:
                # An import keeps the batches that were finished before it failed.
                self._context.bus.publish(Changes.everything_of("part", "product"), self.parent())
            self.failed.emit(error)

        self._job = self._context.jobs.start(
            work, owner=self, done=done, failed=fail, lane="write" if writes else "read",
            title=title,
        )  # fmt: skip
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(lambda: self._settle(before))
        self._go(phase)

    def _settle(self, before: Phase) -> None:
        self._job = None
        if self.phase in (Phase.READING, Phase.WRITING):  # stopped before anything came of it
            self.phase = before
        self.phase_changed.emit()

    def _go(self, phase: Phase) -> None:
        self.phase = phase
        self.phase_changed.emit()

    def _put_behind(
        self,
        key: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        lane: Lane = "read",
    ) -> Job:
        """Start a job beside the preview in place of the last one of its kind."""
        self._stop_one(key)
        job = self._context.jobs.start(
            work,
            owner=self,
            done=lambda value: None if job.cancelling else done(value),
            failed=failed,
            lane=lane,
        )
        self._behind[key] = job
        job.finished.connect(lambda: self._forget(key, job))
        return job

    def _stop_one(self, key: str) -> None:
        before = self._behind.pop(key, None)
        if before is not None:
            before.cancel()

    def _forget(self, key: str, job: Job) -> None:
        if self._behind.get(key) is job:
            del self._behind[key]

    def _stop_behind(self) -> None:
        self._soon.stop()
        for job in self._behind.values():
            job.cancel()
        self._behind.clear()
