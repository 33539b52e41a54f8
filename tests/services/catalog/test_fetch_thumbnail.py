"""Small pictures of listed parts: drawn once, then read; refused where the part is gone."""

from pathlib import Path

import pytest

from app.base.errors import NotFound
from app.base.progress import Progress
from app.domain.catalog.geometry import LengthUnit
from app.preview.palette import PictureTheme
from app.services.catalog.fetch_thumbnail import fetch_thumbnail
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.stored_parts import store_part

PNG = b"\x89PNG\r\n"


def fetch(library: Library, workers: WorkerPool, sha256: str) -> bytes:
    return fetch_thumbnail(
        library,
        sha256,
        LengthUnit.MM,
        theme=PictureTheme.LIGHT,
        size_px=(32, 32),
        workers=workers,
        progress=Progress(),
    )


def test_a_picture_is_drawn_once_and_then_read(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    stored = store_part(library, tmp_path, "A1")
    png = fetch(library, workers, stored.sha256)
    assert png.startswith(PNG)
    kept = list((library.cache_dir / "pictures").rglob("*-32x32-*.png"))
    assert kept
    # From here on the stored file is not needed any more.
    library.objects.path_of(stored.sha256).unlink()
    assert fetch(library, workers, stored.sha256) == png


def test_a_file_of_no_part_has_no_picture(library: Library, workers: WorkerPool) -> None:
    with pytest.raises(NotFound, match="no longer"):
        fetch(library, workers, "0" * 64)
