"""Use case: catalogue files and folders, with or without a parts list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.column_mapping import ColumnMapping
from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.unit_question import UnitAnswer
from app.services.catalog.carry_out_import import carry_out_import
from app.services.catalog.import_plan import plan_import
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def import_inventory(
    library: Library,
    sources: Sequence[Path],
    *,
    table: Path | None = None,
    mapping: ColumnMapping | None = None,
    unit: LengthUnit | None = None,
    dry_run: bool = False,
    who: str,
    workers: WorkerPool,
    progress: Progress,
) -> ImportReport:
    """Read, match, measure and catalogue in one go; see `carry_out_import`.

    Args:
        sources: files and folders; one table among them counts as `table`.
        table: parts list (xlsx, csv).
        mapping: what its columns mean; None guesses.
        unit: of files whose format states none; None assumes millimetres and says so.
        dry_run: tell what would happen and change nothing.

    Raises:
        TableError: the list as a whole cannot be read, or there is nothing to import.
        StorageError: the library is locked, full or damaged; finished batches are kept.
        Cancelled: stopped before anything was written.
    """
    plan = plan_import(sources, table, mapping, workers=workers, progress=progress.part(0.0, 0.1))
    source = plan.table_path or sources[0]
    return carry_out_import(
        library,
        plan,
        source=source.absolute().name,
        units=UnitAnswer(unit),
        dry_run=dry_run,
        who=who,
        workers=workers,
        progress=progress.part(0.1, 1.0),
    )
