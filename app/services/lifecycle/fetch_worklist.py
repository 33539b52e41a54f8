"""Use case: the ranked worklist as it was judged last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer
from app.domain.lifecycle.worklist import Worklist

if TYPE_CHECKING:
    from app.storage.library import Library


def fetch_worklist(
    library: Library,
    *,
    answers: Sequence[Answer] = (Answer.YES,),
    limit: int | None = None,
    offset: int = 0,
) -> Worklist:
    """Return parts with one of `answers`: highest rank first, then by due date and number."""
    with library.reading() as read:
        rows = read.lifecycle.worklist(answers, limit=limit, offset=offset)
        counts = read.lifecycle.count_answers()
        unassessed = read.count(Part) - sum(counts.values())
    return Worklist(tuple(rows), counts, unassessed)
