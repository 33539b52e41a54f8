"""Logging: one JSON line per event in a file of this process, and the last lines in memory.

Each process writes its own file, so that two windows on one library never rotate each other's.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
import time
from collections import deque
from pathlib import Path
from typing import IO

from app.base.paths import log_dir

RING_LINES = 200
KEPT_FILES = 10
FILE_BYTES = 2_000_000
DEBUG_OPTIONS = ("sql", "jobs", "signals")

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Write a record as one JSON object, with whatever `extra` was given."""

    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        entry: dict[str, object] = {
            "at": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        for name, value in record.__dict__.items():
            if name not in _STANDARD:
                entry[name] = value
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class RingHandler(logging.Handler):
    """Keep the last lines for the crash dialog."""

    def __init__(self, lines: int = RING_LINES) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=lines)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._lines.extend(self.format(record).splitlines())
        except Exception:  # a log line must never take the program down
            self.handleError(record)

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


class RolledFile(logging.FileHandler):
    """A file that starts anew when it is full; the full one is kept beside it as `.1`.

    The standard library's own does the same, but loads sockets and pickling with it.
    """

    def __init__(self, path: Path, *, full_bytes: int = FILE_BYTES) -> None:
        super().__init__(path, encoding="utf-8")
        self._full_bytes = full_bytes

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        try:
            if self.stream is not None and self.stream.tell() >= self._full_bytes:
                self._roll()
        except OSError:  # a log line must never take the program down
            self.handleError(record)

    def _roll(self) -> None:
        if self.stream is not None:
            self.stream.close()
        full = Path(self.baseFilename)
        try:
            full.replace(full.with_name(f"{full.name}.1"))
        finally:
            self.stream = self._open()


class LogFiles:
    """The handlers of this process; `close` takes them out again."""

    def __init__(self, ring: RingHandler, file: RolledFile | None) -> None:
        self.ring = ring
        self.path = Path(file.baseFilename) if file is not None else None
        self._file = file
        self._trace: IO[str] | None = None

    def trace_crashes(self) -> None:
        """Let a crash below Python write all stacks beside the log."""
        if self.path is None:
            return
        self._trace = self.path.with_suffix(".crash").open("w", encoding="utf-8")
        faulthandler.enable(self._trace)

    def close(self) -> None:
        root = logging.getLogger()
        for handler in (self.ring, self._file):
            if handler is not None:
                root.removeHandler(handler)
                handler.close()
        if self._trace is not None:
            faulthandler.disable()
            self._trace.close()
            path = Path(self._trace.name)
            if path.stat().st_size == 0:
                path.unlink()


def start_logging(directory: Path | None = None, *, debug: str = "") -> LogFiles:
    """Send all records to a file in `directory` (default: the user's log folder) and to a ring.

    A folder that cannot be written costs the file, never the start of the program.

    Args:
        debug: comma-separated names out of `DEBUG_OPTIONS`; their loggers tell everything.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    ring = RingHandler()
    root.addHandler(ring)
    file = _open_file(directory if directory is not None else log_dir())
    if file is not None:
        root.addHandler(file)
    for option in filter(None, (word.strip() for word in debug.split(","))):
        if option in DEBUG_OPTIONS:
            logging.getLogger(f"everspare.{option}").setLevel(logging.DEBUG)
        else:
            root.warning("unknown debug option %r; known are %s", option, ", ".join(DEBUG_OPTIONS))
    return LogFiles(ring, file)


def debug_log(option: str) -> logging.Logger:
    """Return the logger of a debug option.

    Raises:
        ValueError: no such option.
    """
    if option not in DEBUG_OPTIONS:
        raise ValueError(f"unknown debug option {option!r}")
    return logging.getLogger(f"everspare.{option}")


def recent_lines() -> tuple[str, ...]:
    """Return the last lines logged in this process, oldest first."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, RingHandler):
            return handler.lines()
    return ()


def _open_file(directory: Path) -> RolledFile | None:
    name = f"everspare-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.jsonl"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _prune(directory)
        handler = RolledFile(directory / name)
    except OSError as error:
        if sys.stderr is not None:
            sys.stderr.write(f"everspare: no log file in {directory}: {error.strerror}\n")
        return None
    handler.setFormatter(JsonFormatter())
    return handler


def _prune(directory: Path) -> None:
    """Drop the oldest files; the one about to be opened makes `KEPT_FILES`."""
    ours = (
        path
        for path in directory.iterdir()
        if path.name.startswith("everspare-") and ".jsonl" in path.name
    )
    found = sorted(ours, key=lambda path: path.name)
    for path in found[: max(0, len(found) - KEPT_FILES + 1)]:
        path.unlink(missing_ok=True)
        path.with_suffix(".crash").unlink(missing_ok=True)
