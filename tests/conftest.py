"""Fixtures that every test may use: a real library, workers, the time and the services."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.base.clock import FixedClock

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.storage.library import Library
    from app.workers.pool import WorkerPool

TODAY = date(2026, 11, 23)
OWN_DISPLAY = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Give each of several test processes a display of its own: windows share their focus."""
    if not hasattr(config, "workerinput") or not sys.platform.startswith("linux"):
        return
    from app.ui.virtual_display import Display, shown_display

    shared = os.environ.pop("DISPLAY", None)
    stack = config.stash[OWN_DISPLAY] = ExitStack()
    if stack.enter_context(shown_display()) is not Display.VIRTUAL and shared:
        os.environ["DISPLAY"] = shared  # there is no Xvfb to start; one display must do


def pytest_unconfigure(config: pytest.Config) -> None:
    if OWN_DISPLAY in config.stash:
        config.stash[OWN_DISPLAY].close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, keys, logs and libraries of a test inside its own folder."""
    place = tmp_path / "home"
    monkeypatch.setenv("EVERSPARE_HOME", str(place))
    monkeypatch.setenv("LANGUAGE", "en")
    return place


@pytest.fixture
def frozen_today() -> date:
    return TODAY


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def empty_library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library made once; tests copy it, because building the schema takes its time."""
    from app.storage.opening import create_library

    folder = tmp_path_factory.mktemp("template") / "library"
    create_library(folder).close()
    return folder


@pytest.fixture
def library(empty_library_folder: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A real library in a temporary folder, its clock standing at `clock`."""
    import shutil

    from app.storage.opening import open_library

    folder = tmp_path / "library"
    shutil.copytree(empty_library_folder, folder)
    opened = open_library(folder, clock=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def workers() -> Iterator[WorkerPool]:
    """Warm worker processes, shared by all tests."""
    from app.workers.pool import WorkerPool

    with WorkerPool() as pool:
        yield pool


@pytest.fixture
def services(library: Library, workers: WorkerPool) -> Services:
    from app.base.settings import Settings
    from app.bootstrap import Services

    return Services(Settings(), library, workers, "Anna Tester")
