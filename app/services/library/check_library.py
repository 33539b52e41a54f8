"""Use case: check the whole library against what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.audit.check_report import CheckReport

if TYPE_CHECKING:
    from app.storage.library import Library


def check_library(library: Library, *, progress: Progress) -> CheckReport:
    """Compare database, every stored file and the audit trail; changes nothing."""
    return library.check(progress)
