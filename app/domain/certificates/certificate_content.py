"""What a certificate says, as plain values: ISO/IEC 17050-1 and EN 10204 type 2.1."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.certificates.certificate import CertificateType


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation with its address, as it is printed."""

    name: str
    address: str = ""
    country: str = ""

    @property
    def full_address(self) -> str:
        return ", ".join(text for text in (self.address, self.country) if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateContent:
    """One certificate, complete. Codes in brackets are those of EN 10168.

    Attributes:
        number: unique [A03].
        issuer: who is responsible for the statement [A05].
        manufacturer: who made the lot [A01].
        purchaser, order_reference: [A06.1], [A07].
        requirements: standards, specifications and options the object conforms to, in order.
        limitations: limits of the statement's validity.
        deviations: accepted deviations; empty means none.
        supporting_documents: file (ISO/IEC 17050-2) behind the statement.
        issued_at: with zone; also date and time of the signature [Z02].
        signatory, function, meaning: printed signature block [Z01].
        geometry_sha256: of the geometry file the lot was made from.
        size_mm: outer size of the part.
    """

    type: CertificateType
    number: str
    issue: int = 1
    supersedes: str = ""
    issuer: Party
    manufacturer: Party
    purchaser: str = ""
    order_reference: str = ""
    part_number: str
    part_name: str = ""
    revision: str
    lot_number: str
    serials: tuple[str, ...] = ()
    quantity: int
    delivered_on: date
    material: str = ""
    material_specification: str = ""
    process: str = ""
    definition: str = ""
    machine: str = ""
    package_number: str = ""
    requirements: tuple[str, ...] = ()
    limitations: str = ""
    deviations: tuple[str, ...] = ()
    supporting_documents: tuple[str, ...] = ()
    additional_information: str = ""
    place: str = ""
    issued_at: datetime
    signatory: str
    function: str = ""
    meaning: str = ""
    geometry_sha256: str = ""
    size_mm: tuple[float, float, float] | None = None
