"""Use case: a list of qualifications, filtered and ordered, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.qualification.qualification_list import (
    QualificationFilter,
    QualificationLine,
    QualificationSort,
)

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class QualificationPages:
    """One filter in one order. Safe to ask from several threads.

    Attributes:
        part_ids: the part of each qualification that was listed so far.
    """

    library: Library
    wanted: QualificationFilter
    who: str
    today: date
    sort: QualificationSort
    descending: bool
    part_ids: dict[int, int] = field(default_factory=dict, compare=False)

    def first_rows(self, limit: int) -> Sequence[QualificationLine]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            ids = self._ids(read, limit)
            return read.qualifications.lines(ids, who=self.who, today=self.today)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all qualifications of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = self._ids(read, None)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[QualificationLine]:
        """Return these qualifications; those that are gone are left out."""
        with self.library.reading() as read:
            return read.qualifications.lines(ids, who=self.who, today=self.today)

    def parts_of(self, ids: Iterable[int]) -> list[int]:
        """Return the parts of listed qualifications in their order, each once."""
        found = (self.part_ids.get(number, 0) for number in ids)
        return [part_id for part_id in dict.fromkeys(found) if part_id]

    def _ids(self, read: Reader, limit: int | None) -> list[int]:
        pairs = read.qualifications.ids(
            self.wanted,
            self.sort,
            who=self.who,
            today=self.today,
            descending=self.descending,
            limit=limit,
        )
        self.part_ids.update(pairs)
        return [number for number, _part_id in pairs]


def list_qualifications(
    library: Library,
    wanted: QualificationFilter,
    *,
    who: str,
    today: date,
    sort: QualificationSort = QualificationSort.STARTED,
    descending: bool = False,
) -> QualificationPages:
    """Return the pages of matching qualifications; nothing is read yet.

    Args:
        who: asks; some wait for the review of this person.
        today: the day for which statuses are computed.
    """
    return QualificationPages(library, wanted, who, today, sort, descending)
