"""Whoever wrote something cannot approve it, however the name is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.domain.qualification.four_eyes import check_four_eyes, same_person

NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@pytest.mark.parametrize(
    "other", ["anna maier", " Anna  Maier ", "ANNA-MAIER", "Anna.Maier", "AnnaMaier", "Ánna Maïer"]
)
def test_spellings_of_one_name_are_one_person(other: str) -> None:
    assert same_person("Anna Maier", other)
    with pytest.raises(RuleViolation, match="cannot approve as well"):
        check_four_eyes("Anna Maier", other)


@given(NAMES)
def test_nobody_approves_their_own_work(name: str) -> None:
    with pytest.raises(RuleViolation):
        check_four_eyes(name, f"  {name.upper()} ")


def test_another_person_may() -> None:
    check_four_eyes("Anna Maier", "Ben Kolb")


@pytest.mark.parametrize(("author", "approver"), [("", "Ben"), ("Anna", " "), ("--", "Ben")])
def test_nameless_people_count_for_nothing(author: str, approver: str) -> None:
    with pytest.raises(RuleViolation):
        check_four_eyes(author, approver)
