"""Pasted part numbers: lines, rows, columns of a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.part import number_key
from app.domain.inventory.pasted_numbers import PastedNumbers, read_lists, tell_apart

NUMBER = st.text(alphabet="ABC0129-", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("", []),
        (" \n\t\n", []),
        ("A1", [("A1",)]),
        ("A1\nA2\r\nA3", [("A1", "A2", "A3")]),
        ("A1, A2; A3\tA4", [("A1", "A2", "A3", "A4")]),
        ('"A1"\n"A 2"', [("A1", "A 2")]),
        ("A1\ta1\n0012, 12\nA2", [("A1", "0012", "A2")]),
        ("A1\tLeg cap\nA2\tLever", [("A1", "A2"), ("Leg cap", "Lever")]),
        ("A1\tLeg cap\nA2", [("A1", "Leg cap", "A2")]),
    ],
)
def test_what_a_text_may_mean(text: str, lists: list[tuple[str, ...]]) -> None:
    assert [tuple(found) for found in read_lists(text)] == lists


def test_the_column_with_the_known_numbers_is_taken() -> None:
    lists = read_lists("1\tA1\tcap\n2\tA2\tlever\n3\tX9\tclip")
    assert tell_apart(lists, {"a1", "a2"}) == PastedNumbers(("A1", "A2"), ("X9",))


def test_two_columns_of_numbers_are_taken_both() -> None:
    lists = read_lists("A1, A2\nA3, A4")
    assert tell_apart(lists, {"a1", "a3", "a4"}) == PastedNumbers(("A1", "A3", "A4"), ("A2",))


def test_a_quantity_that_happens_to_be_a_number_is_no_column_of_numbers() -> None:
    lists = read_lists("A1\t12\nA2\t3\nA3\t4")
    assert tell_apart(lists, {"a1", "a2", "a3", "12"}).all == ("A1", "A2", "A3")


def test_where_nothing_is_known_the_first_column_is_missing() -> None:
    lists = read_lists("A1\tcap\nA2\tlever")
    assert tell_apart(lists, set()) == PastedNumbers((), ("A1", "A2"))
    assert tell_apart([], {"a1"}) == PastedNumbers()


@given(st.lists(NUMBER, min_size=1, max_size=30), st.sets(NUMBER, max_size=10))
def test_every_number_is_told_once(numbers: list[str], known: set[str]) -> None:
    keys = {number_key(number) for number in known}
    told = tell_apart(read_lists("\n".join(numbers)), keys)
    assert {number_key(number) for number in told.all} == {number_key(n) for n in numbers}
    assert len({number_key(number) for number in told.all}) == len(told.all)
    assert {number_key(number) for number in told.found} <= keys
    assert not {number_key(number) for number in told.missing} & keys
