"""Back and forward behave as in a browser."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.frame.navigation import Navigation
from app.ui.places import Place

PARTS, WORKLIST, A1, A2 = (
    Place("parts"),
    Place("worklist"),
    Place("part", "A1", "parts"),
    Place("part", "A2", "parts"),
)


def test_back_and_forward() -> None:
    way = Navigation(PARTS)
    way.visit(A1)
    way.visit(WORKLIST)
    assert way.back() == A1
    assert way.back() == PARTS
    assert not way.can_go_back
    assert way.back() == PARTS
    assert way.forward() == A1
    way.visit(A2)
    assert not way.can_go_forward
    assert way.back() == A1


def test_the_same_place_twice_is_one_step() -> None:
    way = Navigation(PARTS)
    way.visit(PARTS)
    assert not way.can_go_back


def test_walking_from_part_to_part_is_one_step_of_the_way() -> None:
    way = Navigation(PARTS)
    way.visit(A1)
    way.replace(A2)
    assert way.here == A2
    assert way.back() == PARTS
    assert way.forward() == A2


@given(st.lists(st.sampled_from(["back", "forward", "parts", "worklist", "A1"]), max_size=40))
def test_there_is_always_a_place(moves: list[str]) -> None:
    way = Navigation(PARTS)
    for move in moves:
        if move == "back":
            before = way.can_go_back
            way.back()
            assert way.can_go_forward or not before
        elif move == "forward":
            way.forward()
        else:
            way.visit(Place(move))
            assert way.here == Place(move)
            assert not way.can_go_forward or way.here == Place(move)
        assert isinstance(way.here, Place)
