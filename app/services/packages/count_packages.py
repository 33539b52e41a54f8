"""Use case: how many packages are of which standing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.domain.packages.package_list import PackageFilter

if TYPE_CHECKING:
    from app.storage.library import Library


def count_packages(library: Library, *, today: date) -> Mapping[PackageFilter, int]:
    """Return how many packages each filter lists on that day."""
    with library.reading() as read:
        return read.packages.counts(today)
