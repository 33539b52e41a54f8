"""The seal of a certificate: one line after the PDF that signs every byte before it.

A PDF reader ignores what follows the last `%%EOF` on a comment line. The line holds, in base64 of
canonical JSON, what the file states of itself, the SHA-256 and size of the PDF, and the signature
over all that. A changed, added or missing byte anywhere breaks the hash, the form or the signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.signing.canonical_json import dump_canonical, load_canonical
from app.documents.signing.signature import Signature, SigningKey, load_signature

FORMAT = "everspare seal 1"
PAYLOAD_TYPE = "application/vnd.everspare.certificate-seal.v1+json"
_MARK = b"%everspare-seal "
_MAX_LINE = 8192  # a PDF reader looks for the end of the file in its last kilobytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFacts:
    """What the seal states besides the hash of the PDF.

    Attributes:
        record_sha256: of the machine-readable record attached to the PDF.
    """

    number: str
    type: str
    issuer: str
    library_id: str
    issued_at: str
    record_sha256: str


@dataclass(frozen=True, slots=True)
class OpenedCertificate:
    """An intact certificate; whom to trust comes after."""

    facts: SealedFacts
    signature: Signature
    pdf: bytes


def seal_pdf(pdf: bytes, facts: SealedFacts, key: SigningKey) -> bytes:
    """Return the PDF with its seal appended."""
    body = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    payload = _payload(body, facts)
    signature = key.sign(PAYLOAD_TYPE, payload)
    return body + _line(payload, signature)


def open_certificate(data: bytes) -> OpenedCertificate:
    """Check that nothing in a sealed PDF was changed.

    Raises:
        DocumentError: says what is wrong.
    """
    start = data.rfind(_MARK)
    if not data.startswith(b"%PDF-") or start < 0 or len(data) - start > _MAX_LINE:
        raise DocumentError(_("This PDF carries no seal of Everspare."))
    body, line = data[:start], data[start:]
    try:
        packed = line[len(_MARK) : -1]
        payload_part, signature_part = packed.split(b".")
        payload = base64.b64decode(payload_part, validate=True)
        signature_json = base64.b64decode(signature_part, validate=True)
    except (binascii.Error, ValueError) as error:
        raise DocumentError(_("The seal is not readable.")) from error
    signature = load_signature(signature_json, PAYLOAD_TYPE)
    if _line(payload, signature) != line:
        raise DocumentError(_("The seal is not in its canonical form."))
    if not signature.covers(payload):
        raise DocumentError(_("The signature does not fit the seal."))
    facts = _load_facts(payload)
    if _payload(body, facts) != payload:
        raise DocumentError(_("The document was changed after it was sealed."))
    return OpenedCertificate(facts, signature, body)


def _payload(body: bytes, facts: SealedFacts) -> bytes:
    return dump_canonical(
        {
            "format": FORMAT,
            "number": facts.number,
            "type": facts.type,
            "issuer": facts.issuer,
            "library": facts.library_id,
            "issued_at": facts.issued_at,
            "record_sha256": facts.record_sha256,
            "pdf_sha256": hashlib.sha256(body).hexdigest(),
            "pdf_size": len(body),
        }
    )


def _line(payload: bytes, signature: Signature) -> bytes:
    return b"%b%b.%b\n" % (
        _MARK,
        base64.b64encode(payload),
        base64.b64encode(signature.to_json()),
    )


def _load_facts(payload: bytes) -> SealedFacts:
    fields = load_canonical(payload, _("The seal"))
    if fields.get("format") != FORMAT:
        raise DocumentError(_("The certificate is of a kind this version does not know."))
    try:
        return SealedFacts(
            number=str(fields["number"]),
            type=str(fields["type"]),
            issuer=str(fields["issuer"]),
            library_id=str(fields["library"]),
            issued_at=str(fields["issued_at"]),
            record_sha256=str(fields["record_sha256"]),
        )
    except KeyError as error:
        raise DocumentError(_("The seal is incomplete.")) from error
