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
from app.domain.qualification.four_eyes import same_person
from app.domain.qualification.qualification import Evidence, Qualification
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
            reviews=_reviews(read, who),
            expiring=_expiring(read, today + SOON),
            unknown=_unknown(read),
            lanes=tuple(eternal[:LANES]),
        )


def _reviews(read: Reader, who: str) -> Attention:
    """What `who` may approve: not the own work, and not what rests on own evidence."""
    waiting = read.overview.in_review()
    ids = [qualification_id for qualification_id, _part in waiting]
    asked = {found.id: found for found in read.fetch(Qualification, id=ids)}
    barred = {
        proof.qualification_id
        for proof in read.fetch(Evidence, qualification_id=ids)
        if same_person(proof.added_by, who)
    }
    mine = [
        (part_id, asked[found])
        for found, part_id in waiting
        if found not in barred and not same_person(asked[found].author, who)
    ]
    rows = _rows(read, (part_id for part_id, _found in mine[:SHOWN]))
    return Attention(
        count=len(mine),
        lines=tuple(
            AttentionLine(part=rows[part_id], on=found.started_on, detail=found.author)
            for part_id, found in mine[:SHOWN]
        ),
    )


def _expiring(read: Reader, until: date) -> Attention:
    ending = read.overview.ending(until)
    rows = _rows(read, (part_id for _day, part_id in ending[:SHOWN]))
    return Attention(
        count=len(ending),
        lines=tuple(AttentionLine(part=rows[part], on=day) for day, part in ending[:SHOWN]),
    )


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
