"""Pictures of catalogued geometry: drawn once, found again, never of a changed file."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from app.base.errors import StorageError
from app.base.progress import Progress
from app.domain.catalog.geometry import (
    Geometry,
    GeometryFormat,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import Part, PartRevision
from app.preview.palette import PictureTheme
from app.preview.picture_cache import PAGE_PX
from app.services.catalog.fetch_picture import fetch_picture
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.boxes import write_box_stl


@pytest.fixture
def geometry(library: Library, tmp_path: Path) -> Geometry:
    file = write_box_stl(tmp_path / "box.stl")
    with library.writing(who="Anna", act="import") as write:
        [part_id] = write.insert([Part(number="A1", number_key="a1")])
        [revision_id] = write.insert([PartRevision(part_id=part_id, label="A")])
        sha256, size = write.keep_file(file)
        [geometry_id] = write.insert(
            [
                Geometry(
                    revision_id=revision_id,
                    sha256=sha256,
                    file_name=file.name,
                    format=GeometryFormat.STL,
                    size_bytes=size,
                    unit=LengthUnit.MM,
                    unit_source=UnitSource.ASSUMED,
                )
            ]
        )
    with library.reading() as read:
        return read.one(Geometry, id=geometry_id)


def _fetch(
    library: Library, workers: WorkerPool, geometry: Geometry, size_px: tuple[int, int] = (32, 32)
) -> Path:
    return fetch_picture(
        library,
        geometry,
        theme=PictureTheme.DARK,
        size_px=size_px,
        workers=workers,
        progress=Progress(),
    )


def test_drawn_once_and_found_again(
    library: Library, workers: WorkerPool, geometry: Geometry
) -> None:
    first = _fetch(library, workers, geometry)
    drawn_at = first.stat().st_mtime_ns
    assert _fetch(library, workers, geometry) == first
    assert first.stat().st_mtime_ns == drawn_at
    page = _fetch(library, workers, geometry, PAGE_PX)
    assert np.asarray(imread(page)).shape == (PAGE_PX[1], PAGE_PX[0], 4)


def test_deleted_pictures_are_drawn_again(
    library: Library, workers: WorkerPool, geometry: Geometry
) -> None:
    first = _fetch(library, workers, geometry)
    before = first.read_bytes()
    first.unlink()
    assert _fetch(library, workers, geometry).read_bytes() == before


def test_a_stored_file_that_was_changed_is_not_drawn(
    library: Library, workers: WorkerPool, geometry: Geometry
) -> None:
    stored = library.objects.path_of(geometry.sha256)
    stored.chmod(0o644)
    content = bytearray(stored.read_bytes())
    content[200] ^= 1
    stored.write_bytes(content)
    with pytest.raises(StorageError):
        _fetch(library, workers, geometry)


def test_a_size_nobody_keeps_is_our_bug(
    library: Library, workers: WorkerPool, geometry: Geometry
) -> None:
    with pytest.raises(ValueError, match="33"):
        _fetch(library, workers, geometry, (33, 33))
