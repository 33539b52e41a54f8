"""Use case: the certificates that were issued, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.certificates.certificate_list import CertificateRow

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class CertificatePages:
    """One list, the newest first. Safe to ask from several threads."""

    library: Library
    text: str

    def first_rows(self, limit: int) -> Sequence[CertificateRow]:
        """Return the first rows of the list."""
        with self.library.reading() as read:
            ids = read.certificates.certificate_ids(self.text, limit=limit)
            return read.certificates.certificate_rows(ids)

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        """Yield the ids of all certificates of the list in order, `size` at a time."""
        with self.library.reading() as read:
            ids = read.certificates.certificate_ids(self.text)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[CertificateRow]:
        """Return these certificates; those that are gone are left out."""
        with self.library.reading() as read:
            return read.certificates.certificate_rows(ids)


def page_certificates(library: Library, *, text: str = "") -> CertificatePages:
    """Return the pages of the issued certificates; nothing is read yet.

    Args:
        text: must occur in number, lot, part, purchaser, order or maker; "" for all.
    """
    return CertificatePages(library, text)
