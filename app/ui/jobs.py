"""The only bridge from work to the GUI thread.

A job is a function `work(progress) -> value` that knows no Qt. The library is written on one
thread (`lane="write"`) and read on a few (`lane="read"`). Callbacks always arrive in the GUI thread
from its event loop, never inside `start`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from threading import Event
from typing import Any, Literal, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal, Slot

from app.base.errors import AppError, Cancelled
from app.base.logs import debug_log
from app.base.progress import Progress

Lane = Literal["read", "write"]
T = TypeVar("T")

REPORT_EVERY_S = 0.05
READ_THREADS = 3
_log = debug_log("jobs")


class JobState(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    CRASHED = "crashed"

    @property
    def over(self) -> bool:
        return self not in (JobState.WAITING, JobState.RUNNING)


class Executors(Protocol):
    """Where work runs: threads in the program, at once in tests."""

    def submit(self, lane: Lane, work: Callable[[], None]) -> None: ...

    def close(self) -> None: ...


class ThreadedExecutors:
    """One thread for writing, a few for reading; started when first used."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, Executor] = {
            "write": ThreadPoolExecutor(1, thread_name_prefix="write"),
            "read": ThreadPoolExecutor(READ_THREADS, thread_name_prefix="read"),
        }

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        self._lanes[lane].submit(work)

    def close(self) -> None:
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)


class InlineExecutors:
    """Runs work at once in the calling thread; its outcome still arrives from the event loop."""

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        work()

    def close(self) -> None:
        """Nothing runs any more when `submit` has returned."""


class _Ticket:
    """What the thread of a lane holds of a job: nothing of Qt.

    The last reference to a QObject must not be dropped in another thread, and `work` or a
    traceback may well hold one; so both live here until the GUI thread empties the ticket.
    """

    __slots__ = ("error", "latest", "pending", "stop", "value", "work")

    def __init__(self, work: Callable[[Progress], Any]) -> None:
        self.work: Callable[[Progress], Any] | None = work
        self.stop = Event()
        self.latest = (0.0, "")
        self.pending = False
        self.value: Any = None
        self.error: BaseException | None = None

    def empty(self) -> None:
        self.work = self.value = self.error = None


class Job(QObject):
    """One piece of work under way, as the window sees it.

    Attributes:
        title: what the jobs panel calls it; "" keeps it out of the panel.
        outcome_text: what came of it, in words.
        show_result: opens what the job made; None if there is nothing to open.

    Signals:
        progressed: (fraction: float, text: str), at most 20 a second.
        finished: whatever the outcome, once, after the callbacks.
    """

    progressed = Signal(float, str)
    finished = Signal()

    def __init__(self, title: str, lane: Lane, ticket: _Ticket) -> None:
        super().__init__()
        self.title, self.lane = title, lane
        self.state = JobState.WAITING
        self.fraction, self.text = 0.0, ""
        self.outcome_text = ""
        self.show_result: Callable[[], None] | None = None
        self.started_at = time.monotonic()
        self._ticket = ticket
        self._reported_at = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.report)

    @property
    def cancelling(self) -> bool:
        """Whether the job was asked to stop."""
        return self._ticket.stop.is_set()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._ticket.stop.set()

    def schedule_report(self) -> None:
        """Report now, or as soon as the last report is old enough."""
        wait_s = self._reported_at + REPORT_EVERY_S - time.monotonic()
        if wait_s <= 0:
            self.report()
        elif not self._timer.isActive():
            self._timer.start(int(wait_s * 1000) + 1)

    @Slot()
    def report(self) -> None:
        self._ticket.pending = False  # before reading: a report in between asks again
        fraction, text = self._ticket.latest
        if self.state is not JobState.RUNNING or (fraction, text) == (self.fraction, self.text):
            return
        self._reported_at = time.monotonic()
        self.fraction, self.text = fraction, text
        self.progressed.emit(fraction, text)


@dataclass(slots=True)
class _Entry:
    """What the GUI thread holds of a job."""

    job: Job
    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[AppError], None] | None
    watch: QMetaObject.Connection


