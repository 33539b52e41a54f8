"""The columns of the parts of a product, as they are and in a preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.base.figures import fixed_figure
from app.base.i18n import _
from app.domain.inventory.product_part import ProductPart
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.milestone_preview import VerdictPair
from app.ui.models.columns import CellKind, Column
from app.ui.products.lane_words import pair_text
from app.ui.words import (
    answer_mark,
    answer_word,
    day,
    standing_mark,
    standing_word,
    start_mark,
)
from app.ui.worklist.worklist_source import start_words

WAS, RANK, EXPOSURE, NEED = "was", "rank", "exposure", "need"
# Urgency ends at 4; exposure counts orders of magnitude and seldom passes 10.
_MOST_URGENT, _MOST_EXPOSED = 4.0, 10.0


def product_part_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns; `today` decides which start dates are past or near."""

    def start(item: ProductPart) -> str:
        return start_words(_start(item), today())

    def mark(item: ProductPart) -> str:
        return start_mark(_start(item), today())

    return (
        Column("picture", lambda: "", 44, lambda item: "", CellKind.PICTURE, _picture, inset=8),
        Column("number", lambda: _("Number"), 104, lambda i: i.row.number, CellKind.IDENTIFIER),
        Column("name", lambda: _("Name"), 176, lambda i: i.row.name),
        Column(
            "answer",
            lambda: _("Eternal spare"),
            116,
            lambda i: answer_word(_answer(i)),
            CellKind.STATUS,
            lambda i: answer_mark(_answer(i)),
        ),
        Column(RANK, lambda: _("Urgency"), 92, _urgency, CellKind.BAR, _urgency_share),
        Column(EXPOSURE, lambda: _("Exposure"), 92, _exposure, CellKind.BAR, _exposure_share),
        Column("why", lambda: _("Why"), 180, _why, stretch=True),
        Column("start", lambda: _("Last safe start"), 140, start, CellKind.STATUS, mark),
        Column(WAS, lambda: _("Before the change"), 124, _was, CellKind.MUTED),
        Column(NEED, lambda: _("Needed until"), 104, _need),
        Column(
            "qualification",
            lambda: _("Qualification"),
            150,
            lambda i: standing_word(i.row.qualification(today())),
            CellKind.STATUS,
            lambda i: standing_mark(i.row.qualification(today())),
        ),
    )


def pair_of(item: ProductPart) -> VerdictPair | None:
    """Return both verdicts in a preview; None outside of one."""
    if item.flag is None or item.before is None:
        return None
    return VerdictPair(before=item.before, after=item.flag)


def _picture(item: ProductPart) -> Any:
    row = item.row
    return (row.sha256, row.unit) if row.sha256 and row.unit is not None else None


def _answer(item: ProductPart) -> Answer | None:
    return item.flag.answer if item.flag is not None else None


def _start(item: ProductPart) -> date | None:
    return item.flag.last_safe_start if item.flag is not None else None


def _was(item: ProductPart) -> str:
    pair = pair_of(item)
    if pair is None or not pair.differs:
        return ""
    if pair.joins or pair.leaves:
        return answer_word(pair.before.answer)
    if pair.start_moves:
        return day(pair.before.last_safe_start)
    return day(pair.before.need_until) if pair.need_moves else ""


def _need(item: ProductPart) -> str:
    return day(item.flag.need_until) if item.flag is not None else ""


def _why(item: ProductPart) -> str:
    pair = pair_of(item)
    changed = pair_text(pair) if pair is not None else ""
    flag = item.flag
    if changed or flag is None:
        return changed
    if flag.answer is Answer.UNKNOWN and flag.missing:
        return _("Missing: {what}").format(what=", ".join(flag.missing))
    return flag.reasons[0] if flag.reasons else ""


def _urgency(item: ProductPart) -> str:
    return fixed_figure(item.flag.urgency, 1) if _ranked(item) and item.flag else ""


def _urgency_share(item: ProductPart) -> float | None:
    return item.flag.urgency / _MOST_URGENT if _ranked(item) and item.flag else None


def _exposure(item: ProductPart) -> str:
    return fixed_figure(item.flag.exposure, 1) if _ranked(item) and item.flag else ""


def _exposure_share(item: ProductPart) -> float | None:
    return item.flag.exposure / _MOST_EXPOSED if _ranked(item) and item.flag else None


def _ranked(item: ProductPart) -> bool:
    return _answer(item) is Answer.YES
