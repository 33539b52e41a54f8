"""Which typed letters fit which words, and in what order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.palette.matching import fit


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("exp", "Export print package…"),
        ("pack exp", "Export print package…"),
        ("EPP", "Export print package…"),
        ("", "Undo"),
        ("colours dark", "Dark colours"),
        ("größ", "Größe zeigen"),
    ],
)
def test_beginnings_in_any_order_and_initials_fit(query: str, text: str) -> None:
    assert fit(query, text) is not None


@pytest.mark.parametrize(("query", "text"), [("xport", "Export"), ("exq", "Export"), ("p", "Undo")])
def test_letters_from_the_middle_do_not(query: str, text: str) -> None:
    assert fit(query, text) is None


def test_what_begins_with_the_query_comes_first() -> None:
    found = [fit("part", text) for text in ("Parts", "Next part", "Open the part page")]
    assert None not in found
    assert found == sorted(found, key=float)


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_text_can_be_typed(query: str, text: str) -> None:
    score = fit(query, text)
    assert score is None or score >= 0


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=5))
def test_a_text_fits_itself(words: list[str]) -> None:
    assert fit(" ".join(words), " ".join(words)) is not None
