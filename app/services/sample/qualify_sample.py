"""The part of the sample that needs two people: network, definitions, evidence, approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.block_qualification import block_qualification
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


def qualify_sample(library: Library, story: SampleStory, *, progress: Progress) -> None:
    """Register who can print, define parts and take each qualification as far as the story goes.

    Raises:
        StorageError: the library cannot be written.
        Cancelled: stopped; what was made so far stays.
    """
    engineer = story.person("engineer")
    _register_network(library, story.records, engineer)
    defining, qualifying = progress.part(0.1, 0.4), progress.part(0.4, 1.0)
    for definition in defining.track(story.records["definition"], _("Defining sample prints")):
        _define(library, definition, _author(story, definition))
    for wanted in qualifying.track(story.records["qualification"], _("Qualifying sample parts")):
        _qualify(library, story, wanted)
    progress.finish()


def _author(story: SampleStory, entry: dict[str, Any]) -> str:
    return story.person(entry.get("author", "engineer"))


def _register_network(library: Library, records: dict[str, Any], who: str) -> None:
    for entry in records["provider"]:
        known = {key: value for key, value in entry.items() if key != "machine"}
        register_provider(library, Provider(**known), who=who)
        for machine in entry["machine"]:
            x, y, z = map(float, machine["build_mm"])
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


def _qualify(library: Library, story: SampleStory, wanted: dict[str, Any]) -> None:
    engineer, quality = _author(story, wanted), story.person("quality")
    order = QualificationOrder(part_number=wanted["part"], provider=wanted["provider"])
    started = story.ago(wanted["started"])
    qualification, _changes = start_qualification(library, order, who=engineer, today=started)
    for proof in wanted.get("evidence", ()):
        told = {key: value for key, value in proof.items() if key not in ("file", "valid_days")}
        if "valid_days" in proof:
            told["valid_until"] = story.ago(-proof["valid_days"])
        file = story.evidence(proof["file"])
        add_evidence(library, qualification.id, Proof(file=file, **told), who=engineer)
    if wanted.get("submitted") or "approved" in wanted:
        submit_qualification(library, qualification.id, who=engineer, today=story.today)
    if "approved" in wanted:
        approve_qualification(
            library,
            qualification.id,
            who=quality,
            today=story.ago(wanted["approved"]),
            valid_until=_valid_until(story, wanted),
        )
    if "blocked" in wanted:
        block_qualification(library, qualification.id, who=quality, why=wanted["blocked"])


def _valid_until(story: SampleStory, wanted: dict[str, Any]) -> date:
    if "valid_days" in wanted:
        return story.today + timedelta(days=wanted["valid_days"])
    return move_date(story.today, wanted["valid_months"])
