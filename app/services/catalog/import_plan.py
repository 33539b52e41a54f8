"""What an import is about to do: rows, their files and what is known of them before measuring."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path, PurePosixPath

from app.base.errors import GeometryError, TableError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.column_mapping import ColumnMapping
from app.domain.catalog.file_match import FileMatch, RowFiles, fold_file_name, match_files
from app.domain.catalog.import_report import DuplicateFile, RefusedFile
from app.domain.catalog.part import number_key
from app.domain.catalog.part_table import PartRow, PartTable
from app.domain.catalog.row_check import check_part_table
from app.domain.catalog.table_edits import CorrectedCell, TableEdits, corrected_cells
from app.domain.catalog.table_sheet import TableSheet
from app.services.catalog.find_geometry_files import find_geometry_files
from app.workers.pool import WorkerPool
from app.workers.tasks.tables import load_table

TABLE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".tsv"})
_CHUNK_BYTES = 1 << 20
_UNDECODED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be catalogued.

    Attributes:
        name: path below what was imported, with "/" between folders; unique in the import.
        sha256: of its bytes when the import began; "" if it could not be read.
    """

    name: str
    path: Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part to be catalogued, from a row or from files alone."""

    number: str
    name: str
    row: PartRow | None
    files: tuple[SourceFile, ...] = ()

    @property
    def key(self) -> str:
        return number_key(self.number)


@dataclass(frozen=True, slots=True)
class ReadSources:
    """What was read of files and folders: the list as it stands, and the files with their hashes.

    Attributes:
        table_sha256: of the list's bytes; "" without a list.
        refused: folders that are closed, and files whose names are no text.
    """

    table_path: Path | None = None
    table_sha256: str = ""
    sheets: tuple[TableSheet, ...] = ()
    files: tuple[SourceFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that is known before files are measured.

    Attributes:
        table_sha256: of the list's bytes when it was read; "" without a list.
        parts: rows in the order of the table, then parts named by their files.
        corrected: cells that a person corrected for this import.
    """

    table: PartTable = field(default_factory=PartTable)
    table_path: Path | None = None
    table_sha256: str = ""
    parts: tuple[PlannedPart, ...] = ()
    held_back: tuple[RefusedFile, ...] = ()
    refused_files: tuple[RefusedFile, ...] = ()
    duplicates: tuple[DuplicateFile, ...] = ()
    corrected: tuple[CorrectedCell, ...] = ()


def split_sources(sources: Sequence[Path], table: Path | None) -> tuple[list[Path], Path | None]:
    """Return geometry sources and the table; a table dropped among the files counts as one.

    Raises:
        TableError: two tables were given.
    """
    tables = [p for p in sources if p.suffix.lower() in TABLE_SUFFIXES and not p.is_dir()]
    if table is not None:
        tables = [p for p in tables if p != table]
    if len(tables) > (0 if table is not None else 1):
        raise TableError(
            _("Two tables cannot be imported together: {tables}.").format(
                tables=", ".join(p.name for p in [*([table] if table else []), *tables])
            ),
            hint=_("Import them one after the other."),
        )
    return [p for p in sources if p not in tables and p != table], table or next(iter(tables), None)


def find_sources(sources: Sequence[Path]) -> tuple[list[SourceFile], list[RefusedFile]]:
    """Return the files below the sources with names that tell them apart, and closed folders."""
    named: dict[str, SourceFile] = {}
    paths: set[Path] = set()
    refused: list[RefusedFile] = []

    def refuse(error: OSError) -> None:
        name = readable_name(Path(error.filename).name)
        reason = _("{file} could not be read: {why}.").format(
            file=name, why=error.strerror or str(error)
        )
        refused.append(RefusedFile(file=name, reason=reason))

    for source in sources:
        for path in find_geometry_files([source], closed=refuse):
            if path.absolute() in paths:
                continue
            paths.add(path.absolute())
            name = path.relative_to(source).as_posix() if source.is_dir() else path.name
            for candidate in (name, f"{source.absolute().parent.name}/{name}", path.as_posix()):
                if candidate not in named:
                    named[candidate] = SourceFile(candidate, path)
                    break
    return list(named.values()), refused


