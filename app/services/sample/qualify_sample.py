"""The part of the sample that needs two people: network, definitions, evidence, approval."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.services.qualification.release_definition import release_definition
from app.services.qualification.start_qualification import QualificationOrder, start_qualification
from app.services.qualification.submit_qualification import submit_qualification
from app.services.sample.sample_story import SampleStory, move_date

if TYPE_CHECKING:
    from app.storage.library import Library


def qualify_sample(library: Library, story: SampleStory, *, today: date) -> None:
    """Register who can print, define three parts, qualify one and put another under test."""
    engineer: str = story.records["people"]["engineer"]
    _register_network(library, story.records, engineer)
    for definition in story.records["definition"]:
        _define(library, definition, engineer)
    for wanted in story.records["qualification"]:
        _qualify(library, story, wanted, today)


def _register_network(library: Library, records: dict[str, Any], who: str) -> None:
    for entry in records["provider"]:
        machines = entry.get("machine", [])
        known = {key: value for key, value in entry.items() if key != "machine"}
        register_provider(library, Provider(**known), who=who)
        for machine in machines:
            x, y, z = machine["build_mm"]
            register_machine(
                library,
                entry["code"],
                Machine(
                    provider_id=0,
                    name=machine["name"],
                    model=machine["model"],
                    process=ProcessCategory(machine["process"]),
                    build_x_mm=x,
                    build_y_mm=y,
                    build_z_mm=z,
                ),
                who=who,
            )
    for entry in records["material"]:
        material = Material(**{**entry, "process": ProcessCategory(entry["process"])})
        register_material(library, material, who=who)


def _define(library: Library, definition: dict[str, Any], who: str) -> None:
    fields = tuple(
        DefinitionField(
            definition_id=0,
            name=entry["name"],
            binding=Binding(entry["binding"]),
            value=entry.get("value", ""),
            minimum=entry.get("minimum"),
            maximum=entry.get("maximum"),
            why=entry.get("why", ""),
        )
        for entry in definition["field"]
    )
    edit = DefinitionEdit(
        process=ProcessCategory(definition["process"]),
        machine_class=definition["machine_class"],
        material_grade=definition["material"],
        fields=fields,
        reason=definition["reason"],
    )
    define_print(library, definition["part"], edit, who=who)
    if definition["released"]:
        release_definition(library, definition["part"], who=who)


def _qualify(library: Library, story: SampleStory, wanted: dict[str, Any], today: date) -> None:
    people = story.records["people"]
    engineer, quality = people["engineer"], people["quality"]
    order = QualificationOrder(part_number=wanted["part"], provider=wanted["provider"])
    qualification, _changes = start_qualification(library, order, who=engineer, today=today)
    for proof in wanted["evidence"]:
        told = {key: value for key, value in proof.items() if key != "file"}
        file = story.evidence(proof["file"])
        add_evidence(library, qualification.id, Proof(file=file, **told), who=engineer)
    if wanted["approved"]:
        submit_qualification(library, qualification.id, who=engineer, today=today)
        approve_qualification(
            library,
            qualification.id,
            who=quality,
            today=today,
            valid_until=move_date(today, wanted["valid_months"]),
        )
