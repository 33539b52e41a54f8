"""Sentences that are kept: told in the language of the reader, exactly as they were meant."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import i18n
from app.base.figures import figure
from app.base.told import (
    Told,
    keep_text,
    keep_told,
    read_text,
    retell,
    tell,
    tell_count,
    tell_list,
)

GERMAN = {
    "until {date}": "bis {date}",
    "{file} lasts {how}.": "{file} hält {how}.",
    "the stock": "der Bestand",
}


class _German(i18n._gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return GERMAN.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{count} Stück" if n == 1 else "{count} Stücke"


@pytest.fixture
def speak_german(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Call it to switch to a few German words."""
    yield lambda: monkeypatch.setattr(i18n, "_current", _German())


def test_a_told_sentence_is_an_ordinary_text() -> None:
    told = tell("{file} lasts {how}.", file="A", how=tell("until {date}", date="2027-01-02"))
    assert told == "A lasts until 2027-01-02."
    assert f"{told} {told.upper()}".startswith("A lasts until 2027-01-02. A LASTS")


def test_what_was_kept_is_told_in_another_language(speak_german: Callable[[], None]) -> None:
    told = tell("{file} lasts {how}.", file="A", how=tell("until {date}", date="2027-01-02"))
    kept = keep_text(told)
    speak_german()
    assert read_text(kept) == "A hält bis 2027-01-02."
    assert retell(keep_told(tell_count("{count} piece", "{count} pieces", 1))) == "1 Stück"
    assert retell(keep_told(tell_count("{count} piece", "{count} pieces", 3))) == "3 Stücke"


def test_what_is_kept_is_the_same_in_every_language(speak_german: Callable[[], None]) -> None:
    def sentence() -> str:
        lasts = tell("until {date}", date="2027-01-02")
        return tell(
            "{file} lasts {how}.", file=tell_list("; ", [tell("the stock"), "x"]), how=lasts
        )

    english, kept = sentence(), keep_text(sentence())
    speak_german()
    assert sentence() != english
    assert keep_text(sentence()) == kept


def test_a_sentence_that_travels_speaks_the_language_of_its_place(
    speak_german: Callable[[], None],
) -> None:
    told = tell("until {date}", date="2027-01-02")
    assert copy.deepcopy(told) == told
    travelling = pickle.dumps(told)
    speak_german()
    arrived = pickle.loads(travelling)
    assert isinstance(arrived, Told)
    assert arrived == "bis 2027-01-02"


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_kept_as_it_is_and_shown_as_a_figure(number: float) -> None:
    told = tell("{rate} a month", rate=number)
    assert json.loads(keep_text(told))[1] == {"rate": number}
    assert read_text(keep_text(told)) == told == f"{figure(number, 6)} a month"


def test_a_number_is_written_as_the_reader_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keep_text(tell("{rate} a month", rate=np.float64(1234.5)))
    assert read_text(kept) == "1,234.5 a month"
    assert tell("{count} pieces", count=np.int64(1234)) == "1,234 pieces"
    monkeypatch.setattr(i18n, "_language", "de")
    assert read_text(kept) == "1.234,5 a month"


def test_what_a_user_typed_is_never_translated(speak_german: Callable[[], None]) -> None:
    speak_german()
    assert read_text(keep_text("the stock")) == "the stock"
    assert read_text(keep_text(tell("the stock"))) == "der Bestand"


@given(st.text())
def test_every_typed_text_comes_back_as_it_was(text: str) -> None:
    assert read_text(keep_text(text)) == text


@given(st.dictionaries(st.sampled_from("abc"), st.text(), min_size=3))
def test_values_never_become_placeholders(values: dict[str, str]) -> None:
    told = tell("{a} and {b}, {c}", **values)
    assert told == f"{values['a']} and {values['b']}, {values['c']}"
    assert read_text(keep_text(told)) == told


def test_a_kept_sentence_cannot_reach_into_objects() -> None:
    kept = '["{date.__class__} {date:>99} {date}",{"date":"x"}]'
    assert read_text(kept) == "{date.__class__} {date:>99} x"


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "two"]])
def test_a_list_of_plain_texts_is_plain(texts: list[str]) -> None:
    joined = tell_list("; ", texts)
    assert joined == "; ".join(texts)
    assert not isinstance(joined, Told)


def test_a_list_of_braces_is_no_template() -> None:
    assert tell_list(", ", ["{a}", tell("the stock")]) == "{a}, the stock"


def test_a_placeholder_without_a_value_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        tell("until {date}", day="2027-01-02")


@pytest.mark.parametrize(
    "kept",
    [
        "[",
        '["until {date}",{}]',
        '["{count} lot",{"count":Infinity},"{count} lots"]',
        '["",{}]',
        '["a",{},"b"]',
        "[1,2]",
        '["a",{"b":null}]',
        '["{0}",{"b":1}]',
        '"open',
    ],
)
def test_a_damaged_sentence_is_shown_as_it_was_kept(kept: str) -> None:
    assert read_text(kept) == kept


@pytest.mark.parametrize("kept", [None, 3, [], ["a"], ["a", {}, 3], {"a": 1}])
def test_something_else_is_no_sentence(kept: object) -> None:
    with pytest.raises(ValueError, match="no sentence"):
        retell(kept)
