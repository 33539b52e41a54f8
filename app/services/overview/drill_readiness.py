"""Use case: try whether ten eternal spares could be printed today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import AppError
from app.base.progress import Progress
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.flag import Readiness
from app.domain.overview.readiness_drill import (
    DrilledPart,
    DrillOutcome,
    ReadinessDrill,
    draw_parts,
)

if TYPE_CHECKING:
    from app.storage.library import Library


def drill_readiness(library: Library, *, today: date, progress: Progress) -> ReadinessDrill:
    """Draw this month's parts and read every byte of their files against the recorded hash.

    Nothing is recorded; the drill of a month can be repeated at any time.

    Raises:
        Cancelled: the user stopped it.
    """
    month = today.replace(day=1)
    with library.reading() as read:
        drawn = draw_parts(read.overview.eternal_ids(), month)
        rows = sorted(read.parts.rows(drawn), key=lambda row: row.number)
    found = []
    for position, row in enumerate(rows):
        progress.check()
        progress.report(position / len(rows), row.number)
        found.append(DrilledPart(part=row, outcome=_try(library, row)))
    return ReadinessDrill(month=month, parts=tuple(found))


def _try(library: Library, row: PartListRow) -> DrillOutcome:
    if not row.sha256:
        return DrillOutcome.NO_GEOMETRY
    try:
        differs = library.objects.hash_of(library.objects.path_of(row.sha256)) != row.sha256
    except AppError:  # said as the outcome; `check` names the cause
        return DrillOutcome.FILE_LOST
    if differs:
        return DrillOutcome.FILE_DIFFERS
    if row.readiness is not Readiness.QUALIFIED:
        return DrillOutcome.NOT_QUALIFIED
    return DrillOutcome.READY
