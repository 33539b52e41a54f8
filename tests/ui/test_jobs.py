"""The job runner: where callbacks arrive, what happens to errors, cancelling and owners."""

import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.ui.jobs import Job, JobRunner, JobState

both_executors = pytest.mark.parametrize("jobs", ["inline", "threads"], indirect=True)
threads_only = pytest.mark.parametrize("jobs", ["threads"], indirect=True)


def finish(qtbot: QtBot, job: Job) -> None:
    if not job.state.over:
        qtbot.waitSignal(job.finished, timeout=10_000).wait()


@both_executors
def test_the_value_arrives_later_and_in_the_gui_thread(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, seen = QObject(), []

    def note(value: int) -> None:
        seen.append((value, threading.current_thread()))

    job = jobs.start(lambda progress: 42, owner=owner, done=note)
    assert seen == [], "never inside start, even when the work is done already"
    finish(qtbot, job)
    assert seen == [(42, threading.main_thread())]
    assert job.state is JobState.DONE
    assert jobs.active == ()


@threads_only
def test_work_runs_outside_the_gui_thread_and_writing_on_one_thread(
    qtbot: QtBot, jobs: JobRunner
) -> None:
    owner = QObject()
    names: list[str] = []
    at_work = threading.Semaphore(1)

    def write(progress: Progress) -> None:
        assert at_work.acquire(blocking=False), "two writers at once"
        time.sleep(0.005)
        names.append(threading.current_thread().name)
        at_work.release()

    started = [jobs.start(write, owner=owner, lane="write") for _ in range(8)]
    for job in started:
        finish(qtbot, job)
    assert [job.state for job in started] == [JobState.DONE] * 8
    assert len(set(names)) == 1
    assert threading.main_thread().name not in names


@threads_only
def test_reading_goes_on_while_something_is_written(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, release = QObject(), threading.Event()
    writing = jobs.start(lambda progress: release.wait(10), owner=owner, lane="write")
    reading = jobs.start(lambda progress: "read", owner=owner)
    finish(qtbot, reading)
    assert not writing.state.over
    release.set()
    finish(qtbot, writing)


@both_executors
def test_an_error_for_the_user_reaches_failed(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, errors, values = QObject(), [], []

    def work(progress: Progress) -> None:
        raise GeometryError("knob.stl: 12 bytes are missing.", hint="Export it again.")

    job = jobs.start(work, owner=owner, done=values.append, failed=errors.append)
    finish(qtbot, job)
    assert job.state is JobState.FAILED
    assert job.outcome_text == "knob.stl: 12 bytes are missing. Export it again."
    assert [type(error) for error in errors] == [GeometryError]
    assert values == []


@both_executors
def test_our_bug_reaches_the_crash_dialog_and_the_job_still_ends(
    qtbot: QtBot, jobs: JobRunner, crashes: list[BaseException]
) -> None:
    owner, errors = QObject(), []
    job = jobs.start(lambda progress: {}["missing"], owner=owner, failed=errors.append)
    finish(qtbot, job)
    assert job.state is JobState.CRASHED
    assert errors == []
    assert [type(crash) for crash in crashes] == [KeyError]
    assert crashes[0].__traceback__ is not None
    crashes.clear()


@both_executors
def test_an_error_nobody_would_show_counts_as_a_crash(
    qtbot: QtBot, jobs: JobRunner, crashes: list[BaseException]
) -> None:
    owner = QObject()

    def work(progress: Progress) -> None:
        raise GeometryError("unseen")

    finish(qtbot, jobs.start(work, owner=owner))
    assert [type(crash) for crash in crashes] == [GeometryError]
    crashes.clear()


@threads_only
def test_a_cancelled_job_calls_nobody_but_says_it_is_over(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, called, started = QObject(), [], threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.report(0.5)
            time.sleep(0.001)

    job = jobs.start(work, owner=owner, done=called.append, failed=called.append)
    assert started.wait(5)
    job.cancel()
    assert job.cancelling
    finish(qtbot, job)
    assert job.state is JobState.CANCELLED
    assert called == []


@threads_only
def test_a_job_cancelled_in_the_queue_never_works(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, worked, release = QObject(), [], threading.Event()
    jobs.start(lambda progress: release.wait(10), owner=owner, lane="write")
    waiting = jobs.start(lambda progress: worked.append(1), owner=owner, lane="write")
    waiting.cancel()
    release.set()
    finish(qtbot, waiting)
    assert waiting.state is JobState.CANCELLED
    assert worked == []


@threads_only
def test_work_that_was_done_before_the_wish_arrived_still_counts(
    qtbot: QtBot, jobs: JobRunner
) -> None:
    owner, values = QObject(), []

    def work(progress: Progress) -> str:
        while not progress.cancelled:
            time.sleep(0.001)
        return "written"

    job = jobs.start(work, owner=owner, done=values.append, lane="write")
    job.cancel()
    finish(qtbot, job)
    # The wish may be seen before the work starts; once it has written, that is told.
    assert (job.state, values) in [(JobState.DONE, ["written"]), (JobState.CANCELLED, [])]


@threads_only
def test_a_destroyed_owner_cancels_its_job_and_hears_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    parent = QObject()
    owner = QObject(parent)
    called, started = [], threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while not progress.cancelled:
            time.sleep(0.001)
        raise GeometryError("too late")

    job = jobs.start(work, owner=owner, done=called.append, failed=called.append)
    assert started.wait(5)
    shiboken6.delete(parent)
    assert job.cancelling
    finish(qtbot, job)
    assert called == []


@both_executors
def test_a_callback_that_breaks_does_not_keep_the_job_alive(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, over = QObject(), []

    def broken(value: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        job = jobs.start(lambda progress: 1, owner=owner, done=broken)
        job.finished.connect(lambda: over.append(True))
        finish(qtbot, job)
        QApplication.processEvents()
    assert [kind for kind, _value, _trace in caught] == [ZeroDivisionError]
    assert over == [True]
    assert jobs.active == ()


@threads_only
def test_progress_comes_at_most_20_times_a_second_and_the_last_word_is_never_lost(
    qtbot: QtBot, jobs: JobRunner
) -> None:
    owner, release = QObject(), threading.Event()
    seen: list[tuple[float, float, str]] = []

    def work(progress: Progress) -> None:
        for step in range(20_000):
            progress.report(step / 20_000, "fast")
        progress.report(0.75, "slow part")
        release.wait(10)

    job = jobs.start(work, owner=owner)
    job.progressed.connect(lambda share, text: seen.append((time.monotonic(), share, text)))
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][2] == "slow part", timeout=10_000)
    release.set()
    finish(qtbot, job)
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(seen)]
    assert all(gap >= 0.049 for gap in gaps)
    assert seen[-1][1:] == (0.75, "slow part")


@threads_only
def test_closing_stops_what_runs_and_delivers_nothing_more(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, called = QObject(), []

    def work(progress: Progress) -> None:
        while True:
            progress.check()
            time.sleep(0.001)

    for _ in range(6):
        jobs.start(work, owner=owner, done=called.append)
    jobs.close()
    QApplication.processEvents()
    assert called == []
    assert jobs.active == ()


@both_executors
def test_a_job_that_comes_after_closing_is_cancelled_at_once(qtbot: QtBot, jobs: JobRunner) -> None:
    owner, called = QObject(), []
    jobs.close()
    job = jobs.start(called.append, owner=owner, done=called.append, title="Too late")
    QApplication.processEvents()
    assert job.state is JobState.CANCELLED
    assert called == []
    assert jobs.active == ()


@threads_only
def test_five_thousand_jobs_come_back_in_any_order(
    qtbot: QtBot, jobs: JobRunner, settle: Callable[[], None]
) -> None:
    owner, values = QObject(), []

    def squared(number: int) -> Callable[[Progress], int]:
        return lambda progress: number * number

    for number in range(5000):
        jobs.start(squared(number), owner=owner, done=values.append)
    settle()
    assert sorted(values) == [number * number for number in range(5000)]
