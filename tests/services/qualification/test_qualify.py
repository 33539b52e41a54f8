"""From a print definition to a qualification, in a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import NotFound, RuleViolation, StorageError
from app.domain.catalog.part import ConsequenceClass, Part
from app.domain.qualification.definition_versions import VersionStep
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import (
    Binding,
    DefinitionState,
    PrintDefinition,
)
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)
from app.services.catalog.find_part import find_revision
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.block_qualification import block_qualification
from app.services.qualification.define_print import (
    DefinitionEdit,
    current_definition,
    define_print,
    fields_of,
)
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.services.qualification.release_definition import release_definition
from app.services.qualification.return_qualification import return_qualification
from app.services.qualification.start_qualification import (
    QualificationOrder,
    start_qualification,
)
from app.services.qualification.submit_qualification import submit_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, NUMBER, PROVIDER, Chain
from helpers.signed_samples import FIELDS, TODAY, definition_field

MEX = ProcessCategory.MATERIAL_EXTRUSION


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


def qualification_of(library: Library, number: int) -> Qualification:
    with library.reading() as read:
        return read.one(Qualification, id=number)


def definition_of(library: Library) -> PrintDefinition:
    with library.reading() as read:
        definition = current_definition(read, find_revision(read, NUMBER)[1])
    assert definition is not None
    return definition


def edit_key(value: str) -> DefinitionEdit:
    field = definition_field("layer_height_mm", Binding.KEY, value=value)
    return DefinitionEdit(fields=(field,), reason="finer")


def edit_range(maximum: float) -> DefinitionEdit:
    field = definition_field("infill_percent", Binding.RANGE, minimum=30.0, maximum=maximum)
    return DefinitionEdit(fields=(field,), reason="wider")


def test_the_whole_way_to_qualified(library: Library, chain: Chain) -> None:
    approved = chain.qualify()
    assert approved.state is QualificationState.QUALIFIED
    assert (approved.author, approved.approver) == (AUTHOR, APPROVER)
    assert approved.valid_until == date(2029, 11, 23)
    with library.reading() as read:
        [proof] = read.fetch(Evidence)
        [entry] = [e for e in read.audit.latest(50) if e.act == "approve qualification"]
    assert library.objects.read_bytes(proof.sha256) == b"passed"
    assert (entry.who, entry.undoable) == (APPROVER, False)


def test_a_draft_may_be_written_in_several_steps(library: Library, chain: Chain) -> None:
    chain.release()
    first = DefinitionEdit(process=MEX, material_grade="PETG-X", fields=FIELDS[:1])
    define_print(library, NUMBER, first, who=AUTHOR)
    more = DefinitionEdit(
        fields=FIELDS[1:], notes=(("colour", "brand"),), dropped=("layer_height_mm",)
    )
    draft = define_print(library, NUMBER, more, who=AUTHOR)
    assert [field.name for field in draft.fields] == ["infill_percent", "colour"]
    assert draft.fields[1].why == "brand"
    assert (draft.definition.major, draft.definition.minor) == (1, 0)
    assert draft.definition.process is MEX


def test_a_definition_needs_process_material_and_sound_fields(
    library: Library, chain: Chain
) -> None:
    chain.release()
    bad = definition_field("a", Binding.RANGE, minimum=2.0, maximum=1.0)
    for edit in (
        DefinitionEdit(process=MEX),
        DefinitionEdit(material_grade="PETG-X"),
        DefinitionEdit(process=MEX, material_grade="PETG-X", fields=(bad,)),
    ):
        with pytest.raises(RuleViolation):
            define_print(library, NUMBER, edit, who=AUTHOR)
    with pytest.raises(NotFound, match="no field nothing"):
        define_print(library, NUMBER, DefinitionEdit(dropped=("nothing",)), who=AUTHOR)
    with library.reading() as read:
        assert read.count(PrintDefinition) == 0


def test_a_definition_is_released_after_its_revision_only(library: Library, chain: Chain) -> None:
    chain.catalogue()
    with pytest.raises(RuleViolation, match="no draft"):
        release_definition(library, NUMBER, who=AUTHOR)
    edit = DefinitionEdit(process=MEX, material_grade="PETG-X", fields=FIELDS)
    define_print(library, NUMBER, edit, who=AUTHOR)
    with pytest.raises(RuleViolation, match="Release revision A"):
        release_definition(library, NUMBER, who=AUTHOR)


def test_a_key_change_makes_a_major_version(library: Library, chain: Chain) -> None:
    chain.define()
    draft = define_print(library, NUMBER, edit_key("0.1"), who=AUTHOR)
    assert draft.step is VersionStep.MAJOR
    assert [change.name for change in draft.differences] == ["layer_height_mm"]
    released = release_definition(library, NUMBER, who=AUTHOR)
    assert (released.definition.major, released.definition.minor) == (2, 0)
    assert released.voids_qualification
    with library.reading() as read:
        states = [item.state for item in read.fetch(PrintDefinition)]
    assert states == [DefinitionState.SUPERSEDED, DefinitionState.RELEASED]


def test_a_minor_version_needs_a_second_person(library: Library, chain: Chain) -> None:
    chain.define()
    draft = define_print(library, NUMBER, edit_range(70.0), who=AUTHOR)
    assert draft.step is VersionStep.MINOR
    with pytest.raises(RuleViolation, match="cannot approve as well"):
        release_definition(library, NUMBER, who=AUTHOR.upper())
    released = release_definition(library, NUMBER, who=APPROVER)
    assert (released.definition.major, released.definition.minor) == (1, 1)
    assert not released.voids_qualification


def test_a_change_of_a_released_definition_needs_difference_and_reason(
    library: Library, chain: Chain
) -> None:
    chain.define()
    with pytest.raises(RuleViolation, match="Nothing differs"):
        define_print(library, NUMBER, edit_key("0.20"), who=AUTHOR)
    silent = DefinitionEdit(fields=edit_key("0.1").fields)
    with pytest.raises(RuleViolation, match="needs a reason"):
        define_print(library, NUMBER, silent, who=AUTHOR)
    notes = DefinitionEdit(notes=(("colour", "as delivered in 1998"),), reason="asked by service")
    assert define_print(library, NUMBER, notes, who=AUTHOR).step is VersionStep.NONE
    assert definition_of(library).state is DefinitionState.RELEASED


def test_evidence_takes_a_draft_under_test_and_ends_with_the_review(
    library: Library, chain: Chain
) -> None:
    chain.define()
    started = chain.start()
    assert started.state is QualificationState.DRAFT
    with pytest.raises(RuleViolation, match="cannot become"):
        submit_qualification(library, started.id, who=AUTHOR, today=TODAY)
    chain.prove(started)
    assert qualification_of(library, started.id).state is QualificationState.UNDER_TEST
    submit_qualification(library, started.id, who=AUTHOR, today=TODAY)
    with pytest.raises(RuleViolation, match="no longer"):
        chain.prove(started, b"late")
    with pytest.raises(RuleViolation, match="Say what is missing"):
        return_qualification(library, started.id, who=APPROVER, why="")
    return_qualification(library, started.id, who=APPROVER, why="no ageing test")
    chain.prove(started, b"aged")
    with library.reading() as read:
        assert read.count(Evidence, qualification_id=started.id) == 2


def test_the_author_cannot_approve_and_nothing_is_left_behind(
    library: Library, chain: Chain
) -> None:
    chain.define()
    started = chain.start()
    chain.prove(started)
    submit_qualification(library, started.id, who=AUTHOR, today=TODAY)
    with library.reading() as read:
        before = read.audit.head()
    with pytest.raises(RuleViolation, match="cannot approve as well"):
        approve_qualification(library, started.id, who=f" {AUTHOR.lower()} ", today=TODAY)
    with library.reading() as read:
        assert read.audit.head() == before
    assert qualification_of(library, started.id).state is QualificationState.IN_REVIEW


def test_an_approved_qualification_is_locked_and_can_only_be_blocked(
    library: Library, chain: Chain
) -> None:
    approved = chain.qualify()
    with (
        pytest.raises(RuleViolation),
        library.writing(who=AUTHOR, act="cheat") as write,
    ):
        write.update(replace(approved, valid_until=date(2099, 1, 1)))
    with pytest.raises(RuleViolation, match="needs a reason"):
        block_qualification(library, approved.id, who=APPROVER, why="")
    block_qualification(library, approved.id, who=APPROVER, why="crack in the field")
    blocked = qualification_of(library, approved.id)
    assert (blocked.state, blocked.blocked_reason) == (
        QualificationState.BLOCKED,
        "crack in the field",
    )


def test_what_does_not_fit_the_definition_is_refused(library: Library, chain: Chain) -> None:
    chain.define()
    pbf = ProcessCategory.POWDER_BED_FUSION
    register_machine(library, PROVIDER, Machine(provider_id=0, name="SLS", process=pbf), who=AUTHOR)
    register_material(library, Material(grade="PA12", process=pbf), who=AUTHOR)
    order = QualificationOrder(part_number=NUMBER, provider=PROVIDER, machine="M1")
    for change, word in (
        ({"material": "PA12"}, "asks for PETG-X"),
        ({"machine": "sls"}, "PBF"),
    ):
        with pytest.raises(RuleViolation, match=word):
            start_qualification(library, replace(order, **change), who=AUTHOR, today=TODAY)
    for change in ({"provider": "x"}, {"material": "x"}, {"machine": ""}, {"part_number": "x"}):
        with pytest.raises(NotFound):
            start_qualification(library, replace(order, **change), who=AUTHOR, today=TODAY)


def test_the_consequence_of_a_failure_must_be_known(library: Library, chain: Chain) -> None:
    chain.define()
    with library.writing(who=AUTHOR, act="x") as write:
        part = write.one(Part, number=NUMBER)
        write.update(replace(part, consequence_class=ConsequenceClass.UNKNOWN))
    with pytest.raises(RuleViolation, match="not known"):
        chain.start()


def test_an_undefined_part_is_not_qualified(library: Library, chain: Chain) -> None:
    chain.release()
    chain.register()
    with pytest.raises(RuleViolation, match="no released print definition"):
        chain.start()


def test_empty_missing_and_unnamed_evidence_is_refused(
    library: Library, chain: Chain, tmp_path: Path
) -> None:
    chain.define()
    started = chain.start()
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(RuleViolation, match="is empty"):
        add_evidence(library, started.id, Proof(file=empty, kind="report"), who=AUTHOR)
    with pytest.raises(RuleViolation, match="needs a kind"):
        add_evidence(library, started.id, Proof(file=empty, kind=" "), who=AUTHOR)
    with pytest.raises(StorageError):
        add_evidence(
            library, started.id, Proof(file=tmp_path / "none.pdf", kind="report"), who=AUTHOR
        )
    with pytest.raises(NotFound):
        add_evidence(library, 99, Proof(file=Path(__file__), kind="r"), who=AUTHOR)
    assert qualification_of(library, started.id).state is QualificationState.DRAFT


def test_the_network_is_changed_by_code_and_grade(library: Library, chain: Chain) -> None:
    chain.register()
    register_provider(library, Provider(code="NORTHPRINT", name="North Print Ltd"), who=AUTHOR)
    machine = Machine(provider_id=0, name="M1", model="new", process=MEX)
    register_machine(library, PROVIDER, machine, who=AUTHOR)
    register_material(library, Material(grade="petg-x", process=MEX, maker="ACME"), who=AUTHOR)
    with library.reading() as read:
        assert [p.name for p in read.fetch(Provider)] == ["North Print Ltd"]
        assert [m.model for m in read.fetch(Machine)] == ["new"]
        assert [(m.grade, m.maker) for m in read.fetch(Material)] == [("PETG-X", "ACME")]


def test_nonsense_in_the_network_is_refused(library: Library, chain: Chain) -> None:
    chain.register()
    pbf = ProcessCategory.POWDER_BED_FUSION
    with pytest.raises(RuleViolation, match="keeps its process"):
        register_machine(
            library, PROVIDER, Machine(provider_id=0, name="M1", process=pbf), who=AUTHOR
        )
    with pytest.raises(RuleViolation):
        register_machine(library, PROVIDER, Machine(provider_id=0, name=" ", process=MEX), who="x")
    with pytest.raises(RuleViolation):
        register_provider(library, Provider(code="x", name=" "), who=AUTHOR)
    with pytest.raises(RuleViolation, match="impossible"):
        register_material(
            library, Material(grade="x", process=MEX, density_g_cm3=2000.0), who=AUTHOR
        )
    with pytest.raises(RuleViolation):
        register_material(library, Material(grade=" ", process=MEX), who=AUTHOR)


def test_the_fields_keep_their_order(library: Library, chain: Chain) -> None:
    chain.define()
    with library.reading() as read:
        names = [field.name for field in fields_of(read, definition_of(library))]
        assert fields_of(read, None) == ()
    assert names == [field.name for field in FIELDS]
