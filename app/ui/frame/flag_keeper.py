"""Keeps the eternal-spare verdicts up to date: they follow from dates, stock and today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.lifecycle.flag_causes import CAUSES
from app.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from app.services.lifecycle.flag_spares import FlagReport
    from app.ui.context import UiContext


class FlagKeeper(QObject):
    """Judges again, in the background, whenever something changed that verdicts rest on.

    Signals:
        refused: (error: AppError) the verdicts shown are older than the records.
    """

    refused = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._context: UiContext | None = None
        self._job: Job | None = None
        self._cause = ""

    def attach(self, context: UiContext | None) -> None:
        """Keep the verdicts of this library from now on."""
        if self._context is not None:
            self._context.bus.changed.disconnect(self._take_changes)
        self._context = context
        if context is not None:
            context.bus.changed.connect(self._take_changes)
            self._judge(_("a new day or a library opened"))

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and changes.touches(*CAUSES):
            self._judge(_("records changed"))

    def _judge(self, cause: str) -> None:
        context = self._context
        if context is None:
            return
        if self._job is not None:
            self._cause = cause  # once more when this one is over
            return
        self._cause = ""
        services, today = context.services, context.today()

        def judge(progress: Progress) -> FlagReport:
            from app.base.settings import load_settings
            from app.services.lifecycle.flag_spares import flag_spares

            return flag_spares(
                services.library,
                who=services.user,
                today=today,
                horizon_months=load_settings().horizon_months,
                cause=cause,
                progress=progress,
            )

        self._job = self._jobs.start(
            judge,
            owner=self,
            done=self._publish,
            failed=self.refused.emit,
            lane="write",
        )
        self._job.finished.connect(self._go_on)

    def _publish(self, report: FlagReport) -> None:
        if self._context is not None:
            self._context.bus.publish(report.changes, self)

    def _go_on(self) -> None:
        self._job = None
        if self._cause:
            self._judge(self._cause)
