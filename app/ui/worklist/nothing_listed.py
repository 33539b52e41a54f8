"""What the worklist says when it has no rows, and the one thing to do then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer


class Remedy(Enum):
    NONE = "none"
    JUDGE = "judge"
    SHOW_UNKNOWN = "show_unknown"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Drawing, words and action of an empty worklist."""

    drawing: str
    title: str
    sentence: str
    action: str = ""
    remedy: Remedy = Remedy.NONE


def describe_nothing(
    counts: Mapping[Answer, int], unassessed: int, answer: Answer, months: int
) -> Nothing:
    """Return why there is no row.

    Args:
        counts: how many parts have which answer.
        unassessed: how many were never judged.
        answer: the one that is listed.
        months: the horizon.
    """
    if unassessed or not any(counts.values()):
        return _not_judged(unassessed, some=any(counts.values()))
    if answer is Answer.UNKNOWN:
        return Nothing("tick", _("Nothing is unknown"), _("Every part has a verdict."))
    sentence = _("No part needs an eternal spare within {months} months.").format(months=months)
    unknown = counts[Answer.UNKNOWN]
    if not unknown:
        return Nothing("tick", _("Nothing to do"), sentence)
    action = ngettext("Show {count} unknown", "Show {count} unknown", unknown)
    return Nothing(
        "tick",
        _("Nothing to do"),
        sentence,
        action.format(count=figure(unknown)),
        Remedy.SHOW_UNKNOWN,
    )


def _not_judged(unassessed: int, *, some: bool) -> Nothing:
    if not unassessed:
        return Nothing(
            "shelf",
            _("No parts yet"),
            _("Import files and a parts list; what needs action then stands here."),
        )
    waiting = ngettext(
        "{count} part waits for its verdict.",
        "{count} parts wait for their verdict.",
        unassessed,
    ).format(count=figure(unassessed))
    title = _("Not every part has been judged") if some else _("Nothing has been judged yet")
    return Nothing("shelf", title, waiting, _("Judge all parts"), Remedy.JUDGE)
