"""Delivered lots and issued certificates, as lists show them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.certificates.certificate import CertificateState, CertificateType


class LotStanding(StrEnum):
    """What a lot has in the way of certificates."""

    NONE = "none"
    WITHDRAWN = "withdrawn"  # it had one, and none is in force any more
    ISSUED = "issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRow:
    """A line of the list of lots.

    Attributes:
        issued: certificates in force.
        ended: certificates that were superseded or withdrawn.
    """

    id: int
    number: str
    part_number: str
    part_name: str
    revision: str
    quantity: int
    manufacturer: str
    purchaser: str
    order_reference: str
    delivered_on: date
    issued: int = 0
    ended: int = 0

    @property
    def standing(self) -> LotStanding:
        if self.issued:
            return LotStanding.ISSUED
        return LotStanding.WITHDRAWN if self.ended else LotStanding.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """A line of the list of certificates."""

    id: int
    number: str
    type: CertificateType
    state: CertificateState
    lot_number: str
    part_number: str
    part_name: str
    purchaser: str
    issued_by: str
    issued_at: datetime
    retain_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCounts:
    """How many there are.

    Attributes:
        uncertified: lots without a certificate in force.
        withdrawn: certificates that were withdrawn.
    """

    lots: int = 0
    uncertified: int = 0
    certificates: int = 0
    withdrawn: int = 0
