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
from app.documents.verification import verify_bytes
from app.domain.catalog.part import PartRevision, RevisionState
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import SignedKind, TrustedKey, Verdict, Verification
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Qualification, QualificationState
from app.domain.qualification.validity import holds

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
    if library is None or answer.verdict is not Verdict.GENUINE:
        return answer
    with library.reading() as read:
        return _ask_log(read, library.library_id, answer, hashlib.sha256(data).hexdigest(), today)


def _ask_log(
    read: Reader, library_id: str, answer: Verification, sha256: str, today: date
) -> Verification:
    """Add what this library's own records say of a genuine file."""
    if answer.kind is SignedKind.CERTIFICATE:
        certificate = read.find(Certificate, sha256=sha256)
        known, ended = certificate is not None, ""
        if certificate is not None:
            ended = _certificate_ended(read, certificate)
    else:
        package = read.find(PrintPackage, sha256=sha256)
        known, ended = package is not None, ""
        if package is not None:
            ended = _package_ended(read, package, today)
    if ended:
        return replace(answer, verdict=Verdict.NO_LONGER_CURRENT, reason=ended)
    if not known and answer.library_id == library_id:
        # It was signed with our key for this library: an older backup was probably restored.
        unknown = _("This library has no record of it, although it names this library.")
        return replace(answer, reason=f"{answer.reason} {unknown}")
    return answer


def _package_ended(read: Reader, package: PrintPackage, today: date) -> str:
    definition = read.one(PrintDefinition, id=package.definition_id)
    revision = read.one(PartRevision, id=definition.revision_id)
    if revision.state is RevisionState.OBSOLETE:
        return _("Revision {label} in this package is obsolete.").format(label=revision.label)
    if definition.state is DefinitionState.SUPERSEDED:
        return _("Print definition {major}.{minor} in this package has been superseded.").format(
            major=definition.major, minor=definition.minor
        )
    if package.qualification_id is None:
        return ""
    return _qualification_ended(read, read.one(Qualification, id=package.qualification_id), today)


def _qualification_ended(read: Reader, ours: Qualification, today: date) -> str:
    if ours.state is QualificationState.BLOCKED:
        return _("The qualification behind this package has been blocked.")
    definition = read.one(PrintDefinition, id=ours.definition_id)
    alike = read.fetch(PrintDefinition, revision_id=definition.revision_id, major=definition.major)
    # The same tuple may have been qualified anew since.
    renewed = read.fetch(
        Qualification,
        definition_id=[item.id for item in alike],
        machine_id=ours.machine_id,
        material_id=ours.material_id,
        provider_id=ours.provider_id,
    )
    if any(holds(item, today) for item in renewed):
        return ""
    return _("The qualification behind this package ended on {day}.").format(
        day=f"{ours.valid_until}"
    )


def _certificate_ended(read: Reader, certificate: Certificate) -> str:
    if certificate.state is CertificateState.WITHDRAWN:
        return _("Certificate {number} has been withdrawn.").format(number=certificate.number)
    if certificate.state is CertificateState.SUPERSEDED:
        later = read.find(Certificate, supersedes=certificate.number)
        return _("Certificate {number} has been superseded by {later}.").format(
            number=certificate.number, later=later.number if later else "?"
        )
    return ""
