"""Records as tests need them, with everything but the essentials left at its default."""

from __future__ import annotations

from app.domain.catalog.geometry import (
    Geometry,
    GeometryFacts,
    GeometryFormat,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import Part, PartRevision, number_key


def part(number: str, name: str = "", **more: object) -> Part:
    return Part(number=number, number_key=number_key(number), name=name, **more)  # type: ignore[arg-type]


def parts(count: int, *, prefix: str = "A") -> list[Part]:
    """Return `count` parts called A00001, A00002, …"""
    return [part(f"{prefix}{n:05}", f"Part {n}") for n in range(1, count + 1)]


def revision(part_id: int, label: str = "A", **more: object) -> PartRevision:
    return PartRevision(part_id=part_id, label=label, **more)  # type: ignore[arg-type]


def geometry(revision_id: int, sha256: str, **more: object) -> Geometry:
    """Return an STL file in millimetres that belongs to a revision."""
    fields = {
        "file_name": "a.stl",
        "format": GeometryFormat.STL,
        "size_bytes": 5,
        "unit": LengthUnit.MM,
        "unit_source": UnitSource.ASSUMED,
        **more,
    }
    return Geometry(revision_id=revision_id, sha256=sha256, **fields)  # type: ignore[arg-type]


def cube_facts(sha256: str, **more: object) -> GeometryFacts:
    """Return the facts of a cube of 1 mm without findings."""
    fields = {
        "unit": LengthUnit.MM,
        "triangles": 12,
        "bodies": 1,
        "watertight": True,
        "volume_mm3": 1.0,
        "area_mm2": 6.0,
        "bounds_mm": (0.0, 0.0, 0.0, 1.0, 1.0, 1.0),
        "findings": (),
        **more,
    }
    return GeometryFacts(sha256=sha256, **fields)  # type: ignore[arg-type]
