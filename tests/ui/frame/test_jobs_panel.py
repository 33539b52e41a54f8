"""The jobs panel and the status bar: what runs, stopping it, what came of it."""

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.ui.frame.jobs_panel import KEPT, JobsPanel, remaining_text
from app.ui.frame.status_bar import StatusBar
from app.ui.jobs import JobRunner, JobState

Settle = Callable[[], None]
threads_only = pytest.mark.parametrize("jobs", ["threads"], indirect=True)


@pytest.fixture
def panel(qtbot: QtBot, jobs: JobRunner) -> JobsPanel:
    made = JobsPanel(jobs)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_job_without_a_name_stays_out(panel: JobsPanel, jobs: JobRunner, settle: Settle) -> None:
    owner = QObject()
    jobs.start(lambda progress: 1, owner=owner)
    settle()
    assert panel.cards == ()


def test_the_outcome_stands_in_the_card(panel: JobsPanel, jobs: JobRunner, settle: Settle) -> None:
    owner, shown = QObject(), []

    def fail(progress: Progress) -> None:
        raise GeometryError("knob.stl is cut short.")

    good = jobs.start(lambda progress: 1, owner=owner, title="Import list")
    good.show_result = lambda: shown.append("list")
    good.outcome_text = "3 new"
    jobs.start(fail, owner=owner, failed=lambda error: None, title="Import knob")
    settle()
    bad_card, good_card = panel.cards
    assert bad_card.job.state is JobState.FAILED
    assert bad_card._text.text() == "knob.stl is cut short."
    assert bad_card.show_button.isHidden()
    assert good_card._status.text == "Done"
    assert good_card._text.text() == "3 new"
    assert good_card.stop_button.isHidden()
    good_card.show_button.click()
    assert shown == ["list"]


@threads_only
def test_stop_stops(panel: JobsPanel, jobs: JobRunner, settle: Settle, qtbot: QtBot) -> None:
    owner = QObject()

    def work(progress: Progress) -> None:
        while True:
            progress.report(0.4, "row 40 of 100")
            time.sleep(0.002)

    job = jobs.start(work, owner=owner, title="Import")
    [card] = panel.cards
    qtbot.waitUntil(lambda: card._text.text() == "row 40 of 100", timeout=5000)
    assert card._bar.value() == 400
    assert card._status.text == "Running"
    card.stop_button.click()
    assert card._status.text == "Stopping"
    settle()
    assert job.state is JobState.CANCELLED
    assert card._status.text == "Stopped"


def test_old_jobs_make_room(panel: JobsPanel, jobs: JobRunner, settle: Settle) -> None:
    owner = QObject()
    for number in range(KEPT + 5):
        jobs.start(lambda progress: 1, owner=owner, title=f"Job {number}")
        settle()
    assert len(panel.cards) == KEPT + 1
    assert panel.cards[0].job.title == f"Job {KEPT + 4}"


@pytest.mark.parametrize(
    ("elapsed", "share", "text"),
    [
        (1.0, 0.5, ""),
        (60.0, 0.01, ""),
        (10.0, 0.5, "under a minute left"),
        (60.0, 0.5, "1 minute left"),
        (600.0, 0.25, "30 minutes left"),
    ],
)
def test_time_left_is_guessed_only_when_there_is_something_to_go_by(
    elapsed: float, share: float, text: str
) -> None:
    assert remaining_text(elapsed, share) == text


@threads_only
def test_the_status_bar_counts_jobs(qtbot: QtBot, jobs: JobRunner, settle: Settle) -> None:
    owner, release = QObject(), threading.Event()
    undo = QAction("&Undo “import”")
    undo.setShortcut("Ctrl+Z")
    bar = StatusBar(undo, jobs)
    qtbot.addWidget(bar)
    bar.show()
    assert bar._jobs.text() == "No jobs running"
    assert bar._undo.text() == "Undo “import”"

    def work(progress: Progress) -> None:
        progress.report(0.5)
        release.wait(10)

    for _number in range(2):
        jobs.start(work, owner=owner, title="Import")
    qtbot.waitUntil(lambda: bar._jobs.text() == "2 jobs · 50 %", timeout=5000)
    assert bar._bar.isVisible()
    release.set()
    settle()
    assert bar._jobs.text() == "No jobs running"
    undo.setEnabled(False)
    assert not bar._undo_key.isVisible()
    bar.show_count("3 of 9 selected")
    assert bar.count_text == "3 of 9 selected"
