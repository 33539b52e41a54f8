"""The collector of cycles rests while somebody holds it, and only then."""

import gc

import pytest

from app.base.garbage import without_collecting


@pytest.fixture(autouse=True)
def enabled() -> None:
    gc.enable()


def test_collecting_rests_until_the_last_one_is_done() -> None:
    with without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_lets_it_collect_again() -> None:
    with pytest.raises(KeyError), without_collecting():
        raise KeyError
    assert gc.isenabled()


def test_what_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
