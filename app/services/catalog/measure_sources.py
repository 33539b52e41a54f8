"""Use case: read the files of an import before it is carried out, to ask about their units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport
from app.services.catalog.check_files import check_files
from app.services.catalog.import_known import known_report
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
    names: dict[Path, str] = {}
    with library.reading() as read:
        for file in progress.part(0.0, 0.1).track(files):
            known = known_report(read, file, None)
            if known is not None:
                found(file.name, known)
            else:
                names[file.path] = file.name
    check_files(
        list(names),
        unit=None,
        workers=workers,
        progress=progress.part(0.1, 1.0),
        found=lambda path, report: found(names[path], report),
    )
