"""Numbers as they are written in parts lists; the decimal mark is judged per column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.column_mapping import DecimalMark
from app.domain.catalog.heading_text import TimeUnit
from app.domain.catalog.number_text import Amount, Trouble, judge_decimal_mark, read_amount

COMMA, POINT = DecimalMark.COMMA, DecimalMark.POINT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1'234.50", "1234.50"),
        ("1 234,5", "1234.5"), ("1\u00a0234\u00a0567", "1234567"), ("1.234.567", "1234567"),
        ("13,66", "13.66"), ("13.66", "13.66"), ("0,500", "0.5"), ("0.500", "0.5"), (".5", "0.5"),
        ("12,", "12"), ("-3", "-3"), ("12,50-", "-12.50"), ("+7", "7"), ("0007", "7"),
    ],
)  # fmt: skip
def test_clear_numbers_need_no_column(text: str, value: str) -> None:
    assert read_amount(text, None) == Amount(Decimal(value))


@pytest.mark.parametrize("text", ["1.234", "12,500", "999.999"])
def test_number_with_two_readings_is_never_guessed(text: str) -> None:
    assert read_amount(text, None) is Trouble.AMBIGUOUS
    readings = {read_amount(text, mark).value for mark in DecimalMark}  # type: ignore[union-attr]
    assert len(readings) == 2


@pytest.mark.parametrize(
    "text",
    ["auf Anfrage", "1.2.3", "1,2,3", "--5", "1e5", "1E+05", "12a", "1 2", "1,,2", "∞", "NaN",
     "0x10", "1.23.456", "12.3456,7", "½", "٣", "-", "1/2", "3-4", "1" * 40,
     "1" + " " * 50_000 + "x"],
)  # fmt: skip
def test_what_is_no_number_is_said_so(text: str) -> None:
    for mark in (None, COMMA, POINT):
        assert read_amount(text, mark) is Trouble.NO_NUMBER


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("13,66 €", Amount(Decimal("13.66"), currency="EUR")),
        ("EUR 13,66", Amount(Decimal("13.66"), currency="EUR")),
        ("30 Tage", Amount(Decimal(30), time_unit=TimeUnit.DAYS)),
        ("4 weeks", Amount(Decimal(4), time_unit=TimeUnit.WEEKS)),
        ("3 %", Amount(Decimal(3), percent=True)),
        ("250 Stk.", Amount(Decimal(250))),
    ],
)
def test_units_beside_a_number_are_understood(text: str, amount: Amount) -> None:
    assert read_amount(text, None) == amount


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234", "13,66"], COMMA), (["1,234", "13.66"], POINT), (["1.234.567", "2.000"], COMMA),
        (["1.234", "2.000"], None), (["1,5", "1.5"], None), (["5", "7", "auf Anfrage"], None),
        (["0.125", "1.000"], POINT),
    ],
)  # fmt: skip
def test_clear_cells_decide_for_the_column(column: list[str], mark: DecimalMark | None) -> None:
    assert judge_decimal_mark(column) is mark


def german(value: Decimal) -> str:
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


amounts = st.decimals(0, 10**9, places=2)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_a_column_reads_back_as_written_in_either_style(values: list[Decimal]) -> None:
    for texts in ([german(value) for value in values], [f"{value:,f}" for value in values]):
        mark = judge_decimal_mark(texts)
        assert [read_amount(text, mark) for text in texts] == [Amount(value) for value in values]


@given(st.text(max_size=30), st.sampled_from([None, COMMA, POINT]))
def test_any_text_is_an_amount_or_a_trouble(text: str, mark: DecimalMark | None) -> None:
    read = read_amount(text, mark)
    assert isinstance(read, Trouble) or read.value.is_finite()


@given(st.decimals(0, 10**9, places=3), st.booleans())
def test_an_ambiguous_text_has_exactly_the_readings_of_its_marks(
    value: Decimal, point: bool
) -> None:
    text = f"{value:,f}" if point else german(value)
    read = read_amount(text, None)
    if isinstance(read, Amount):
        assert read.value == value
    else:
        assert read is Trouble.AMBIGUOUS
        assert read_amount(text, POINT if point else COMMA) == Amount(value)
