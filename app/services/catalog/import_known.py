"""What the library knows of files before they are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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


Asked = tuple[SourceFile, LengthUnit | None]


def known_reports(read: Reader, asked: Iterable[Asked]) -> dict[str, FileReport]:
    """Return what was measured on the same bytes in the unit that would be used, by file name.

    Files of which nothing such is known are left out. All are looked up together: thousands of
    small questions would keep the window from painting.

    Args:
        asked: files with what the user says of their unit now; None leaves what was said of the
            same bytes before.
    """
    files = [(file, unit) for file, unit in asked if file.sha256]
    stored: dict[str, list[Geometry]] = defaultdict(list)
    for geometry in read.fetch(Geometry, sha256=list({file.sha256 for file, _unit in files})):
        stored[geometry.sha256].append(geometry)
    facts = {(f.sha256, f.unit): f for f in read.fetch(GeometryFacts, sha256=list(stored))}
    reports = {}
    for file, unit in files:
        report = _report(stored.get(file.sha256, []), unit, facts)
        if report is not None:
            reports[file.name] = report
    return reports


def _report(
    stored: Sequence[Geometry],
    unit: LengthUnit | None,
    facts: Mapping[tuple[str, LengthUnit], GeometryFacts],
) -> FileReport | None:
    named = {item.unit for item in stored if item.unit_source is UnitSource.USER}
    said = next(iter(named)) if unit is None and len(named) == 1 else unit
    for geometry in stored:
        stated_by_file = geometry.unit_source is UnitSource.FILE
        assumed = said is None and geometry.unit_source is UnitSource.ASSUMED
        by_user = said is geometry.unit and geometry.unit_source is UnitSource.USER
        measured = facts.get((geometry.sha256, geometry.unit))
        if measured is not None and (stated_by_file or assumed or by_user):
            return FileReport(
                file_name=geometry.file_name,
                sha256=geometry.sha256,
                size_bytes=geometry.size_bytes,
                format=geometry.format,
                unit=geometry.unit,
                unit_source=geometry.unit_source,
                facts=measured,
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
