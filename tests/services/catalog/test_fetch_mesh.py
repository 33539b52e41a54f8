"""The triangles for the 3D view: of the very file that was catalogued, in millimetres."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.base.errors import GeometryError, StorageError
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, LengthUnit
from app.services.catalog.fetch_mesh import fetch_mesh
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.stored_parts import store_part


def _geometry(library: Library, folder: Path) -> Geometry:
    stored = store_part(library, folder, "A1")
    with library.reading() as read:
        return read.one(Geometry, revision_id=stored.revision_id)


def test_a_stored_file_becomes_triangles(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    vertices, faces = fetch_mesh(
        library, _geometry(library, tmp_path), workers=workers, progress=Progress()
    )
    assert faces.shape == (12, 3)
    assert tuple(vertices.max(axis=0)) == (40.0, 25.0, 15.0)


def test_the_unit_that_was_stated_is_applied(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    geometry = replace(_geometry(library, tmp_path), unit=LengthUnit.INCH)
    vertices, _faces = fetch_mesh(library, geometry, workers=workers, progress=Progress())
    assert vertices.max() == pytest.approx(40.0 * 25.4)


def test_a_changed_file_is_not_shown(library: Library, workers: WorkerPool, tmp_path: Path) -> None:
    geometry = _geometry(library, tmp_path)
    path = library.objects.path_of(geometry.sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(StorageError):
        fetch_mesh(library, geometry, workers=workers, progress=Progress())


def test_a_refusal_names_the_file_as_the_user_knows_it(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    geometry = _geometry(library, tmp_path)
    with library.writing(who="Anna", act="test") as write:
        sha256, _size = write.keep_bytes(b"solid nothing\nendsolid nothing\n")
    broken = replace(geometry, sha256=sha256, file_name="cap.stl")
    with pytest.raises(GeometryError, match=r"cap\.stl"):
        fetch_mesh(library, broken, workers=workers, progress=Progress())
