"""What every command needs: the open library, and one way to answer and to refuse."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from app.base import clock
from app.base.errors import AppError, Cancelled, StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.bootstrap import Services, open_services
from app.services.lifecycle.refresh_flags import refresh_flags

DONE, REFUSED, WRONG_USAGE, NO_LONGER_CURRENT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What stands before the command."""

    library: Path | None = None
    user: str | None = None


options: ContextVar[GlobalOptions | None] = ContextVar("options", default=None)

# Plays the tour in a window of that width and height; False where no window can be shown. The
# command line knows no window, so whoever starts it hands this in.
PlayWindow = Callable[[Path, tuple[int, int]], bool]
window_player: ContextVar[PlayWindow | None] = ContextVar("window_player", default=None)


@contextmanager
def session(*, create_if_missing: bool = False, keep_flags: bool = True) -> Iterator[Services]:
    """Open the library that `--library` names, for the person that `--user` names.

    Whatever a command writes, the eternal-spare flags follow before it ends; `keep_flags` False
    leaves them as they are.
    """
    chosen = options.get() or GlobalOptions()
    services = open_services(
        path=chosen.library, user=chosen.user, create_if_missing=create_if_missing
    )
    try:
        before = _last_change(services) if keep_flags else None
        yield services
        if before is not None:
            _refresh_flags(services, since=before)
    finally:
        services.close()


def _last_change(services: Services) -> int | None:
    """Return the newest change set; None where it cannot be read: the command will tell why."""
    try:
        with services.library.reading() as read:
            head = read.audit.head()
    except StorageError:
        return None
    return head.id if head is not None else 0


def _refresh_flags(services: Services, *, since: int) -> None:
    """Judge again after a command that has done its work: it must not fail by this."""
    progress = progress_on_stderr()
    try:
        with stoppable(progress):
            refresh_flags(
                services.library,
                since=since,
                who=services.user,
                today=clock.today(services.library.clock),
                horizon_months=services.settings.horizon_months,
                progress=progress,
            )
    except (AppError, Cancelled) as error:
        reason = _("stopped") if isinstance(error, Cancelled) else str(error)
        note(
            _("The flags are older than the records ({reason}). Renew them with: everspare flags")
            .format(reason=reason)
        )  # fmt: skip


@contextmanager
def stoppable(progress: Progress) -> Iterator[None]:
    """Let Ctrl+C end the work in good order, with what is finished written and told."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: progress.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def emit(value: object, json_output: bool, lines: Iterable[str] = ()) -> None:
    """Answer on standard output: one JSON document, or lines of text."""
    if json_output:
        document = json.dumps(to_json(value), ensure_ascii=False, indent=2)
        typer.echo(document)
        return
    for line in lines:
        typer.echo(line)


def to_json(value: Any) -> Any:
    """Return `value` as plain JSON: dataclasses as objects, dates in ISO 8601, enums by value."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_json(item) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def note(text: str) -> None:
    """Tell something beside the answer, on standard error."""
    typer.echo(text, err=True)


def progress_on_stderr() -> Progress:
    """Return progress that rewrites one line of a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        return Progress()
    width = 0

    def show(fraction: float, text: str) -> None:
        nonlocal width
        line = f"{fraction:4.0%} {text}"[:78]
        sys.stderr.write("\r" + line.ljust(width))
        width = len(line)
        if fraction >= 1.0:
            sys.stderr.write("\r" + " " * width + "\r")
        sys.stderr.flush()

    return Progress(show)
