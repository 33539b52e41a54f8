"""Use case: the first page of an issued certificate, to be looked at."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate
from app.preview.picture_cache import keep_picture
from app.workers.pool import WorkerPool
from app.workers.tasks.pages import draw_first_page

if TYPE_CHECKING:
    from app.storage.library import Library

# A4 at 150 dots per inch: sharp in a panel, readable when it is shown large.
PAGE_WIDTH_PX = 1240


def draw_certificate_page(
    library: Library, certificate: Certificate, *, workers: WorkerPool, progress: Progress
) -> bytes:
    """Return the page as PNG, from the cache or drawn now.

    It is drawn in a worker like any other file: the kept copy may have been exchanged since.

    Raises:
        StorageError: the kept copy is not the document that was issued.
        DocumentError, GeometryError: it cannot be drawn.
        Cancelled: the user asked to stop.
    """
    sha256 = certificate.sha256
    kept = library.cache_dir / "pages" / sha256[:2] / f"{sha256}-{PAGE_WIDTH_PX}.png"
    with contextlib.suppress(OSError):  # not there, or not to be read: drawn anew
        return kept.read_bytes()
    png = workers.run(
        draw_first_page,
        str(library.objects.verified_path(sha256)),
        PAGE_WIDTH_PX,
        certificate.file_name,
        progress=progress,
        about=certificate.file_name,
    )
    with contextlib.suppress(OSError):  # a full cache costs time, not the picture
        keep_picture(kept, png)
    return png
