"""What the library knows of files before they are read again."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from app.domain.catalog.geometry import (
    FileReport,
    Geometry,
    GeometryFacts,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import Part, PartRevision
from app.services.catalog.import_plan import SourceFile

if TYPE_CHECKING:
    from app.storage.reader import Reader


def known_report(read: Reader, file: SourceFile, unit: LengthUnit | None) -> FileReport | None:
    """Return what was measured on the same bytes in the unit that would be used; else None.

    Args:
        unit: what the user says now; None leaves what was said of the same bytes before.
    """
    if not file.sha256:
        return None
    stored = read.fetch(Geometry, sha256=file.sha256)
    named = {item.unit for item in stored if item.unit_source is UnitSource.USER}
    said = next(iter(named)) if unit is None and len(named) == 1 else unit
    for geometry in stored:
        stated_by_file = geometry.unit_source is UnitSource.FILE
        assumed = said is None and geometry.unit_source is UnitSource.ASSUMED
        by_user = said is geometry.unit and geometry.unit_source is UnitSource.USER
        if not (stated_by_file or assumed or by_user):
            continue
        facts = read.find(GeometryFacts, sha256=file.sha256, unit=geometry.unit)
        if facts is not None:
            return FileReport(
                file_name=geometry.file_name,
                sha256=geometry.sha256,
                size_bytes=geometry.size_bytes,
                format=geometry.format,
                unit=geometry.unit,
                unit_source=geometry.unit_source,
                facts=facts,
                accepted=True,
            )
    return None


def owners_of(read: Reader, hashes: Collection[str]) -> dict[str, list[Part]]:
    """Return, for each hash the library holds as geometry, the parts that have it."""
    geometry = read.fetch(Geometry, sha256=list(hashes))
    revisions = {
        revision.id: revision.part_id
        for revision in read.fetch(PartRevision, id=[item.revision_id for item in geometry])
    }
    parts = {part.id: part for part in read.fetch(Part, id=list(revisions.values()))}
    owners: dict[str, list[Part]] = {}
    for item in geometry:
        owners.setdefault(item.sha256, []).append(parts[revisions[item.revision_id]])
    return owners
