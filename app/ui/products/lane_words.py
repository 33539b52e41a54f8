"""The words of products and their dates, for table, timeline and screen readers alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.milestone_preview import MilestonePreview, VerdictPair
from app.domain.lifecycle.product import Confidence, Milestone, MilestoneKind
from app.domain.lifecycle.product_lane import ProductLane, ProductTotals
from app.ui.part_words import confidence_word, milestone_word, month_text
from app.ui.words import day, stage_word

_Move = tuple[date | None, date | None]


def event_word(kind: MilestoneKind) -> str:
    """Return what happens to a product at a milestone."""
    if kind is MilestoneKind.LAST_PRODUCED:
        return _("End of production")
    return milestone_word(kind)


def event_text(milestone: Milestone) -> str:
    """Return what happens, and in which market if not in all."""
    word = event_word(milestone.kind)
    if not milestone.market:
        return word
    return _("{event} ({market})").format(event=word, market=milestone.market)


def dated_text(milestone: Milestone) -> str:
    """Return event and day, and how sure the day is unless it is certain."""
    text = f"{event_text(milestone)} {day(milestone.on)}"
    if milestone.confidence is Confidence.CONFIRMED:
        return text
    return _("{text}, {confidence}").format(
        text=text, confidence=confidence_word(milestone.confidence)
    )


def end_text(lane: ProductLane, today: date) -> str:
    """Return the month in which its production ends; without one, where the product stands."""
    ends = lane.production_end
    if ends is None:
        return stage_word(lane.stage)
    text = _("Ended {month}") if ends < today else _("Ends {month}")
    return text.format(month=month_text(ends))


def qualified_text(lane: ProductLane) -> str:
    """Return such as "24/29"; "" for a product without parts."""
    standing = lane.standing
    return f"{figure(standing.qualified)}/{figure(standing.parts)}" if standing.parts else ""


def in_use_text(lane: ProductLane) -> str:
    return "" if lane.product.installed_base is None else figure(lane.product.installed_base)


def describe_lane(lane: ProductLane) -> str:
    """Return everything the timeline shows of a product as sentences."""
    sentences = [
        _("{product}: {stage}.").format(product=lane.product.name, stage=stage_word(lane.stage))
    ]
    dates = [dated_text(milestone) for milestone in lane.milestones]
    if lane.standing.last_order is not None:
        dates.append(last_order_text(lane.standing.last_order))
    if dates:
        sentences.append("; ".join(dates) + ".")
    if lane.product.installed_base is not None:
        sentences.append(_("{count} in use.").format(count=in_use_text(lane)))
    parts = lane.standing.parts
    sentences.append(
        ngettext(
            "{qualified} of {parts} part qualified.",
            "{qualified} of {parts} parts qualified.",
            parts,
        ).format(qualified=figure(lane.standing.qualified), parts=figure(parts))
        if parts
        else _("No part is known that it uses.")
    )
    return " ".join(sentences)


def last_order_text(on: date) -> str:
    """Return the day after which one of the parts cannot be ordered any more."""
    return _("Last order for a part {day}").format(day=day(on))


def summary_text(totals: ProductTotals) -> str:
    """Return the sentence beside the title of the page."""
    return ngettext(
        "{count} of {total} leaves series within the horizon",
        "{count} of {total} leave series within the horizon",
        totals.leaving,
    ).format(count=figure(totals.leaving), total=figure(totals.products))


def move_text(product: str, before: Milestone, on: date) -> str:
    """Return which date would change, from when to when."""
    return _("{product}: {event} {old} → {new}.").format(
        product=product, event=event_text(before), old=day(before.on), new=day(on)
    )


def effect_text(preview: MilestonePreview) -> str:
    """Return how many parts a date would change, and from when to when."""
    sentences = []
    starts, needs = preview.moved_starts, preview.moved_needs
    if preview.joining:
        sentences.append(
            ngettext(
                "{count} part joins the worklist.",
                "{count} parts join the worklist.",
                preview.joining,
            ).format(count=figure(preview.joining))
        )
    if preview.leaving:
        sentences.append(
            ngettext(
                "{count} part leaves the worklist.",
                "{count} parts leave the worklist.",
                preview.leaving,
            ).format(count=figure(preview.leaving))
        )
    if starts:
        sentences.append(_starts_text(starts))
    if needs:
        sentences.append(_needs_text(needs))
    if not sentences:
        others = len(preview.changed)
        sentences.append(
            ngettext(
                "{count} worklist item changes its rank.",
                "{count} worklist items change their rank.",
                others,
            ).format(count=figure(others))
            if others
            else _("No worklist item changes.")
        )
    return " ".join(sentences)


def change_text(before: date | None, after: date | None) -> str:
    """Return how far a last safe start moves; "" where it stays or is not known."""
    if before is None or after is None or before == after:
        return ""
    days = (after - before).days
    count = abs(days)
    months = round(count / 30.44)
    if count < 45:
        text = (
            ngettext("Starts {count} day earlier", "Starts {count} days earlier", count)
            if days < 0
            else ngettext("Starts {count} day later", "Starts {count} days later", count)
        )
        return text.format(count=figure(count))
    text = (
        ngettext("Starts {count} month earlier", "Starts {count} months earlier", months)
        if days < 0
        else ngettext("Starts {count} month later", "Starts {count} months later", months)
    )
    return text.format(count=figure(months))


def pair_text(pair: VerdictPair) -> str:
    """Return in a few words what changes for a part; "" if nothing does."""
    if pair.joins:
        return _("Joins the worklist")
    if pair.leaves:
        return _("Leaves the worklist")
    moved = change_text(pair.before.last_safe_start, pair.after.last_safe_start)
    if moved:
        return moved
    if pair.need_moves:
        return _("Needed until {day}").format(day=day(pair.after.need_until) or _("not known"))
    return _("Another rank") if pair.differs and pair.after.answer is Answer.YES else ""


def _starts_text(pairs: Sequence[VerdictPair]) -> str:
    (old, new), count = _commonest(
        [(pair.before.last_safe_start, pair.after.last_safe_start) for pair in pairs]
    )
    text = ngettext(
        "{count} worklist item starts by {new} instead of {old}.",
        "{count} worklist items start by {new} instead of {old}.",
        count,
    )
    return _with_others(_from_to(text, count, old, new), len(pairs) - count)


def _needs_text(pairs: Sequence[VerdictPair]) -> str:
    (old, new), count = _commonest(
        [(pair.before.need_until, pair.after.need_until) for pair in pairs]
    )
    text = ngettext(
        "{count} part is needed until {new} instead of {old}.",
        "{count} parts are needed until {new} instead of {old}.",
        count,
    )
    return _with_others(_from_to(text, count, old, new), len(pairs) - count)


def _commonest(moves: Sequence[_Move]) -> tuple[_Move, int]:
    """Return the change that most parts share, of several the one to the earliest day."""
    counts = Counter(moves)
    return min(counts.items(), key=lambda found: (-found[1], found[0][1] or date.max))


def _from_to(text: str, count: int, old: date | None, new: date | None) -> str:
    unknown = _("not known")
    return text.format(count=figure(count), old=day(old) or unknown, new=day(new) or unknown)


def _with_others(text: str, others: int) -> str:
    if not others:
        return text
    more = ngettext("{count} more changes otherwise.", "{count} more change otherwise.", others)
    return f"{text} {more.format(count=figure(others))}"
