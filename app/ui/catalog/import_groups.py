"""What an import would do or did, as groups of lines to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.base.i18n import _
from app.domain.catalog.import_report import DuplicateFile, ImportedPart, ImportReport, RefusedFile
from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.part_table import RefusedRow, RowNote
from app.ui.catalog.import_outlook import Outlook
from app.ui.catalog.import_preview import Preview, PreviewRow, RowState


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
        rows: ids of the rows of the list that belong to it; None where it has lines of its own.
        section: caption above it, where one begins.
    """

    key: str
    title: str
    note: str
    mark: str
    lines: tuple[ImportLine, ...] = ()
    rows: frozenset[int] | None = None
    section: str = ""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines) if self.rows is None else len(self.rows)


Raw = tuple[str, str, str]


def groups_of_preview(preview: Preview, outlook: Outlook) -> tuple[ImportGroup, ...]:
    """Return what importing this would do, as far as it is known by now."""
    by_state: dict[RowState, list[PreviewRow]] = defaultdict(list)
    for row in preview.rows():
        by_state[row.state].append(row)

    def of(state: RowState, title: str, note: str, mark: str) -> ImportGroup:
        return ImportGroup(state.value, title, note, mark, rows=_ids(by_state[state]))

    rows = list(preview.rows())
    listed = [row for row in rows if row.row]
    result = [
        ImportGroup("all", _("All rows"), _("as the list has them"), "none", rows=_ids(rows)),
        of(RowState.MATCHED, _("Matched"), _("row and file agree"), "good"),
        of(RowState.NO_FILE, _("Rows without a file"), _("parts without geometry"), "warning"),
        of(RowState.FILE_ONLY, _("Files without a row"), _("become draft parts"), "warning"),
        of(RowState.PRODUCT, _("Products"), _("stand in the list"), "good"),
        of(RowState.JOINED, _("Joined rows"), _("other plants, repeated rows"), "note"),
    ]
    plan = preview.plan
    acts = outlook.foreseen
    same = acts.unchanged if acts is not None else frozenset()
    look = [
        of(RowState.REFUSED, _("Cells to fix"), _("or rows to skip"), "danger"),
        ImportGroup(
            "units",
            _("Unit in doubt"),
            _units_note(outlook),
            "warning",
            rows=_ids(row for row in rows if any(name in outlook.doubtful for name in row.files)),
        ),
        _group(
            "refused_files",
            _("Refused files"),
            _("cannot be read or used"),
            "danger",
            [
                *((_short(file.file), "", file.reason) for file in plan.refused_files),
                *_unreadable(outlook),
            ],
        ),
        of(RowState.SKIPPED, _("Skipped rows"), _("left out by you"), "none"),
        _group(
            "held_back",
            _("Files held back"),
            _("their row is not taken"),
            "warning",
            [(_short(file.file), "", file.reason) for file in plan.held_back],
        ),
        _group(
            "duplicates",
            _("Identical files"),
            _("byte for byte"),
            "note",
            [
                (_short(file.file), "", _same_bytes(file))
                for file in (*plan.duplicates, *(acts.duplicates if acts else ()))
            ],
        ),
        ImportGroup(
            "unchanged",
            _("Unchanged"),
            _("known already"),
            "none",
            rows=_ids(row for row in rows if row.key and row.key in same),
        ),
        _group("notes", _("Notes"), _("worth knowing"), "note", map(_noted, plan.table.notes)),
    ]
    if not listed:
        result = result[1:]
    shown = [[group for group in part if group.count] for part in (result, look)]
    captions = (_("Result of the match"), _("Needs a look"))
    return tuple(
        replace(group, section=caption if place == 0 else "")
        for caption, part in zip(captions, shown, strict=True)
        for place, group in enumerate(part)
    )


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
    listed = list(rows)
    return (
        _group(
            "refused_rows",
            _("Refused rows"),
            _("mend the list and import again"),
            "danger",
            [_problems(row) for row in listed if not row.skipped],
        ),
        _group(
            "skipped",
            _("Skipped rows"),
            _("left out by you"),
            "none",
            [_problems(row) for row in listed if row.skipped],
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


def _ids(rows: Iterable[PreviewRow]) -> frozenset[int]:
    return frozenset(row.id for row in rows)


def _units_note(outlook: Outlook) -> str:
    inches = all(unit is LengthUnit.INCH for unit in outlook.doubtful.values())
    return _("they look like inches") if inches else _("hardly millimetres")


def _unreadable(outlook: Outlook) -> list[Raw]:
    return [
        (_short(name), "", report.reason)
        for name, report in outlook.reports.items()
        if not report.accepted
    ]


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
