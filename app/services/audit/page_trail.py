"""Use case: the acts of the audit trail, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from app.domain.audit.trail import TrailFilter, TrailRow

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class TrailPages:
    """One list, the newest act first. Safe to ask from several threads."""

    library: Library
    wanted: TrailFilter
    _stopped: Event = field(default_factory=Event)

    def first_rows(self, limit: int) -> Sequence[TrailRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            trail = read.audit.trail
            ids = trail.ids(self.wanted, limit=limit, stopped=self._stopped.is_set)
            return trail.rows(ids)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the numbers of all acts of the list in order, `size` at a time."""
        before: int | None = None
        with self.library.reading() as read:
            while True:
                ids = read.audit.trail.ids(
                    self.wanted, limit=size, before_id=before, stopped=self._stopped.is_set
                )
                if ids:
                    yield ids
                if len(ids) < size:
                    return
                before = ids[-1]

    def rows(self, ids: Sequence[int]) -> Sequence[TrailRow]:
        """Return these acts."""
        with self.library.reading() as read:
            return read.audit.trail.rows(ids)

    def stop(self) -> None:
        """End what is still being looked for: nobody waits for it any more."""
        self._stopped.set()


def page_trail(library: Library, wanted: TrailFilter) -> TrailPages:
    """Return the pages of the acts that match; nothing is read yet."""
    return TrailPages(library, wanted)
