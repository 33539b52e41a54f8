"""Use case: judge eternal spares again if something they rest on was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.lifecycle.flag_causes import CAUSES

if TYPE_CHECKING:
    from app.services.lifecycle.flag_spares import FlagReport
    from app.storage.library import Library


def refresh_flags(
    library: Library,
    *,
    since: int,
    who: str,
    today: date,
    horizon_months: int,
    progress: Progress | None = None,
) -> FlagReport | None:
    """Bring the verdicts up to date after the change set `since`; its cause is the latest act.

    Returns:
        What was found; None if nothing was written that verdicts rest on.

    Raises:
        StorageError: the library is locked, full or damaged.
        Cancelled: the user asked to stop; the verdicts are as before.
    """
    with library.reading() as read:
        cause = read.audit.last_touching(CAUSES, after_id=since)
    if cause is None:
        return None
    from app.services.lifecycle.flag_spares import flag_spares

    return flag_spares(
        library,
        who=who,
        today=today,
        horizon_months=horizon_months,
        cause=cause.act,
        progress=progress,
    )
