"""Use case: verify a package or a certificate, offline, with or without a library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import StorageError
from app.base.i18n import _
from app.documents.audit.trail_file import OpenedTrail, open_trail
from app.documents.verification import verify_bytes
from app.domain.audit.change_set import ChangeSet
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import (
    LogRecord,
    SignedKind,
    TrustedKey,
    Verdict,
    Verification,
)
from app.services.packages.package_currency import why_package_ended

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def verify_file(
    path: Path, trusted: Iterable[TrustedKey], *, today: date, library: Library | None = None
) -> Verification:
    """Judge one file.

    Args:
        trusted: whose signature counts as genuine.
        library: if it issued the file, its log tells whether the file is still current.

    Raises:
        StorageError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(
            _("{path} cannot be read: {reason}.").format(
                path=path, reason=error.strerror or str(error)
            )
        ) from error
    answer = verify_bytes(path.name, data, trusted, today)
    if library is None or answer.verdict not in (Verdict.GENUINE, Verdict.NO_LONGER_CURRENT):
        return answer
    with library.reading() as read:
        if answer.kind is SignedKind.TRAIL:
            return _ask_trail(read, library.library_id, answer, open_trail(data))
        return _ask_log(read, library.library_id, answer, hashlib.sha256(data).hexdigest(), today)


def _ask_trail(
    read: Reader, library_id: str, answer: Verification, exported: OpenedTrail
) -> Verification:
    """Compare the last link of an exported trail with the trail of the library at hand."""
    if answer.library_id != library_id:
        return replace(answer, record=LogRecord.OF_ANOTHER_LIBRARY)
    found = read.find(ChangeSet, id=exported.last)
    if not exported.entries or (found is not None and found.hash == exported.head):
        return replace(answer, record=LogRecord.KNOWN)
    lost = _(
        "The library at hand no longer holds entry {number} as it was exported: an older copy was"
        " put back, or its trail was changed."
    ).format(number=exported.last)
    return replace(answer, reason=f"{answer.reason} {lost}", record=LogRecord.MISSING)


def _ask_log(
    read: Reader, library_id: str, answer: Verification, sha256: str, today: date
) -> Verification:
    """Add what this library's own records say of a genuine file."""
    known, ended = False, ""
    if answer.kind is SignedKind.CERTIFICATE:
        certificate = read.find(Certificate, sha256=sha256)
        if certificate is not None:
            known, ended = True, _certificate_ended(read, certificate)
    else:
        package = read.find(PrintPackage, sha256=sha256)
        if package is not None:
            known, ended = True, why_package_ended(read, package, today)
    if known and not ended:
        return replace(answer, record=LogRecord.KNOWN)
    if known:
        # A licence that has ended was noticed before, without any library.
        reasons = " ".join(filter(None, (answer.ended, ended)))
        return replace(
            answer,
            verdict=Verdict.NO_LONGER_CURRENT,
            reason=reasons,
            ended=reasons,
            record=LogRecord.KNOWN,
        )
    if answer.library_id != library_id:
        return replace(answer, record=LogRecord.OF_ANOTHER_LIBRARY)
    # It was signed with our key for this library: an older backup was probably restored.
    unknown = _("This library has no record of it, although it names this library.")
    return replace(answer, reason=f"{answer.reason} {unknown}", record=LogRecord.MISSING)


def _certificate_ended(read: Reader, certificate: Certificate) -> str:
    if certificate.state is CertificateState.WITHDRAWN:
        return _("Certificate {number} has been withdrawn.").format(number=certificate.number)
    if certificate.state is CertificateState.SUPERSEDED:
        later = read.find(Certificate, supersedes=certificate.number)
        return _("Certificate {number} has been superseded by {later}.").format(
            number=certificate.number, later=later.number if later else "?"
        )
    return ""
