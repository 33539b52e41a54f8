"""A registry takes ours and others', and survives a broken one."""

from importlib.metadata import EntryPoint

import pytest

from app.base.extensions import Registry


def test_what_is_registered_comes_back_in_order() -> None:
    registry: Registry[str] = Registry("everspare.test")
    registry.register("one", "first")
    registry.register("two", "second")
    assert list(registry) == ["first", "second"]
    assert registry["two"] == "second"
    assert registry.names() == ["one", "two"]


def test_a_name_cannot_be_taken_twice() -> None:
    registry: Registry[str] = Registry("everspare.test")
    registry.register("one", "first")
    with pytest.raises(ValueError, match="registered already"):
        registry.register("one", "other")
    assert registry["one"] == "first"


def test_an_installed_extension_is_loaded() -> None:
    registry: Registry[object] = Registry("everspare.test")
    failed = registry.load_installed([EntryPoint("pi", "math:pi", registry.group)])
    assert failed == []
    assert registry["pi"] == pytest.approx(3.14159, abs=1e-5)


def test_a_broken_extension_is_reported_and_the_others_still_load() -> None:
    registry: Registry[object] = Registry("everspare.test")
    failed = registry.load_installed(
        [
            EntryPoint("gone", "no_such_module_of_ours:reader", registry.group),
            EntryPoint("wrong", "math:no_such_name", registry.group),
            EntryPoint("e", "math:e", registry.group),
        ]
    )
    assert registry.names() == ["e"]
    assert ["“gone”" in str(failed[0]), "“wrong”" in str(failed[1])] == [True, True]
    assert registry.problems == tuple(failed)


def test_the_environment_is_searched_once() -> None:
    registry: Registry[object] = Registry("everspare.no_package_has_this")
    assert registry.load_installed() == []
    assert registry.load_installed() == []
    assert len(registry) == 0
