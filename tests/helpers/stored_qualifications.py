"""Qualifications in every state, put straight into a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.catalog.part import ConsequenceClass, PartRevision, RevisionState
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification, QualificationState
from helpers.builders import geometry, part

if TYPE_CHECKING:
    from app.storage.library import Library

AUTHOR = "Jana Aalto"
STARTED = date(2026, 10, 1)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_PROCESS = ProcessCategory.POWDER_BED_FUSION


class Shop:
    """A library with one provider, machine and feedstock, to which qualifications are added."""

    def __init__(self, library: Library) -> None:
        self.library = library
        with library.writing(who=AUTHOR, act="register") as write:
            [self.provider] = write.insert([Provider(code="north", name="Nordlicht GmbH")])
            [self.machine] = write.insert(
                [Machine(provider_id=self.provider, name="LS 340", process=_PROCESS)]
            )
            [self.material] = write.insert([Material(grade="PA12-X", process=_PROCESS)])
            self.file, _size = write.keep_bytes(b"passed")

    def define(self, number: str, name: str = "", *, sha256: str = "", **more: object) -> int:
        """Store a part with a released revision and definition; returns the definition's id."""
        with self.library.writing(who=AUTHOR, act="define") as write:
            [part_id] = write.insert([part(number, name, **more)])
            [revision_id] = write.insert([PartRevision(part_id=part_id, label="A")])
            if sha256:
                write.insert([geometry(revision_id, sha256)])
            draft = write.one(PartRevision, id=revision_id)
            write.update(replace(draft, state=RevisionState.RELEASED, released_by=AUTHOR))
            definition = PrintDefinition(
                revision_id=revision_id,
                state=DefinitionState.RELEASED,
                process=_PROCESS,
                machine_class="laser sintering",
                material_grade="PA12-X",
                author=AUTHOR,
            )
            [definition_id] = write.insert([definition])
            return definition_id

    def add(
        self, definition_id: int, state: QualificationState = QualificationState.DRAFT, **more: Any
    ) -> int:
        """Store a qualification of a definition; returns its id."""
        fields: dict[str, Any] = {
            "machine_id": self.machine,
            "material_id": self.material,
            "provider_id": self.provider,
            "consequence_class": ConsequenceClass.LOW,
            "author": AUTHOR,
            "started_on": STARTED,
        }
        wanted = Qualification(definition_id=definition_id, state=state, **{**fields, **more})
        with self.library.writing(who=AUTHOR, act="qualify") as write:
            [number] = write.insert([wanted])
            return number

    def prove(self, qualification_id: int, **more: Any) -> None:
        """Store a proof of a qualification."""
        fields: dict[str, Any] = {
            "kind": "test report",
            "title": "Pull test",
            "sha256": self.file,
            "file_name": "pull.txt",
            "added_by": AUTHOR,
            "added_at": NOW,
        }
        with self.library.writing(who=AUTHOR, act="prove") as write:
            write.insert([Evidence(qualification_id=qualification_id, **{**fields, **more})])

    def add_part(
        self, number: str, state: QualificationState = QualificationState.DRAFT, **more: Any
    ) -> int:
        """Store a part with one qualification; returns the id of the qualification."""
        return self.add(self.define(number, f"Part {number}"), state, **more)
