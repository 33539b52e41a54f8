"""Use case: make the search index anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.storage.library import Library


def rebuild_search(library: Library) -> None:
    """Make the search index anew from the parts, however damaged it is; no record changes.

    Raises:
        StorageError: the library is locked, full or damaged elsewhere.
    """
    library.rebuild_search()
