"""Use case: what stands against certifying each of several lots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType
from app.domain.certificates.certificate_batch import BatchCase
from app.domain.certificates.issue_rules import check_issuer, missing_fields
from app.domain.qualification.qualification import QualificationState
from app.services.certificates.certificate_draft import (
    CertificateCase,
    CertificateOrder,
    fetch_certificate_case,
)

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def check_batch(
    library: Library, lots: Sequence[str], type_: CertificateType, *, who: str
) -> tuple[BatchCase, ...]:
    """Judge every lot as it would be certified without a word added.

    A lot that has a certificate of this type in force is refused: replacing one is an act of its
    own.

    Returns:
        The lots that are refused first, then the others, each in the order given.
    """
    with library.reading() as read:
        cases = [BatchCase(lot, _refusal(library, read, lot, type_, who)) for lot in lots]
    return tuple(sorted(cases, key=lambda case: not case.refusal))


def _refusal(library: Library, read: Reader, lot: str, type_: CertificateType, who: str) -> str:
    order = CertificateOrder(lot=lot, type=type_)
    try:
        case = fetch_certificate_case(read, order, who=who, now=library.clock.now())
        check_issuer(type_, case.content.issuer.name, case.content.manufacturer.name)
    except (NotFound, RuleViolation) as error:
        return str(error)
    return _standing_against(read, case, type_)


def _standing_against(read: Reader, case: CertificateCase, type_: CertificateType) -> str:
    known = read.find(Certificate, lot_id=case.lot.id, type=type_, state=CertificateState.ISSUED)
    if known is not None:
        return _("Certificate {number} is in force for it.").format(number=known.number)
    qualification = case.qualification
    if qualification is not None and qualification.state is QualificationState.BLOCKED:
        return _("The qualification under which it was made is blocked.")
    missing = [field for field in missing_fields(case.content) if field != _("number")]
    return _("Missing: {fields}.").format(fields=", ".join(missing)) if missing else ""
