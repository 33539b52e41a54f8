"""Use case: how long the trail is, who acted, and which kinds of records changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.audit.trail import TrailFacts

if TYPE_CHECKING:
    from app.storage.library import Library


def describe_trail(library: Library, *, after_id: int = 0) -> TrailFacts:
    """Describe the trail as a whole.

    Args:
        after_id: people are named only if they acted later than this act, so that a list of
            people already known needs no more than the news.
    """
    with library.reading() as read:
        return read.audit.trail.facts(after_id)
