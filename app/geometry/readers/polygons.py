"""Faces of any number of corners, made into triangles that are safe to use."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import tell_count
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
)
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.limits import check_triangle_count, no_triangles
from app.geometry.readers.unstated_unit import mesh_without_unit
from app.geometry.welding import Coordinates, weld


def mesh_of_polygons(
    corners: Coordinates,
    lengths: NDArray[np.int64],
    numbers: NDArray[np.int64],
    *,
    unit: LengthUnit | None,
    format: GeometryFormat,
) -> MeshArrays:
    """Return the mesh of a file that lists corners and polygons over them, and states no unit.

    Args:
        corners: (n, 3), in the numbers of the file.
        lengths, numbers: see `divide_polygons`.
        unit: what the user said; None assumes millimetres.

    Raises:
        GeometryError: too many triangles, none, or one with a corner that does not exist.
    """
    faces, findings = divide_polygons(lengths, numbers)
    if len(faces) == 0:
        raise no_triangles()
    check_corner_numbers(faces, len(corners))
    places, index = weld(corners)
    return mesh_without_unit(
        places,
        index[faces],
        raw_triangles=len(faces),
        unit=unit,
        format=format,
        findings=findings,
    )


def divide_polygons(
    lengths: NDArray[np.int64], corners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[Finding]]:
    """Divide polygons into fans of triangles.

    Args:
        lengths: (p,) number of corners of each polygon.
        corners: (sum of lengths,) corner numbers, one polygon after the other.

    Returns:
        (m, 3) int64, in the order of the polygons; findings on what had to be divided or left out.
    """
    check_triangle_count(int(np.maximum(lengths - 2, 0).sum()))
    if len(lengths) and (lengths == 3).all():
        return corners.reshape(-1, 3), []
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
    pieces, order = [], []
    for length in np.unique(lengths[lengths >= 3]):
        rows = np.flatnonzero(lengths == length)
        polygon = corners[starts[rows][:, None] + np.arange(length)]
        steps = np.arange(1, length - 1)
        fan = np.empty((len(rows), length - 2, 3), np.int64)
        fan[:, :, 0] = polygon[:, :1]
        fan[:, :, 1], fan[:, :, 2] = polygon[:, steps], polygon[:, steps + 1]
        pieces.append(fan.reshape(-1, 3))
        order.append(np.repeat(rows, length - 2))
    if not pieces:
        return np.empty((0, 3), np.int64), _describe(lengths)
    in_order = np.argsort(np.concatenate(order), kind="stable")
    return np.concatenate(pieces)[in_order], _describe(lengths)


def _describe(lengths: NDArray[np.int64]) -> list[Finding]:
    findings = []
    divided, useless = int((lengths > 3).sum()), int((lengths < 3).sum())
    if divided:
        text = tell_count(
            "{count} face has more than three corners and was divided into triangles.",
            "{count} faces have more than three corners and were divided into triangles.",
            divided,
        )
        findings.append(Finding(FindingCode.READER_WARNING, Severity.NOTE, text))
    if useless:
        text = tell_count(
            "{count} face has fewer than three corners and was left out.",
            "{count} faces have fewer than three corners and were left out.",
            useless,
        )
        findings.append(Finding(FindingCode.DEGENERATE, Severity.WARNING, text))
    return findings


def check_corner_numbers(faces: NDArray[np.integer], vertex_count: int) -> None:
    """Raise `GeometryError` if a face uses a corner that does not exist."""
    wrong = (faces < 0) | (faces >= vertex_count)
    if wrong.any():
        face = int(np.flatnonzero(wrong.any(axis=1))[0])
        corner = int(faces[face][wrong[face]][0])
        raise GeometryError(
            _("Triangle {face} uses corner {corner}, but there are only {count} corners.").format(
                face=face + 1, corner=corner + 1, count=vertex_count
            ),
            hint=_("The file is damaged; export it again."),
        )
