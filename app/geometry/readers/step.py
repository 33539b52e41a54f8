"""STEP through OpenCASCADE (cascadio): solids in, triangles in true millimetres out."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.geometry.edges import group_edges, label_bodies
from app.geometry.mesh_arrays import MeshArrays, select_whole
from app.geometry.readers.glb import Glb
from app.geometry.readers.limits import check_triangle_count, no_triangles
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.step_text import check_step_text, count_solids, find_length_unit
from app.geometry.welding import weld

CHORD_TOLERANCE_MM = 0.05
ANGLE_TOLERANCE_RAD = 0.15  # a round pin loses 0.4 % of its volume; 0.5 rad would cost 4 %
_MM_PER_M = 1000.0
_START = re.compile(rb"\A\xef?\xbb?\xbf?\s*ISO-10303-21\s*;")


class StepReader:
    """Reads the solids of a STEP file as triangles; the file states its unit."""

    format = GeometryFormat.STEP
    suffixes: tuple[str, ...] = (".step", ".stp")

    def recognise(self, data: bytes) -> Match:
        return Match.CERTAIN if _START.match(data[:200]) else Match.NO

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all solids. See `MeshReader.load`."""
        check_step_text(data)
        vertices, faces, bodies = _collect(_tessellate(data))
        if len(faces) == 0:
            raise no_triangles()
        stated = find_length_unit(data) or LengthUnit.MM
        findings = [_tessellation_note(len(faces)), *_compare_solids(count_solids(data), bodies)]
        if unit not in (None, stated):
            text = tell("The file states its own unit, {unit}; that was used.", unit=stated.value)
            findings.append(Finding(FindingCode.READER_WARNING, Severity.NOTE, text))
        return MeshArrays(
            vertices=vertices,
            faces=faces,
            raw_triangles=len(faces),
            unit=stated,
            unit_source=UnitSource.FILE,
            format=self.format,
            findings=tuple(findings),
        )


def _tessellate(data: bytes) -> bytes:
    import cascadio

    try:
        content: bytes = cascadio.to_glb_bytes(
            data,
            cascadio.FileType.STEP,
            tol_linear=CHORD_TOLERANCE_MM,
            tol_angular=ANGLE_TOLERANCE_RAD,
            use_parallel=False,
        )
    except (RuntimeError, ValueError) as error:
        raise _refused(str(error)) from error
    if not content:
        raise _refused(_("it holds nothing that can be shown"))
    return content


def _collect(content: bytes) -> tuple[NDArray[np.float64], NDArray[np.int32], int]:
    """Return (n, 3) corners in mm and (m, 3) faces of all placed parts, and distinct bodies."""
    glb = Glb(content)
    welded: dict[int, tuple[NDArray[np.float64], NDArray[np.int32]]] = {}
    vertices, faces = [np.empty((0, 3))], [np.empty((0, 3), np.int32)]
    vertex_count = face_count = bodies = 0
    for place in glb.places():
        if place.mesh not in welded:
            corners, numbers = glb.triangles(place.mesh)
            places, index = weld(corners)
            welded[place.mesh] = (places.astype(np.float64), index[numbers])
            edges = group_edges(select_whole(index[numbers]), len(places))
            bodies += label_bodies(edges, len(edges.half_edges) // 3)[0]
        points, triangles = welded[place.mesh]
        face_count += len(triangles)
        check_triangle_count(face_count)
        turn, shift = place.placement[:3, :3], place.placement[:3, 3]
        if np.linalg.det(turn) < 0:  # a mirrored copy would face inwards
            triangles = triangles[:, ::-1]
        # The numbers came in single precision; more digits after scaling would be noise.
        placed = ((points @ turn.T + shift) * _MM_PER_M).astype(np.float32)
        vertices.append(placed.astype(np.float64))
        faces.append((triangles + vertex_count).astype(np.int32))
        vertex_count += len(points)
    return np.concatenate(vertices), np.concatenate(faces), bodies


def _compare_solids(defined: int, arrived: int) -> list[Finding]:
    if arrived >= defined:
        return []
    text = tell(
        "The file defines {defined} solids, but only {arrived} separate bodies arrived: some are "
        "missing or grown together.",
        defined=defined,
        arrived=arrived,
    )
    return [Finding(FindingCode.COUNT_LIES, Severity.WARNING, text)]


def _tessellation_note(triangles: int) -> Finding:
    text = tell(
        "Exact surfaces were divided into {triangles} triangles, at most {chord} mm off the true "
        "surface; volume and area are those of the triangles.",
        triangles=triangles,
        chord=CHORD_TOLERANCE_MM,
    )
    return Finding(FindingCode.READER_WARNING, Severity.NOTE, text)


def _refused(why: str) -> GeometryError:
    return GeometryError(
        _("The STEP reader (OpenCASCADE) refuses the file: {why}.").format(why=why),
        hint=_("Export the part again as STEP AP214 or AP242."),
    )
