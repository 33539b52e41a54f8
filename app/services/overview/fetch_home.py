"""Use case: what needs me today?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.domain.catalog.part import Part
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Product
from app.domain.overview.home_overview import Attention, AttentionLine, HomeOverview
from app.domain.qualification.qualification_list import (
    QualificationFilter,
    QualificationLine,
    QualificationScope,
    QualificationSort,
)
from app.services.lifecycle.page_products import page_products

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

SHOWN = 4
LANES = 8
LOOKED_AT = 400  # products by the end of their series; those with eternal spares come early
SOON = timedelta(days=182)


def fetch_home(library: Library, *, who: str, today: date) -> HomeOverview:
    """Return what waits for `who`, what ends soon and what is not known."""
    lanes = page_products(library, today=today).first_rows(LOOKED_AT)
    eternal = [lane for lane in lanes if lane.standing.eternal]
    with library.reading() as read:
        return HomeOverview(
            parts=read.count(Part),
            products=read.count(Product),
            leaving=read.overview.leaving_series(today, today + SOON),
            reviews=_reviews(read, who, today),
            expiring=_expiring(read, who, today),
            unknown=_unknown(read),
            lanes=tuple(eternal[:LANES]),
        )


def _reviews(read: Reader, who: str, today: date) -> Attention:
    """What `who` may approve, the longest waiting first."""
    sort = QualificationSort.STARTED
    count, shown = _first(read, QualificationScope.MINE, sort, who, today)
    return Attention(
        count=count,
        lines=tuple(
            AttentionLine(part=row, on=line.started_on, detail=line.author) for line, row in shown
        ),
    )


def _expiring(read: Reader, who: str, today: date) -> Attention:
    sort = QualificationSort.VALID_UNTIL
    count, shown = _first(read, QualificationScope.ENDING, sort, who, today)
    return Attention(
        count=count,
        lines=tuple(AttentionLine(part=row, on=line.valid_until) for line, row in shown),
    )


def _first(
    read: Reader, scope: QualificationScope, sort: QualificationSort, who: str, today: date
) -> tuple[int, list[tuple[QualificationLine, PartListRow]]]:
    """Count the qualifications of a scope; return the first ones with their parts."""
    listed = read.qualifications
    pairs = listed.ids(QualificationFilter(scope=scope), sort, who=who, today=today)
    first = [number for number, _part_id in pairs[:SHOWN]]
    lines = listed.lines(first, who=who, today=today)
    rows = _rows(read, (line.part_id for line in lines))
    return len(pairs), [(line, rows[line.part_id]) for line in lines]


def _unknown(read: Reader) -> Attention:
    ids = read.overview.unknown_ids(SHOWN)
    rows = _rows(read, ids)
    missing = {flag.part_id: ", ".join(flag.missing) for flag in read.fetch(Flag, part_id=ids)}
    return Attention(
        count=read.overview.unknown_count(),
        lines=tuple(AttentionLine(part=rows[part_id], detail=missing[part_id]) for part_id in ids),
    )


def _rows(read: Reader, part_ids: Iterable[int]) -> dict[int, PartListRow]:
    found: Sequence[PartListRow] = read.parts.rows(list(dict.fromkeys(part_ids)))
    return {row.id: row for row in found}
