"""A few warm processes in which foreign files are read; any of them may die without harm."""

from __future__ import annotations

import logging
import pickle
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from app.base import i18n
from app.base.errors import AppError, Cancelled, GeometryError
from app.base.figures import figure
from app.base.i18n import _
from app.base.progress import Progress
from app.workers.limits import MEGABYTE, Limits
from app.workers.messages import Order, Outcome, Untrustworthy, unpack

if TYPE_CHECKING:
    from app.workers.process import WorkerProcess

_log = logging.getLogger(__name__)
_POLL_S = 0.05
_REAP_S = 30.0

T = TypeVar("T")


class ReaderStopped(GeometryError):
    """The worker ended, hung or answered nonsense; a sound file would not do that to it."""


class _GoneBeforeBegin(Exception):
    """The worker had ended before it took the task, so the task is not to blame."""


class WorkerPool:
    """Runs tasks in worker processes, one task each at a time; safe to call from many threads.

    Processes start when they are first needed and end with `close`, with the program, or after
    being idle for long. One that crashes, hangs or takes too much is killed and replaced; only its
    own task fails.

    Args:
        size: how many processes at most.
        limits: what each may use.
    """

    def __init__(self, size: int = 2, limits: Limits = Limits()) -> None:  # noqa: B008 # frozen
        self.size, self.limits = size, limits
        self._idle: list[WorkerProcess] = []
        self._running: set[WorkerProcess] = set()
        self._changed = threading.Condition()
        self._taken = 0
        self._started = 0
        self._closed = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._reaper: threading.Timer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def scratch(self) -> Path:
        """Folder for files that tasks hand over; it goes when the pool closes."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the worker pool is closed")
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="everspare-")
            return Path(self._folder.name)

    @property
    def busy(self) -> int:
        """How many tasks are running now."""
        return self._taken

    def run(
        self,
        task: Callable[..., T],
        *args: Any,
        deadline_s: float | None = None,
        progress: Progress | None = None,
        about: str = "",
    ) -> T:
        """Run `task(*args)` in a worker and wait for its result.

        Args:
            task: function of a module that can be imported by name.
            args: plain values; large arrays go through files in `scratch`.
            deadline_s: seconds after which it is stopped.
            progress: asked now and then whether the user wants to stop.
            about: name of the file, for sentences.

        Raises:
            GeometryError: the task crashed, hung or took too much memory.
            AppError: whatever the task itself raised of that family.
            Cancelled: the user asked to stop, or the pool was closed meanwhile.
        """
        watch = progress or Progress()
        limit_s = self.limits.deadline_s if deadline_s is None else deadline_s
        name = about or task.__name__
        if self._closed:
            raise RuntimeError("the worker pool is closed")
        order = Order(task.__module__, task.__qualname__, args, i18n.language(), limit_s)
        for attempt in range(3):
            worker = self._take(watch)
            talk = _Talk(worker, self.limits, name, watch)
            try:
                result: T = talk.run(order)
                return result
            except (_GoneBeforeBegin, GeometryError) as error:
                if self._closed:
                    raise Cancelled from error
                if not isinstance(error, _GoneBeforeBegin):
                    raise
                _log.info("the worker for %s had ended before (attempt %d)", name, attempt + 1)
            finally:
                self._give_back(worker, keep=talk.ended_well)
        raise GeometryError(
            _("{file} could not be read: no reader process can be started.").format(file=name),
            hint=_("Restart the program; if it happens again, look at the log."),
        )

    def close(self) -> None:
        """End all processes and remove the scratch folder; tasks still running fail."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            idle, self._idle = self._idle, []
            running = list(self._running)
            if self._reaper is not None:
                self._reaper.cancel()
            self._changed.notify_all()
        for worker in running:
            worker.stop()
        for worker in idle:
            worker.finish()
        with self._changed:
            self._changed.wait_for(lambda: self._taken == 0, timeout=10.0)
        if self._folder is not None:
            self._folder.cleanup()

    def _take(self, watch: Progress) -> WorkerProcess:
        """Return a free worker, waiting for one if all are busy."""
        with self._changed:
            while not self._closed and self._taken >= self.size:
                watch.check()
                self._changed.wait(_POLL_S)
            if self._closed:
                raise Cancelled
            self._taken += 1
            worker = self._idle.pop() if self._idle else None
        try:
            if worker is not None and not worker.alive:
                worker.kill()
                worker = None
            if worker is None:
                worker = self._start()
        except BaseException:
            self._release()
            raise
        with self._changed:
            if not self._closed:
                self._running.add(worker)
                return worker
        worker.kill()
        self._release()
        raise Cancelled

    def _start(self) -> WorkerProcess:
        from app.workers.process import WorkerProcess  # with all it needs, only once it is needed

        with self._changed:
            if self._closed:
                raise Cancelled
            self._started += 1
            log_path = self.scratch / f"worker-{self._started}.log"
        return WorkerProcess(self.limits, log_path)

    def _give_back(self, worker: WorkerProcess, *, keep: bool) -> None:
        with self._changed:
            self._running.discard(worker)
            keep = keep and not self._closed and not worker.has_grown()
            if keep:
                self._idle.append(worker)
                self._look_later()
        if not keep:
            worker.kill()
        self._release()

    def _look_later(self) -> None:
        """Look in a while whether idle workers have ended; the lock is held."""
        if self._reaper is None and not self._closed:
            pause_s = min(self.limits.idle_s, _REAP_S)
            self._reaper = threading.Timer(pause_s, self._bury_idle)
            self._reaper.name, self._reaper.daemon = "bury-idle-workers", True
            self._reaper.start()

    def _bury_idle(self) -> None:
        """Take leave of workers that ended by themselves, or they stay as zombies."""
        with self._changed:
            self._reaper = None
            gone = [worker for worker in self._idle if not worker.alive]
            self._idle = [worker for worker in self._idle if worker not in gone]
            if self._idle:
                self._look_later()
        for worker in gone:
            worker.kill()

    def _release(self) -> None:
        with self._changed:
            self._taken -= 1
            self._changed.notify_all()


