"""Print definitions: rules that hold for any fields, and numbers kept to the last digit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.documents.packages.package_papers import recipe_paper
from app.domain.qualification.definition_versions import (
    VersionStep,
    compare_definitions,
    describe_field,
    needed_step,
    next_version,
)
from app.domain.qualification.field_rules import check_fields, field_problems
from app.domain.qualification.field_text import parse_field
from app.domain.qualification.four_eyes import same_person
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionField, PrintDefinition
from helpers.signed_samples import definition_field, package_content

DEFINITION = PrintDefinition(
    revision_id=1, process=ProcessCategory.POWDER_BED_FUSION, material_grade="PA12", author="Anna"
)
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    lambda text: "," not in text
)


@st.composite
def some_fields(draw: st.DrawFn) -> tuple[DefinitionField, ...]:
    names = draw(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), unique=True))
    return tuple(draw(_field_called(name)) for name in names)


def _field_called(name: str) -> st.SearchStrategy[DefinitionField]:
    key = WORDS.map(lambda value: definition_field(name, Binding.KEY, value=value))
    wide = st.tuples(NUMBERS, NUMBERS).map(
        lambda ends: definition_field(name, Binding.RANGE, minimum=min(ends), maximum=max(ends))
    )
    return st.one_of(key, wide, st.just(definition_field(name, Binding.CHOICE)))


def step(old: tuple[DefinitionField, ...], new: tuple[DefinitionField, ...]) -> VersionStep:
    return needed_step(compare_definitions(DEFINITION, old, DEFINITION, new))


@given(some_fields())
def test_fields_are_sound_and_equal_to_themselves(fields: tuple[DefinitionField, ...]) -> None:
    assert field_problems(fields) == ()
    assert step(fields, tuple(reversed(fields))) is VersionStep.NONE


@given(some_fields(), some_fields())
def test_a_change_reaches_as_far_back_as_forth(
    old: tuple[DefinitionField, ...], new: tuple[DefinitionField, ...]
) -> None:
    there, back = step(old, new), step(new, old)
    assert there is back
    keys = [field for field in (*old, *new) if field.binding is Binding.KEY]
    assert there is not VersionStep.MAJOR or keys
    major, minor = next_version(DEFINITION, there)
    assert (major, minor) > (DEFINITION.major, DEFINITION.minor)
    assert (major > DEFINITION.major) is (there is VersionStep.MAJOR)


@given(some_fields())
def test_the_recipe_says_exactly_what_was_defined(fields: tuple[DefinitionField, ...]) -> None:
    recipe = json.loads(recipe_paper(package_content(fields=fields, three_mf=b"-")))
    read = tuple(
        definition_field(
            entry["name"],
            Binding(entry["binding"]),
            value=entry.get("value", ""),
            minimum=entry.get("minimum"),
            maximum=entry.get("maximum"),
            why=entry["why"],
        )
        for entry in recipe["fields"]
    )
    assert read == fields


@given(NUMBERS, NUMBERS)
def test_a_range_is_read_as_it_is_shown(one: float, other: float) -> None:
    low, high = sorted((float(f"{one:.15g}"), float(f"{other:.15g}")))
    field = definition_field("gap_mm", Binding.RANGE, minimum=low, maximum=high)
    shown = describe_field(field).strip("[]")
    read = parse_field(f"gap_mm={shown}", Binding.RANGE)
    assert (read.minimum, read.maximum) == (low, high)


def test_a_tolerance_is_never_rounded() -> None:
    field = definition_field(
        "inspect_bore_mm", Binding.RANGE, minimum=100.0125, maximum=100.0375, value="100.025"
    )
    assert describe_field(field) == "100.025 [100.0125..100.0375]"
    tighter = definition_field(
        "inspect_bore_mm", Binding.RANGE, minimum=100.0125, maximum=100.0374, value="100.025"
    )
    [change] = compare_definitions(DEFINITION, (field,), DEFINITION, (tighter,))
    assert "100.0374" in change.new


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("layer_height_mm", "0.2", "0.20", VersionStep.NONE),
        ("profile_version", "1.1", "1.10", VersionStep.MAJOR),
        ("article", "007", "7", VersionStep.MAJOR),
        ("colour", "RAL 9005", "RAL 9005", VersionStep.NONE),
        ("colour", "1e1", "10", VersionStep.MAJOR),
    ],
)
def test_numbers_are_compared_as_numbers_only_where_they_are_quantities(
    name: str, old: str, new: str, expected: VersionStep
) -> None:
    before, after = (definition_field(name, Binding.KEY, value=value) for value in (old, new))
    assert step((before,), (after,)) is expected


@pytest.mark.parametrize("value", ["0,2", "-1,5", ",5"])
def test_a_decimal_comma_is_refused_with_what_to_write(value: str) -> None:
    with pytest.raises(RuleViolation, match="decimal point"):
        check_fields([definition_field("layer_height_mm", Binding.KEY, value=value)])
    with pytest.raises(RuleViolation, match="decimal point"):
        parse_field(f"gap_mm={value}..9", Binding.RANGE)
    nominal = definition_field("gap_mm", Binding.RANGE, value=value, minimum=-9.0, maximum=9.0)
    with pytest.raises(RuleViolation, match="decimal point"):
        check_fields([nominal])


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999", "4_0", "٤٠", "0x10", "40 mm"])
def test_a_nominal_value_is_a_plain_number_inside_its_range(value: str) -> None:
    field = definition_field("infill", Binding.RANGE, value=value, minimum=30.0, maximum=60.0)
    with pytest.raises(RuleViolation, match=r"is no number|is outside"):
        check_fields([field])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a=nan..1", "finite"),
        ("a=1..inf", "finite"),
        ("a=-inf..inf", "finite"),
        ("a=2..1", "above the maximum"),
        ("a=1e999..2", "finite"),
    ],
)
def test_limits_are_finite_and_in_order(text: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        check_fields([parse_field(text, Binding.RANGE)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Maier", "Maier, Anna"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Jörg Müller", "Jorg Muller"),
        ("Jo\u0308rg Mu\u0308ller", "JOERG MUELLER"),
        ("Straße Ute", "ute strasse"),
        ("Dr. Ines Kolb", "Kolb, Dr. Ines"),
    ],
)
def test_a_second_spelling_is_no_second_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(("one", "other"), [("Anna Bauer", "Anna Baur"), ("Anna", "Anna Maier")])
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other)
