"""Our own readers, entered into the same registry as anybody else's."""

from __future__ import annotations

from threading import Lock

from app.geometry.readers.mesh_reader import MeshReader, mesh_readers
from app.geometry.readers.obj import ObjReader
from app.geometry.readers.ply import PlyReader
from app.geometry.readers.step import StepReader
from app.geometry.readers.stl import StlReader
from app.geometry.readers.three_mf import ThreeMfReader

_lock = Lock()


def all_readers() -> list[MeshReader]:
    """Return every reader: ours first, then those of installed packages."""
    own: tuple[MeshReader, ...] = (
        StlReader(),
        ThreeMfReader(),
        StepReader(),
        PlyReader(),
        ObjReader(),
    )
    with _lock:
        for reader in own:
            name = reader.format.value
            if name not in mesh_readers.names():
                mesh_readers.register(name, reader)
        mesh_readers.load_installed()
        return list(mesh_readers)
