"""The whole of one package that left the house, with the lots made from it."""

from dataclasses import dataclass
from datetime import date

from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Lot
from app.domain.packages.package_content import PackageFile
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition


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
