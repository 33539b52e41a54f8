"""The score that people see follows the rank."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.lifecycle.score import BREACH, score_of

RANKS = st.floats(0, 60) | st.floats(BREACH, BREACH + 60)


@given(RANKS, RANKS)
def test_a_higher_rank_never_scores_less(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0 <= score_of(low) <= score_of(high) <= 100


def test_broken_promises_stand_above_all_others() -> None:
    assert score_of(0) == 0
    assert score_of(5) == 44
    assert score_of(60) < 90 <= score_of(BREACH)
