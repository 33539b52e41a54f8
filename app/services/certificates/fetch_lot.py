"""Use case: everything on one delivered lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import NotFound
from app.base.i18n import _
from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Certificate, Lot
from app.domain.inventory.certified_lot import CertifiedLot
from app.domain.inventory.part_details import LotDetails
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition

if TYPE_CHECKING:
    from app.storage.library import Library


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
        return CertifiedLot(
            details=LotDetails(
                lot=lot,
                provider=read.one(Provider, id=lot.provider_id),
                certificates=tuple(reversed(read.fetch(Certificate, lot_id=lot.id))),
            ),
            part=read.one(Part, id=revision.part_id),
            revision=revision,
            definition=definition,
            package=read.find(PrintPackage, id=lot.package_id) if lot.package_id else None,
        )
