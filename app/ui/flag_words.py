"""The words of the window for the terms of an eternal-spare verdict."""

from __future__ import annotations

from datetime import date

from app.base.figures import fixed_figure
from app.base.i18n import _
from app.domain.lifecycle.flag import Flag
from app.ui.words import days_from_now


def rank_terms(flag: Flag) -> str:
    """Return how a rank comes about, in words."""
    terms = _("urgency {urgency} × exposure {exposure}").format(
        urgency=fixed_figure(flag.urgency, 2), exposure=fixed_figure(flag.exposure, 2)
    )
    return _("{terms}, breach of duty first").format(terms=terms) if flag.breach else terms


def start_note(last_safe_start: date, today: date) -> str:
    """Return how far away a last safe start is; overdue in so many words."""
    distance = days_from_now(last_safe_start, today)
    return _("overdue, {when}").format(when=distance) if last_safe_start < today else distance
