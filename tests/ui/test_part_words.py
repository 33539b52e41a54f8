"""The words of the part page: every state has one, and values read as people write them."""

import json
from datetime import date
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.geometry import GeometryRole, LengthUnit, Severity, UnitSource
from app.domain.catalog.part import ConsequenceClass, RightToMake, SupplyCriticality
from app.domain.certificates.certificate import CertificateState, CertificateType
from app.domain.lifecycle.product import Confidence, MilestoneKind
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionField, DefinitionState
from app.domain.qualification.validity import QualificationStatus
from app.ui import part_words as words
from app.ui.certificates import certificate_words
from app.ui.widgets.glyphs import MARKS

WORDED = (
    (ConsequenceClass, words.consequence_word),
    (SupplyCriticality, words.criticality_word),
    (RightToMake, words.right_word),
    (GeometryRole, words.role_word),
    (Severity, words.severity_word),
    (MilestoneKind, words.milestone_word),
    (Confidence, words.confidence_word),
    (ProcessCategory, words.process_word),
    (DefinitionState, words.definition_word),
    (Binding, words.binding_word),
    (QualificationStatus, words.status_word),
    (CertificateType, certificate_words.certificate_type_word),
    (CertificateState, certificate_words.certificate_state_word),
)
MARKED = (
    (Severity, words.severity_mark),
    (DefinitionState, words.definition_mark),
    (QualificationStatus, words.status_mark),
    (CertificateState, certificate_words.certificate_state_mark),
)


@pytest.mark.parametrize(("kind", "word"), WORDED, ids=lambda item: getattr(item, "__name__", ""))
def test_every_value_has_a_word_of_its_own(kind: type[Enum], word: object) -> None:
    said = [word(value) for value in kind]  # type: ignore[operator]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("kind", "mark"), MARKED, ids=lambda item: getattr(item, "__name__", ""))
def test_every_mark_can_be_drawn(kind: type[Enum], mark: object) -> None:
    assert all(mark(value) in MARKS for value in kind)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("layer_height_mm", ("Layer height", "mm")),
        ("print_speed_mm_s", ("Print speed", "mm/s")),
        ("chamber_temperature_c", ("Chamber temperature", "°C")),
        ("infill_percent", ("Infill", "%")),
        ("supports", ("Supports", "")),
        ("mm", ("Mm", "")),
        ("colour_code", ("Colour code", "")),
    ],
)
def test_a_field_name_gives_its_unit_away(name: str, expected: tuple[str, str]) -> None:
    assert words.split_field_name(name) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (("layer_height_mm", Binding.KEY, "0.1", None, None), "0.1 mm"),
        (("infill_percent", Binding.RANGE, "", 30.0, 60.0), "30 to 60 %"),
        (("infill_percent", Binding.RANGE, "40", 30.0, 60.0), "30 to 60, nominal 40 %"),
        (("supports", Binding.CHOICE, "", None, None), ""),
    ],
)
def test_a_field_says_what_it_demands(field: tuple[object, ...], expected: str) -> None:
    name, binding, value, low, high = field
    shown = DefinitionField(
        definition_id=1,
        name=name,  # type: ignore[arg-type]
        binding=binding,  # type: ignore[arg-type]
        value=value,  # type: ignore[arg-type]
        minimum=low,  # type: ignore[arg-type]
        maximum=high,  # type: ignore[arg-type]
    )
    assert words.field_value(shown) == expected


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("", "", ""),
        ('""', "", "empty"),
        ("null", "", "empty"),
        ("true", "", "yes"),
        ("false", "", "no"),
        ("12.5", "", "12.5"),
        ('"in_review"', "state", "in review"),
        ('"leg_cap.stl"', "file_name", "leg_cap.stl"),
        ('{"id": 3, "name": "cap", "note": ""}', "", "Name cap"),
        ('{"name": "cap", "trial": true, "passed": false}', "", "Name cap, Trial yes, Passed no"),
        ('{"name": "cap", "stock": 0, "state": "in_review"}', "", "Name cap, State in review"),
        ("not json", "", "not json"),
    ],
)
def test_recorded_values_read_like_words(text: str, field: str, expected: str) -> None:
    assert words.recorded_value(text, field) == expected


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists))
def test_any_recorded_value_can_be_shown(value: object) -> None:
    assert isinstance(words.recorded_value(json.dumps(value)), str)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (12_345, "12.3 kB"),
        (999_990, "1.0 MB"),
        (5_000_000, "5.0 MB"),
        (7 * 10**9, "7.0 GB"),
        (7 * 10**12, "7,000.0 GB"),
    ],
)
def test_sizes_take_the_unit_that_suits(count: int, expected: str) -> None:
    assert words.size_text(count) == expected


def test_prices_name_their_price_unit() -> None:
    assert words.price_text("", 1, "EUR") == ""
    assert words.price_text("4.10", 1, "EUR") == "4.10 EUR"
    assert words.price_text("12.50", 100, "EUR") == "12.50 EUR for 100"


def test_export_units_and_months() -> None:
    assert words.export_word(" ") == "Not assessed"
    assert words.export_word("None") == "Assessed, not listed"
    assert words.export_word("2B001") == "2B001"
    assert words.unit_text(LengthUnit.INCH, UnitSource.USER) == "inch, stated by a person"
    assert words.month_text(date(2025, 3, 1)) == "2025-03"
    assert words.subject_word("stored_file") == "Stored file"
