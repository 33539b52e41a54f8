"""Options and small conversions that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from app.base.i18n import _
from app.bootstrap import Services

JsonOption = Annotated[bool, typer.Option("--json", help=_("Answer with one JSON document."))]


def as_date(help_text: str) -> Any:
    """Return an option that takes a day as YYYY-MM-DD."""
    return typer.Option(formats=["%Y-%m-%d"], help=help_text)


def day_of(moment: datetime | None) -> date | None:
    """Return the day of what typer read."""
    return moment.date() if moment else None


def today_or(services: Services, named: datetime | None) -> date:
    """Return the named day, else today by the library's clock."""
    return day_of(named) or services.library.clock.now().date()
