"""Whole buffers in and out of lib3mf.

Its Python functions turn every byte and corner into a Python object (a minute for a large part);
the same calls of the library underneath take and fill plain memory.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import NDArray


def read_from_buffer(reader: Any, content: bytes) -> None:
    """Let a lib3mf reader parse `content`; raises the library's own exception."""
    wrapper = reader._wrapper
    code = wrapper.lib.lib3mf_reader_readfrombuffer(
        reader._handle,
        ctypes.c_uint64(len(content)),
        ctypes.cast(ctypes.c_char_p(content), ctypes.POINTER(ctypes.c_uint8)),  # read, not written
    )
    wrapper.checkError(reader, code)


def get_vertices(mesh: Any) -> NDArray[np.float32]:
    """Return the (n, 3) float32 corners of a lib3mf mesh object, in the model's unit."""
    import lib3mf

    function = mesh._wrapper.lib.lib3mf_meshobject_getvertices
    return _fill(mesh, function, lib3mf.Position, mesh.GetVertexCount(), np.dtype(np.float32))


def get_triangles(mesh: Any) -> NDArray[np.uint32]:
    """Return the (m, 3) uint32 corner numbers of a lib3mf mesh object."""
    import lib3mf

    function = mesh._wrapper.lib.lib3mf_meshobject_gettriangleindices
    return _fill(mesh, function, lib3mf.Triangle, mesh.GetTriangleCount(), np.dtype(np.uint32))


def _fill(mesh: Any, function: Any, record: Any, count: int, kind: np.dtype[Any]) -> NDArray[Any]:
    rows = np.empty((count, 3), kind)
    needed = ctypes.c_uint64(0)
    pointer = rows.ctypes.data_as(ctypes.POINTER(record))
    code = function(mesh._handle, ctypes.c_uint64(count), ctypes.byref(needed), pointer)
    mesh._wrapper.checkError(mesh, code)
    return rows
