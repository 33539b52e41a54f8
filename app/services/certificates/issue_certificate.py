"""Use case: issue a certificate for a delivered lot."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.atomic_file import staged_file
from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.documents.certificates.certificate_file import IssuedCertificate, issue_document
from app.documents.signing.signature import SigningKey
from app.domain.certificates.certificate import Certificate, CertificateState, Lot
from app.domain.certificates.certificate_content import CertificateContent
from app.domain.certificates.issue_rules import check_complete, check_issuer, retain_until
from app.domain.changes import Changes
from app.domain.packages.numbering import next_number
from app.domain.qualification.qualification import QualificationState
from app.services.certificates.certificate_draft import (
    CertificateCase,
    CertificateOrder,
    fetch_certificate_case,
)
from app.services.certificates.draw_part_picture import draw_part_picture
from app.services.packages.hand_over import hand_over
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader
    from app.storage.writer import Writer

PREFIX = "C"


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """An issued certificate, its file, and whether the part's picture could be drawn."""

    certificate: Certificate
    file: Path
    has_picture: bool
    changes: Changes


def issue_certificate(
    library: Library,
    order: CertificateOrder,
    *,
    out: Path,
    key: SigningKey,
    workers: WorkerPool,
    who: str,
    progress: Progress,
) -> IssuedDocument:
    """Check, write, seal and record a certificate; the one it supersedes is marked.

    Args:
        out: the PDF to write; an existing file is not replaced.

    Raises:
        RuleViolation: a mandatory field is missing, the issuer may not issue this type, or the
            qualification under which the lot was made is blocked.
        DocumentError: a text cannot be printed.
        StorageError: the file cannot be written or is there already.
        NotFound: no such lot, or no such certificate to supersede.
    """
    with library.reading() as read:
        early = fetch_certificate_case(read, order, who=who, now=library.clock.now())
    _check_case(early, replace(early.content, number=_("to be given")))
    picture = draw_part_picture(library, early.geometry, workers, progress.part(0.0, 0.6))
    with contextlib.ExitStack() as stack:
        with library.writing(who=who, act=tell("issue certificate"), undoable=False) as write:
            # Under the write lock nobody else takes the number that is printed and signed here.
            case = fetch_certificate_case(write, order, who=who, now=write.now)
            number = _next_number(write, write.now.year)
            content = replace(case.content, number=number)
            _check_case(case, content)
            issued = issue_document(content, key, library.library_id, picture)
            staged = stack.enter_context(staged_file(out, issued.pdf, overwrite=False))
            stored = _record(write, case.lot, content, issued, out.name)
            _supersede(write, stored)
        hand_over(staged, stored.number)
    progress.finish()
    return IssuedDocument(stored, out, bool(picture), write.changes)


def _check_case(case: CertificateCase, content: CertificateContent) -> None:
    check_issuer(content.type, content.issuer.name, content.manufacturer.name)
    check_complete(content)
    lot, qualification = case.lot, case.qualification
    if qualification is not None and qualification.state is QualificationState.BLOCKED:
        raise RuleViolation(
            _("Lot {number} was made under a qualification that is blocked: {reason}.").format(
                number=lot.number, reason=qualification.blocked_reason.rstrip(".")
            )
        )


def _record(
    write: Writer,
    lot: Lot,
    content: CertificateContent,
    issued: IssuedCertificate,
    file_name: str,
) -> Certificate:
    sha256, _size = write.keep_bytes(issued.pdf)
    certificate = Certificate(
        number=content.number,
        type=content.type,
        lot_id=lot.id,
        issuer=content.issuer.name,
        manufacturer=content.manufacturer.name,
        record_json=issued.record.decode(),
        record_sha256=issued.record_sha256,
        sha256=sha256,
        file_name=file_name,
        issued_by=content.signatory,
        issued_at=content.issued_at,
        supersedes=content.supersedes,
        retain_until=retain_until(content.issued_at.date()),
    )
    [certificate_id] = write.insert([certificate])
    return write.one(Certificate, id=certificate_id)


def _supersede(write: Writer, later: Certificate) -> None:
    if not later.supersedes:
        return
    earlier = find_certificate(write, later.supersedes)
    if earlier.lot_id != later.lot_id or earlier.type is not later.type:
        raise RuleViolation(
            _("Certificate {number} is of another lot or type.").format(number=earlier.number)
        )
    if earlier.state is not CertificateState.ISSUED:
        raise RuleViolation(
            _("Certificate {number} is superseded or withdrawn already.").format(
                number=earlier.number
            )
        )
    write.update(replace(earlier, state=CertificateState.SUPERSEDED))


def find_certificate(read: Reader, number: str) -> Certificate:
    """Return the certificate of that number.

    Raises:
        NotFound: there is none.
    """
    found = read.find(Certificate, number=number.strip())
    if found is None:
        raise NotFound(_("The library has no certificate {number}.").format(number=number))
    return found


def _next_number(read: Reader, year: int) -> str:
    return next_number(PREFIX, year, (item.number for item in read.fetch(Certificate)))
