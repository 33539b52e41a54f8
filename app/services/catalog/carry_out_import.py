"""Use case: do what an import plan says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import Cancelled, TableError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.catalog.geometry import FileReport, LengthUnit, UnitSource
from app.domain.catalog.import_report import DuplicateFile, ImportReport, RefusedFile
from app.domain.catalog.part import Part, number_key
from app.domain.catalog.part_table import RowNote
from app.domain.catalog.unit_question import UnitAnswer
from app.services.catalog.check_files import check_files
from app.services.catalog.import_drafts import find_drafts_to_adopt
from app.services.catalog.import_geometry import MeasuredFile
from app.services.catalog.import_known import known_reports, owners_of
from app.services.catalog.import_plan import (
    ImportPlan,
    PlannedPart,
    SourceFile,
    hash_file,
    readable_name,
)
from app.services.catalog.import_values import Origin
from app.services.catalog.import_writing import ImportWriter, ReadyPart
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library

BATCH_ROWS = 2_000
BATCH_FILES = 8  # reading takes long: what has been read is soon written and safe from a crash


def carry_out_import(
    library: Library,
    plan: ImportPlan,
    *,
    source: str,
    units: UnitAnswer = UnitAnswer(),  # noqa: B008 # frozen
    measured: Mapping[str, FileReport] | None = None,
    dry_run: bool = False,
    who: str,
    workers: WorkerPool,
    progress: Progress,
) -> ImportReport:
    """Measure and catalogue what was planned; a second import updates instead of doubling.

    Parts are written in batches that belong to one act: what is finished stays when the user stops
    or the program dies, and one undo reverts everything. Good rows are kept whatever is wrong with
    others.

    Args:
        source: name of what the values come from: of the list, else of the first file or folder.
        units: of files whose format states none.
        measured: reports of files that were read before, by name; used where bytes and unit agree.
        dry_run: tell what would happen and change nothing.

    Raises:
        TableError: there is nothing to import, or the list is no longer the one that was planned.
        StorageError: the library is locked, full or damaged; finished batches are kept.
        Cancelled: stopped before anything was written.
    """
    if not plan.parts and not plan.held_back and not plan.refused_files and plan.table_path is None:
        raise TableError(
            _("Nothing to import was found."),
            hint=_("Name geometry files (STL, 3MF, OBJ, PLY, STEP), a folder of them or a list."),
        )
    if plan.table_path is not None and hash_file(plan.table_path) != plan.table_sha256:
        raise TableError(
            _("The list {file} has changed since it was read.").format(file=plan.table_path.name),
            hint=_("Drop it again to see what it says now."),
        )
    run = _Import(
        library, plan, source, units=units, measured=measured or {}, dry_run=dry_run, who=who
    )
    cancelled = False
    try:
        run.go(workers, progress)
    except Cancelled:
        cancelled = True
        run.keep_read()
    return run.report(cancelled=cancelled)


class _Import:
    """One import under way."""

    def __init__(
        self,
        library: Library,
        plan: ImportPlan,
        source: str,
        *,
        units: UnitAnswer,
        measured: Mapping[str, FileReport],
        dry_run: bool,
        who: str,
    ) -> None:
        self._library, self._plan, self._dry_run = library, plan, dry_run
        self._units, self._measured = units, measured
        with library.reading() as read:
            self._adopt = find_drafts_to_adopt(read, plan.parts)
        self._writer = ImportWriter(
            library,
            plan,
            Origin(readable_name(source), library.clock.now().date()),
            who=who,
            dry_run=dry_run,
            adopt=self._adopt,
        )
        self._reports: dict[str, FileReport] = {}
        self._waiting: list[PlannedPart] = []
        self._reading = False
        self._duplicates = list(plan.duplicates)
        self._refused = list(plan.refused_files)

    def go(self, workers: WorkerPool, progress: Progress) -> None:
        """Write everything: first what needs no reading, then parts as their files are read."""
        self._writer.write_products()
        self._waiting = self._without_known_files()
        unread: dict[Path, list[str]] = {}
        files = [file for part in self._waiting for file in part.files]
        with self._library.reading() as read:
            known = known_reports(read, ((file, self._units.of(file.name)) for file in files))
        for file in progress.part(0.0, 0.1).track(files, _("Looking at the files")):
            report = self._measured_before(file) or known.get(file.name)
            if report is not None:
                self._reports[file.name] = report
            else:
                unread.setdefault(file.path, []).append(file.name)
        written = 0.3 if unread else 1.0  # reading files takes longer than writing rows
        self.flush(progress.part(0.1, written))
        self._reading = True
        fresh = 0

        def found(path: Path, report: FileReport) -> None:
            nonlocal fresh
            self._reports.update(dict.fromkeys(unread[path], report))
            fresh += 1
            if fresh % BATCH_FILES == 0:
                self.flush()

        check_files(
            list(unread),
            unit=None,
            units=self._units_of(unread),
            workers=workers,
            progress=progress.part(written, 1.0),
            found=found,
        )
        self.flush()

    def _measured_before(self, file: SourceFile) -> FileReport | None:
        """Return the report that came with the plan, where bytes and unit are still those."""
        said = self._units.of(file.name)
        report = self._measured.get(file.name)
        if report is None or not file.sha256 or report.sha256 != file.sha256:
            return None
        as_said = report.unit_source is UnitSource.USER and report.unit is said
        unsaid = said is None and report.unit_source is not UnitSource.FILE
        return report if report.unit_source is UnitSource.FILE or as_said or unsaid else None

    def _units_of(self, unread: Mapping[Path, Sequence[str]]) -> dict[Path, LengthUnit]:
        said = {path: self._units.of(names[0]) for path, names in unread.items()}
        return {path: unit for path, unit in said.items() if unit is not None}

    def keep_read(self) -> None:
        """After a stop: write the parts whose files were read, for reading is the long work."""
        if self._reading:
            self.flush()

    def flush(self, progress: Progress | None = None) -> None:
        """Write the parts whose files have all been read.

        Raises:
            Cancelled: asked for between two batches; those written stay.
        """
        watch = progress or Progress()
        ready: list[PlannedPart] = []
        waiting: list[PlannedPart] = []
        for part in self._waiting:
            whole = all(file.name in self._reports for file in part.files)
            (ready if whole else waiting).append(part)
        self._waiting = waiting
        for start in range(0, len(ready), BATCH_ROWS):
            text = _("{count} of {all} parts").format(count=figure(start), all=figure(len(ready)))
            watch.report(start / len(ready), text)
            batch = [self._ready(part) for part in ready[start : start + BATCH_ROWS]]
            self._writer.write_parts([part for part in batch if part is not None])

    def _ready(self, part: PlannedPart) -> ReadyPart | None:
        """Return the part with its good files; None where it is its files and none is good."""
        good = []
        for file in part.files:
            report = self._reports[file.name]
            if not report.accepted:
                self._refused.append(RefusedFile(file=file.name, reason=report.reason))
            elif file.sha256 and report.sha256 != file.sha256:
                reason = _("The file changed while it was being imported. Import it again.")
                self._refused.append(RefusedFile(file=file.name, reason=reason))
            else:
                good.append(MeasuredFile(file, report))
        if part.row is None and not good:
            return None
        return ReadyPart(part, tuple(good))

    def _without_known_files(self) -> list[PlannedPart]:
        """Tell files whose bytes another part of the library has already.

        With a row they are catalogued all the same; a new draft part is not made of them.
        """
        hashes = {file.sha256 for part in self._plan.parts for file in part.files if file.sha256}
        with self._library.reading() as read:
            owners = owners_of(read, hashes)
            keys = [part.key for part in self._plan.parts if part.row is None]
            known = {part.number_key for part in read.fetch(Part, number_key=keys)}
        # A draft that a row takes over is no other part.
        taken_over = {draft.part.id: key for key, draft in self._adopt.items()}
        kept = []
        for part in self._plan.parts:
            new_draft = part.row is None and part.key not in known
            files = []
            for file in part.files:
                others = owners.get(file.sha256, [])
                owned_by_other = others and all(
                    part.key not in (o.number_key, taken_over.get(o.id)) for o in others
                )
                if owned_by_other:
                    self._duplicates.append(
                        DuplicateFile(
                            file=file.name, same_as=others[0].number, catalogued=not new_draft
                        )
                    )
                if not (owned_by_other and new_draft):
                    files.append(file)
            if files or not new_draft:
                kept.append(replace(part, files=tuple(files)))
        return kept

    def report(self, *, cancelled: bool) -> ImportReport:
        """Return everything that happened so far."""
        writer = self._writer
        order = {part.number: place for place, part in enumerate(self._plan.parts)}
        created, updated, unchanged = (
            tuple(sorted(parts, key=lambda part: order[part.number]))
            for parts in (writer.created, writer.updated, writer.unchanged)
        )
        catalogued = sorted((*created, *updated, *unchanged), key=lambda part: order[part.number])
        return ImportReport(
            table=self._plan.table_path.name if self._plan.table_path else "",
            dry_run=self._dry_run,
            cancelled=cancelled,
            created=created,
            updated=updated,
            unchanged=unchanged,
            products_created=tuple(writer.products.created.values()),
            products_updated=tuple(writer.products.updated.values()),
            refused_rows=self._plan.table.refused,
            refused_files=(*self._refused, *writer.refused_files),
            held_back=self._plan.held_back,
            files_without_row=tuple(part for part in catalogued if not part.row),
            rows_without_file=tuple(
                part for part in catalogued if number_key(part.number) in writer.without_geometry
            ),
            duplicates=tuple(self._duplicates),
            notes=(*self._plan.table.notes, *self._adoption_notes(), *self._unit_note()),
            group_id=writer.group_id,
            changes=writer.changes,
        )

    def _adoption_notes(self) -> list[RowNote]:
        text = _(
            "Row {row}: the draft part '{draft}', named by its file, was taken over as {number}."
        )
        return [
            RowNote(
                sheet=part.row.sheet,
                row=part.row.row,
                column="",
                text=text.format(
                    row=part.row.row,
                    draft=self._writer.adopted[part.key].number,
                    number=part.number,
                ),
            )
            for part in self._plan.parts
            if part.row is not None and part.key in self._writer.adopted
        ]

    def _unit_note(self) -> list[RowNote]:
        assumed = sum(
            report.accepted and report.unit_source is UnitSource.ASSUMED
            for report in self._reports.values()
        )
        if not assumed:
            return []
        text = ngettext(
            "{count} file states no unit; millimetres were assumed.",
            "{count} files state no unit; millimetres were assumed.",
            assumed,
        ).format(count=assumed)
        return [RowNote(sheet="", row=0, column="", text=text)]
