"""Use case: the small picture of a file that is about to be imported; nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

from app.base.progress import Progress
from app.domain.catalog.length_unit import LengthUnit
from app.preview.palette import PictureTheme
from app.workers.drawing import run_drawing
from app.workers.pool import WorkerPool
from app.workers.tasks.previews import render_one


def draw_source(
    file: Path,
    *,
    theme: PictureTheme,
    side_px: int,
    workers: WorkerPool,
    progress: Progress,
) -> bytes:
    """Return a square PNG of the file as it is now.

    Raises:
        GeometryError: the file cannot be read or drawn.
        Cancelled: the user asked to stop.
    """
    # The unit changes the size, and a small picture is as large as its frame.
    return run_drawing(
        workers,
        render_one,
        str(file),
        LengthUnit.MM,
        theme,
        side_px,
        side_px,
        progress=progress,
        about=file.name,
    )
