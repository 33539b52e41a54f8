"""Command: catalogue files, folders and parts lists."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.cli.session import REFUSED, emit, note, progress_on_stderr, session, stoppable
from app.cli.shared_options import JsonOption
from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.import_report import ImportedPart, ImportReport
from app.services.catalog.import_inventory import import_inventory
from app.services.catalog.propose_mapping import propose_mapping
from app.services.catalog.stored_mappings import load_mapping, save_mapping
from app.workers.pool import WorkerPool


class UnitChoice(StrEnum):
    """Unit of files that state none."""

    MM = "mm"
    CM = "cm"
    M = "m"
    INCH = "inch"
    AUTO = "auto"  # what the file states, else millimetres


def register(cli: typer.Typer) -> None:
    """Add the command of this module."""
    cli.command("import", help=_("Catalogue files and folders, with a parts list or without."))(
        _import
    )
    cli.command("mapping", help=_("Show what the columns of a parts list mean; save it by name."))(
        _mapping
    )


def _import(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", show_default=False)],
    table: Annotated[
        Path | None, typer.Option("--table", help=_("Parts list (xlsx, csv)."))
    ] = None,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help=_("Name of a saved column mapping."))
    ] = None,
    unit: Annotated[
        UnitChoice, typer.Option("--unit", help=_("Unit of files that state none."))
    ] = UnitChoice.AUTO,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Tell what would happen; change nothing."))
    ] = False,
    json_output: JsonOption = False,
) -> None:
    """Exit status 0 if anything was catalogued or nothing refused, 1 if everything was refused."""
    chosen = load_mapping(mapping) if mapping is not None else None
    progress = progress_on_stderr()
    with session() as services, stoppable(progress):
        report = import_inventory(
            services.library,
            paths,
            table=table,
            mapping=chosen,
            unit=None if unit is UnitChoice.AUTO else LengthUnit(unit.value),
            dry_run=dry_run,
            who=services.user,
            workers=services.workers,
            progress=progress,
        )
    emit(_document(report), json_output, report_lines(report))
    if report.refused_everything or report.cancelled:
        raise typer.Exit(REFUSED)


def _mapping(
    table: Annotated[Path, typer.Argument(help=_("Parts list (xlsx, csv)."))],
    mapping: Annotated[
        str | None, typer.Option("--mapping", help=_("Name of a saved column mapping."))
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", help=_("Save the mapping under this name."))
    ] = None,
    json_output: JsonOption = False,
) -> None:
    """Columns of demand need no rule; their headings are months."""
    chosen = load_mapping(mapping) if mapping is not None else None
    with WorkerPool(size=1) as workers:
        proposed, layouts = propose_mapping(
            table, name=save or mapping or "", mapping=chosen, workers=workers, progress=Progress()
        )
    if save is not None:
        note(_("The mapping is saved in {path}.").format(path=save_mapping(proposed)))
    lines = [
        f"{layout.sheet.name} {use.letter}{layout.heading_row}  {use.heading}: {use.field.value}"
        for layout in layouts
        for use in layout.columns
    ]
    emit(proposed, json_output, lines)


def _document(report: ImportReport) -> dict[str, Any]:
    """Return the report for JSON, with its counts first."""
    return {
        "catalogued": report.catalogued,
        "counts": {
            "created": len(report.created),
            "updated": len(report.updated),
            "unchanged": len(report.unchanged),
            "refused_rows": len(report.refused_rows),
            "refused_files": len(report.refused_files),
            "held_back": len(report.held_back),
            "files_without_row": len(report.files_without_row),
            "rows_without_file": len(report.rows_without_file),
            "duplicates": len(report.duplicates),
        },
        "report": report,
    }


def report_lines(report: ImportReport) -> list[str]:
    """Return the report as lines for people: what came in, then everything that did not."""
    lines = [_headline(report)]
    products = [*report.products_created, *report.products_updated]
    if products:
        lines.append(_("Products: {names}").format(names=", ".join(products)))
    lines += _section(
        _("Refused rows:"),
        [problem.text for row in report.refused_rows for problem in row.problems],
    )
    lines += _section(
        _("Held back with their rows:"),
        [f"{item.file}: {item.reason}" for item in report.held_back],
    )
    lines += _section(
        _("Refused files:"), [f"{item.file}: {item.reason}" for item in report.refused_files]
    )
    lines += _section(_("Rows without a file:"), map(_row_line, report.rows_without_file))
    lines += _section(
        _("Files without a row, now draft parts:"),
        [f"{part.number} ({', '.join(part.files)})" for part in report.files_without_row],
    )
    lines += _section(
        _("Files with the same bytes:"),
        [
            _("{file} is the same as {other}").format(file=item.file, other=item.same_as)
            for item in report.duplicates
        ],
    )
    lines += _section(_("Notes:"), [note.text for note in report.notes])
    if report.cancelled:
        lines.append(_("Stopped. What was confirmed before is kept."))
    return lines


def _headline(report: ImportReport) -> str:
    counted = _("{created} created, {updated} updated, {unchanged} unchanged.").format(
        created=figure(len(report.created)),
        updated=figure(len(report.updated)),
        unchanged=figure(len(report.unchanged)),
    )
    sentence = ngettext(
        "{count} part catalogued: {counted}", "{count} parts catalogued: {counted}",
        report.catalogued,
    ).format(count=figure(report.catalogued), counted=counted)  # fmt: skip
    return (
        _("Dry run, nothing was changed. {sentence}").format(sentence=sentence)
        if (report.dry_run)
        else sentence
    )


def _row_line(part: ImportedPart) -> str:
    return _("Row {row}: {number} {name}").format(row=part.row, number=part.number, name=part.name)


def _section(title: str, lines: Any) -> list[str]:
    listed = list(lines)
    return [title, *(f"  {line}" for line in listed)] if listed else []
