"""Judges all parts for another horizon, in the background; cancelled, it changes nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.base.settings import load_settings, save_settings
from app.base.told import tell
from app.services.lifecycle.flag_spares import FlagReport, flag_spares
from app.ui.context import UiContext
from app.ui.jobs import Job, JobState


class HorizonJudge(QObject):
    """One assessment at a time; a newer one replaces the one under way.

    Attributes:
        months: the horizon that the stored verdicts were judged for.
        asked: the horizon that was asked for last.

    Signals:
        progressed: (share: float) 0 to 1; below 0: nothing is under way.
        judged: (report: FlagReport) the verdicts are stored and so is the horizon.
        failed: (error: AppError) nothing was changed.
        ended: (cancelled: bool) without verdicts.
    """

    progressed = Signal(float)
    judged = Signal(object)
    failed = Signal(object)
    ended = Signal(bool)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self.months = self.asked = load_settings().horizon_months

    @property
    def busy(self) -> bool:
        return self._job is not None

    def read(self) -> bool:
        """Take over the horizon as another page may have set it; says whether it differs."""
        before = self.months
        self.months = self.asked = load_settings().horizon_months
        return self.months != before

    def judge(self, months: int) -> None:
        """Judge for a horizon of so many months."""
        self.cancel()
        self.asked = months
        services, today = self._context.services, self._context.today()

        def work(progress: Progress) -> FlagReport:
            report = flag_spares(
                services.library,
                who=services.user,
                today=today,
                horizon_months=months,
                cause=tell("horizon of {months} months", months=months),
                progress=progress,
            )
            save_settings(replace(load_settings(), horizon_months=months))
            return report

        def take(report: FlagReport) -> None:
            self.months = months
            job.outcome_text = ngettext(
                "{count} part has another answer.",
                "{count} parts have another answer.",
                report.turned,
            ).format(count=report.turned)
            self.judged.emit(report)

        job = self._context.jobs.start(
            work,
            owner=self,
            done=take,
            failed=self.failed.emit,
            lane="write",
            title=_("Judge parts for {months} months").format(months=months),
        )
        self._job = job
        self.progressed.emit(0.0)
        job.progressed.connect(lambda share, _text: self.progressed.emit(share))
        job.finished.connect(lambda: self._settle(job))

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()

    def _settle(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self.progressed.emit(-1.0)
        if job.state is not JobState.DONE:
            self.ended.emit(job.state is JobState.CANCELLED)
