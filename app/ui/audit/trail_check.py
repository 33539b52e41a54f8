"""Runs the two checks of the audit page and says what they found, beside the trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.audit.check_report import CheckReport
from app.domain.audit.trail import TrailReport
from app.services.audit.verify_trail import verify_trail
from app.services.library.check_library import check_library
from app.ui.audit.audit_words import entries_text
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.widgets.message_strip import MessageStrip
from app.ui.words import moment

if TYPE_CHECKING:
    from app.ui.widgets.message_strip import ThinProgress


class TrailCheck(QObject):
    """One check at a time; it can be stopped, here or in the jobs panel.

    Signals:
        running_changed: (running: bool).
        entry_requested: (number: int) the first broken entry is to be shown.
        report_requested: (report: CheckReport) all that was found is to be listed.
    """

    running_changed = Signal(bool)
    entry_requested = Signal(int)
    report_requested = Signal(object)

    def __init__(
        self, context: UiContext, strip: MessageStrip, busy: ThinProgress, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._strip, self._busy = context, strip, busy
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        return self._job is not None

    def verify_chain(self) -> None:
        """Follow the chain link by link."""
        library = self._context.services.library

        def work(progress: Progress) -> TrailReport:
            return verify_trail(library, progress=progress)

        self._start(
            work,
            self._take_chain,
            self.verify_chain,
            title=_("Verify the audit trail"),
            sentence=_("Computing every link of the chain anew…"),
        )

    def check_all(self) -> None:
        """Compare the whole library with what was written."""
        library = self._context.services.library

        def work(progress: Progress) -> CheckReport:
            return check_library(library, progress=progress)

        self._start(
            work,
            self._take_check,
            self.check_all,
            title=_("Check the library"),
            sentence=_("Comparing every file and record with what was written…"),
        )

    def _start(
        self,
        work: Callable[[Progress], object],
        done: Callable[[Job, object], None],
        again: Callable[[], None],
        *,
        title: str,
        sentence: str,
    ) -> None:
        if self._job is not None:
            return
        # The callbacks of a job come from the event loop, when its name here is known.
        job = self._context.jobs.start(
            work,
            owner=self,
            done=lambda found: done(job, found),
            failed=lambda error: self._fail(error, again),
            title=title,
        )
        self._job = job
        self._strip.say(sentence, action=_("Stop"), act=job.cancel)
        self._busy.set_share(0.0)
        job.progressed.connect(lambda share, _text: self._busy.set_share(share))
        job.finished.connect(self._end)
        self.running_changed.emit(True)

    def _end(self) -> None:
        job, self._job = self._job, None
        self._busy.set_share(-1.0)
        if job is not None and job.cancelling and not job.outcome_text:
            self._strip.say(_("The check was stopped; it says nothing."))
        self.running_changed.emit(False)

    def _take_chain(self, job: Job, found: object) -> None:
        assert isinstance(found, TrailReport)
        checked_at = moment(self._context.services.library.clock.now())
        if not found.intact:
            job.outcome_text = found.problem
            self._strip.say(
                found.problem,
                kind="danger",
                details=f"{checked_at}\n{found.problem}\n{found.head}",
                action=_("Show the entry"),
                act=partial(self.entry_requested.emit, found.broken),
            )
            return
        job.outcome_text = _("The chain is intact: {entries}, each linked to the one before.")
        job.outcome_text = job.outcome_text.format(entries=entries_text(found.entries))
        details = _("{moment}: {sentence} Last link: {head}").format(
            moment=checked_at, sentence=job.outcome_text, head=found.head
        )
        self._strip.say(job.outcome_text, kind="good", details=details)

    def _take_check(self, job: Job, found: object) -> None:
        assert isinstance(found, CheckReport)
        counts = _("{files} files, {rows} records and {sets} audit entries checked.").format(
            files=figure(found.files_checked),
            rows=figure(found.rows_checked),
            sets=figure(found.change_sets_checked),
        )
        if found.clean:
            job.outcome_text = _("The library is intact.") + " " + counts
            self._strip.say(job.outcome_text, kind="good", details=job.outcome_text)
            return
        count = len(found.problems)
        verdict = ngettext("{count} problem found.", "{count} problems found.", count)
        job.outcome_text = verdict.format(count=figure(count)) + " " + counts
        job.show_result = partial(self.report_requested.emit, found)
        self._strip.say(
            job.outcome_text,
            kind="danger",
            details="\n".join(problem.text for problem in found.problems),
            action=_("Show problems…"),
            act=job.show_result,
        )

    def _fail(self, error: AppError, again: Callable[[], None]) -> None:
        self._strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again"),
            act=again,
        )
