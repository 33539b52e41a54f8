"""Use case: read and judge geometry files without cataloguing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport, LengthUnit, UnitSource
from app.services.catalog.find_geometry_files import find_geometry_files
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import measure_geometry

ReportSink = Callable[[Path, FileReport], None]


def check_files(
    paths: Sequence[Path],
    *,
    unit: LengthUnit | None,
    workers: WorkerPool,
    progress: Progress,
    deadline_s: float | None = None,
    found: ReportSink | None = None,
    units: Mapping[Path, LengthUnit] | None = None,
) -> list[FileReport]:
    """Report on every file; one that cannot be read has a report that says why.

    Args:
        paths: files and folders; see `find_geometry_files`.
        unit: of files whose format states none; None assumes millimetres and says so.
        deadline_s: for each file; None takes the pool's.
        found: told of each report as it comes, in this thread.
        units: of single files, where it is another one.

    Returns:
        One report for each file, in the order in which they were found.

    Raises:
        Cancelled: the user asked to stop.
    """
    files = find_geometry_files(paths)
    reports: dict[int, FileReport] = {}

    def check(file: Path) -> FileReport:
        said = (units or {}).get(file, unit)
        try:
            return workers.run(
                measure_geometry,
                str(file),
                said,
                deadline_s=deadline_s,
                progress=progress,
                about=file.name,
            )
        except AppError as error:
            return _report_failure(file, said, error)

    with ThreadPoolExecutor(workers.size, "check-files") as threads:
        futures = {threads.submit(check, file): index for index, file in enumerate(files)}
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                index = futures[future]
                reports[index] = future.result()
                if found is not None:
                    found(files[index], reports[index])
                progress.report(done / len(files), _("Read {file}").format(file=files[index].name))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return [reports[index] for index in range(len(files))]


def _report_failure(file: Path, unit: LengthUnit | None, error: AppError) -> FileReport:
    """Return the report on a file that made its reader crash, hang or take too much."""
    try:
        size_bytes = file.stat().st_size
    except OSError:
        size_bytes = 0
    return FileReport(
        file_name=file.name,
        sha256="",
        size_bytes=size_bytes,
        format=None,
        unit=unit or LengthUnit.MM,
        unit_source=UnitSource.ASSUMED if unit is None else UnitSource.USER,
        facts=None,
        accepted=False,
        reason=str(error),
    )
