"""One delivered lot with all that stands behind it and all that was issued for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.inventory.part_details import LotDetails
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.print_definition import PrintDefinition


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a certificate back, and why."""

    who: str
    on: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedLot:
    """Everything on one lot.

    Attributes:
        details: the lot, who made it, and its certificates, the newest first.
        package: under which it was made; None for one that was made without.
        withdrawn: why and by whom certificates were withdrawn, by their numbers.
    """

    details: LotDetails
    part: Part
    revision: PartRevision
    definition: PrintDefinition
    package: PrintPackage | None = None
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)

    @property
    def in_force(self) -> Certificate | None:
        """The newest certificate that is neither superseded nor withdrawn."""
        return next(
            (item for item in self.details.certificates if item.state is CertificateState.ISSUED),
            None,
        )

    def certificate(self, number: str) -> Certificate | None:
        """Return the certificate of that number; None if it is of another lot."""
        return next((item for item in self.details.certificates if item.number == number), None)

    def successor(self, number: str) -> Certificate | None:
        """Return the certificate that replaced the one of that number."""
        return next((item for item in self.details.certificates if item.supersedes == number), None)
