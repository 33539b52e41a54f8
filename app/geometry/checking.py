"""Judge a measured mesh: findings with severity and a sentence that has the figures.

What blocks a release until somebody signs a reason (danger) and what does not:

- *danger*: the volume is not known or slicers may fill it differently: corners that are no numbers,
  a count that lies, open or crowded edges, disagreeing or inverted surfaces. Open meshes are common
  among parts that print well, so none of these refuses a file; each asks for a signature.
- *warning*: slicers cope, but somebody should look: triangles without area, doubled triangles,
  bodies that touch along an edge, a size that hardly fits the unit.
- *note*: worth knowing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.base.told import tell, tell_count
from app.domain.catalog.geometry import Finding, FindingCode, LengthUnit, Severity, UnitSource
from app.geometry.measuring import MeshMeasures
from app.geometry.mesh_arrays import MeshArrays

SMALLEST_LONGEST_SIDE_MM = 1.0
LARGEST_LONGEST_SIDE_MM = 2000.0
_INCH_STEP = 1 / 32  # finest step of an inch ruler in common use
_MM_STEP = 0.05  # a drawing in millimetres hardly names finer steps


def check_mesh(mesh: MeshArrays, measures: MeshMeasures) -> tuple[Finding, ...]:
    """Return what is wrong with a mesh: the reader's findings first, then the measured ones."""
    return (
        *mesh.findings,
        *_check_corners(measures),
        *_check_edges(measures),
        *_check_orientation(measures),
        *_check_waste(measures),
        *_check_unit(mesh, measures),
    )


def _check_corners(measures: MeshMeasures) -> Iterator[Finding]:
    if measures.not_finite:
        text = tell_count(
            "{count} of {triangles} triangles has a corner that is no number or out of all "
            "bounds; it was left out of all measures and leaves a hole.",
            "{count} of {triangles} triangles have a corner that is no number or out of all "
            "bounds; they were left out of all measures and leave holes.",
            measures.not_finite,
            triangles=measures.triangles,
        )
        yield Finding(FindingCode.NOT_FINITE, Severity.DANGER, text)


def _check_edges(measures: MeshMeasures) -> Iterator[Finding]:
    if measures.open_edges:
        text = tell_count(
            "The surface is open at {count} edge, so volume, mass and cost are not reliable.",
            "The surface is open at {count} edges, so volume, mass and cost are not reliable.",
            measures.open_edges,
        )
        yield Finding(FindingCode.OPEN, Severity.DANGER, text)
    # Triangles lying on each other back to back pair up as well, but enclose nothing.
    crowded = measures.crowded_edges + (measures.touching_edges if measures.duplicates else 0)
    if crowded:
        text = tell_count(
            "More than two triangles meet at {count} edge; slicers may fill it differently.",
            "More than two triangles meet at {count} edges; slicers may fill them differently.",
            crowded,
        )
        yield Finding(FindingCode.NON_MANIFOLD, Severity.DANGER, text)
    elif measures.touching_edges:
        text = tell_count(
            "Closed bodies touch along {count} edge.",
            "Closed bodies touch along {count} edges.",
            measures.touching_edges,
        )
        yield Finding(FindingCode.NON_MANIFOLD, Severity.WARNING, text)


def _check_orientation(measures: MeshMeasures) -> Iterator[Finding]:
    if measures.flipped_edges:
        text = tell_count(
            "At {count} edge the two triangles disagree on which side is outside.",
            "At {count} edges the two triangles disagree on which side is outside.",
            measures.flipped_edges,
        )
        yield Finding(FindingCode.INCONSISTENT_WINDING, Severity.DANGER, text)
    if measures.inverted_bodies:
        text = tell_count(
            "{count} of {bodies} bodies is turned inside out: its surface faces inwards.",
            "{count} of {bodies} bodies are turned inside out: their surfaces face inwards.",
            measures.inverted_bodies,
            bodies=measures.bodies,
        )
        yield Finding(FindingCode.INSIDE_OUT, Severity.DANGER, text)


def _check_waste(measures: MeshMeasures) -> Iterator[Finding]:
    degenerate = measures.collapsed + measures.slivers
    if degenerate:
        text = tell_count(
            "{count} of {triangles} triangles has no area.",
            "{count} of {triangles} triangles have no area.",
            degenerate,
            triangles=measures.triangles,
        )
        yield Finding(FindingCode.DEGENERATE, Severity.WARNING, text)
    if measures.duplicates:
        text = tell_count(
            "{count} of {triangles} triangles is a duplicate of another one.",
            "{count} of {triangles} triangles are duplicates of others.",
            measures.duplicates,
            triangles=measures.triangles,
        )
        yield Finding(FindingCode.DUPLICATE_FACES, Severity.WARNING, text)


def _check_unit(mesh: MeshArrays, measures: MeshMeasures) -> Iterator[Finding]:
    bounds = np.array(measures.bounds_mm)
    sides = bounds[3:] - bounds[:3]
    longest = float(sides.max())
    if longest <= 0 or not np.isfinite(longest):
        return
    # Whoever stated the unit may well own a part of this size; nobody stated an assumed one.
    severity = Severity.WARNING if mesh.unit_source is UnitSource.ASSUMED else Severity.NOTE
    if not SMALLEST_LONGEST_SIDE_MM <= longest <= LARGEST_LONGEST_SIDE_MM:
        text = tell(
            "Read in {unit}, the longest side is {longest} mm; please check the unit.",
            unit=mesh.unit.value,
            longest=float(f"{longest:.4g}"),
        )
        yield Finding(FindingCode.UNIT_DOUBTFUL, severity, text)
    elif mesh.unit_source is UnitSource.ASSUMED and _looks_like_inch(sides):
        text = tell(
            "No unit is stated and millimetres are assumed, but all sides are whole 32nds of an "
            "inch: {x} × {y} × {z}. Say so if the file is in inches.",
            x=float(sides[0]),
            y=float(sides[1]),
            z=float(sides[2]),
        )
        yield Finding(FindingCode.UNIT_DOUBTFUL, Severity.NOTE, text)


def _looks_like_inch(sides: np.ndarray) -> bool:
    """Whether sides, read as mm, are steps of an inch ruler but not of a millimetre drawing."""
    inch_steps, mm_steps = sides / _INCH_STEP, sides / _MM_STEP
    tolerance = 1e-4
    on_inch = bool((np.abs(inch_steps - np.round(inch_steps)) < tolerance).all())
    on_mm = bool((np.abs(mm_steps - np.round(mm_steps)) < tolerance).all())
    largest_inch = LARGEST_LONGEST_SIDE_MM / LengthUnit.INCH.in_mm
    return on_inch and not on_mm and float(sides.max()) <= largest_inch
