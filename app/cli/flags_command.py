"""The command that lists parts which need an eternal spare: flags."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from app.base import clock
from app.base.i18n import _
from app.base.told import tell
from app.bootstrap import Services
from app.cli.session import emit, note, progress_on_stderr, session
from app.cli.shared_options import JsonOption, as_date
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.worklist import Worklist
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.flags_table import flag_document, flags_table
from app.services.lifecycle.preview_worklist import preview_worklist


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
        typer.echo(flags_table(worklist.rows), nl=False)
        return
    emit([flag_document(row) for row in worklist.rows], json_output, _flag_lines(worklist))


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
