"""The columns of the parts table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.base.i18n import _
from app.domain.inventory.part_list import PartListRow, PartSort
from app.ui.models.columns import CellKind, Column
from app.ui.words import (
    answer_mark,
    answer_word,
    day,
    qualification_mark,
    qualification_word,
    start_mark,
)


def part_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns; `today` decides which start dates are past or near."""

    def mark_start(row: PartListRow) -> str:
        return start_mark(row.last_safe_start, today())

    return (
        Column("check", lambda: "", 32, lambda row: "", CellKind.CHECK),
        Column("picture", lambda: "", 48, lambda row: "", CellKind.PICTURE, _picture),
        Column(
            "number",
            lambda: _("Number"),
            112,
            lambda row: row.number,
            CellKind.IDENTIFIER,
            sort=PartSort.NUMBER,
        ),
        Column("revision", lambda: _("Rev"), 44, lambda row: row.revision, CellKind.MUTED),
        Column(
            "name",
            lambda: _("Name"),
            126,
            lambda row: row.name,
            sort=PartSort.NAME,
            stretch=True,
        ),
        Column("product", lambda: _("Product"), 124, _products),
        Column(
            "answer",
            lambda: _("Eternal spare"),
            112,
            lambda row: answer_word(row.answer),
            CellKind.STATUS,
            lambda row: answer_mark(row.answer),
        ),
        Column(
            "qualification",
            lambda: _("Qualification"),
            142,
            lambda row: qualification_word(row.qualification),
            CellKind.STATUS,
            lambda row: qualification_mark(row.qualification),
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


def _picture(row: PartListRow) -> Any:
    return (row.sha256, row.unit) if row.sha256 and row.unit is not None else None


def _products(row: PartListRow) -> str:
    if len(row.products) < 2:
        return "".join(row.products)
    return _("{product} + {count}").format(product=row.products[0], count=len(row.products) - 1)
