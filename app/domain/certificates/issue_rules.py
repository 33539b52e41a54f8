"""When a certificate may be issued, and by whom.

Source: EN 10204:2004 (2.1 and 2.2 are the manufacturer's own statements; 3.x adds specific results
and an independent validator); ISO/IEC 17050-1 clause 6 (contents of a supplier's declaration).
"""

import re
import unicodedata
from datetime import date

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_content import CertificateContent
from app.domain.certificates.lot_rules import check_serial_count

RETENTION_YEARS = 10

LATER_TYPES = ("2.2", "3.1", "3.2", "fai", "qualification")


def parse_certificate_type(word: str) -> CertificateType:
    """Return the type a word names.

    Raises:
        RuleViolation: a type of the trade that this version cannot issue yet.
        ValueError: no such type exists.
    """
    wanted = word.strip().casefold()
    if wanted in LATER_TYPES:
        raise RuleViolation(
            _("This version cannot issue type {type}, which needs recorded test results.").format(
                type=wanted
            ),
            hint=_("It issues: declaration (ISO/IEC 17050-1) and 2.1 (EN 10204)."),
        )
    return CertificateType(wanted)


def organisation_key(name: str) -> str:
    """Return the form of an organisation's name used to compare issuer and manufacturer."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", folded).strip()


def is_manufacturers_document(type_: CertificateType) -> bool:
    """Say whether only the manufacturer may issue this type."""
    return type_ is CertificateType.COMPLIANCE_2_1


def check_issuer(type_: CertificateType, issuer: str, manufacturer: str) -> None:
    """Refuse a document of EN 10204 in the name of somebody who did not make the parts.

    Raises:
        RuleViolation: issuer and manufacturer differ.
    """
    if not is_manufacturers_document(type_):
        return
    if organisation_key(issuer) != organisation_key(manufacturer):
        raise RuleViolation(
            _(
                "EN 10204 documents are issued by the manufacturer only: {manufacturer} made this "
                "lot, not {issuer}."
            ).format(manufacturer=manufacturer, issuer=issuer),
            hint=_(
                "Attach the document of {manufacturer}, and issue a declaration of conformity."
            ).format(manufacturer=manufacturer),
        )


def missing_fields(content: CertificateContent) -> tuple[str, ...]:
    """Return the names of the mandatory fields that are empty, translated, in page order."""
    needed = [
        (_("number"), content.number),
        (_("issuer's name"), content.issuer.name),
        (_("issuer's address"), content.issuer.full_address),
        (_("manufacturer's name"), content.manufacturer.name),
        (_("part number"), content.part_number),
        (_("revision"), content.revision),
        (_("lot number"), content.lot_number),
        (_("requirements (standards or specifications)"), "".join(content.requirements)),
        (_("place of issue"), content.place),
        (_("signatory's name"), content.signatory),
        (_("signatory's function"), content.function),
    ]
    if content.type is CertificateType.COMPLIANCE_2_1:
        needed += [
            (_("purchaser"), content.purchaser),
            (_("order reference"), content.order_reference),
        ]
    return tuple(name for name, value in needed if not value.strip())


def check_complete(content: CertificateContent) -> None:
    """Refuse a certificate with an empty mandatory field, an impossible lot or a time without zone.

    Raises:
        RuleViolation: names every missing field.
    """
    missing = missing_fields(content)
    if missing:
        raise RuleViolation(
            _("The certificate cannot be issued; missing: {fields}.").format(
                fields=", ".join(missing)
            )
        )
    if content.quantity < 1:
        raise RuleViolation(_("The lot has no pieces."))
    check_serial_count(content.quantity, content.serials)
    if content.issued_at.tzinfo is None:
        raise ValueError("the time of issue needs a zone")
    if content.issued_at.date() < content.delivered_on:
        raise RuleViolation(
            _("The lot is delivered on {day}, after the day of issue.").format(
                day=content.delivered_on.isoformat()
            )
        )


def retain_until(issued_on: date) -> date:
    """Return the day until which an issued certificate must be kept."""
    try:
        return issued_on.replace(year=issued_on.year + RETENTION_YEARS)
    except ValueError:  # 29 February, and the year it ends in has none
        return date(issued_on.year + RETENTION_YEARS, 3, 1)
