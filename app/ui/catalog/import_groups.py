"""What an import would do or did, as groups of lines to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.domain.catalog.import_report import DuplicateFile, ImportedPart, ImportReport, RefusedFile
from app.domain.catalog.part_table import RefusedRow, RowNote

if TYPE_CHECKING:
    from app.services.catalog.import_plan import ImportPlan, PlannedPart


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of a group.

    Attributes:
        where: row of the list, or the file.
        subject: number of the part, as far as it is known.
        text: what there is to say, whole.
    """

    id: int
    where: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportGroup:
    """Lines of one kind.

    Attributes:
        note: what the kind means, in few words.
        mark: name of its glyph.
    """

    key: str
    title: str
    note: str
    mark: str
    lines: tuple[ImportLine, ...]


Raw = tuple[str, str, str]


def groups_of_plan(plan: ImportPlan) -> tuple[ImportGroup, ...]:
    """Return what importing this would do, before any file is measured."""
    with_row = [part for part in plan.parts if part.row is not None]
    groups = (
        _group(
            "matched",
            _("Matched"),
            _("row and file agree"),
            "good",
            [_planned(part) for part in with_row if part.files],
        ),
        _group(
            "rows_without_file",
            _("Rows without a file"),
            _("become parts without geometry"),
            "note",
            [_planned(part) for part in with_row if not part.files],
        ),
        _group(
            "files_without_row",
            _("Files without a row"),
            _("become draft parts"),
            "note",
            [_planned(part) for part in plan.parts if part.row is None],
        ),
        _group(
            "products",
            _("Products"),
            _("stand in the list"),
            "good",
            [(_row_text(row.sheet, row.row), "", row.name) for row in plan.table.products],
        ),
        *_troubles(
            plan.table.refused,
            plan.refused_files,
            plan.held_back,
            plan.duplicates,
            plan.table.notes,
        ),
    )
    return tuple(group for group in groups if group.lines)


def groups_of_report(report: ImportReport) -> tuple[ImportGroup, ...]:
    """Return what an import did; an empty group of new parts stays, so that nothing new is said."""
    groups = (
        _group(
            "created", _("New parts"), _("were catalogued"), "good", map(_imported, report.created)
        ),
        _group(
            "updated",
            _("Updated parts"),
            _("had other values before"),
            "good",
            map(_imported, report.updated),
        ),
        _group(
            "unchanged",
            _("Unchanged parts"),
            _("were known already"),
            "note",
            map(_imported, report.unchanged),
        ),
        _group(
            "products_created",
            _("New products"),
            _("were catalogued"),
            "good",
            [("", "", name) for name in report.products_created],
        ),
        _group(
            "products_updated",
            _("Updated products"),
            _("had other values before"),
            "good",
            [("", "", name) for name in report.products_updated],
        ),
        *_troubles(
            report.refused_rows,
            report.refused_files,
            report.held_back,
            report.duplicates,
            report.notes,
        ),
    )
    return tuple(group for group in groups if group.lines or group.key == "created")


def _troubles(
    rows: Iterable[RefusedRow],
    files: Iterable[RefusedFile],
    held_back: Iterable[RefusedFile],
    duplicates: Iterable[DuplicateFile],
    notes: Iterable[RowNote],
) -> tuple[ImportGroup, ...]:
    return (
        _group(
            "refused_rows",
            _("Refused rows"),
            _("mend the list and import again"),
            "danger",
            map(_problems, rows),
        ),
        _group(
            "refused_files",
            _("Refused files"),
            _("cannot be read or used"),
            "danger",
            [(_short(file.file), "", file.reason) for file in files],
        ),
        _group(
            "held_back",
            _("Files held back"),
            _("their row was refused"),
            "warning",
            [(_short(file.file), "", file.reason) for file in held_back],
        ),
        _group(
            "duplicates",
            _("Identical files"),
            _("byte for byte"),
            "note",
            [(_short(file.file), "", _same_bytes(file)) for file in duplicates],
        ),
        _group("notes", _("Notes"), _("worth knowing"), "note", map(_noted, notes)),
    )


def _group(key: str, title: str, note: str, mark: str, raw: Iterable[Raw]) -> ImportGroup:
    lines = tuple(ImportLine(number, *line) for number, line in enumerate(raw, start=1))
    return ImportGroup(key, title, note, mark, lines)


def _planned(part: PlannedPart) -> Raw:
    where = _row_text("", part.row.row) if part.row is not None else ""
    files = ", ".join(_short(file.name) for file in part.files)
    name = part.name if part.name != part.number else ""
    return (where or files, part.number, _joined(name, files if where else ""))


def _imported(part: ImportedPart) -> Raw:
    files = ", ".join(_short(name) for name in part.files)
    where = _row_text(part.sheet, part.row) if part.row else files
    name = part.name if part.name != part.number else ""
    return (where, part.number, _joined(name, files if part.row else ""))


def _problems(row: RefusedRow) -> Raw:
    said = " ".join(problem.text for problem in row.problems)
    return (_row_text(row.sheet, row.row), row.number, said)


def _noted(note: RowNote) -> Raw:
    return (_row_text(note.sheet, note.row) if note.row else note.sheet, "", note.text)


def _same_bytes(file: DuplicateFile) -> str:
    if file.catalogued:
        return _(
            "Has the same bytes as {other}; catalogued all the same, a row asks for it."
        ).format(other=file.same_as)
    return _("Has the same bytes as {other}; left out.").format(other=file.same_as)


def _row_text(sheet: str, row: int) -> str:
    if sheet:
        return _("{sheet}, row {row}").format(sheet=sheet, row=row)
    return _("Row {row}").format(row=row)


def _short(name: str) -> str:
    return name.rpartition("/")[2]


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)
