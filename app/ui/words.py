"""The words of the window for states, dates and numbers."""

from __future__ import annotations

from datetime import date, datetime

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.catalog.revision_state import RevisionState
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.lifecycle.verdict import Answer, Readiness
from app.domain.qualification.qualification_state import QualificationState
from app.domain.qualification.qualification_status import QualificationStatus


def qualification_word(state: QualificationState | None) -> str:
    """Return the word for a qualification's state; None means that there is none yet."""
    return {
        None: _("Not qualified"),
        QualificationState.DRAFT: _("Draft"),
        QualificationState.UNDER_TEST: _("Under test"),
        QualificationState.IN_REVIEW: _("In review"),
        QualificationState.QUALIFIED: _("Qualified"),
        QualificationState.BLOCKED: _("Blocked"),
    }[state]


def qualification_mark(state: QualificationState | None) -> str:
    """Return the name of the glyph beside that word."""
    return "none" if state is None else state.value


def standing_word(status: QualificationStatus | None) -> str:
    """Return the word for how a part is qualified on a day; None means nothing was begun."""
    if status is QualificationStatus.EXPIRING:
        return _("Expiring")
    if status is QualificationStatus.EXPIRED:
        return _("Expired")
    return qualification_word(None if status is None else QualificationState(status.value))


def standing_mark(status: QualificationStatus | None) -> str:
    """Return the name of the glyph beside that word."""
    return "none" if status is None else status.value


def answer_word(answer: Answer | None) -> str:
    """Return the word for the eternal-spare verdict; None means not assessed yet."""
    return {
        None: _("Not assessed"),
        Answer.YES: _("Eternal"),
        Answer.NO: _("Covered"),
        Answer.UNKNOWN: _("Unknown"),
    }[answer]


def answer_mark(answer: Answer | None) -> str:
    """Return the name of the glyph beside that word."""
    return {
        None: "none",
        Answer.YES: "eternal",
        Answer.NO: "covered",
        Answer.UNKNOWN: "unknown",
    }[answer]


def readiness_word(readiness: Readiness | None) -> str:
    """Return how near a part is to being printed on order."""
    return {
        None: "",
        Readiness.QUALIFIED: _("Qualified"),
        Readiness.UNDER_WAY: _("Under way"),
        Readiness.PRINTABLE: _("Printable"),
        Readiness.UNKNOWN: _("Not judged"),
        Readiness.NOT_PRINTABLE: _("Not printable"),
    }[readiness]


def readiness_mark(readiness: Readiness | None) -> str:
    """Return the name of the glyph beside that word."""
    return {
        None: "none",
        Readiness.QUALIFIED: "qualified",
        Readiness.UNDER_WAY: "under_test",
        Readiness.PRINTABLE: "draft",
        Readiness.UNKNOWN: "unknown",
        Readiness.NOT_PRINTABLE: "blocked",
    }[readiness]


def stage_word(stage: LifeCycleStage | None) -> str:
    """Return the word for where a product stands in its life."""
    return {
        None: "",
        LifeCycleStage.UNKNOWN: _("No dates"),
        LifeCycleStage.ANNOUNCED: _("Announced"),
        LifeCycleStage.SERIES: _("In series"),
        LifeCycleStage.PHASE_OUT: _("Phase-out"),
        LifeCycleStage.DISCONTINUED: _("Discontinued"),
        LifeCycleStage.SERVICE_ENDED: _("Service ended"),
    }[stage]


def stage_mark(stage: LifeCycleStage | None) -> str:
    """Return the name of the glyph beside that word."""
    if stage is None:
        return ""
    return "series" if stage is LifeCycleStage.ANNOUNCED else stage.value


def revision_word(state: RevisionState | None) -> str:
    """Return the word for a revision's state."""
    return {
        None: _("No revision"),
        RevisionState.DRAFT: _("Draft"),
        RevisionState.RELEASED: _("Released"),
        RevisionState.OBSOLETE: _("Obsolete"),
    }[state]


def revision_mark(state: RevisionState | None) -> str:
    """Return the name of the glyph beside that word."""
    return {
        None: "none",
        RevisionState.DRAFT: "draft",
        RevisionState.RELEASED: "qualified",
        RevisionState.OBSOLETE: "discontinued",
    }[state]


def day(on: date | None) -> str:
    """Return a calendar day; "" where there is none, a word where there is no end."""
    if on is None:
        return ""
    return _("no end") if on == date.max else on.isoformat()


def month(on: date | None) -> str:
    """Return the month of a day; "" where there is none."""
    return "" if on is None else f"{on.year:04d}-{on.month:02d}"


def moment(at: datetime) -> str:
    """Return date and time to the minute, with the zone it was recorded in."""
    return at.strftime("%Y-%m-%d %H:%M %z")


def days_from_now(on: date, today: date) -> str:
    """Return how far away a day is, in the largest unit that still says enough."""
    days = (on - today).days
    if days == 0:
        return _("today")
    if abs(days) < 60:
        return (
            ngettext("in {count} day", "in {count} days", days).format(count=days)
            if days > 0
            else ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
        )
    months = round(abs(days) / 30.44)
    if months < 24:
        text = (
            ngettext("in {count} month", "in {count} months", months)
            if days > 0
            else ngettext("{count} month ago", "{count} months ago", months)
        )
        return text.format(count=months)
    years = round(abs(days) / 365.25)
    text = (
        ngettext("in {count} year", "in {count} years", years)
        if days > 0
        else ngettext("{count} year ago", "{count} years ago", years)
    )
    return text.format(count=years)


def start_mark(last_safe_start: date | None, today: date) -> str:
    """Return how a last safe start is marked: past, soon (within half a year) or not at all."""
    if last_safe_start is None:
        return ""
    days = (last_safe_start - today).days
    return "past" if days < 0 else "soon" if days <= 183 else ""


def parts_text(count: int) -> str:
    """Return such as "4,812 parts"."""
    return ngettext("{count} part", "{count} parts", count).format(count=figure(count))
