"""Use case: the triangles of a catalogued geometry, for the 3D view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, UnitSource
from app.geometry.mesh_arrays import Faces, Vertices
from app.workers.mesh_transfer import load_foreign_mesh
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def fetch_mesh(
    library: Library, geometry: Geometry, *, workers: WorkerPool, progress: Progress
) -> tuple[Vertices, Faces]:
    """Read the file in a worker, after making sure that it is the one that was catalogued.

    Returns:
        (n, 3) float64 finite vertices in mm; (m, 3) int32 faces.

    Raises:
        GeometryError: the file cannot be read.
        StorageError: the stored file is missing or not the one that was catalogued.
        Cancelled: the user asked to stop.
    """
    path = library.objects.verified_path(geometry.sha256)
    unit = None if geometry.unit_source is UnitSource.FILE else geometry.unit
    return load_foreign_mesh(
        path, unit, workers=workers, progress=progress, about=geometry.file_name
    )