class _Talk:
    """One task with one worker: order, watch, answer.

    Attributes:
        ended_well: the worker answered as it should and may take the next task.
    """

    def __init__(self, worker: WorkerProcess, limits: Limits, name: str, watch: Progress) -> None:
        self._worker, self._limits, self._name, self._watch = worker, limits, name, watch
        self.ended_well = False

    def run(self, order: Order) -> Any:
        try:
            self._worker.connection.send_bytes(pickle.dumps(order))
        except OSError as error:
            raise _GoneBeforeBegin from error
        begun, __ = self._receive(self._limits.start_s, begun=False)
        if begun is not Outcome.BEGUN:
            raise self._failed(str(begun))
        self._worker.note_idle_memory()
        outcome, value = self._receive(order.deadline_s, begun=True)
        return self._conclude(outcome, value)

    def _receive(self, patience_s: float, *, begun: bool) -> tuple[Outcome, Any]:
        """Wait for the next answer; whatever goes wrong meanwhile is raised."""
        connection = self._worker.connection
        deadline = time.monotonic() + patience_s
        while True:
            self._watch.check()
            ready = wait([connection, self._worker.sentinel], _POLL_S)
            if connection in ready:
                return self._read(begun)
            if ready:
                raise self._gone(begun)
            if time.monotonic() > deadline:
                raise self._too_slow(patience_s)
            if begun and self._worker.uses_too_much():
                raise self._too_large()

    def _read(self, begun: bool) -> tuple[Outcome, Any]:
        try:
            answer = self._worker.connection.recv_bytes((self._limits.result_mb + 1) * MEGABYTE)
        except (EOFError, OSError) as error:
            raise self._gone(begun) from error
        try:
            return unpack(answer)
        except Untrustworthy as error:
            raise self._failed(f"unexpected answer, {error}") from error

    def _conclude(self, outcome: Outcome, value: Any) -> Any:
        if outcome is Outcome.DONE:
            self.ended_well = True
            return value
        if outcome is Outcome.REFUSED and isinstance(value, AppError):
            self.ended_well = True
            raise value
        if outcome is Outcome.NO_MEMORY:
            raise self._too_large()
        if outcome is Outcome.TOO_LARGE:
            raise self._failed(_("its result is too large"))
        raise self._failed(str(value))

    def _gone(self, begun: bool) -> Exception:
        if not begun:
            return _GoneBeforeBegin()
        how = self._worker.describe_end()
        _log.info("worker for %s ended: %s\n%s", self._name, how, self._worker.log_tail())
        return self._failed(how)

    def _failed(self, how: str) -> GeometryError:
        return ReaderStopped(
            _("{file} could not be read: the reader stopped ({how}).").format(
                file=self._name, how=how
            ),
            hint=_("The file is probably damaged; export it again."),
        )

    def _too_slow(self, patience_s: float) -> GeometryError:
        return GeometryError(
            _("{file} could not be read: the reader was stopped after {seconds} s.").format(
                file=self._name, seconds=figure(patience_s)
            ),
            hint=_("The file is damaged or too complex; export it again with a coarser tolerance."),
        )

    def _too_large(self) -> GeometryError:
        return GeometryError(
            _("{file} could not be read: it needs more than {limit} MB of memory.").format(
                file=self._name, limit=self._limits.memory_mb
            ),
            hint=_("Export it again with a coarser tolerance."),
        )
