"""Judge a signed file on its own, offline: is it intact, and do we trust who signed it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.base.errors import DocumentError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.documents.audit.trail_file import START, OpenedTrail, open_trail
from app.documents.certificates.seal import OpenedCertificate, open_certificate
from app.documents.packages.manifest import Manifest
from app.documents.packages.print_package import open_package
from app.documents.signing.signature import Signature
from app.domain.packages.verification import SignedKind, TrustedKey, Verdict, Verification


def verify_bytes(
    file_name: str, data: bytes, trusted: Iterable[TrustedKey], today: date
) -> Verification:
    """Judge a package, a certificate or an exported audit trail.

    Args:
        file_name: shown in the answer; the kind is told by the bytes.
        data: the whole file.
        trusted: whose signature counts as genuine.
        today: for the end of a licence.
    """
    kind = _kind_of(data)
    try:
        if kind is SignedKind.PACKAGE:
            return _judge_package(file_name, data, trusted, today)
        if kind is SignedKind.CERTIFICATE:
            return _judge_certificate(file_name, data, trusted)
        if kind is SignedKind.TRAIL:
            return _judge_trail(file_name, data, trusted)
    except DocumentError as error:
        return Verification(
            file_name=file_name, kind=kind, verdict=Verdict.NOT_GENUINE, reason=str(error)
        )
    return Verification(
        file_name=file_name,
        kind=kind,
        verdict=Verdict.NOT_GENUINE,
        reason=_("This is no print package, certificate or audit trail of Everspare."),
    )


def _kind_of(data: bytes) -> SignedKind:
    if data.startswith(b"PK"):
        return SignedKind.PACKAGE
    if data.startswith(b"%PDF-"):
        return SignedKind.CERTIFICATE
    if data.startswith(START):
        return SignedKind.TRAIL
    return SignedKind.OTHER


def _judge_package(
    file_name: str, data: bytes, trusted: Iterable[TrustedKey], today: date
) -> Verification:
    package = open_package(data)
    manifest = package.manifest
    over = manifest.expires_on is not None and manifest.expires_on < today
    ended = _("The licence ended on {day}.").format(day=f"{manifest.expires_on}") if over else ""
    return _judge(
        file_name,
        SignedKind.PACKAGE,
        manifest.number,
        manifest.library_id,
        package.signature,
        trusted,
        statements=_package_statements(manifest),
        no_longer_current=ended,
    )


def _judge_certificate(file_name: str, data: bytes, trusted: Iterable[TrustedKey]) -> Verification:
    certificate = open_certificate(data)
    return _judge(
        file_name,
        SignedKind.CERTIFICATE,
        certificate.facts.number,
        certificate.facts.library_id,
        certificate.signature,
        trusted,
        statements=_certificate_statements(certificate),
    )


def _judge_trail(file_name: str, data: bytes, trusted: Iterable[TrustedKey]) -> Verification:
    opened = open_trail(data)
    return _judge(
        file_name,
        SignedKind.TRAIL,
        "",
        opened.heading.library_id,
        opened.signature,
        trusted,
        statements=_trail_statements(opened),
    )


def _judge(
    file_name: str,
    kind: SignedKind,
    number: str,
    library_id: str,
    signature: Signature,
    trusted: Iterable[TrustedKey],
    *,
    statements: Mapping[str, str],
    no_longer_current: str = "",
) -> Verification:
    fingerprint = signature.fingerprint
    known = next((key for key in trusted if key.public_key == signature.public_key), None)
    if known is None:
        verdict = Verdict.UNKNOWN_SIGNER
        reason = _(
            "The file is intact, but nobody here trusts the key that signed it: {fingerprint}."
        ).format(fingerprint=fingerprint)
    elif no_longer_current:
        verdict, reason = Verdict.NO_LONGER_CURRENT, no_longer_current
    else:
        verdict = Verdict.GENUINE
        sentence = _("Nothing was changed; signed by {name}.")
        if known.demonstration:
            sentence = _("Nothing was changed; signed by {name} with a demonstration key.")
        reason = sentence.format(name=known.name)
    return Verification(
        file_name=file_name,
        kind=kind,
        verdict=verdict,
        reason=reason,
        number=number,
        signer=known.name if known else "",
        demonstration=known is not None and known.demonstration,
        fingerprint=fingerprint,
        library_id=library_id,
        ended=no_longer_current if known is not None else "",
        statements=statements,
    )


def _package_statements(manifest: Manifest) -> dict[str, str]:
    pieces = ngettext("{count} piece", "{count} pieces", manifest.quantity)
    statements = {
        _("Part"): manifest.part,
        _("Revision"): manifest.revision,
        _("Print definition"): manifest.definition,
        _("From"): manifest.owner,
        _("For"): manifest.provider,
        _("Licence"): pieces.format(count=figure(manifest.quantity)),
        _("Made"): manifest.created_at.isoformat(timespec="seconds"),
    }
    if manifest.trial:
        statements[_("Kind")] = _("trial, not qualified")
    return statements


def _trail_statements(opened: OpenedTrail) -> dict[str, str]:
    if opened.complete:
        whole = _("without a gap from entry 1 to {last}").format(last=figure(opened.last))
    else:
        whole = _("a selection of what lies between entries {first} and {last}").format(
            first=figure(opened.first), last=figure(opened.last)
        )
    statements = {
        _("From"): opened.heading.owner,
        _("Entries"): figure(opened.entries),
        _("Chain"): whole,
        _("Chosen by"): ", ".join(f"{n}: {v}" for n, v in opened.heading.selection.items()),
        _("Last link"): opened.head,
        _("Made"): opened.heading.made_at.isoformat(timespec="seconds"),
    }
    return {label: text for label, text in statements.items() if text}


def _certificate_statements(certificate: OpenedCertificate) -> dict[str, str]:
    facts = certificate.facts
    return {
        _("Type"): facts.type,
        _("Issuer"): facts.issuer,
        _("Issued"): facts.issued_at,
        _("Record SHA-256"): facts.record_sha256,
    }
