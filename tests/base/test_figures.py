"""Figures are written as the chosen language writes them, and stay beside their unit."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import i18n
from app.base.figures import figure, fixed_figure, unbroken, written_figure


@pytest.fixture
def german() -> Iterator[None]:
    before = i18n.language()
    i18n.use_language("de")
    yield
    i18n.use_language(before)


SHOWN = [
    (0, "0", "0"),
    (999, "999", "999"),
    (12_340, "12,340", "12.340"),
    (-1_234_567.5, "-1,234,567.5", "-1.234.567,5"),
    (0.333, "0.33", "0,33"),
    (148.0, "148", "148"),
    (1.001, "1", "1"),
    (0.001, "0.001", "0,001"),
    (100.0, "100", "100"),
]


@pytest.mark.parametrize(("value", "english", "_german"), SHOWN)
def test_figures_in_english(value: float, english: str, _german: str) -> None:
    assert figure(value) == english


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("value", "_english", "german_text"), SHOWN)
def test_figures_in_german(value: float, _english: str, german_text: str) -> None:
    assert figure(value) == german_text


@pytest.mark.usefixtures("german")
def test_measures_keep_their_decimals_and_written_numbers_their_own() -> None:
    assert fixed_figure(1042.0, 1) == "1.042,0"
    assert figure(0.125, most_decimals=6) == "0,125"
    assert written_figure("12.50") == "12,50"
    assert written_figure("PA 12") == "PA 12"
    assert written_figure("2.0.1") == "2.0.1"
    assert written_figure("2026") == "2026"


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_figure_read_back_is_the_value_to_its_decimals(value: float, decimals: int) -> None:
    for shown in (figure(value, decimals), fixed_figure(value, decimals)):
        assert float(shown.replace(",", "")) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-3)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a chance of 90 %, less 85 days", "a chance of 90\u00a0%, less 85 days"),
        ("42.0 × 31.0 mm", "42.0 × 31.0\u00a0mm"),
        ("12.5 cm³ and 3 mm³", "12.5\u00a0cm³ and 3\u00a0mm³"),
        ("in 5 minutes", "in 5 minutes"),
        ("part 7 has", "part 7 has"),
        ("%", "%"),
    ],
)
def test_a_unit_stays_beside_its_figure(text: str, shown: str) -> None:
    assert unbroken(text) == shown


@pytest.mark.parametrize("value", [2**53 + 1, 10**40, 10**400, -(10**40)])
def test_a_whole_number_keeps_every_digit(value: int) -> None:
    assert figure(value).replace(",", "") == str(value)
