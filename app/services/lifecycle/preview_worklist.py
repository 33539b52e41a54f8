"""Use case: what the worklist would be on another day or horizon; nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.worklist import Worklist, WorklistRow

if TYPE_CHECKING:
    from app.domain.lifecycle.spare_columns import SpareColumns
    from app.storage.library import Library


def preview_worklist(
    library: Library,
    *,
    today: date,
    horizon_months: int,
    answers: Collection[Answer] = (Answer.YES,),
) -> Worklist:
    """Judge all parts for `today` and return those with one of `answers`, ranked.

    Same rule and same order as the stored worklist; the library is only read.
    """
    import numpy as np

    from app.domain.lifecycle.eternal_spare import assess_spares
    from app.domain.lifecycle.spare_flags import make_flags
    from app.domain.lifecycle.spare_need import ANSWERS

    with library.reading() as read:
        columns = read.lifecycle.spare_columns(today)
        verdicts = assess_spares(columns, today=today, horizon_months=horizon_months)
        wanted = [ANSWERS.index(answer) for answer in answers]
        chosen = np.flatnonzero(np.isin(verdicts.answer, wanted))
        flags = make_flags(columns, verdicts, chosen)
        parts = {part.id: part for part in read.fetch(Part, id=[flag.part_id for flag in flags])}
    names = _product_names(columns, chosen)
    rows = [
        WorklistRow(
            number=parts[flag.part_id].number,
            name=parts[flag.part_id].name,
            consequence_class=parts[flag.part_id].consequence_class,
            products=names[row],
            flag=flag,
        )
        for row, flag in zip(chosen.tolist(), flags, strict=True)
    ]
    rows.sort(key=lambda row: _order(row, parts[row.flag.part_id].number_key))
    counted = Counter(ANSWERS[code] for code in verdicts.answer.tolist())
    return Worklist(tuple(rows), {answer: counted[answer] for answer in Answer}, unassessed=0)


def _order(row: WorklistRow, number_key: str) -> tuple[float, date, str]:
    return (-row.flag.rank, row.flag.last_safe_start or date.max, number_key)


def _product_names(columns: SpareColumns, rows: Collection[int]) -> dict[int, tuple[str, ...]]:
    names: dict[int, list[str]] = {int(row): [] for row in rows}
    uses = columns.where_used
    for part, product in zip(uses.part.tolist(), uses.product.tolist(), strict=True):
        if part in names:
            names[part].append(columns.products.names[product])
    return {row: tuple(sorted(found)) for row, found in names.items()}
