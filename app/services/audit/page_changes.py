"""Use case: what one act changed, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.audit.trail import TrailChange

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class ChangePages:
    """The changes of one act in their order. Safe to ask from several threads."""

    library: Library
    act_id: int

    def first_rows(self, limit: int) -> Sequence[TrailChange]:
        """Return the first changes."""
        with self.library.reading() as read:
            trail = read.audit.trail
            return trail.changes(trail.change_ids(self.act_id, after_id=0, limit=limit))

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the numbers of all changes in order, `size` at a time."""
        after = 0
        with self.library.reading() as read:
            while ids := read.audit.trail.change_ids(self.act_id, after_id=after, limit=size):
                yield ids
                after = ids[-1]

    def rows(self, ids: Sequence[int]) -> Sequence[TrailChange]:
        """Return these changes."""
        with self.library.reading() as read:
            return read.audit.trail.changes(ids)


def page_changes(library: Library, act_id: int) -> ChangePages:
    """Return the pages of what an act changed; nothing is read yet."""
    return ChangePages(library, act_id)
