"""Words for records of any kind: every table and field has its own, values are told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app.base.i18n import use_language
from app.storage.registry import RECORDED, field_names, table_of
from app.ui import record_words
from app.ui.record_words import field_word, record_word, recorded_words


@pytest.fixture
def german() -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


@pytest.mark.parametrize("kind", RECORDED)
def test_every_recorded_field_has_a_word(kind: type[object]) -> None:
    known = record_words._field_words()
    for name in field_names(kind):
        assert name in known or name in record_words._HIDDEN, name


def test_every_kind_of_record_has_a_german_word(german: None) -> None:
    alike = {"product": "Produkt", "flag": "Beurteilung", "part": "Teil"}
    for table, word in alike.items():
        assert record_word(table) == word
    words = [record_word(table_of(kind).name) for kind in RECORDED]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("value", "table", "field", "words"),
    [
        ("under_test", "qualification", "state", "Under test"),
        ("released", "part_revision", "state", "Released"),
        ("withdrawn", "certificate", "state", "Withdrawn"),
        ("own", "part", "right_to_make", "Own design"),
        ("PBF", "machine", "process", "Powder bed fusion (PBF)"),
        ("end_of_service", "milestone", "kind", "End of service"),
        ("yes", "flag", "answer", "Eternal"),
        ("of_the_future", "part_revision", "state", "of_the_future"),
        (True, "evidence", "passed", "yes"),
        (None, "qualification", "valid_until", "empty"),
        ("", "part", "note", "empty"),
        (["a", "b"], "lot", "serials", "a, b"),
        (12.5, "supply_position", "stock", "12.5"),
    ],
)
def test_values_are_told(value: object, table: str, field: str, words: str) -> None:
    assert recorded_words(json.dumps(value), table, field) == words


def test_a_whole_record_is_told_field_by_field() -> None:
    text = json.dumps(
        {"id": 7, "version": 1, "number": "L-1", "serials": [], "note": "", "trial": False}
    )
    assert recorded_words(text, "lot") == "Number: L-1, Trial: no"
    told = recorded_words(json.dumps({"definition_id": 3, "number": "L-1"}), "lot")
    assert told == "Number: L-1, Definition no. in the library: 3"
    assert recorded_words("", "lot") == ""
    assert recorded_words("{broken", "lot") == "{broken"
    assert field_word("of_the_future") == "Of the future"
