"""What keeps a package in the house: every reason, all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.base.errors import RuleViolation
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFacts,
    IgnoredFinding,
    LengthUnit,
    Severity,
)
from app.domain.catalog.part import RevisionState, RightToMake
from app.domain.packages.inspection_plan import plan_inspection
from app.domain.packages.numbering import next_number
from app.domain.packages.preflight import (
    BlockerCode,
    ExportCase,
    check_export,
    held_qualification,
    refuse_blocked,
)
from app.domain.qualification.print_definition import Binding, DefinitionState
from app.domain.qualification.qualification import QualificationState
from helpers.signed_samples import (
    FIELDS,
    NOW,
    TODAY,
    definition_field,
    evidence,
    package_content,
    qualification,
)

CONTENT = package_content(three_mf=b"-")
FACTS = GeometryFacts(
    sha256=CONTENT.geometry.sha256,
    unit=LengthUnit.MM,
    triangles=12,
    bodies=1,
    watertight=True,
    volume_mm3=8000.0,
    area_mm2=2400.0,
    bounds_mm=(0.0, 0.0, 0.0, 20.0, 20.0, 20.0),
)
OPEN = Finding(FindingCode.OPEN, Severity.DANGER, "The surface has holes.")
SOUND = ExportCase(
    part=CONTENT.part,
    revision=CONTENT.revision,
    geometry=CONTENT.geometry,
    facts=FACTS,
    definition=CONTENT.definition,
    provider=CONTENT.provider,
    qualifications=(qualification(),),
    evidence=(evidence(),),
    quantity=1,
    trial=False,
    today=TODAY,
)


def codes(case: ExportCase) -> list[BlockerCode]:
    return [blocker.code for blocker in check_export(case)]


def test_a_qualified_part_may_leave() -> None:
    assert codes(SOUND) == []
    assert held_qualification(SOUND) == qualification()
    refuse_blocked(check_export(SOUND))


@pytest.mark.parametrize("trial", [False, True])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quantity": 0}, BlockerCode.QUANTITY),
        (
            {"part": replace(CONTENT.part, right_to_make=RightToMake.UNKNOWN)},
            BlockerCode.RIGHT_UNKNOWN,
        ),
        ({"part": replace(CONTENT.part, export_control=" ")}, BlockerCode.EXPORT_NOT_ASSESSED),
        (
            {"revision": replace(CONTENT.revision, state=RevisionState.DRAFT)},
            BlockerCode.NOT_RELEASED,
        ),
        (
            {"revision": replace(CONTENT.revision, state=RevisionState.OBSOLETE)},
            BlockerCode.NOT_RELEASED,
        ),
        ({"geometry": None}, BlockerCode.NO_GEOMETRY),
        ({"facts": None}, BlockerCode.NOT_MEASURED),
        ({"facts": replace(FACTS, sha256="00")}, BlockerCode.NOT_MEASURED),
        ({"facts": replace(FACTS, findings=(OPEN,))}, BlockerCode.DANGER),
        ({"definition": None}, BlockerCode.NO_DEFINITION),
        (
            {"definition": replace(CONTENT.definition, state=DefinitionState.DRAFT)},
            BlockerCode.DEFINITION_NOT_RELEASED,
        ),
        (
            {"definition": replace(CONTENT.definition, state=DefinitionState.SUPERSEDED)},
            BlockerCode.DEFINITION_NOT_RELEASED,
        ),
    ],
)
def test_each_obstacle_blocks_trials_too(
    change: dict[str, object], code: BlockerCode, trial: bool
) -> None:
    assert codes(replace(SOUND, trial=trial, **change)) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"qualifications": ()}, BlockerCode.NOT_QUALIFIED),
        ({"qualifications": (qualification(provider_id=2),)}, BlockerCode.NOT_QUALIFIED),
        ({"qualifications": (qualification(definition_id=7),)}, BlockerCode.NOT_QUALIFIED),
        (
            {"qualifications": (qualification(state=QualificationState.IN_REVIEW),)},
            BlockerCode.NOT_QUALIFIED,
        ),
        (
            {"qualifications": (qualification(state=QualificationState.BLOCKED),)},
            BlockerCode.NOT_QUALIFIED,
        ),
        (
            {"qualifications": (qualification(valid_until=TODAY - timedelta(days=1)),)},
            BlockerCode.EXPIRED,
        ),
        (
            {"evidence": (evidence(valid_until=TODAY - timedelta(days=1)),)},
            BlockerCode.EVIDENCE_EXPIRED,
        ),
    ],
)
def test_what_is_not_qualified_leaves_as_a_trial_only(
    change: dict[str, object], code: BlockerCode
) -> None:
    assert codes(replace(SOUND, **change)) == [code]  # type: ignore[arg-type]
    assert codes(replace(SOUND, trial=True, **change)) == []  # type: ignore[arg-type]


def test_all_reasons_are_told_at_once() -> None:
    part = replace(CONTENT.part, right_to_make=RightToMake.UNKNOWN, export_control="")
    revision = replace(CONTENT.revision, state=RevisionState.DRAFT)
    case = replace(SOUND, part=part, revision=revision, facts=None, qualifications=())
    assert len(codes(case)) == 5
    with pytest.raises(RuleViolation) as refused:
        refuse_blocked(check_export(case))
    assert len(str(refused.value).splitlines()) == 5


def test_an_ignored_danger_blocks_no_longer_but_only_that_one_on_that_file() -> None:
    facts = replace(FACTS, findings=(OPEN,))
    signed = IgnoredFinding(
        geometry_sha256=facts.sha256, code=OPEN.code, reason="thin wall", who="Ben", at=NOW
    )
    assert codes(replace(SOUND, facts=facts, ignored=(signed,))) == []
    for other in (
        replace(signed, geometry_sha256="00"),
        replace(signed, code=FindingCode.NON_MANIFOLD),
    ):
        assert codes(replace(SOUND, facts=facts, ignored=(other,))) == [BlockerCode.DANGER]


def test_a_warning_does_not_block() -> None:
    warned = replace(FACTS, findings=(replace(OPEN, severity=Severity.WARNING),))
    assert codes(replace(SOUND, facts=warned)) == []


def test_a_minor_version_keeps_the_qualification() -> None:
    minor = replace(CONTENT.definition, id=9, minor=1)
    case = replace(SOUND, definition=minor)
    assert codes(case) == [BlockerCode.NOT_QUALIFIED]
    assert codes(replace(case, same_major=frozenset({1, 9}))) == []


def test_a_running_qualification_counts_beside_an_expired_one() -> None:
    old = qualification(valid_until=TODAY - timedelta(days=1))
    new = qualification(id=2)
    case = replace(SOUND, qualifications=(new, old))
    assert codes(case) == []
    assert held_qualification(case) == new


def test_a_definition_of_another_revision_is_our_bug() -> None:
    with pytest.raises(ValueError, match="another revision"):
        check_export(replace(SOUND, definition=replace(CONTENT.definition, revision_id=5)))


def test_numbers_run_by_year_and_are_never_given_again() -> None:
    assert next_number("P", 2026, []) == "P-2026-0001"
    assert next_number("P", 2026, ["P-2026-0001", "P-2026-0007"]) == "P-2026-0008"
    assert next_number("P", 2027, ["P-2026-0007", "C-2027-0003", "P-2027-x"]) == "P-2027-0001"
    assert next_number("P", 2026, ["P-2026-9999"]) == "P-2026-10000"


def test_the_inspection_plan_invents_no_tolerance() -> None:
    bore = definition_field("inspect_bore_mm", Binding.RANGE, minimum=5.9, maximum=6.1, why="gauge")
    steps = plan_inspection((*FIELDS, bore), FACTS)
    assert [step.characteristic for step in steps][2:] == ["outer size", "bore mm"]
    assert "20.00 × 20.00 × 20.00" in steps[2].requirement
    assert "±" not in steps[2].requirement
    assert (steps[3].requirement, steps[3].method) == ("[5.9..6.1]", "gauge")
