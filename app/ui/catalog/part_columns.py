"""The columns of the parts table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from PySide6.QtGui import QFontMetrics

from app.base.i18n import _
from app.domain.inventory.part_list import PartListRow, PartSort
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.lifecycle.score import score_of
from app.domain.lifecycle.verdict import Answer
from app.domain.qualification.qualification_status import QualificationStatus
from app.ui.models.columns import CellKind, Column
from app.ui.theme import current_theme
from app.ui.widgets.header_view import SORT_ROOM
from app.ui.words import (
    answer_mark,
    answer_word,
    day,
    month,
    stage_mark,
    stage_word,
    standing_mark,
    standing_word,
    start_mark,
)

# What is shown unless somebody chooses: the first ones always, the others while there is room.
ALWAYS_SHOWN = ("check", "picture", "number", "name", "supply", "qualification", "score")
SHOWN_WITH_ROOM = (
    "product",
    "production_end",
    "revision",
    "answer",
    "last_safe_start",
)
V = TypeVar("V")
FIXED = ("check", "picture", "number")
# Takes what is left.
LEAST_NAME = 138


def part_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns; `today` decides what is past, near, qualified or in series."""
    columns = _columns(today)
    metrics = QFontMetrics(current_theme().font("tableHeader"))
    extra = 2 * current_theme().size("space", "cellPadding") + SORT_ROOM
    return tuple(
        replace(column, width=max(column.width, metrics.horizontalAdvance(column.title()) + extra))
        if column.sort
        else column
        for column in columns
    )


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("check", lambda: "", 32, lambda row: "", CellKind.CHECK),
        Column("picture", lambda: "", 46, lambda row: "", CellKind.PICTURE, _picture),
        Column(
            "number",
            lambda: _("Number"),
            82,
            lambda row: row.number,
            CellKind.IDENTIFIER,
            sort=PartSort.NUMBER,
        ),
        Column("revision", lambda: _("Rev"), 44, lambda row: row.revision, CellKind.MUTED),
        Column(
            "name",
            lambda: _("Name"),
            LEAST_NAME,
            lambda row: row.name,
            sort=PartSort.NAME,
            stretch=True,
        ),
        Column("product", lambda: _("Product"), 132, _products),
        *_standing_columns(today),
        *_date_columns(today),
        Column(
            "score", lambda: _("Score"), 80, _score, CellKind.BAR, _score_share, sort=PartSort.RANK
        ),
        Column(
            "answer",
            lambda: _("Eternal spare"),
            112,
            lambda row: answer_word(row.answer),
            CellKind.STATUS,
            lambda row: answer_mark(row.answer),
            sort=PartSort.ANSWER,
        ),
        Column(
            "material",
            lambda: _("Material"),
            104,
            lambda row: row.material,
            sort=PartSort.MATERIAL,
        ),
        Column("file", lambda: _("File"), 136, lambda row: row.file_name, CellKind.MUTED),
    )


def _standing_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """How supply and qualification stand on the day."""
    stage = _once(lambda row: row.supply(today()).stage)
    standing = _once(lambda row: row.qualification(today()))
    return (
        Column(
            "supply",
            lambda: _("Supply"),
            _room_for(stage_word(stage) for stage in LifeCycleStage),
            lambda row: stage_word(stage(row)) or "–",
            CellKind.STATUS,
            lambda row: stage_mark(stage(row)),
            sort=PartSort.SUPPLY,
        ),
        Column(
            "qualification",
            lambda: _("Qualification"),
            _room_for(map(standing_word, (None, *QualificationStatus))),
            lambda row: standing_word(standing(row)),
            CellKind.STATUS,
            lambda row: standing_mark(standing(row)),
            sort=PartSort.QUALIFICATION,
        ),
    )


def _once(judge: Callable[[PartListRow], V]) -> Callable[[PartListRow], V]:
    """Judge a row once for its word and its glyph, which are asked for one after the other."""
    # Replaced as a whole, because rows are prepared in several threads.
    last: list[tuple[PartListRow, V]] = []

    def judged(row: PartListRow) -> V:
        found = last[0] if last else None
        if found is None or found[0] is not row:
            found = (row, judge(row))
            last[:] = [found]
        return found[1]

    return judged


def _date_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    def mark_start(row: PartListRow) -> str:
        return start_mark(row.last_safe_start, today())

    return (
        Column(
            "production_end",
            lambda: _("EOP"),
            76,
            lambda row: month(row.production_end),
            sort=PartSort.PRODUCTION_END,
            name=lambda: _("End of production"),
        ),
        Column(
            "need_until",
            lambda: _("Needed until"),
            104,
            lambda row: day(row.need_until),
            sort=PartSort.NEED_UNTIL,
        ),
        Column(
            "last_safe_start",
            lambda: _("Last safe start"),
            120,
            lambda row: day(row.last_safe_start),
            CellKind.STATUS,
            mark_start,
            sort=PartSort.LAST_SAFE_START,
        ),
    )


def _room_for(words: Iterable[str]) -> int:
    """Return the width of a column of states in which none of these words is cut."""
    theme = current_theme()
    metrics = QFontMetrics(theme.font("body"))
    longest = max(metrics.horizontalAdvance(word) for word in words)
    glyph = theme.size("icon", "glyph") + theme.size("icon", "glyphGap")
    return glyph + longest + 2 * theme.size("space", "cellPadding") + 1


def _picture(row: PartListRow) -> Any:
    return (row.sha256, row.unit) if row.sha256 and row.unit is not None else None


def _products(row: PartListRow) -> str:
    if len(row.products) < 2:
        return "".join(row.products)
    return _("{product} + {count}").format(product=row.products[0], count=len(row.products) - 1)


def _score(row: PartListRow) -> str:
    return str(score_of(row.rank)) if row.answer is Answer.YES else ""


def _score_share(row: PartListRow) -> float | None:
    return score_of(row.rank) / 100 if row.answer is Answer.YES else None
