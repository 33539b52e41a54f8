"""Use case: begin the qualification of a print definition at a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import ConsequenceClass
from app.domain.changes import Changes
from app.domain.qualification.network import Machine, Material
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Qualification
from app.services.catalog.find_part import find_revision
from app.services.qualification.define_print import current_definition
from app.services.qualification.register_machine import find_machine
from app.services.qualification.register_material import find_material
from app.services.qualification.register_provider import find_provider

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationOrder:
    """What is to be qualified, in the words of the person who asks.

    Attributes:
        part_number: NUMBER or NUMBER@REVISION.
        machine: name; "" takes the provider's only machine.
        material: grade; "" takes the one the definition names.
        consequence_class: None takes the part's.
    """

    part_number: str
    provider: str
    machine: str = ""
    material: str = ""
    consequence_class: ConsequenceClass | None = None


def start_qualification(
    library: Library, order: QualificationOrder, *, who: str, today: date
) -> tuple[Qualification, Changes]:
    """Begin as a draft whose author is `who`.

    Raises:
        RuleViolation: the definition is not released, or does not fit machine or material, or the
            consequence of a failure is unknown.
        NotFound: part, provider, machine or material is not registered.
    """
    with library.writing(who=who, act=tell("start qualification")) as write:
        part, revision = find_revision(write, order.part_number)
        definition = current_definition(write, revision)
        if definition is None or definition.state is not DefinitionState.RELEASED:
            raise RuleViolation(
                _("Part {number}, revision {label} has no released print definition.").format(
                    number=part.number, label=revision.label
                )
            )
        provider = find_provider(write, order.provider)
        machine = find_machine(write, provider, order.machine)
        material = find_material(write, order.material or definition.material_grade)
        _check_fit(definition, machine, material)
        consequence = order.consequence_class or part.consequence_class
        if consequence is ConsequenceClass.UNKNOWN:
            raise RuleViolation(
                _("What a failure of part {number} does is not known.").format(number=part.number),
                hint=_("Name the consequence class (low, medium or high): it sets the depth."),
            )
        qualification = Qualification(
            definition_id=definition.id,
            machine_id=machine.id,
            material_id=material.id,
            provider_id=provider.id,
            consequence_class=consequence,
            author=who,
            started_on=today,
        )
        [qualification_id] = write.insert([qualification])
        return write.one(Qualification, id=qualification_id), write.changes


def find_qualification(read: Reader, qualification_id: int) -> Qualification:
    """Return the qualification of that number.

    Raises:
        NotFound: there is none.
    """
    found = read.find(Qualification, id=qualification_id)
    if found is None:
        raise NotFound(
            _("The library has no qualification {number}.").format(number=qualification_id)
        )
    return found


def _check_fit(definition: PrintDefinition, machine: Machine, material: Material) -> None:
    if material.grade.casefold() != definition.material_grade.casefold():
        raise RuleViolation(
            _("The print definition asks for {wanted}, not {given}.").format(
                wanted=definition.material_grade, given=material.grade
            )
        )
    for name, process in ((machine.name, machine.process), (material.grade, material.process)):
        if process is not definition.process:
            raise RuleViolation(
                _("{name} is for {given}, but the print definition asks for {wanted}.").format(
                    name=name, given=process.value, wanted=definition.process.value
                )
            )