def plan_import(
    sources: Sequence[Path],
    table: Path | None,
    mapping: ColumnMapping | None,
    *,
    workers: WorkerPool,
    progress: Progress,
) -> ImportPlan:
    """Read the table, find and match the files, and hash them.

    Raises:
        TableError: the table cannot be read or its headings are not understood.
        Cancelled: the user asked to stop.
    """
    return lay_plan(read_sources(sources, table, workers=workers, progress=progress), mapping)


def read_sources(
    sources: Sequence[Path], table: Path | None, *, workers: WorkerPool, progress: Progress
) -> ReadSources:
    """Read the table as it stands, find the files and hash them.

    Raises:
        TableError: the table cannot be read.
        Cancelled: the user asked to stop.
    """
    sources, table = split_sources(sources, table)
    sheets: list[TableSheet] = []
    table_sha256 = ""
    if table is not None:
        progress.report(0.0, _("Reading {file}").format(file=table.name))
        table_sha256 = hash_file(table)
        sheets = read_sheets(table, workers, progress)
    found, closed = find_sources(sources)
    files, unnamed = _without_unreadable_names(found)
    return ReadSources(
        table_path=table,
        table_sha256=table_sha256,
        sheets=tuple(sheets),
        files=tuple(_hash_files(files, progress)),
        refused=(*closed, *unnamed),
    )


def lay_plan(
    read: ReadSources,
    mapping: ColumnMapping | None = None,
    edits: TableEdits = TableEdits(),  # noqa: B008 # frozen
) -> ImportPlan:
    """Understand the rows and match the files to them; reads nothing any more.

    Raises:
        TableError: the headings of the table are not understood.
    """
    rows = PartTable()
    if read.table_path is not None:
        rows = check_part_table(read.sheets, mapping, edits)
    hashed = {file.name: file for file in read.files}
    match = match_files(rows, hashed)
    by_row = [_row_part(found, hashed) for found in match.rows]
    free, duplicates = _free_parts(match.files_without_row, hashed, by_row)
    return ImportPlan(
        table=rows,
        table_path=read.table_path,
        table_sha256=read.table_sha256,
        parts=(*by_row, *free),
        held_back=_held_back(match),
        refused_files=(*read.refused, *_undecided(match)),
        duplicates=(*_shared_bytes(by_row), *duplicates),
        corrected=corrected_cells(read.sheets, edits.fixes),
    )


def _without_unreadable_names(
    files: Sequence[SourceFile],
) -> tuple[list[SourceFile], list[RefusedFile]]:
    """Refuse files whose names are no text: nothing could be stored or shown of them."""
    reason = _("The file's name holds bytes that are no text. Rename the file.")
    named, refused = [], []
    for file in files:
        name = readable_name(file.name)
        if name == file.name:
            named.append(file)
        else:
            refused.append(RefusedFile(file=name, reason=reason))
    return named, refused


def readable_name(name: str) -> str:
    """Return a name with a mark for each byte that the file system could not decode."""
    return _UNDECODED.sub("\N{REPLACEMENT CHARACTER}", name)


def read_sheets(table: Path, workers: WorkerPool, progress: Progress) -> list[TableSheet]:
    """Read a table in a worker.

    Raises:
        TableError: it cannot be read.
        Cancelled: the user asked to stop.
    """
    try:
        return workers.run(load_table, str(table), progress=progress, about=table.name)
    except GeometryError as error:
        # The pool knows geometry only; a table that kills its reader is a table's trouble.
        raise TableError(
            error.message, hint=_("Save the table anew in a spreadsheet program, or as .csv.")
        ) from error


