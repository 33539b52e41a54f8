"""Commands about parts and their files: check-file, parts, part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.base import clock
from app.base.errors import RuleViolation
from app.base.figures import figure, fixed_figure
from app.base.i18n import _, ngettext
from app.base.settings import load_settings
from app.bootstrap import make_workers
from app.cli.session import REFUSED, emit, progress_on_stderr, session
from app.cli.shared_options import JsonOption
from app.domain.catalog.geometry import FileReport, LengthUnit
from app.domain.inventory.part_details import PartDetails
from app.domain.inventory.part_list import PartFilter, PartListRow, PartOrder, PartSort
from app.domain.lifecycle.flag import Answer
from app.services.catalog.check_files import check_files
from app.services.catalog.fetch_part import fetch_part
from app.services.catalog.list_parts import list_parts


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("check-file", help=_("Read and judge geometry without cataloguing it."))(
        _check_file
    )
    cli.command("parts", help=_("List or search parts."))(_parts)
    cli.command("part", help=_("Show everything on one part."))(_part)


def parse_unit(text: str) -> LengthUnit | None:
    """Return the unit a user named, None for "auto".

    Raises:
        RuleViolation: there is no such unit.
    """
    if text == "auto":
        return None
    try:
        return LengthUnit(text)
    except ValueError as error:
        known = ", ".join(["auto", *LengthUnit])
        raise RuleViolation(
            _("{unit} is no unit of length. Choose one of: {known}.").format(unit=text, known=known)
        ) from error


def _check_file(
    files: list[Path],
    unit: Annotated[str, typer.Option(help=_("Unit where the format states none."))] = "auto",
    json_output: JsonOption = False,
) -> None:
    with make_workers(load_settings()) as workers:
        reports = check_files(
            files, unit=parse_unit(unit), workers=workers, progress=progress_on_stderr()
        )
    emit(
        [report_json(report) for report in reports],
        json_output,
        [line for report in reports for line in _report_lines(report)],
    )
    if not all(report.accepted for report in reports):
        raise typer.Exit(REFUSED)


def report_json(report: FileReport) -> dict[str, object]:
    """Return the document that the contract promises for one file."""
    facts = report.facts
    return {
        "file": report.file_name,
        "sha256": report.sha256,
        "size_bytes": report.size_bytes,
        "format": report.format,
        "unit": report.unit,
        "unit_source": report.unit_source,
        "triangles": facts.triangles if facts else None,
        "bodies": facts.bodies if facts else None,
        "watertight": facts.watertight if facts else None,
        "volume_mm3": facts.volume_mm3 if facts else None,
        "area_mm2": facts.area_mm2 if facts else None,
        "bounds_mm": facts.bounds_mm if facts else None,
        "findings": facts.findings if facts else (),
        "accepted": report.accepted,
        "reason": report.reason,
    }


def _report_lines(report: FileReport) -> Iterator[str]:
    facts = report.facts
    if facts is None:
        yield report.reason  # names the file
        return
    size = " × ".join(fixed_figure(length, 2) for length in facts.size_mm)
    closed = _("watertight") if facts.watertight else _("not watertight")
    yield ngettext(
        "{file}: {size} mm, {count} triangle, {closed}, {volume} mm³",
        "{file}: {size} mm, {count} triangles, {closed}, {volume} mm³",
        facts.triangles,
    ).format(
        file=report.file_name,
        size=size,
        count=figure(facts.triangles),
        closed=closed,
        volume=fixed_figure(facts.volume_mm3, 1),
    )
    for finding in facts.findings:
        yield f"  {finding.severity}: {finding.text}"
    if not report.accepted:
        yield f"  {report.reason}"


def _parts(
    query: Annotated[str, typer.Option("--filter", help=_("Words to search for."))] = "",
    answer: Annotated[
        Answer | None, typer.Option(help=_("Only parts with this eternal-spare answer."))
    ] = None,
    sort: Annotated[PartSort, typer.Option(help=_("Order of the list."))] = PartSort.NUMBER,
    limit: Annotated[int | None, typer.Option(help=_("At most so many."), min=1)] = None,
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        rows = list_parts(
            services.library,
            PartFilter(text=query, answer=answer),
            today=clock.today(services.library.clock),
            order=(PartOrder(sort),),
            limit=limit,
        )
    emit(rows, json_output, [_part_line(row) for row in rows])


def _part_line(row: PartListRow) -> str:
    revision = _("Rev {label}").format(label=row.revision) if row.revision else "–"
    products = ", ".join(row.products)
    answer = row.answer or "–"
    return f"{row.number:<18} {revision:<7} {row.name:<34} {answer:<8} {products}".rstrip()


def _part(number: str, json_output: JsonOption = False) -> None:
    with session() as services:
        details = fetch_part(services.library, number)
    emit(details, json_output, _detail_lines(details))


def _detail_lines(details: PartDetails) -> Iterator[str]:
    part = details.part
    yield f"{part.number}  {part.name}"
    for name, value in (
        (_("Material"), part.material),
        (_("Right to make"), part.right_to_make),
        (_("Export control"), part.export_control or _("not assessed")),
    ):
        if value:
            yield f"  {name}: {value}"
    if details.flag is not None:
        yield f"  {_('Eternal spare')}: {details.flag.answer}"
        for reason in details.flag.reasons:
            yield f"    {reason}"
        if details.flag.next_action:
            yield f"    {_('Next step')}: {details.flag.next_action}"
    for use in details.products:
        yield f"  {_('Used in')}: {use.product.name} × {figure(use.where_used.quantity)}"
    for revision in details.revisions:
        yield f"  {_('Revision')} {revision.revision.label} ({revision.revision.state})"
        for shape in revision.geometries:
            yield f"    {shape.geometry.file_name} ({shape.geometry.unit})"
        for defined in revision.definitions:
            yield (
                f"    {_('Print definition')} {defined.definition.major}.{defined.definition.minor}"
                f" ({defined.definition.state}), {defined.definition.material_grade}"
            )
    for lot in details.lots:
        yield f"  {_('Lot')} {lot.lot.number}: {lot.lot.quantity} × {lot.lot.manufacturer}"
