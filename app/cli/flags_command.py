"""The command that lists parts which need an eternal spare: flags."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from app.base import clock
from app.base.i18n import _
from app.base.told import tell
from app.bootstrap import Services
from app.cli.session import emit, note, progress_on_stderr, session, to_json
from app.cli.shared_options import JsonOption, as_date
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.worklist import Worklist, WorklistRow
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.preview_worklist import preview_worklist

# A spreadsheet would run these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command("flags", help=_("List parts that need an eternal spare, most urgent first."))(
        _flags
    )


def _flags(
    today: Annotated[date | None, as_date(_("Judge for this day."))] = None,
    horizon: Annotated[
        int | None, typer.Option(min=1, max=600, help=_("How far ahead a gap counts, in months."))
    ] = None,
    json_output: JsonOption = False,
    csv_output: Annotated[bool, typer.Option("--csv", help=_("Answer with a CSV table."))] = False,
    every: Annotated[
        bool, typer.Option("--all", help=_("List parts with every answer, also no."))
    ] = False,
) -> None:
    if json_output and csv_output:
        raise typer.BadParameter(_("Choose --json or --csv, not both."))
    answers = [Answer.YES, Answer.UNKNOWN] if json_output else [Answer.YES]
    if every:
        answers = [Answer.YES, Answer.UNKNOWN, Answer.NO]
    with session() as services:
        worklist = _judged(services, today, horizon, answers)
    if csv_output:
        typer.echo(_csv_table(worklist.rows), nl=False)
        return
    emit([flag_json(row) for row in worklist.rows], json_output, _flag_lines(worklist))


def _judged(
    services: Services, today: date | None, horizon: int | None, answers: list[Answer]
) -> Worklist:
    """Judge and store for the real day and horizon; only judge for any other."""
    library, settings = services.library, services.settings
    real_day = clock.today(library.clock)
    day = real_day if today is None else today
    months = settings.horizon_months if horizon is None else horizon
    if (day, months) != (real_day, settings.horizon_months):
        note(
            _("Judged for {day} with a horizon of {months} months; nothing is stored.").format(
                day=day, months=months
            )
        )
        return preview_worklist(library, today=day, horizon_months=months, answers=answers)
    flag_spares(
        library,
        who=services.user,
        today=day,
        horizon_months=months,
        cause=tell("asked for on the command line"),
        progress=progress_on_stderr(),
    )
    return fetch_worklist(library, answers=answers)


def flag_json(row: WorklistRow) -> dict[str, object]:
    """Return the document that the contract promises for one part.

    A date of 9999-12-31 means that no end is in sight; null that the date is not known.
    """
    flag = row.flag
    return {
        "number": row.number,
        "name": row.name,
        "answer": flag.answer,
        "reason": " ".join(flag.reasons),
        "reasons": flag.reasons,
        "missing": flag.missing,
        "need_until": flag.need_until,
        "need_source": flag.need_source,
        "supply_until": flag.supply_until,
        "decide_by": flag.decide_by,
        "start_by": flag.start_by,
        "last_safe_start": flag.last_safe_start,
        "readiness": flag.readiness,
        "next_action": flag.next_action,
        "rank": round(flag.rank, 3),
        "urgency": round(flag.urgency, 3),
        "exposure": round(flag.exposure, 3),
        "breach": flag.breach,
        "products": row.products,
    }


def _csv_table(rows: tuple[WorklistRow, ...]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    columns = [
        "number", "name", "answer", "reason", "need_until", "supply_until", "decide_by",
        "start_by", "last_safe_start", "readiness", "next_action", "rank",
    ]  # fmt: skip
    writer.writerow(columns)
    for row in rows:
        cells = to_json(flag_json(row))
        writer.writerow([_harmless(cells[name]) for name in columns])
    return table.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _flag_lines(worklist: Worklist) -> Iterator[str]:
    for row in worklist.rows:
        due = row.flag.last_safe_start
        name = "" if row.name == row.number else f"  {row.name}"
        until = _("  last safe start {date}").format(date=due) if due else ""
        yield f"{row.number}{name}  {row.flag.answer}{until}"
        for reason in row.flag.reasons:
            yield f"    {reason}"
        if row.flag.next_action:
            yield f"    → {row.flag.next_action}"
    yield _("Eternal spare: {yes} yes, {no} no, {unknown} unknown.").format(
        **{answer.value: worklist.counts[answer] for answer in Answer}
    )
