"""Use case: what a certificate would say, and its draft as a PDF to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.base.errors import NotFound
from app.base.i18n import _
from app.base.progress import Progress
from app.documents.certificates.certificate_file import draw_draft
from app.domain.catalog.geometry import Geometry, GeometryFacts
from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import CertificateType, Lot
from app.domain.certificates.certificate_content import CertificateContent, Party
from app.domain.certificates.issue_rules import organisation_key
from app.domain.certificates.organisation import Organisation
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.evidence_kind import evidence_kind_word
from app.domain.qualification.network import Machine, Material, Provider
from app.domain.qualification.print_definition import PrintDefinition
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)
from app.domain.qualification.validity import was_in_force
from app.services.certificates.draw_part_picture import draw_part_picture
from app.services.packages.check_package import geometry_to_print
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOrder:
    """What shall be certified, in the words of the person who asks.

    Attributes:
        lot: number of a booked lot.
        issuer: name; "" takes the library's owner.
        issuer_address: "" takes the address stored for that name.
        place: of issue; "" takes the issuer's address.
        function: of the signatory; "" takes a general one.
        requirements: what the lot conforms to; empty: order, part revision, print definition.
        supersedes: number of the certificate this one replaces.
    """

    lot: str
    type: CertificateType
    issuer: str = ""
    issuer_address: str = ""
    place: str = ""
    function: str = ""
    meaning: str = ""
    requirements: tuple[str, ...] = ()
    limitations: str = ""
    deviations: tuple[str, ...] = ()
    additional_information: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class CertificateCase:
    """The content as it stands (without a number), and what it is about."""

    content: CertificateContent
    lot: Lot
    geometry: Geometry | None
    qualification: Qualification | None


@dataclass(frozen=True, slots=True)
class _Background:
    """Everything in the library that stands behind a lot."""

    lot: Lot
    part: Part
    revision: PartRevision
    definition: PrintDefinition
    provider: Provider
    package: PrintPackage | None
    qualification: Qualification | None
    machine: Machine | None
    material: Material | None
    evidence: tuple[Evidence, ...]
    geometry: Geometry | None
    facts: GeometryFacts | None
    owner: Organisation | None


def draft_certificate(
    library: Library,
    order: CertificateOrder,
    *,
    workers: WorkerPool,
    who: str,
    progress: Progress,
) -> bytes:
    """Return the watermarked PDF; gaps are marked in it, not refused.

    Raises:
        NotFound: no such lot.
        DocumentError: a text cannot be printed.
    """
    with library.reading() as read:
        case = fetch_certificate_case(read, order, who=who, now=library.clock.now())
    picture = draw_part_picture(library, case.geometry, workers, progress)
    return draw_draft(case.content, picture)


def fetch_certificate_case(
    read: Reader, order: CertificateOrder, *, who: str, now: datetime
) -> CertificateCase:
    """Collect what the certificate says; the number stays empty.

    Raises:
        NotFound: no such lot.
    """
    behind = _background(read, order.lot)
    issuer = _issuer(order, behind)
    lot, definition, material = behind.lot, behind.definition, behind.material
    content = CertificateContent(
        type=order.type,
        number="",
        supersedes=order.supersedes.strip(),
        issuer=issuer,
        manufacturer=_manufacturer(behind),
        purchaser=lot.purchaser,
        order_reference=lot.order_reference,
        part_number=behind.part.number,
        part_name=behind.part.name,
        revision=behind.revision.label,
        lot_number=lot.number,
        serials=lot.serials,
        quantity=lot.quantity,
        delivered_on=lot.delivered_on,
        material=definition.material_grade,
        material_specification=material.specification if material else "",
        process=definition.process.value,
        definition=f"{definition.major}.{definition.minor}",
        machine=behind.machine.name if behind.machine else "",
        package_number=behind.package.number if behind.package else "",
        requirements=order.requirements or _requirements(behind),
        limitations=order.limitations,
        deviations=order.deviations,
        supporting_documents=_supporting_documents(behind),
        additional_information=order.additional_information,
        place=order.place or issuer.full_address,
        issued_at=now,
        signatory=who,
        function=order.function or _("authorised signatory"),
        meaning=order.meaning or _("the statement above is made for the issuer"),
        geometry_sha256=behind.geometry.sha256 if behind.geometry else "",
        size_mm=behind.facts.size_mm if behind.facts else None,
    )
    return CertificateCase(content, lot, behind.geometry, behind.qualification)


def _background(read: Reader, lot_number: str) -> _Background:
    lot = read.find(Lot, number=lot_number.strip())
    if lot is None:
        raise NotFound(_("The library has no lot {number}.").format(number=lot_number))
    definition = read.one(PrintDefinition, id=lot.definition_id)
    revision = read.one(PartRevision, id=definition.revision_id)
    package = read.find(PrintPackage, id=lot.package_id) if lot.package_id else None
    qualification = _made_under(read, lot, definition, package)
    evidence: tuple[Evidence, ...] = ()
    machine = None
    if qualification is not None:
        machine = read.find(Machine, id=qualification.machine_id)
        evidence = tuple(read.fetch(Evidence, qualification_id=qualification.id))
    geometry = geometry_to_print(read.fetch(Geometry, revision_id=revision.id))
    facts = None
    if geometry is not None:
        facts = read.find(GeometryFacts, sha256=geometry.sha256, unit=geometry.unit)
    return _Background(
        lot=lot,
        part=read.one(Part, id=revision.part_id),
        revision=revision,
        definition=definition,
        provider=read.one(Provider, id=lot.provider_id),
        package=package,
        qualification=qualification,
        machine=machine,
        material=read.find(Material, grade=definition.material_grade),
        evidence=evidence,
        geometry=geometry,
        facts=facts,
        owner=read.find(Organisation),
    )


def _made_under(
    read: Reader, lot: Lot, definition: PrintDefinition, package: PrintPackage | None
) -> Qualification | None:
    """Return the qualification of the package, else the one in force at the provider that day.

    None where it could have been one of several machines: nobody recorded which.
    """
    if package is not None:
        known = package.qualification_id
        return read.find(Qualification, id=known) if known is not None else None
    alike = read.fetch(PrintDefinition, revision_id=definition.revision_id, major=definition.major)
    found = read.fetch(
        Qualification, definition_id=[item.id for item in alike], provider_id=lot.provider_id
    )
    then = [item for item in found if was_in_force(item, lot.delivered_on)]
    # One that was blocked since counts where no other carries the lot.
    carrying = [item for item in then if item.state is QualificationState.QUALIFIED] or then
    one_machine = len({item.machine_id for item in carrying}) == 1
    return carrying[-1] if one_machine else None


def _issuer(order: CertificateOrder, behind: _Background) -> Party:
    named = order.issuer.strip()
    owner = behind.owner
    if owner is not None and (not named or organisation_key(named) == organisation_key(owner.name)):
        return Party(
            name=owner.name,
            address=order.issuer_address or owner.address,
            country="" if order.issuer_address else owner.country,
        )
    manufacturer = _manufacturer(behind)
    if named and organisation_key(named) == organisation_key(manufacturer.name):
        known = manufacturer
    else:
        known = Party(name=named)
    if order.issuer_address:
        return Party(name=known.name, address=order.issuer_address)
    return known


def _manufacturer(behind: _Background) -> Party:
    provider, owner = behind.provider, behind.owner
    if owner is not None and organisation_key(owner.name) == organisation_key(
        behind.lot.manufacturer
    ):
        return Party(name=owner.name, address=owner.address, country=owner.country)
    return Party(name=behind.lot.manufacturer, address=provider.address, country=provider.country)


def _requirements(behind: _Background) -> tuple[str, ...]:
    lines = []
    if behind.lot.order_reference:
        lines.append(_("Order {reference}").format(reference=behind.lot.order_reference))
    lines.append(
        _("Part {number}, revision {revision}").format(
            number=behind.part.number, revision=behind.revision.label
        )
    )
    lines.append(
        _("Print definition {major}.{minor}: {process}, {material}").format(
            major=behind.definition.major,
            minor=behind.definition.minor,
            process=behind.definition.process.value,
            material=behind.definition.material_grade,
        )
    )
    if behind.material is not None and behind.material.specification:
        lines.append(behind.material.specification)
    return tuple(lines)


def _supporting_documents(behind: _Background) -> tuple[str, ...]:
    lines = []
    if behind.package is not None:
        lines.append(
            _("Print package {number}, SHA-256 {hash}").format(
                number=behind.package.number, hash=behind.package.sha256
            )
        )
    for item in behind.evidence:
        said = (evidence_kind_word(item.kind), item.title, item.standard)
        title = ", ".join(text for text in said if text)
        lines.append(_("{title}, SHA-256 {hash}").format(title=title, hash=item.sha256))
    return tuple(lines)
