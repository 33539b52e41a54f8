"""One worker process as seen from the program."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from multiprocessing.connection import wait
from pathlib import Path

import psutil

from app.workers.child import serve
from app.workers.limits import MEGABYTE, Limits

_SPAWN = multiprocessing.get_context("spawn")  # forked locks and database handles must not live on
_LOG_TAIL = 2_000
# `multiprocessing` reaps any dead child whenever a new one starts; without this, a thread that
# starts one and a thread that ends another could each believe to have missed the end.
_reaping = threading.Lock()


class WorkerProcess:
    """Starts a process, talks to it over a pipe, watches its memory, ends it.

    Args:
        limits: what it may use.
        log_path: file that takes what it prints.
    """

    def __init__(self, limits: Limits, log_path: Path) -> None:
        self._limits, self.log_path = limits, log_path
        self.connection, other_end = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=serve, args=(other_end, limits, str(log_path)), daemon=True, name="everspare"
        )
        with _reaping:
            self._process.start()
        other_end.close()
        self._watched = psutil.Process(self.pid)
        self._idle_bytes: int | None = None

    @property
    def pid(self) -> int:
        pid = self._process.pid
        assert pid is not None  # it was started in the constructor
        return pid

    @property
    def sentinel(self) -> int:
        """What becomes ready, for `multiprocessing.connection.wait`, when the process ends."""
        return self._process.sentinel

    @property
    def alive(self) -> bool:
        with _reaping:
            return self._process.is_alive()

    def note_idle_memory(self) -> None:
        """Remember what it uses between tasks; a task's use is counted from there."""
        self._idle_bytes = self._resident_bytes()

    def uses_too_much(self) -> bool:
        """Whether the running task has more memory than it may."""
        used = self._resident_bytes() - (self._idle_bytes or 0)
        return used > self._limits.memory_mb * MEGABYTE

    def has_grown(self) -> bool:
        """Whether an idle worker keeps so much memory that a fresh one is better."""
        return self._resident_bytes() > self._limits.memory_mb * MEGABYTE // 2

    def describe_end(self) -> str:
        """Say how a dying process ended: the signal or the exit status."""
        with _reaping:
            self._process.join(1.0)
            code = self._process.exitcode
        if code is not None and code < 0:
            try:
                return signal.Signals(-code).name
            except ValueError:
                return f"signal {-code}"
        return f"exit {code}"

    def log_tail(self) -> str:
        """Return the end of what it printed."""
        try:
            return self.log_path.read_text("utf-8", "replace")[-_LOG_TAIL:]
        except OSError:
            return ""

    def finish(self, patience_s: float = 1.0) -> None:
        """Close the pipe, at which an idle worker ends by itself; kill it if it does not."""
        self.connection.close()
        wait([self.sentinel], patience_s)
        self.kill()

    def stop(self) -> None:
        """Kill the process while another thread still waits for its answer."""
        self._kill()

    def kill(self) -> None:
        """End the process at once and leave nothing of it behind."""
        if not self.connection.closed:
            self.connection.close()
        self._kill()
        with _reaping:
            self._process.join()
            # Somebody else may have waited for it first; then it cannot tell that it is closed.
            with contextlib.suppress(ValueError):
                self._process.close()

    def _kill(self) -> None:
        # psutil never takes another process that has got the same number for this one.
        with contextlib.suppress(psutil.Error):
            self._watched.kill()

    def _resident_bytes(self) -> int:
        try:
            return int(self._watched.memory_info().rss)
        except psutil.Error:  # it has just ended
            return 0
