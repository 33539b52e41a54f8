"""Use case: read the files of an import before it is carried out, to ask about their units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport
from app.services.catalog.check_files import check_files
from app.services.catalog.import_known import known_reports
from app.services.catalog.import_plan import SourceFile
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library

Sink = Callable[[str, FileReport], None]


def measure_sources(
    library: Library,
    files: Sequence[SourceFile],
    *,
    found: Sink,
    workers: WorkerPool,
    progress: Progress,
) -> None:
    """Tell of each file by its name in the import what the library knows or reading it shows.

    Args:
        found: told in this thread, as each report comes.

    Raises:
        Cancelled: the user asked to stop.
    """
    with library.reading() as read:
        known = known_reports(read, ((file, None) for file in files))
    for name, report in known.items():
        found(name, report)
    names = {file.path: file.name for file in files if file.name not in known}
    check_files(
        list(names),
        unit=None,
        workers=workers,
        progress=progress,
        found=lambda path, report: found(names[path], report),
    )
