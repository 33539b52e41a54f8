"""Use case: the small picture of a listed part, from the cache or drawn now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import NotFound
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, LengthUnit
from app.preview.palette import PictureTheme
from app.preview.picture_cache import picture_path
from app.services.catalog.fetch_picture import fetch_picture
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def fetch_thumbnail(
    library: Library,
    sha256: str,
    unit: LengthUnit,
    *,
    theme: PictureTheme,
    size_px: tuple[int, int],
    workers: WorkerPool,
    progress: Progress,
) -> bytes:
    """Return the PNG of a file that is known by its hash; a list knows no more of it.

    Args:
        size_px: as in `fetch_picture`.

    Raises:
        NotFound: no part has this file any more.
        GeometryError, StorageError, Cancelled: as in `fetch_picture`.
    """
    kept = picture_path(library.cache_dir / "pictures", sha256, unit, theme, *size_px)
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        pass
    with library.reading() as read:
        geometry = read.find(Geometry, sha256=sha256, unit=unit)
    if geometry is None:
        raise NotFound(_("The library no longer holds this file."))
    return fetch_picture(
        library, geometry, theme=theme, size_px=size_px, workers=workers, progress=progress
    ).read_bytes()
