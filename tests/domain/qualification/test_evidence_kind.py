"""Kinds of evidence: known ones are kept in one language and read in any."""

from pathlib import Path

import pytest

from app.base.i18n import use_language
from app.domain.qualification.evidence_kind import KINDS, evidence_kind_of, evidence_kind_word
from helpers.languages import provide_words


@pytest.fixture(autouse=True)
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provide_words(tmp_path / "words", monkeypatch)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_known_kind_is_the_same_whatever_language_named_it(language: str) -> None:
    use_language(language)
    named = [evidence_kind_word(kind) for kind in KINDS]
    assert [evidence_kind_of(f" {word.upper()} ") for word in named] == list(KINDS)
    assert (named == list(KINDS)) is (language == "en")


def test_what_somebody_typed_stays_as_it_is() -> None:
    use_language("de")
    assert evidence_kind_of(" CT scan ") == "CT scan"
    assert evidence_kind_word("CT scan") == "CT scan"