class JobRunner(QObject):
    """Starts jobs and brings their outcome back to the GUI thread.

    Signals:
        job_started, job_finished: (job: Job), for the panel and the status bar.
    """

    job_started = Signal(object)
    job_finished = Signal(object)
    _arrived = Signal(object, str)

    def __init__(
        self,
        executors: Executors | None = None,
        *,
        on_crash: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        """Make a runner.

        Args:
            executors: where work runs; None: threads.
            on_crash: called in the GUI thread with an exception that is a bug of ours.
        """
        super().__init__(parent)
        self._executors: Executors = executors if executors is not None else ThreadedExecutors()
        self._on_crash = on_crash
        self._entries: dict[_Ticket, _Entry] = {}
        self._closed = False
        self._arrived.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    @property
    def active(self) -> tuple[Job, ...]:
        """Jobs that wait or run, oldest first."""
        return tuple(entry.job for entry in self._entries.values())

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        lane: Lane = "read",
        title: str = "",
    ) -> Job:
        """Run `work` on a lane; call `done` with its value or `failed` with its error.

        A job that its user cancelled calls neither; an exception that is no `AppError` reaches
        `on_crash`; when `owner` is destroyed the job is cancelled and its callbacks are dropped.
        An error without a `failed` counts as a crash, because nobody would see it. After `close`
        nothing is started: a last timer or repaint of a window that goes gets a cancelled job.
        """
        ticket = _Ticket(work)
        job = Job(title, lane, ticket)
        if self._closed:
            job.cancel()
            job.state = JobState.CANCELLED
            return job
        watch = owner.destroyed.connect(ticket.stop.set)
        self._entries[ticket] = _Entry(job, owner, done, failed, watch)
        self.job_started.emit(job)
        self._executors.submit(lane, lambda: self._run(ticket, lane, title))
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self.active:
            job.cancel()

    def close(self) -> None:
        """Stop everything and wait for the threads; nothing is delivered any more."""
        self.cancel_all()
        self._closed = True
        self._executors.close()
        for ticket in self._entries:
            ticket.empty()
        self._entries.clear()

    def _run(self, ticket: _Ticket, lane: Lane, title: str) -> None:
        """In the thread of the lane."""

        def report(fraction: float, text: str) -> None:
            ticket.latest = (fraction, text)
            if not ticket.pending:
                ticket.pending = True
                self._send(ticket, "progressed")

        progress = Progress(report, ticket.stop)
        began = time.perf_counter()
        self._send(ticket, "running")
        try:
            progress.check()
            assert ticket.work is not None
            ticket.value = ticket.work(progress)
        except BaseException as caught:  # one that is lost here is a job that never ends
            ticket.error = caught
        _log.debug("%s job %r took %.3f s", lane, title, time.perf_counter() - began)
        self._send(ticket, "settled")

    def _send(self, ticket: _Ticket, what: str) -> None:
        if not self._closed:
            self._arrived.emit(ticket, what)

    @Slot(object, str)
    def _receive(self, ticket: _Ticket, what: str) -> None:
        entry = self._entries.get(ticket)
        if entry is None:
            return
        if what == "running":
            entry.job.state = JobState.RUNNING
        elif what == "progressed":
            entry.job.schedule_report()
        else:
            self._settle(ticket)

    def _settle(self, ticket: _Ticket) -> None:
        """Name the outcome, call back, say that it is over."""
        entry = self._entries.pop(ticket)
        job, value, error = entry.job, ticket.value, ticket.error
        job.report()
        ticket.empty()
        wanted = shiboken6.isValid(entry.owner)
        if wanted:
            QObject.disconnect(entry.watch)
        try:
            if error is None:
                job.state, job.fraction = JobState.DONE, 1.0
                if wanted and entry.done is not None:
                    entry.done(value)
            elif isinstance(error, Cancelled):
                job.state = JobState.CANCELLED
            elif isinstance(error, AppError):
                job.state, job.outcome_text = JobState.FAILED, str(error)
                if wanted:
                    (entry.failed or self._on_crash)(error)
            else:
                job.state, job.outcome_text = JobState.CRASHED, repr(error)
                self._on_crash(error)
        finally:
            job.finished.emit()
            self.job_finished.emit(job)
