"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from app.base import clock
from app.base.i18n import _
from app.bootstrap import Services

JsonOption = Annotated[bool, typer.Option("--json", help=_("Answer with one JSON document."))]
NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER[@REV]", help=_("Part number."))]
WhyOption = Annotated[str, typer.Option("--why", help=_("Reason; stays in the history."))]


def parse_day(text: str) -> date:
    """Return a date in ISO 8601; a ValueError becomes "wrong usage"."""
    return date.fromisoformat(text)


def as_date(help_text: str) -> Any:
    """Return an option that takes a day."""
    return typer.Option(parser=parse_day, metavar="YYYY-MM-DD", help=help_text)


def today_or(services: Services, named: date | None) -> date:
    """Return the named day, else today by the library's clock."""
    return named or clock.today(services.library.clock)
