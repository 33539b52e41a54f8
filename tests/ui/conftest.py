"""What tests of the window share: a job runner, the theme, and a guard against leaks."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Services
from app.ui.change_bus import ChangeBus
from app.ui.context import UiContext
from app.ui.jobs import InlineExecutors, JobRunner, ThreadedExecutors
from app.ui.theme import Theme, current_theme


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A thread that a test leaves behind fails that test."""
    before = set(threading.enumerate())
    yield
    # The pool of workers lives for the whole session, and its own thread with it.
    ours = (thread for thread in threading.enumerate() if thread.name != "bury-idle-workers")
    left = [thread for thread in ours if thread not in before]
    for thread in left:
        thread.join(2.0)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def crashes() -> list[BaseException]:
    """What reached the crash handler; a test that expects a crash empties it."""
    return []


@pytest.fixture
def jobs(
    qapp: QApplication, request: pytest.FixtureRequest, crashes: list[BaseException]
) -> Iterator[JobRunner]:
    """A runner that works inline; `@pytest.mark.parametrize("jobs", ["threads"], indirect=True)`
    makes one that uses threads."""
    threads = getattr(request, "param", "inline") == "threads"
    runner = JobRunner(
        ThreadedExecutors() if threads else InlineExecutors(), on_crash=crashes.append
    )
    yield runner
    runner.close()
    assert crashes == []


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application's theme, worn by it as in the program."""
    theme = current_theme()
    theme.apply(qapp)
    return theme


@pytest.fixture(params=["light", "dark"])
def theme(dressed: Theme, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """The application's theme, once light and once dark."""
    theme = dressed
    theme.set_mode(request.param)
    yield theme
    theme.set_mode("system")


@pytest.fixture
def settle(qtbot: QtBot, jobs: JobRunner):  # type: ignore[no-untyped-def]
    """Call it to wait until no job is under way."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs.active, timeout=20_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def context(services: Services, jobs: JobRunner, qapp: QApplication, tmp_path: Path) -> UiContext:
    """What pages are made with: a real library, the job runner of this test, fresh state."""
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    return UiContext(services, jobs, ChangeBus(), current_theme(), state)
