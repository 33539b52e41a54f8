"""The worker's side: a loop that takes one task at a time. Imports nothing heavy by itself."""

from __future__ import annotations

import faulthandler
import importlib
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from app.base import i18n
from app.base.errors import AppError
from app.workers import guard
from app.workers.limits import MEGABYTE, Limits
from app.workers.messages import Order, Outcome, pack

_WARM = ("numpy", "app.workers.tasks.geometry")
_GRACE_S = 5.0  # how long after its deadline a worker ends itself if nobody ended it
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def serve(connection: Connection, limits: Limits, log_path: str) -> None:
    """Run tasks until the program closes the pipe, ends, or gives no work for long."""
    log = _prepare(limits, Path(log_path))
    while True:
        try:
            if not connection.poll(limits.idle_s):
                return
            order: Order = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        _send(connection, pack(Outcome.BEGUN, None))
        faulthandler.dump_traceback_later(order.deadline_s + _GRACE_S, exit=True, file=log)
        answer = _run(order, limits)
        faulthandler.cancel_dump_traceback_later()
        _send(connection, answer)


def _prepare(limits: Limits, log_path: Path) -> Any:
    """Set up the process; return the open log, which also takes all standard output."""
    for name in _ONE_THREAD:
        os.environ[name] = "1"
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to answer
    log = log_path.open("w", encoding="utf-8", errors="replace")
    _redirect_output(log)
    faulthandler.enable(log)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for name in _WARM:
        importlib.import_module(name)
    guard.refuse_network_and_programs()
    guard.limit_memory(limits.memory_mb)
    return log


def _redirect_output(log: Any) -> None:
    """Send what native libraries print to the log; our standard output belongs to the program."""
    sys.stdout = sys.stderr = log
    for descriptor in (1, 2):
        os.dup2(log.fileno(), descriptor)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _run(order: Order, limits: Limits) -> bytes:
    """Run one task; every way it can end becomes an answer."""
    started = time.perf_counter()
    try:
        if order.language != i18n.language():
            i18n.use_language(order.language)
        task = getattr(importlib.import_module(order.module), order.function)
        answer = pack(Outcome.DONE, task(*order.arguments))
    except AppError as error:
        answer = pack(Outcome.REFUSED, error)
    except MemoryError:
        answer = pack(Outcome.NO_MEMORY, None)
    except BaseException as error:  # whatever foreign code raises ends this task only
        traceback.print_exc()
        answer = pack(Outcome.BROKEN, f"{type(error).__name__}: {error}"[:500])
    if len(answer) > limits.result_mb * MEGABYTE:
        answer = pack(Outcome.TOO_LARGE, len(answer))
    sys.stderr.write(f"{order.function} {time.perf_counter() - started:.3f} s\n")
    sys.stderr.flush()
    return answer


def _send(connection: Connection, answer: bytes) -> None:
    try:
        connection.send_bytes(answer)
    except OSError:  # nobody listens any more
        os._exit(0)
