"""Give parts their imported files: into the draft, or a new draft after a released revision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.domain.catalog.file_match import fold_file_name
from app.domain.catalog.geometry import (
    FileReport,
    Geometry,
    GeometryFormat,
    GeometryRole,
    UnitSource,
)
from app.domain.catalog.part import PartRevision, RevisionState
from app.services.catalog.import_plan import SourceFile
from app.services.catalog.import_values import Origin
from app.services.catalog.revise_part import next_label

if TYPE_CHECKING:
    from app.storage.writer import Writer

_IMPORTED_ROLES = frozenset({GeometryRole.MASTER, GeometryRole.TESSELLATION})


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """A file that was read and accepted."""

    source: SourceFile
    report: FileReport


def store_geometry(
    write: Writer,
    wanted: dict[int, Sequence[MeasuredFile]],
    *,
    origin: Origin,
) -> set[int]:
    """Store the files of parts; their bytes have been taken into the library before.

    Args:
        wanted: files by part id.

    Returns:
        Ids of the parts whose geometry changed.
    """
    revisions: dict[int, list[PartRevision]] = {part_id: [] for part_id in wanted}
    for revision in write.fetch(PartRevision, part_id=list(wanted)):
        revisions[revision.part_id].append(revision)
    newest = {part_id: _newest(known) for part_id, known in revisions.items()}
    ids = [revision.id for revision in newest.values() if revision is not None]
    geometry: dict[int, list[Geometry]] = {revision_id: [] for revision_id in ids}
    for known in write.fetch(Geometry, revision_id=ids):
        geometry[known.revision_id].append(known)
    changed: set[int] = set()
    for part_id, files in wanted.items():
        current = newest[part_id]
        stored = geometry[current.id] if current is not None else []
        after = merge_geometry(stored, files)
        if after == stored:
            continue
        changed.add(part_id)
        if current is None or current.state is not RevisionState.DRAFT:
            _begin_draft(write, part_id, revisions[part_id], after, origin)
        else:
            _change_draft(write, current, stored, after)
    return changed


def _newest(revisions: Sequence[PartRevision]) -> PartRevision | None:
    """Return the draft, else the newest revision that is not obsolete."""
    drafts = [item for item in revisions if item.state is RevisionState.DRAFT]
    valid = [item for item in revisions if item.state is not RevisionState.OBSOLETE]
    candidates = drafts or valid
    return candidates[-1] if candidates else None


def _begin_draft(
    write: Writer,
    part_id: int,
    revisions: Sequence[PartRevision],
    geometry: Sequence[Geometry],
    origin: Origin,
) -> None:
    label = next_label(revisions[-1].label if revisions else "")
    taken = {revision.label.casefold() for revision in revisions}
    while label.casefold() in taken:
        label = next_label(label)
    reason = _("imported with {source}").format(source=origin.source)
    draft = PartRevision(part_id=part_id, label=label, reason=reason)
    [revision_id] = write.insert([draft])
    write.insert([replace(item, revision_id=revision_id) for item in geometry])


def _change_draft(
    write: Writer, draft: PartRevision, stored: Sequence[Geometry], after: Sequence[Geometry]
) -> None:
    before = {item.id: item for item in stored}
    write.update_all([item for item in after if item.id and item != before[item.id]])
    write.insert([replace(item, revision_id=draft.id) for item in after if not item.id])


def merge_geometry(stored: Sequence[Geometry], files: Sequence[MeasuredFile]) -> list[Geometry]:
    """Return the geometry of a revision with the files in it.

    A file takes the place of the one with its name, else of the only one in its format; otherwise
    it is added. Build geometry and inspection references are never replaced by an import.

    Returns:
        Stored records, changed where needed, and new ones with id 0.
    """
    after = list(stored)
    places = _places_of(files, stored)
    for file, place in zip(files, places, strict=True):
        if place is None:
            after.append(_geometry(file))
            continue
        kept = after[place]
        if kept.sha256 != file.report.sha256 or _says_other_unit(file.report, kept):
            after[place] = replace(
                _geometry(file),
                id=kept.id,
                version=kept.version,
                revision_id=kept.revision_id,
                role=kept.role,
            )
    return _with_roles(after)


def _places_of(files: Sequence[MeasuredFile], stored: Sequence[Geometry]) -> list[int | None]:
    """Return for each file the stored one it is or replaces; none is taken twice.

    The surest sign comes first for all files: the same bytes, then the same name, then being the
    only one of a format on both sides.
    """
    free = {n for n, item in enumerate(stored) if item.role in _IMPORTED_ROLES}
    places: list[int | None] = [None] * len(files)

    def claim(fits: Callable[[MeasuredFile, Geometry], bool], *, alone: bool) -> None:
        for index, file in enumerate(files):
            found = sorted(n for n in free if fits(file, stored[n]))
            if places[index] is None and found and not (alone and len(found) > 1):
                places[index] = found[0]
                free.discard(found[0])

    claim(lambda file, item: item.sha256 == file.report.sha256, alone=False)
    claim(lambda file, item: fold_file_name(item.file_name) == _name_of(file), alone=False)
    formats = [file.report.format for file in files]
    claim(
        lambda file, item: item.format is file.report.format and formats.count(item.format) == 1,
        alone=True,
    )
    return places


def _name_of(file: MeasuredFile) -> str:
    return fold_file_name(PurePosixPath(file.source.name).name)


def _says_other_unit(report: FileReport, stored: Geometry) -> bool:
    """Say whether the user corrects the unit; without a word of the user the stored one stays."""
    return report.unit_source is UnitSource.USER and stored.unit is not report.unit


def _geometry(file: MeasuredFile) -> Geometry:
    report = file.report
    if report.format is None:
        raise ValueError(f"{file.source.name} was accepted without a format")
    return Geometry(
        revision_id=0,
        sha256=report.sha256,
        file_name=PurePosixPath(file.source.name).name,
        format=report.format,
        size_bytes=report.size_bytes,
        unit=report.unit,
        unit_source=report.unit_source,
    )


def _with_roles(geometry: list[Geometry]) -> list[Geometry]:
    """Make one file the master: the exact one (STEP) before a mesh, an older one before a newer."""
    places = [n for n, item in enumerate(geometry) if item.role in _IMPORTED_ROLES]
    if not places:
        return geometry
    exact = [n for n in places if geometry[n].format is GeometryFormat.STEP]
    master = (exact or [n for n in places if geometry[n].role is GeometryRole.MASTER] or places)[0]
    return [
        replace(item, role=GeometryRole.MASTER if n == master else GeometryRole.TESSELLATION)
        if n in places
        else item
        for n, item in enumerate(geometry)
    ]