def _hash_files(files: Sequence[SourceFile], progress: Progress) -> list[SourceFile]:
    return [
        SourceFile(file.name, file.path, hash_file(file.path))
        for file in progress.part(0.2, 1.0).track(files, _("Looking at the files"))
    ]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file; "" if it cannot be read, which its reader will explain."""
    digest = hashlib.sha256()
    try:
        if not path.is_file():
            return ""  # opening a pipe would wait for ever
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _row_part(found: RowFiles, hashed: dict[str, SourceFile]) -> PlannedPart:
    files = tuple(hashed[name] for name in found.files)
    return PlannedPart(found.row.number, found.row.name, found.row, files)


def _free_parts(
    names: Iterable[str], hashed: dict[str, SourceFile], by_row: Sequence[PlannedPart]
) -> tuple[list[PlannedPart], list[DuplicateFile]]:
    """Return a part for each file without a row; several formats of one name are one part.

    A file with the bytes of another one is told, not catalogued a second time.
    """
    first_with: dict[str, str] = {}
    for part in by_row:
        for file in part.files:
            first_with.setdefault(file.sha256, file.name)
    duplicates: list[DuplicateFile] = []
    by_stem: dict[str, list[SourceFile]] = defaultdict(list)
    for name in names:
        file = hashed[name]
        other = first_with.setdefault(file.sha256, name) if file.sha256 else name
        if other != name:
            duplicates.append(DuplicateFile(file=name, same_as=other, catalogued=False))
        else:
            by_stem[number_key(fold_file_name(PurePosixPath(name).stem))].append(file)
    taken = {part.key for part in by_row}
    parts = [part for files in by_stem.values() for part in _name_parts(files, taken)]
    return parts, duplicates


def _name_parts(files: Sequence[SourceFile], taken: set[str]) -> list[PlannedPart]:
    """Return one part for several formats of one name, else one for each file.

    Args:
        taken: keys of numbers in use; the new ones are added.
    """
    suffixes = {PurePosixPath(file.name).suffix.casefold() for file in files}
    groups = [tuple(files)] if len(suffixes) == len(files) else [(file,) for file in files]
    parts = []
    for group in groups:
        # As it is written everywhere else, also where a file system takes umlauts apart.
        path = PurePosixPath(unicodedata.normalize("NFC", group[0].name))
        # Equal names in several folders: the folder belongs to the number.
        whole = path.stem if len(groups) == 1 else path.with_suffix("").as_posix()
        counted = (f"{path.as_posix()} ({n})" for n in count(2))
        wishes = chain((whole, path.as_posix()), counted)
        number = next(w.strip() for w in wishes if w.strip() and number_key(w) not in taken)
        taken.add(number_key(number))
        parts.append(PlannedPart(number, path.stem.strip() or number, None, group))
    return parts


def _held_back(match: FileMatch) -> tuple[RefusedFile, ...]:
    return tuple(
        RefusedFile(
            file=held.file,
            reason=_("Its row {row} was refused: {problem}").format(
                row=held.row.row, problem=held.row.problems[0].text
            ),
        )
        for held in match.held_back
    )


def _undecided(match: FileMatch) -> tuple[RefusedFile, ...]:
    told: dict[str, RefusedFile] = {}
    for found in match.rows:
        for name in found.undecided:
            others = ", ".join(other for other in found.undecided if other != name)
            reason = _(
                "Row {row} ({number}) can mean this file or {others}. Name the folder in the row."
            ).format(row=found.row.row, number=found.row.number, others=others)
            told.setdefault(name, RefusedFile(file=name, reason=reason))
    return tuple(told.values())


def _shared_bytes(parts: Sequence[PlannedPart]) -> list[DuplicateFile]:
    """Return the files of rows that have the bytes of an earlier row's other file."""
    first: dict[str, str] = {}
    duplicates: dict[str, DuplicateFile] = {}
    for part in parts:
        for file in part.files:
            other = first.setdefault(file.sha256, file.name) if file.sha256 else file.name
            if other != file.name:
                duplicates.setdefault(
                    file.name, DuplicateFile(file=file.name, same_as=other, catalogued=True)
                )
    return list(duplicates.values())
