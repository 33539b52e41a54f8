"""Use case: everything on one delivered lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import NotFound
from app.base.i18n import _
from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Certificate, CertificateState, Lot
from app.domain.inventory.certified_lot import CertifiedLot, Withdrawal
from app.domain.inventory.part_details import LotDetails
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

_CHANGES = 20  # a certificate changes once or twice in its life


def fetch_lot(library: Library, number: str) -> CertifiedLot:
    """Gather a lot, what it was made from, and its certificates.

    Args:
        number: of the lot, or of a certificate issued for it.

    Raises:
        NotFound: the library has neither lot nor certificate of that number.
    """
    with library.reading() as read:
        lot = read.find(Lot, number=number)
        if lot is None:
            certificate = read.find(Certificate, number=number)
            if certificate is None:
                raise NotFound(
                    _("The library has no lot and no certificate {number}.").format(number=number)
                )
            lot = read.one(Lot, id=certificate.lot_id)
        definition = read.one(PrintDefinition, id=lot.definition_id)
        revision = read.one(PartRevision, id=definition.revision_id)
        certificates = read.fetch(Certificate, lot_id=lot.id)
        return CertifiedLot(
            details=LotDetails(
                lot=lot,
                provider=read.one(Provider, id=lot.provider_id),
                certificates=tuple(reversed(certificates)),
            ),
            part=read.one(Part, id=revision.part_id),
            revision=revision,
            definition=definition,
            package=read.find(PrintPackage, id=lot.package_id) if lot.package_id else None,
            withdrawn={
                item.number: withdrawal
                for item in certificates
                if (withdrawal := _withdrawal(read, item)) is not None
            },
        )


def _withdrawal(read: Reader, certificate: Certificate) -> Withdrawal | None:
    """Return who withdrew a certificate and why, as the log has it."""
    if certificate.state is not CertificateState.WITHDRAWN:
        return None
    changes = read.audit.histories([("certificate", certificate.id)], limit=_CHANGES)
    found = next((act for act, detail in changes if detail.field == "state"), None)
    return Withdrawal(found.who, found.at.date(), found.why) if found is not None else None
