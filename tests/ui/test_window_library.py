"""Opening libraries for the window, and noticing what others write to them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.catalog.part import Part
from app.storage.opening import open_library
from app.ui.jobs import JobRunner
from app.ui.window_library import WindowLibrary
from helpers.builders import part

Settle = Callable[[], None]


@pytest.fixture
def window_library(jobs: JobRunner, qtbot: QtBot):  # type: ignore[no-untyped-def]
    made = WindowLibrary(jobs, "Anna")
    yield made
    made.close()


def test_a_new_library_is_made_and_said_to_be_new(
    window_library: WindowLibrary, tmp_path: Path, settle: Settle
) -> None:
    found: list[tuple[bool, str]] = []
    window_library.opened.connect(lambda o: found.append((o.is_new, o.services.user)))
    window_library.open(tmp_path / "new", create=True)
    settle()
    window_library.open(tmp_path / "new")
    settle()
    assert found == [(True, "Anna"), (False, "Anna")]


def test_a_missing_or_foreign_folder_is_refused_in_words_and_the_old_one_stays(
    window_library: WindowLibrary, tmp_path: Path, settle: Settle
) -> None:
    window_library.open(tmp_path / "good", create=True)
    settle()
    before = window_library.services
    refused: list[str] = []
    window_library.refused.connect(lambda _path, error: refused.append(str(error)))
    window_library.open(tmp_path / "missing")
    settle()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("not a library")
    window_library.open(tmp_path / "full", create=True)
    settle()
    assert len(refused) == 2
    assert "no library" in refused[0]
    assert "not empty" in refused[1]
    assert window_library.services is before


def test_what_another_process_writes_is_noticed(
    window_library: WindowLibrary, tmp_path: Path, settle: Settle
) -> None:
    window_library.open(tmp_path / "shared", create=True)
    settle()
    heard: list[bool] = []
    window_library.changed_elsewhere.connect(lambda changes: heard.append(changes.touches("part")))
    window_library._ask_version()
    settle()
    assert heard == []
    other = open_library(tmp_path / "shared")
    with other.writing(who="Ben", act="add") as write:
        write.insert([part("A1")])
    other.close()
    window_library._ask_version()
    settle()
    assert heard == [True]
    window_library._ask_version()
    settle()
    assert heard == [True]
    services = window_library.services
    assert services is not None
    with services.library.reading() as read:
        assert read.count(Part) == 1
