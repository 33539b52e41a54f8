"""Use case: the preflight of a print package, everything that blocks it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.catalog.geometry import (
    Geometry,
    GeometryFacts,
    GeometryRole,
    IgnoredFinding,
)
from app.domain.packages.preflight import Blocker, ExportCase, check_export
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification
from app.services.catalog.find_part import find_revision
from app.services.qualification.define_print import current_definition
from app.services.qualification.register_provider import find_provider

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

# Which of a revision's files is printed: the one made for building, else the mesh, else the master.
_ORDER_OF_ROLES = (GeometryRole.BUILD, GeometryRole.TESSELLATION, GeometryRole.MASTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What shall leave, in the words of the person who asks.

    Attributes:
        part_number: NUMBER or NUMBER@REVISION.
        quantity: pieces the licence allows.
        expires_on: end of the licence; None: no end.
    """

    part_number: str
    provider: str
    quantity: int = 1
    trial: bool = False
    expires_on: date | None = None


def check_package(library: Library, order: ExportOrder, *, today: date) -> tuple[Blocker, ...]:
    """Return every reason why the package may not leave; empty means it may.

    Raises:
        NotFound: part, revision or provider is not registered.
    """
    with library.reading() as read:
        return check_export(fetch_case(read, order, today=today))


def fetch_case(read: Reader, order: ExportOrder, *, today: date) -> ExportCase:
    """Collect what the preflight looks at; raises as `check_package`."""
    part, revision = find_revision(read, order.part_number)
    provider = find_provider(read, order.provider)
    geometry = geometry_to_print(read.fetch(Geometry, revision_id=revision.id))
    facts, ignored = None, list[IgnoredFinding]()
    if geometry is not None:
        facts = read.find(GeometryFacts, sha256=geometry.sha256, unit=geometry.unit)
        ignored = read.fetch(IgnoredFinding, geometry_sha256=geometry.sha256)
    definition = current_definition(read, revision)
    same_major = _same_major(read, definition)
    qualifications = read.fetch(
        Qualification, definition_id=list(same_major), provider_id=provider.id
    )
    evidence = read.fetch(Evidence, qualification_id=[item.id for item in qualifications])
    return ExportCase(
        part=part,
        revision=revision,
        geometry=geometry,
        facts=facts,
        ignored=ignored,
        definition=definition,
        same_major=same_major,
        provider=provider,
        qualifications=qualifications,
        evidence=evidence,
        quantity=order.quantity,
        expires_on=order.expires_on,
        trial=order.trial,
        today=today,
    )


def geometry_to_print(geometries: list[Geometry]) -> Geometry | None:
    """Return the file of a revision that is printed, or None."""
    for role in _ORDER_OF_ROLES:
        found = [item for item in geometries if item.role is role]
        if found:
            return found[-1]
    return None


def _same_major(read: Reader, definition: PrintDefinition | None) -> frozenset[int]:
    """Return the ids of the definitions whose qualification also holds for this one."""
    if definition is None:
        return frozenset()
    alike = read.fetch(PrintDefinition, revision_id=definition.revision_id, major=definition.major)
    return frozenset(item.id for item in alike if item.state is not DefinitionState.DRAFT)
