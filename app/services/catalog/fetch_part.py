"""Use case: everything on one part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from app.base.errors import NotFound
from app.base.i18n import _
from app.domain.catalog.geometry import Geometry, GeometryFacts, IgnoredFinding
from app.domain.catalog.part import Part, PartRevision, number_key
from app.domain.certificates.certificate import Certificate, Lot
from app.domain.inventory.part_details import (
    DefinitionDetails,
    GeometryDetails,
    HistoryEntry,
    LotDetails,
    PartDetails,
    ProductUse,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Milestone, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, Provider
from app.domain.qualification.print_definition import DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

K = TypeVar("K")
V = TypeVar("V")
HISTORY_LIMIT = 500


def fetch_part(library: Library, number: str, *, history_limit: int = HISTORY_LIMIT) -> PartDetails:
    """Gather everything on the part with this number; leading zeros do not matter.

    Args:
        history_limit: how many of the newest changes to include.

    Raises:
        NotFound: no part has this number.
    """
    with library.reading() as read:
        part = read.find(Part, number_key=number_key(number))
        if part is None:
            raise NotFound(
                _("The library holds no part {number}. Search with: everspare parts").format(
                    number=number
                )
            )
        revisions = _revisions(read, part)
        definition_ids = [d.definition.id for r in revisions for d in r.definitions]
        lots = _lots(read, definition_ids)
        packages = read.fetch(PrintPackage, definition_id=definition_ids)
        return PartDetails(
            part=part,
            flag=read.find(Flag, part_id=part.id),
            revisions=revisions,
            products=_products(read, part),
            milestones=tuple(read.fetch(Milestone, part_id=part.id)),
            positions=tuple(read.fetch(SupplyPosition, part_id=part.id)),
            sources=tuple(read.fetch(SupplySource, part_id=part.id)),
            demand=read.find(DemandHistory, part_id=part.id),
            packages=tuple(reversed(packages)),
            recipients=tuple(read.fetch(Provider, id=[p.provider_id for p in packages])),
            lots=lots,
            history=_history(read, part, revisions, lots, packages, history_limit),
        )


def _grouped(values: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return groups


def _revisions(read: Reader, part: Part) -> tuple[RevisionDetails, ...]:
    revisions = read.fetch(PartRevision, part_id=part.id)
    ids = [revision.id for revision in revisions]
    geometries = _grouped(read.fetch(Geometry, revision_id=ids), lambda g: g.revision_id)
    hashes = [g.sha256 for group in geometries.values() for g in group]
    facts = {(f.sha256, f.unit): f for f in read.fetch(GeometryFacts, sha256=hashes)}
    ignored = _grouped(
        read.fetch(IgnoredFinding, geometry_sha256=hashes), lambda i: i.geometry_sha256
    )
    definitions = _definitions(read, ids)
    return tuple(
        RevisionDetails(
            revision=revision,
            geometries=tuple(
                GeometryDetails(
                    geometry=g,
                    facts=facts.get((g.sha256, g.unit)),
                    ignored=tuple(ignored.get(g.sha256, ())),
                )
                for g in geometries.get(revision.id, ())
            ),
            definitions=tuple(definitions.get(revision.id, ())),
        )
        for revision in reversed(revisions)
    )


def _definitions(read: Reader, revision_ids: list[int]) -> dict[int, list[DefinitionDetails]]:
    definitions = read.fetch(PrintDefinition, revision_id=revision_ids)
    ids = [definition.id for definition in definitions]
    fields = _grouped(read.fetch(DefinitionField, definition_id=ids), lambda f: f.definition_id)
    qualifications = _qualifications(read, ids)
    details = [
        DefinitionDetails(
            definition=definition,
            fields=tuple(fields.get(definition.id, ())),
            qualifications=tuple(qualifications.get(definition.id, ())),
        )
        for definition in reversed(definitions)
    ]
    return _grouped(details, lambda d: d.definition.revision_id)


def _qualifications(
    read: Reader, definition_ids: list[int]
) -> dict[int, list[QualificationDetails]]:
    found = read.fetch(Qualification, definition_id=definition_ids)
    evidence = _grouped(
        read.fetch(Evidence, qualification_id=[q.id for q in found]),
        lambda e: e.qualification_id,
    )
    machines = {m.id: m for m in read.fetch(Machine, id=[q.machine_id for q in found])}
    materials = {m.id: m for m in read.fetch(Material, id=[q.material_id for q in found])}
    providers = {p.id: p for p in read.fetch(Provider, id=[q.provider_id for q in found])}
    details = [
        QualificationDetails(
            qualification=q,
            machine=machines[q.machine_id],
            material=materials[q.material_id],
            provider=providers[q.provider_id],
            evidence=tuple(evidence.get(q.id, ())),
        )
        for q in reversed(found)
    ]
    return _grouped(details, lambda d: d.qualification.definition_id)


def _products(read: Reader, part: Part) -> tuple[ProductUse, ...]:
    uses = read.fetch(WhereUsed, part_id=part.id)
    ids = [use.product_id for use in uses]
    products = {product.id: product for product in read.fetch(Product, id=ids)}
    milestones = _grouped(read.fetch(Milestone, product_id=ids), lambda m: m.product_id)
    return tuple(
        ProductUse(
            product=products[use.product_id],
            where_used=use,
            milestones=tuple(sorted(milestones.get(use.product_id, ()), key=lambda m: m.on)),
        )
        for use in uses
    )


def _lots(read: Reader, definition_ids: list[int]) -> tuple[LotDetails, ...]:
    lots = read.fetch(Lot, definition_id=definition_ids)
    certificates = _grouped(
        read.fetch(Certificate, lot_id=[lot.id for lot in lots]), lambda c: c.lot_id
    )
    providers = {p.id: p for p in read.fetch(Provider, id=[lot.provider_id for lot in lots])}
    return tuple(
        LotDetails(
            lot=lot,
            provider=providers[lot.provider_id],
            certificates=tuple(reversed(certificates.get(lot.id, []))),
        )
        for lot in reversed(lots)
    )


def _history(
    read: Reader,
    part: Part,
    revisions: tuple[RevisionDetails, ...],
    lots: tuple[LotDetails, ...],
    packages: list[PrintPackage],
    limit: int,
) -> tuple[HistoryEntry, ...]:
    records = [("part", part.id)]
    for details in revisions:
        records.append(("part_revision", details.revision.id))
        for file in details.geometries:
            records.append(("geometry", file.geometry.id))
            records += [("ignored_finding", accepted.id) for accepted in file.ignored]
        for definition in details.definitions:
            records.append(("print_definition", definition.definition.id))
            for qualified in definition.qualifications:
                records.append(("qualification", qualified.qualification.id))
                records += [("evidence", e.id) for e in qualified.evidence]
    for lot in lots:
        records.append(("lot", lot.lot.id))
        records += [("certificate", c.id) for c in lot.certificates]
    records += [("print_package", package.id) for package in packages]
    found = read.audit.histories(records, limit)
    return tuple(
        HistoryEntry(
            change_set=act,
            subject=detail.table,
            row_id=detail.row_id,
            field=detail.field,
            old=detail.old,
            new=detail.new,
        )
        for act, detail in found
    )
