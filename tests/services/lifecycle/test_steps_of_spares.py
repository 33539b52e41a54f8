"""How far a part has come, read from revisions, files, definitions and qualifications."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    Geometry,
    GeometryFacts,
    GeometryFormat,
    IgnoredFinding,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.domain.catalog.part import ConsequenceClass, RightToMake
from app.domain.lifecycle.flag import Flag, Readiness
from app.domain.lifecycle.product import Milestone, MilestoneKind, WhereUsed
from app.domain.lifecycle.supply import SupplyPosition, SupplySource
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Qualification, QualificationState
from app.services.lifecycle.flag_spares import flag_spares
from app.storage.library import Library
from app.storage.writer import Writer
from helpers.builders import part, revision
from helpers.life_cycle_samples import product

TODAY = date(2026, 11, 23)
DANGER = Finding(FindingCode.COUNT_LIES, Severity.DANGER, "the count lies")
PROCESS = ProcessCategory.MATERIAL_EXTRUSION


class Part:
    """A part whose supply has ended, brought forward step by step."""

    def __init__(self, library: Library) -> None:
        self.library = library
        with self.writing() as write:
            [self.id] = write.insert([part("P1", "Knob")])
            [self.revision_id] = write.insert([revision(self.id)])
            [radio] = write.insert([product("Radio")])
            write.insert(
                [
                    Milestone(
                        product_id=radio, kind=MilestoneKind.END_OF_SERVICE, on=date(2040, 1, 1)
                    )
                ]
            )
            write.insert([WhereUsed(part_id=self.id, product_id=radio)])
            write.insert([SupplyPosition(part_id=self.id, stock=0)])
            write.insert(
                [SupplySource(part_id=self.id, supplier="Old", last_order_on=date(2020, 1, 1))]
            )

    def writing(self):  # type: ignore[no-untyped-def]
        return self.library.writing(who="Anna", act="edit")

    def clear_rights(self) -> None:
        from dataclasses import replace

        from app.domain.catalog.part import Part as StoredPart

        with self.writing() as write:
            stored = write.one(StoredPart, id=self.id)
            write.update(
                replace(
                    stored,
                    right_to_make=RightToMake.OWN,
                    export_control="none",
                    consequence_class=ConsequenceClass.LOW,
                )
            )

    def add_file(self, *findings: Finding, size_mm: float = 50.0, watertight: bool = True) -> str:
        with self.writing() as write:
            sha256, size = write.keep_bytes(b"solid")
            write.insert(
                [
                    Geometry(
                        revision_id=self.revision_id,
                        sha256=sha256,
                        file_name="knob.stl",
                        format=GeometryFormat.STL,
                        size_bytes=size,
                        unit=LengthUnit.MM,
                        unit_source=UnitSource.ASSUMED,
                    )
                ]
            )
            facts = GeometryFacts(
                sha256=sha256,
                unit=LengthUnit.MM,
                triangles=12,
                bodies=1,
                watertight=watertight,
                volume_mm3=1.0,
                area_mm2=1.0,
                bounds_mm=(0.0, 0.0, 0.0, size_mm, 10.0, 10.0),
                findings=findings,
            )
            write.replace_derived(GeometryFacts, [facts], key="sha256,unit")
        return sha256

    def add_machine(self, *sides_mm: float) -> int:
        with self.writing() as write:
            [self.provider_id] = write.insert([Provider(code="P", name="Printers")])
            [machine_id] = write.insert(
                [
                    Machine(
                        provider_id=self.provider_id,
                        name="M1",
                        process=PROCESS,
                        build_x_mm=sides_mm[0],
                        build_y_mm=sides_mm[1],
                        build_z_mm=sides_mm[2],
                    )
                ]
            )
        return int(machine_id)

    def define(self, write: Writer, minor: int = 0, major: int = 1) -> int:
        [definition_id] = write.insert(
            [
                PrintDefinition(
                    revision_id=self.revision_id,
                    major=major,
                    minor=minor,
                    state=DefinitionState.RELEASED,
                    process=PROCESS,
                    material_grade="PETG",
                    author="Anna",
                )
            ]
        )
        return definition_id

    def qualify(
        self, state: QualificationState, valid_until: date | None = None, **version: int
    ) -> None:
        machine_id = self.add_machine(200, 200, 200)
        with self.writing() as write:
            definition_id = self.define(write, **version)
            [material_id] = write.insert([Material(grade="PETG", process=PROCESS)])
            write.insert(
                [
                    Qualification(
                        definition_id=definition_id,
                        machine_id=machine_id,
                        material_id=material_id,
                        provider_id=self.provider_id,
                        consequence_class=ConsequenceClass.LOW,
                        state=state,
                        author="Anna",
                        started_on=date(2026, 1, 1),
                        valid_until=valid_until,
                    )
                ]
            )

    def flag(self) -> Flag:
        flag_spares(self.library, who="Anna", today=TODAY)
        with self.library.reading() as read:
            return read.one(Flag, part_id=self.id)


@pytest.fixture
def knob(library: Library) -> Part:
    return Part(library)


def test_rights_come_before_the_file(knob: Part) -> None:
    knob.add_file()
    assert knob.flag().next_action.startswith("Clarify who owns the design")


def test_without_a_file_the_file_is_next(knob: Part) -> None:
    knob.clear_rights()
    assert knob.flag().next_action.startswith("Get the file")
    knob.add_file()
    assert knob.flag().next_action == "Write and release the print definition."


@pytest.mark.parametrize(
    ("sides_mm", "readiness"),
    [
        ((60.0, 20.0, 20.0), Readiness.PRINTABLE),
        ((20.0, 20.0, 60.0), Readiness.PRINTABLE),  # it fits standing
        ((40.0, 40.0, 40.0), Readiness.NOT_PRINTABLE),
    ],
)
def test_a_healthy_file_is_held_against_the_machines(
    knob: Part, sides_mm: tuple[float, ...], readiness: Readiness
) -> None:
    knob.clear_rights()
    knob.add_file()
    assert knob.flag().readiness is Readiness.UNKNOWN  # no machine yet
    knob.add_machine(*sides_mm)
    assert knob.flag().readiness is readiness
    assert knob.flag().next_action.startswith("Redesign") == (readiness is Readiness.NOT_PRINTABLE)


def test_a_danger_makes_it_unknown_until_somebody_signs_for_it(knob: Part) -> None:
    knob.add_machine(60, 60, 60)
    sha256 = knob.add_file(DANGER)
    assert knob.flag().readiness is Readiness.UNKNOWN
    with knob.writing() as write:
        write.insert(
            [
                IgnoredFinding(
                    geometry_sha256=sha256,
                    code=DANGER.code,
                    reason="checked by hand",
                    who="Anna",
                    at=datetime(2026, 11, 1, tzinfo=UTC),
                )
            ]
        )
    assert knob.flag().readiness is Readiness.PRINTABLE


def test_an_open_mesh_is_not_called_printable(knob: Part) -> None:
    knob.add_machine(60, 60, 60)
    knob.add_file(watertight=False)
    assert knob.flag().readiness is Readiness.UNKNOWN


@pytest.mark.parametrize(
    ("state", "valid_until", "readiness"),
    [
        (QualificationState.UNDER_TEST, None, Readiness.UNDER_WAY),
        (QualificationState.QUALIFIED, None, Readiness.QUALIFIED),
        (QualificationState.QUALIFIED, TODAY, Readiness.QUALIFIED),
        (QualificationState.QUALIFIED, date(2026, 11, 22), Readiness.UNKNOWN),  # expired
        (QualificationState.BLOCKED, None, Readiness.UNKNOWN),
    ],
)
def test_qualification_decides_readiness(
    knob: Part, state: QualificationState, valid_until: date | None, readiness: Readiness
) -> None:
    knob.qualify(state, valid_until)
    assert knob.flag().readiness is readiness


def test_a_minor_version_keeps_the_qualification(knob: Part) -> None:
    from dataclasses import replace

    knob.clear_rights()
    knob.add_file()
    knob.qualify(QualificationState.QUALIFIED)
    with knob.writing() as write:
        first = write.one(PrintDefinition, revision_id=knob.revision_id)
        knob.define(write, minor=1)
        write.update(replace(first, state=DefinitionState.SUPERSEDED))
    flag = knob.flag()

    assert flag.readiness is Readiness.QUALIFIED
    assert flag.next_action == "Export the print package to a qualified provider."


def test_a_major_version_voids_the_qualification(knob: Part) -> None:
    from dataclasses import replace

    knob.qualify(QualificationState.QUALIFIED)
    with knob.writing() as write:
        first = write.one(PrintDefinition, revision_id=knob.revision_id)
        knob.define(write, major=2)
        write.update(replace(first, state=DefinitionState.SUPERSEDED))

    assert knob.flag().readiness is Readiness.UNKNOWN
