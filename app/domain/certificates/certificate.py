"""Delivered lots and the certificates issued for them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CertificateType(StrEnum):
    """What the command line calls `--type`."""

    DECLARATION = "declaration"  # ISO/IEC 17050-1 supplier's declaration of conformity
    COMPLIANCE_2_1 = "2.1"  # EN 10204 declaration of compliance with the order


class CertificateState(StrEnum):
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A delivered lot.

    Attributes:
        number: the lot's own number; unique.
        serials: serial numbers, empty where the lot is marked as a batch only.
        manufacturer: organisation that made the parts (the provider's name when it was booked).
    """

    id: int = 0
    version: int = 1
    number: str
    definition_id: int
    provider_id: int
    package_id: int | None = None
    quantity: int
    serials: tuple[str, ...] = ()
    order_reference: str = ""
    purchaser: str = ""
    manufacturer: str
    delivered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """An issued document; superseded or withdrawn, never overwritten."""

    id: int = 0
    version: int = 1
    number: str
    type: CertificateType
    lot_id: int
    state: CertificateState = CertificateState.ISSUED
    issuer: str
    manufacturer: str
    record_json: str
    record_sha256: str
    sha256: str
    file_name: str
    issued_by: str
    issued_at: datetime
    supersedes: str = ""
    retain_until: date | None = None
