"""Packages that left the house, as a list shows them and as their inspector does."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Lot
from app.domain.packages.package_content import PackageFile
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition


class PackageFilter(StrEnum):
    """Which packages are listed."""

    ALL = "all"
    AWAITING = "awaiting"  # no lot has been booked under it yet; a trial awaits none
    TRIAL = "trial"
    RECALL = "recall"  # what left is no longer current


class PackageStanding(StrEnum):
    QUALIFIED = "qualified"
    TRIAL = "trial"
    RECALL = "recall"


def package_standing(*, trial: bool, ended: bool) -> PackageStanding:
    """Return as what a package counts."""
    if ended:
        return PackageStanding.RECALL
    return PackageStanding.TRIAL if trial else PackageStanding.QUALIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow:
    """A line of the list.

    Attributes:
        revision: label of the revision that left.
        definition: version of the print definition, such as "2.1".
        quantity: pieces the licence allows.
        ended: no longer current on the day asked for; computed, never typed.
        lots, booked: lots delivered under it, and the pieces in them.
    """

    id: int
    number: str
    part_number: str
    part_name: str
    revision: str
    definition: str
    provider: str
    quantity: int
    trial: bool
    ended: bool
    exported_by: str
    exported_at: datetime
    lots: int = 0
    booked: int = 0

    @property
    def standing(self) -> PackageStanding:
        """As what the package counts: whatever is no longer current is to be called back."""
        return package_standing(trial=self.trial, ended=self.ended)


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """What the manifest of the kept copy says; see `verify_file` for whether it is intact.

    Attributes:
        size_bytes: of the whole package.
        expires_on: last day of the licence; None: no end.
    """

    size_bytes: int
    owner: str
    expires_on: date | None
    files: tuple[PackageFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDetails:
    """Everything on one package.

    Attributes:
        copy: None where the kept copy cannot be read; `trouble` says why.
        lots: delivered under it, oldest first.
        ended: why it must not be used any more; "" if it may.
    """

    package: PrintPackage
    part: Part
    revision: PartRevision
    definition: PrintDefinition
    provider: Provider
    lots: tuple[Lot, ...] = ()
    ended: str = ""
    copy: KeptCopy | None = None
    trouble: str = ""

    @property
    def booked(self) -> int:
        """Pieces that were delivered and counted against the licence."""
        return sum(lot.quantity for lot in self.lots)
