"""Small pictures: what is stopped or refused must not keep the others from coming."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.base.errors import Cancelled, GeometryError
from app.domain.catalog.length_unit import LengthUnit
from app.ui.catalog import part_pictures
from app.ui.catalog.part_pictures import Key, PartPictures
from app.ui.context import UiContext
from app.ui.jobs import JobRunner
from helpers.stored_parts import StoredPart

FETCH = "app.services.catalog.fetch_thumbnail.fetch_thumbnail"
Store, Settle = Callable[..., StoredPart], Callable[[], None]


@pytest.fixture
def pictures(context: UiContext, jobs: JobRunner) -> PartPictures:
    made = PartPictures(jobs)
    made.attach(context.services)
    return made


def _key(stored: StoredPart) -> Key:
    return stored.sha256, LengthUnit.MM


def test_a_picture_that_was_stopped_does_not_hold_up_the_next(
    pictures: PartPictures,
    store: Store,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = _key(store("A1")), _key(store("A2", x_mm=50.0))

    def stop(*_what: object, **_more: object) -> bytes:
        raise Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(FETCH, stop)
        assert pictures.pixmap(first, 32) is None
        qtbot.wait(1)
        settle()
    assert pictures.pixmap(second, 32) is None
    qtbot.waitUntil(lambda: pictures.pixmap(second, 32) is not None)


def test_a_refusal_is_told_once_and_another_library_is_asked_afresh(
    pictures: PartPictures,
    context: UiContext,
    store: Store,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = _key(store("A1"))
    told: list[tuple[Key, str]] = []
    pictures.failed.connect(lambda what, error: told.append((what, str(error))))

    def refuse(*_what: object, **_more: object) -> bytes:
        raise GeometryError("A1.stl is damaged.")

    with monkeypatch.context() as patched:
        patched.setattr(FETCH, refuse)
        for _painted in range(3):
            assert pictures.pixmap(key, 32) is None
            qtbot.wait(1)
            settle()
    assert told == [(key, "A1.stl is damaged.")]
    pictures.attach(context.services)
    qtbot.waitUntil(lambda: pictures.pixmap(key, 32) is not None)


def test_what_was_not_seen_for_long_gives_its_memory_back(
    pictures: PartPictures,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(part_pictures, "KEPT_BYTES", 3 * 32 * 32 * 4)
    keys = [_key(store(f"A{number}", x_mm=20.0 + number)) for number in range(4)]
    for key in keys:
        qtbot.waitUntil(lambda key=key: pictures.pixmap(key, 32) is not None)  # type: ignore[misc]
    assert [pictures.pixmap(key, 32) is not None for key in keys[1:]] == [True] * 3
    assert pictures.pixmap(keys[0], 32) is None
