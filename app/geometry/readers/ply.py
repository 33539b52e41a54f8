"""PLY, text and binary, with faces of any number of corners."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.domain.catalog.geometry import GeometryFormat, LengthUnit
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.limits import check_triangle_count, check_vertex_count, no_triangles
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.number_text import to_whole_numbers
from app.geometry.readers.ply_header import PlyHeader, load_ply_header
from app.geometry.readers.ply_tables import Lists, Table, load_ply_tables
from app.geometry.readers.polygons import mesh_of_polygons

_WANTED = frozenset({"vertex", "face"})
_CORNER_COLUMNS = ("vertex_indices", "vertex_index")


class PlyReader:
    """Reads PLY; the format states no unit."""

    format = GeometryFormat.PLY
    suffixes: tuple[str, ...] = (".ply",)

    def recognise(self, data: bytes) -> Match:
        return Match.CERTAIN if data[:4] in (b"ply\n", b"ply\r", b"ply ") else Match.NO

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all faces. See `MeshReader.load`."""
        header = load_ply_header(data)
        _check_elements(header)
        tables = load_ply_tables(data, header, _WANTED)
        corners = _load_corners(tables["vertex"])
        lists = _load_lists(tables["face"])
        return mesh_of_polygons(
            corners,
            lists.lengths,
            _as_corner_numbers(lists.values),
            unit=unit,
            format=self.format,
        )


def _check_elements(header: PlyHeader) -> None:
    counts = {element.name: element.count for element in header.elements}
    if counts.get("tristrips", 0) > 0:
        raise GeometryError(
            _("The faces are stored as triangle strips, which are not read."),
            hint=_("Export the file with plain faces."),
        )
    if counts.get("vertex", 0) == 0 or counts.get("face", 0) == 0:
        raise no_triangles()
    check_vertex_count(counts["vertex"])
    check_triangle_count(counts["face"])


def _load_corners(table: Table) -> NDArray[Any]:
    columns = [table.get(axis) for axis in "xyz"]
    if any(not isinstance(column, np.ndarray) for column in columns):
        raise GeometryError(_("The corners have no x, y and z."), hint=_("Export the file again."))
    stacked = np.stack([np.asarray(column) for column in columns], axis=1)
    single = stacked.dtype.itemsize <= np.dtype(np.float32).itemsize and stacked.dtype.kind == "f"
    return stacked.astype(np.float32 if single else np.float64)


def _load_lists(table: Table) -> Lists:
    for name in _CORNER_COLUMNS:
        column = table.get(name)
        if isinstance(column, Lists):
            return column
    raise GeometryError(
        _("The faces do not say which corners they use."), hint=_("Export the file again.")
    )


def _as_corner_numbers(values: NDArray[Any]) -> NDArray[np.int64]:
    numbers = to_whole_numbers(values)
    if numbers is None:
        raise GeometryError(
            _("A face names a corner by something that is no whole number."),
            hint=_("The file is damaged; export it again."),
        )
    return numbers
