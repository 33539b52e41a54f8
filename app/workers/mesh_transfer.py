"""Triangles of a foreign file, read in a worker and checked again before anybody draws them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from uuid import uuid4

import numpy as np

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import LengthUnit
from app.geometry.mesh_arrays import Faces, Vertices
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import load_mesh_arrays


def load_foreign_mesh(
    path: Path,
    unit: LengthUnit | None,
    *,
    workers: WorkerPool,
    progress: Progress,
    about: str = "",
) -> tuple[Vertices, Faces]:
    """Read a file in a worker.

    Args:
        unit: of the numbers where the format states none; None assumes millimetres.
        about: what sentences call the file; "" takes its name.

    Returns:
        (n, 3) float64 finite vertices in mm; (m, 3) int32 faces, every index below n.

    Raises:
        GeometryError: the file cannot be read or made its reader fail.
        Cancelled: the user asked to stop.
    """
    name = about or path.name
    handed_over = workers.scratch / f"{uuid4().hex}.npz"
    try:
        workers.run(
            load_mesh_arrays,
            str(path),
            unit,
            str(handed_over),
            name,
            progress=progress,
            about=name,
        )
        return _load_arrays(handed_over, name)
    finally:
        handed_over.unlink(missing_ok=True)


def _load_arrays(handed_over: Path, name: str) -> tuple[Vertices, Faces]:
    """Load what a worker wrote; it handled foreign bytes, so nothing of it is taken on trust."""
    try:
        with np.load(handed_over, allow_pickle=False) as arrays:
            vertices, faces = arrays["vertices"], arrays["faces"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _not_usable(name) from error
    shapes_fit = vertices.ndim == faces.ndim == 2 and vertices.shape[1] == faces.shape[1] == 3
    if not shapes_fit or vertices.dtype != np.float64 or faces.dtype != np.int32:
        raise _not_usable(name)
    if len(faces) == 0 or not np.isfinite(vertices).all():
        raise _not_usable(name)
    if int(faces.min()) < 0 or int(faces.max()) >= len(vertices):
        raise _not_usable(name)
    return vertices, faces


def _not_usable(name: str) -> GeometryError:
    return GeometryError(
        _("{file} could not be shown: its triangles are not usable.").format(file=name),
        hint=_("Check the file; it is probably damaged."),
    )
