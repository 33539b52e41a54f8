"""Print definitions: fields that can be followed, and what a change does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.domain.qualification.definition_versions import (
    VersionStep,
    compare_definitions,
    describe_field,
    needed_step,
    next_version,
)
from app.domain.qualification.field_rules import check_fields, field_problems
from app.domain.qualification.field_text import parse_field, parse_note
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionField, PrintDefinition
from helpers.signed_samples import FIELDS, definition_field

DEFINITION = PrintDefinition(
    revision_id=1,
    major=2,
    minor=3,
    process=ProcessCategory.MATERIAL_EXTRUSION,
    material_grade="PETG-X",
    author="Anna",
)
KEY, RANGE, CHOICE = FIELDS


def step_of(*fields: DefinitionField, definition: PrintDefinition = DEFINITION) -> VersionStep:
    return needed_step(compare_definitions(DEFINITION, FIELDS, definition, fields))


def test_sound_fields_pass() -> None:
    check_fields(FIELDS)


@pytest.mark.parametrize(
    ("field", "word"),
    [
        (definition_field("Layer Height", Binding.KEY, value="1"), "no field name"),
        (definition_field("a", Binding.KEY, value=" "), "no value"),
        (definition_field("a", Binding.KEY, value="1", minimum=0.0), "no range"),
        (definition_field("a", Binding.CHOICE, value="red"), "choice"),
        (definition_field("a", Binding.RANGE, minimum=1.0), "minimum and a maximum"),
        (definition_field("a", Binding.RANGE, minimum=2.0, maximum=1.0), "above"),
        (definition_field("a", Binding.RANGE, minimum=0.0, maximum=float("inf")), "finite"),
        (definition_field("a", Binding.RANGE, value="3", minimum=1.0, maximum=2.0), "outside"),
        (definition_field("a", Binding.RANGE, value="x", minimum=1.0, maximum=2.0), "no number"),
    ],
)
def test_a_field_nobody_can_follow_is_refused(field: DefinitionField, word: str) -> None:
    with pytest.raises(RuleViolation, match=word):
        check_fields([field])


def test_a_field_given_twice_is_refused_and_every_problem_is_named() -> None:
    assert len(field_problems([KEY, KEY, definition_field("b", Binding.KEY)])) == 2


def test_notes_change_nothing() -> None:
    assert step_of(replace(KEY, why="another reason"), RANGE, CHOICE) is VersionStep.NONE


def test_the_same_number_spelled_differently_is_no_change() -> None:
    assert step_of(replace(KEY, value="0.20"), RANGE, CHOICE) is VersionStep.NONE


@pytest.mark.parametrize(
    "fields",
    [
        (replace(KEY, value="0.3"), RANGE, CHOICE),
        (RANGE, CHOICE),
        (replace(KEY, binding=Binding.CHOICE, value=""), RANGE, CHOICE),
        (*FIELDS, definition_field("walls", Binding.KEY, value="3")),
    ],
)
def test_a_key_that_changes_comes_or_goes_voids(fields: tuple[DefinitionField, ...]) -> None:
    assert step_of(*fields) is VersionStep.MAJOR


@pytest.mark.parametrize(
    "change",
    [
        {"process": ProcessCategory.POWDER_BED_FUSION},
        {"material_grade": "ABS"},
        {"machine_class": "large"},
    ],
)
def test_process_material_and_machine_class_are_key(change: dict[str, object]) -> None:
    assert step_of(*FIELDS, definition=replace(DEFINITION, **change)) is VersionStep.MAJOR  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        (KEY, replace(RANGE, maximum=70.0), CHOICE),
        (KEY, RANGE),
        (KEY, RANGE, CHOICE, definition_field("brim", Binding.CHOICE)),
    ],
)
def test_ranges_and_choices_make_a_minor_version(fields: tuple[DefinitionField, ...]) -> None:
    assert step_of(*fields) is VersionStep.MINOR


def test_versions_count_up() -> None:
    assert next_version(DEFINITION, VersionStep.MAJOR) == (3, 0)
    assert next_version(DEFINITION, VersionStep.MINOR) == (2, 4)
    assert next_version(DEFINITION, VersionStep.NONE) == (2, 4)


@given(st.permutations(FIELDS))
def test_the_order_of_fields_does_not_matter(fields: list[DefinitionField]) -> None:
    assert step_of(*fields) is VersionStep.NONE


def test_fields_are_read_as_people_type_them() -> None:
    key = parse_field("layer_height_mm = 0.2", Binding.KEY)
    assert (key.name, key.value) == ("layer_height_mm", "0.2")
    wide = parse_field("infill_percent=30..60:40", Binding.RANGE)
    assert (wide.minimum, wide.maximum, wide.value) == (30.0, 60.0, "40")
    assert describe_field(wide) == "40 [30..60]"
    assert parse_field("colour", Binding.CHOICE).value == ""
    assert parse_note("colour = as the customer likes") == ("colour", "as the customer likes")


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("a", Binding.KEY),
        ("a=", Binding.KEY),
        ("a=1", Binding.RANGE),
        ("a=x..y", Binding.RANGE),
        ("a=1", Binding.CHOICE),
    ],
)
def test_other_forms_are_refused_with_the_form_that_is_meant(text: str, binding: Binding) -> None:
    with pytest.raises(RuleViolation, match=r"write|written"):
        parse_field(text, binding)
