"""What goes into a print package, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part, PartRevision
from app.domain.qualification.network import Machine, Material, Provider
from app.domain.qualification.print_definition import DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Permission for one provider to make a number of pieces.

    A file cannot stop anyone from printing once more: the pieces are counted and countersigned.

    Attributes:
        id: unique identifier.
        quantity: pieces that may be made.
        expires_on: last day on which they may be made; None: no end.
    """

    id: str
    quantity: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionStep:
    """One thing the provider checks before the parts leave."""

    characteristic: str
    requirement: str
    method: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageContent:
    """Everything a print package says. The bytes are the user's file and the 3MF made from it.

    Attributes:
        number: of the package, such as P-2026-0001.
        library_id: identifier of the library it comes from.
        owner: organisation that sends it.
        source: the geometry file, byte for byte; `geometry.sha256` is its hash.
        three_mf: the same shape as 3MF.
        qualification: None for a trial.
    """

    number: str
    library_id: str
    owner: str
    created_at: datetime
    trial: bool
    part: Part
    revision: PartRevision
    geometry: Geometry
    source: bytes
    three_mf: bytes
    definition: PrintDefinition
    fields: tuple[DefinitionField, ...]
    provider: Provider
    machine: Machine | None
    material: Material | None
    qualification: Qualification | None
    evidence: tuple[Evidence, ...] = ()
    inspection: tuple[InspectionStep, ...] = ()
    licence: Licence


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package, as its manifest names it."""

    name: str
    sha256: str
    size_bytes: int
