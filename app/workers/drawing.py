"""Run a task that draws, and tell a computer that cannot draw from a file that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.progress import Progress
from app.workers.pool import ReaderStopped, WorkerPool
from app.workers.tasks.previews import draw_nothing

T = TypeVar("T")


def run_drawing(
    workers: WorkerPool,
    task: Callable[..., T],
    *args: Any,
    progress: Progress,
    about: str,
    probe: Callable[[], bool] = draw_nothing,
) -> T:
    """Run `task(*args)` in a worker; see `WorkerPool.run`.

    Args:
        probe: task that draws nothing, tried where `task` made its worker stop.

    Raises:
        GeometryError: the file cannot be read, or the computer has no OpenGL; the sentence says
            which of the two.
        Cancelled: the user asked to stop.
    """
    try:
        return workers.run(task, *args, progress=progress, about=about)
    except ReaderStopped as error:
        try:
            workers.run(probe, progress=progress, about=about)
        except ReaderStopped:
            raise GeometryError(
                _("{file} could not be drawn: this computer offers no working OpenGL.").format(
                    file=about
                ),
                hint=_("Install a graphics driver, or Mesa (package libegl1 on Debian)."),
            ) from error
        raise
