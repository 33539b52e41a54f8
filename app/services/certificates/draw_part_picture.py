"""Use case: the picture of a part as certificates show it, grey on white."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, UnitSource
from app.preview.palette import PictureTheme
from app.preview.picture_cache import keep_picture, picture_path
from app.workers.drawing import run_drawing
from app.workers.pool import WorkerPool
from app.workers.tasks.previews import render_one

if TYPE_CHECKING:
    from app.storage.library import Library

# 53 mm at 400 dots per inch, in the shape of the frame on the page.
PRINT_PX = (836, 688)


def draw_part_picture(
    library: Library, geometry: Geometry | None, workers: WorkerPool, progress: Progress
) -> bytes:
    """Return the picture as PNG, from the cache or drawn now.

    Returns:
        b"" where there is no geometry or nothing can be drawn on this machine: a certificate is
        valid without its picture.

    Raises:
        StorageError: the stored file is not the one that was catalogued.
        Cancelled: the user asked to stop.
    """
    if geometry is None:
        return b""
    width, height = PRINT_PX
    kept = picture_path(
        library.cache_dir / "pictures",
        geometry.sha256,
        geometry.unit,
        PictureTheme.PRINT,
        width,
        height,
    )
    with contextlib.suppress(OSError):  # not there, or not to be read: drawn anew
        return kept.read_bytes()
    try:
        png = run_drawing(
            workers,
            render_one,
            str(library.objects.verified_path(geometry.sha256)),
            None if geometry.unit_source is UnitSource.FILE else geometry.unit,
            PictureTheme.PRINT,
            width,
            height,
            progress=progress,
            about=geometry.file_name,
        )
    except (GeometryError, OSError):
        return b""
    with contextlib.suppress(OSError):  # a full cache costs time, not the picture
        keep_picture(kept, png)
    return png
