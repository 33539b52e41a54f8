"""Use case: draw any geometry file as a square PNG, without a library."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from app.base.errors import StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import LengthUnit
from app.preview.palette import PictureTheme
from app.workers.drawing import run_drawing
from app.workers.pool import WorkerPool
from app.workers.tasks.previews import render_one


def render_thumbnail(
    file: Path,
    out: Path,
    *,
    size_px: int,
    theme: PictureTheme,
    unit: LengthUnit | None = None,
    workers: WorkerPool,
    progress: Progress,
) -> int:
    """Draw `file` and write the picture to `out`, whole or not at all.

    Args:
        size_px: width and height.
        unit: of the numbers where the format states none; shows only in refusals of a file.

    Returns:
        Size of the PNG in bytes.

    Raises:
        GeometryError: the file cannot be read or drawn.
        StorageError: the picture cannot be written.
        Cancelled: the user asked to stop.
    """
    png = run_drawing(
        workers,
        render_one,
        str(file),
        unit,
        theme,
        size_px,
        size_px,
        progress=progress,
        about=file.name,
    )
    draft = out.with_name(f".{uuid4().hex}.part")
    try:
        draft.write_bytes(png)
        os.replace(draft, out)  # noqa: PTH105  # the name says that it replaces
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StorageError(
            _("{path} cannot be written: {reason}.").format(
                path=out, reason=error.strerror or str(error)
            ),
            hint=_("Name a folder that exists and that you may write to."),
        ) from error
    return len(png)
