"""Use case: how many lots and certificates there are, and how many lots wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.certificates.certificate_list import CertificateCounts

if TYPE_CHECKING:
    from app.storage.library import Library


def count_certificates(library: Library) -> CertificateCounts:
    """Count lots and certificates."""
    with library.reading() as read:
        return read.certificates.counts()
