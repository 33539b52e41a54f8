"""What acts tell of their changes can be joined in any order, and nothing is forgotten."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import Changes

KINDS = ("part", "flag", "lot")
ids = st.one_of(st.none(), st.frozensets(st.integers(1, 5), max_size=3))
changes = st.dictionaries(st.sampled_from(KINDS), ids).map(Changes)


def touched(told: Changes) -> dict[str, frozenset[int] | None]:
    """Return what was changed, kinds of which nothing was changed left out."""
    return {kind: found for kind, found in told.ids.items() if found != frozenset()}


@given(changes, changes, changes)
def test_joining_has_no_order(one: Changes, two: Changes, three: Changes) -> None:
    assert touched(one | two) == touched(two | one)
    assert touched((one | two) | three) == touched(one | (two | three))
    assert touched(one | one) == touched(one | Changes()) == touched(one)


@given(changes, changes)
def test_the_whole_touches_what_a_piece_touches(one: Changes, two: Changes) -> None:
    for kind in KINDS:
        assert (one | two).touches(kind) == (one.touches(kind) or two.touches(kind))
    assert bool(one | two) == (bool(one) or bool(two))
    assert bool(one) == one.touches(*KINDS)


def test_all_of_a_kind_swallows_single_ids() -> None:
    joined = Changes.of("part", [1, 2]) | Changes.everything_of("part", "flag")
    assert joined.ids == {"part": None, "flag": None}
    assert joined.touches("flag")
    assert not joined.touches("lot")


def test_nothing_changed_is_nothing() -> None:
    assert not Changes()
    assert not Changes.of("part", [])
    assert not Changes.of("part", []).touches("part")
