"""Use case: follow the chain of the audit trail link by link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.audit.trail import TrailReport

if TYPE_CHECKING:
    from app.storage.library import Library


def verify_trail(library: Library, *, progress: Progress) -> TrailReport:
    """Compute every link anew and compare it with what was written; changes nothing.

    Raises:
        StorageError: the database cannot be read.
        Cancelled: the user asked to stop.
    """
    return library.check_trail(progress)
