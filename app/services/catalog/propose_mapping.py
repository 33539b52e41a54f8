"""Use case: say what the columns of a parts list mean, to be looked at, corrected and saved."""

from __future__ import annotations

from pathlib import Path

from app.base.progress import Progress
from app.domain.catalog.column_mapping import ColumnMapping, SheetLayout, mapping_of
from app.domain.catalog.table_layout import lay_out_tables
from app.services.catalog.import_plan import read_sheets
from app.workers.pool import WorkerPool


def propose_mapping(
    table: Path,
    *,
    name: str,
    mapping: ColumnMapping | None = None,
    workers: WorkerPool,
    progress: Progress,
) -> tuple[ColumnMapping, tuple[SheetLayout, ...]]:
    """Return the mapping that an import of the list would use, and the columns it found.

    Args:
        name: of the mapping that is returned.
        mapping: rules that are settled; headings without one are guessed.

    Raises:
        TableError: the list cannot be read or its headings are not understood.
    """
    layouts = lay_out_tables(read_sheets(table, workers, progress), mapping)
    return mapping_of(name, layouts), layouts
