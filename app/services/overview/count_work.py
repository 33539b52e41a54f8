"""Use case: how much there is on every page, and where it asks for work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Product
from app.domain.packages.package_list import PackageFilter
from app.domain.qualification.qualification import Qualification, QualificationState

if TYPE_CHECKING:
    from app.storage.library import Library

_UNDER_WAY = (
    QualificationState.DRAFT,
    QualificationState.UNDER_TEST,
    QualificationState.IN_REVIEW,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """Counts over the whole library.

    Attributes:
        eternal: parts that need an eternal spare.
        under_way: qualifications that are drafted, tested or reviewed.
        awaiting_lots: packages that left and of which nothing was delivered yet.
        uncertified_lots: lots without a certificate in force.
    """

    parts: int
    products: int
    eternal: int
    under_way: int
    awaiting_lots: int
    uncertified_lots: int


def count_work(library: Library, *, today: date) -> WorkCounts:
    """Count everything from one snapshot."""
    with library.reading() as read:
        return WorkCounts(
            parts=read.count(Part),
            products=read.count(Product),
            eternal=read.count(Flag, answer=Answer.YES),
            under_way=read.count(Qualification, state=_UNDER_WAY),
            awaiting_lots=read.packages.counts(today)[PackageFilter.AWAITING],
            uncertified_lots=read.overview.uncertified_lots(),
        )
