"""Use case: the picture of a catalogued geometry, from the cache or drawn now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, UnitSource
from app.preview.palette import PictureTheme
from app.preview.picture_cache import CARDS_PX, PAGE_PX, THUMBNAILS_PX, picture_path
from app.workers.drawing import run_drawing
from app.workers.pool import WorkerPool
from app.workers.tasks.previews import render_preview

if TYPE_CHECKING:
    from app.storage.library import Library

_THUMBNAILS = tuple(
    (theme, size, size)
    for theme in (PictureTheme.LIGHT, PictureTheme.DARK)
    for size in THUMBNAILS_PX
)


def fetch_picture(
    library: Library,
    geometry: Geometry,
    *,
    theme: PictureTheme,
    size_px: tuple[int, int],
    workers: WorkerPool,
    progress: Progress,
) -> Path:
    """Return the file of a picture.

    The first time all thumbnails are drawn together, light and dark: once the file is read they
    cost little. Pictures for pages and cards cost more and are drawn by themselves.

    Args:
        size_px: width and height; one of `THUMBNAILS_PX` or `CARDS_PX` squared, or `PAGE_PX`.

    Raises:
        GeometryError: the file cannot be read or drawn.
        StorageError: the stored file is missing or not the one that was catalogued.
        Cancelled: the user asked to stop.
    """
    width, height = size_px
    alone = size_px == PAGE_PX or (width == height and width in CARDS_PX)
    if not alone and not (width == height and width in THUMBNAILS_PX):
        raise ValueError(f"no picture is kept in {width} × {height}")
    folder = library.cache_dir / "pictures"
    wanted = picture_path(folder, geometry.sha256, geometry.unit, theme, width, height)
    if not wanted.exists():
        run_drawing(
            workers,
            render_preview,
            str(library.objects.verified_path(geometry.sha256)),
            None if geometry.unit_source is UnitSource.FILE else geometry.unit,
            geometry.sha256,
            ((theme, width, height),) if alone else _THUMBNAILS,
            str(folder),
            progress=progress,
            about=geometry.file_name,
        )
    return wanted
