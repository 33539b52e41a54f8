"""Use case: book a delivered lot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import PartRevision, number_key
from app.domain.certificates.certificate import Lot
from app.domain.certificates.lot_rules import (
    check_day,
    check_licence,
    check_lot,
    check_new_serials,
)
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes
from app.domain.packages.preflight import held_qualification
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition
from app.domain.qualification.validity import was_in_force
from app.services.catalog.find_part import find_revision
from app.services.packages.check_package import ExportOrder, fetch_case

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was delivered, in the words of the person who books it.

    Attributes:
        part_number: NUMBER or NUMBER@REVISION; may stay empty where a package is named.
        package: number of the package it was made under; "" if it was made without one.
        provider: code; may stay empty where a package is named.
    """

    number: str
    part_number: str = ""
    provider: str = ""
    package: str = ""
    quantity: int
    serials: tuple[str, ...] = ()
    order_reference: str = ""
    purchaser: str = ""
    delivered_on: date


def book_lot(library: Library, delivery: Delivery, *, who: str) -> tuple[Lot, Changes]:
    """Record the lot and count its pieces against the licence of its package.

    Raises:
        RuleViolation: number or serials are taken or contradictory, the tuple was not qualified on
            the day of delivery, the package is a trial or left the house later, or its licence does
            not cover the pieces.
        NotFound: part, provider or package is not registered.
    """
    with library.writing(who=who, act=tell("book lot")) as write:
        package = _package(write, delivery)
        definition_id, provider = _made_by(write, delivery, package)
        organisation = write.find(Organisation)
        own = provider.own_house and organisation is not None
        lot = Lot(
            number=delivery.number.strip(),
            definition_id=definition_id,
            provider_id=provider.id,
            package_id=package.id if package else None,
            quantity=delivery.quantity,
            serials=tuple(serial.strip() for serial in delivery.serials),
            order_reference=delivery.order_reference.strip(),
            purchaser=delivery.purchaser.strip(),
            manufacturer=organisation.name if own and organisation else provider.name,
            delivered_on=delivery.delivered_on,
        )
        check_lot(lot)
        if write.find(Lot, number=lot.number) is not None:
            raise RuleViolation(_("Lot {number} is booked already.").format(number=lot.number))
        check_new_serials(lot, write.fetch(Lot, definition_id=_of_same_part(write, definition_id)))
        if package is not None:
            check_day(lot, package)
            check_licence(package, write.fetch(Lot, package_id=package.id), lot.quantity)
        [lot_id] = write.insert([lot])
        return write.one(Lot, id=lot_id), write.changes


def _package(read: Reader, delivery: Delivery) -> PrintPackage | None:
    if not delivery.package:
        return None
    package = read.find(PrintPackage, number=delivery.package.strip())
    if package is None:
        raise NotFound(_("The library has no package {number}.").format(number=delivery.package))
    if package.trial:
        raise RuleViolation(
            _("Package {number} is a trial: parts made from it are not delivered.").format(
                number=package.number
            )
        )
    return package


def _made_by(
    read: Reader, delivery: Delivery, package: PrintPackage | None
) -> tuple[int, Provider]:
    """Return the definition's id and the provider, and refuse what was never qualified."""
    if package is not None:
        provider = read.one(Provider, id=package.provider_id)
        _check_same(read, delivery, package, provider)
        return package.definition_id, provider
    if not delivery.part_number or not delivery.provider:
        raise RuleViolation(_("Name the package of the lot, or part and provider."))
    order = ExportOrder(part_number=delivery.part_number, provider=delivery.provider)
    case = fetch_case(read, order, today=delivery.delivered_on)
    then = [item for item in case.qualifications if was_in_force(item, delivery.delivered_on)]
    case = replace(case, qualifications=then)
    if case.definition is None or held_qualification(case) is None:
        raise RuleViolation(
            _("Provider {code} was not qualified for part {number} on {day}.").format(
                code=case.provider.code,
                number=case.part.number,
                day=delivery.delivered_on.isoformat(),
            )
        )
    return case.definition.id, case.provider


def _of_same_part(read: Reader, definition_id: int) -> list[int]:
    """Return the ids of all print definitions of the part that this one belongs to."""
    revision = read.one(PartRevision, id=read.one(PrintDefinition, id=definition_id).revision_id)
    revisions = [item.id for item in read.fetch(PartRevision, part_id=revision.part_id)]
    return [item.id for item in read.fetch(PrintDefinition, revision_id=revisions)]


def _check_same(
    read: Reader, delivery: Delivery, package: PrintPackage, provider: Provider
) -> None:
    definition = read.one(PrintDefinition, id=package.definition_id)
    revision = read.one(PartRevision, id=definition.revision_id)
    wrong_part = bool(delivery.part_number) and not _means(read, delivery.part_number, revision)
    wrong_provider = bool(delivery.provider) and (
        delivery.provider.strip().casefold() != provider.code.casefold()
    )
    if wrong_part or wrong_provider:
        raise RuleViolation(
            _("Package {number} is for another part or provider.").format(number=package.number)
        )


def _means(read: Reader, named: str, revision: PartRevision) -> bool:
    """Say whether NUMBER or NUMBER@REVISION means this revision; a number alone means them all."""
    part, meant = find_revision(read, named)
    without_revision = number_key(named) == part.number_key
    return part.id == revision.part_id and (without_revision or meant.id == revision.id)
