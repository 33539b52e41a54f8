"""Use case: say which parts an import would make, change or leave, without reading a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.import_report import DuplicateFile
from app.domain.catalog.part import Part, number_key
from app.domain.catalog.unit_question import UnitAnswer
from app.services.catalog.carry_out_import import carry_out_import
from app.services.catalog.import_known import known_reports
from app.services.catalog.import_plan import ImportPlan, PlannedPart
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an import would do, by key of the part number.

    Attributes:
        duplicates: files of the plan whose bytes another part of the library has.
    """

    created: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    unchanged: frozenset[str] = frozenset()
    duplicates: tuple[DuplicateFile, ...] = field(default=())


def foresee_import(
    library: Library,
    plan: ImportPlan,
    *,
    units: UnitAnswer,
    who: str,
    workers: WorkerPool,
    progress: Progress,
) -> Foreseen:
    """Rehearse the rows and roll them back; a part with a file that is new to the library changes.

    Raises:
        StorageError: the library is locked or damaged.
        Cancelled: the user asked to stop.
    """
    with library.reading() as read:
        known, fresh = _split_files(read, plan, units)
        keys = [part.key for part in plan.parts]
        stored = {part.number_key for part in read.fetch(Part, number_key=keys)}
    rehearsed = [part for part in known if part.row is not None or part.files]
    if not rehearsed and not plan.table.products:
        return Foreseen(frozenset(fresh - stored), frozenset(fresh & stored))
    report = carry_out_import(
        library,
        replace(plan, parts=tuple(rehearsed)),
        source=plan.table_path.name if plan.table_path is not None else "",
        units=units,
        dry_run=True,
        who=who,
        workers=workers,
        progress=progress,
    )
    created = {number_key(part.number) for part in report.created}
    updated = {number_key(part.number) for part in report.updated}
    unchanged = {number_key(part.number) for part in report.unchanged}
    seen = created | updated | unchanged
    told = set(plan.duplicates)
    return Foreseen(
        created=frozenset(created | (fresh - seen - stored)),
        updated=frozenset(updated | (fresh & unchanged) | ((fresh & stored) - seen)),
        unchanged=frozenset(unchanged - fresh),
        duplicates=tuple(file for file in report.duplicates if file not in told),
    )


def _split_files(
    read: Reader, plan: ImportPlan, units: UnitAnswer
) -> tuple[list[PlannedPart], set[str]]:
    """Return the parts with those files that were measured before, and keys of parts with more."""
    asked = ((file, units.of(file.name)) for part in plan.parts for file in part.files)
    known = known_reports(read, asked)
    parts, fresh = [], set[str]()
    for part in plan.parts:
        kept = tuple(file for file in part.files if file.name in known)
        if len(kept) < len(part.files):
            fresh.add(part.key)
        parts.append(replace(part, files=kept))
    return parts, fresh
