"""The whole of one part: what the part page and the command `part` show."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.geometry import Geometry, GeometryFacts, IgnoredFinding
from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Certificate, Lot
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Milestone, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, Provider
from app.domain.qualification.print_definition import DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification


@dataclass(frozen=True, slots=True, kw_only=True)
class GeometryDetails:
    """A file of a revision, what was measured on it and which findings are accepted."""

    geometry: Geometry
    facts: GeometryFacts | None
    ignored: tuple[IgnoredFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationDetails:
    qualification: Qualification
    machine: Machine
    material: Material
    provider: Provider
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionDetails:
    definition: PrintDefinition
    fields: tuple[DefinitionField, ...] = ()
    qualifications: tuple[QualificationDetails, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionDetails:
    revision: PartRevision
    geometries: tuple[GeometryDetails, ...] = ()
    definitions: tuple[DefinitionDetails, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductUse:
    """A product that uses the part, with its dates."""

    product: Product
    where_used: WhereUsed
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LotDetails:
    lot: Lot
    provider: Provider
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change of the part or of something that belongs to it.

    Attributes:
        subject: the table of the changed record.
        field: the changed field; "" where the whole record came or went.
        old, new: JSON text; "" where there was or is nothing.
    """

    change_set: ChangeSet
    subject: str
    row_id: int
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDetails:
    """Everything on one part; revisions, definitions and lots newest first.

    Attributes:
        recipients: the providers that packages went to, each once.
    """

    part: Part
    flag: Flag | None
    revisions: tuple[RevisionDetails, ...] = ()
    products: tuple[ProductUse, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    positions: tuple[SupplyPosition, ...] = ()
    sources: tuple[SupplySource, ...] = ()
    demand: DemandHistory | None = None
    packages: tuple[PrintPackage, ...] = ()
    recipients: tuple[Provider, ...] = ()
    lots: tuple[LotDetails, ...] = ()
    history: tuple[HistoryEntry, ...] = ()

    @property
    def newest(self) -> RevisionDetails | None:
        """The newest revision, which is shown first."""
        return self.revisions[0] if self.revisions else None
