"""Certificates as files: the draft to look at, and the sealed document to hand out."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.i18n import _
from app.documents.certificates.certificate_sheets import Printed, lay_out
from app.documents.certificates.certificate_words import title_words
from app.documents.certificates.pdf_file import PdfFacts, write_pdf
from app.documents.certificates.record import record_json, record_sha256
from app.documents.certificates.seal import SealedFacts, seal_pdf
from app.documents.signing.signature import SigningKey
from app.domain.certificates.certificate_content import CertificateContent
from app.domain.certificates.issue_rules import check_complete, check_issuer

RECORD_NAME = "record.json"


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A sealed certificate and the record it was made from."""

    pdf: bytes
    record: bytes
    record_sha256: str


def draw_draft(content: CertificateContent, picture_png: bytes = b"") -> bytes:
    """Return a watermarked PDF without code, hash and signature; gaps are marked, not refused.

    Raises:
        DocumentError: a text or the picture cannot be shown.
    """
    printed = Printed(has_picture=bool(picture_png), draft=True)
    facts = _pdf_facts(content, watermark=_("DRAFT"))
    return write_pdf(lay_out(content, printed), facts, picture_png)


def issue_document(
    content: CertificateContent, key: SigningKey, library_id: str, picture_png: bytes = b""
) -> IssuedCertificate:
    """Return the sealed certificate; the same content, key and picture give the same bytes.

    Raises:
        RuleViolation: a mandatory field is missing, or the issuer may not issue this type.
        DocumentError: a text or the picture cannot be shown.
    """
    check_issuer(content.type, content.issuer.name, content.manufacturer.name)
    check_complete(content)
    record = record_json(content)
    digest = record_sha256(record)
    printed = Printed(
        record_sha256=digest,
        key_fingerprint=key.fingerprint,
        has_picture=bool(picture_png),
    )
    facts = _pdf_facts(content, attachment=record)
    pdf = write_pdf(lay_out(content, printed), facts, picture_png)
    sealed = SealedFacts(
        number=content.number,
        type=content.type.value,
        issuer=content.issuer.name,
        library_id=library_id,
        issued_at=content.issued_at.isoformat(timespec="seconds"),
        record_sha256=digest,
    )
    return IssuedCertificate(seal_pdf(pdf, sealed, key), record, digest)


def _pdf_facts(
    content: CertificateContent, *, attachment: bytes = b"", watermark: str = ""
) -> PdfFacts:
    title, subtitle = title_words(content.type)
    return PdfFacts(
        title=title if watermark else f"{content.number} {title}",
        author=content.issuer.name,
        subject=subtitle,
        made_at=content.issued_at,
        attachment_name=RECORD_NAME,
        attachment=attachment,
        watermark=watermark,
    )
