"""Workers crash, hang, hog and lie; the pool and everybody else's work go on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from app.base import i18n
from app.base.errors import Cancelled, GeometryError, TableError
from app.base.progress import Progress
from app.workers.limits import Limits
from app.workers.pool import WorkerPool
from app.workers.process import WorkerProcess
from helpers import worker_tasks as tasks

SMALL = Limits(deadline_s=20, memory_mb=256, result_mb=4)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(limits=SMALL) as opened:
        yield opened


@pytest.fixture(autouse=True)
def usable_afterwards(pool: WorkerPool) -> Iterator[None]:
    yield
    assert pool.run(tasks.double, 21) == 42


def failure(pool: WorkerPool, task: object, *args: object, **options: float) -> str:
    with pytest.raises(GeometryError) as caught:
        pool.run(task, *args, about="part.stl", **options)  # type: ignore[arg-type]
    assert caught.value.message.startswith("part.stl ")
    return str(caught.value)


def own_workers() -> list[psutil.Process]:
    """Return worker processes of this one; Python's own resource tracker is none."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "resource_tracker" not in " ".join(child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


def test_a_task_returns_its_value_and_the_worker_stays_warm(pool: WorkerPool) -> None:
    first = pool.run(tasks.my_pid)
    assert first != os.getpid()
    assert pool.run(tasks.my_pid) == first


def test_a_crash_costs_only_its_own_task(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(2) as threads:
        crashed = threads.submit(failure, pool, tasks.crash)
        fine = [threads.submit(pool.run, tasks.double, n) for n in range(20)]
        assert [future.result() for future in fine] == [2 * n for n in range(20)]
        assert "the reader stopped (SIGSEGV)" in crashed.result()
    assert "SIGSEGV" in failure(pool, tasks.read_address_zero)
    assert "exit 3" in failure(pool, tasks.leave_quietly)


def test_a_hanging_task_is_stopped_at_its_deadline(pool: WorkerPool) -> None:
    assert "was stopped after 0.5 s" in failure(pool, tasks.hang, deadline_s=0.5)
    text = failure(pool, tasks.hang_holding_the_interpreter, deadline_s=0.5)
    assert "was stopped after 0.5 s" in text


def test_a_memory_hog_is_stopped(pool: WorkerPool) -> None:
    for task, arguments in [(tasks.eat_memory, (64, False)), (tasks.eat_memory, (64, True))]:
        assert "more than 256 MB of memory" in failure(pool, task, *arguments)
    assert "could not be read" in failure(pool, tasks.eat_memory_and_hide_it)


def test_memory_is_also_watched_from_outside() -> None:
    with WorkerPool(1, Limits(memory_mb=128, deadline_s=20)) as watched:
        worker = psutil.Process(watched.run(tasks.my_pid))
        hard = worker.rlimit(psutil.RLIMIT_AS)[1]
        worker.rlimit(psutil.RLIMIT_AS, (hard, hard))  # as on systems that have no such limit
        assert "more than 128 MB of memory" in failure(watched, tasks.eat_memory, 16)


def test_a_result_that_is_too_large_is_not_sent(pool: WorkerPool) -> None:
    assert "its result is too large" in failure(pool, tasks.return_too_much)


def test_errors_meant_for_the_user_arrive_as_they_were_raised(pool: WorkerPool) -> None:
    with pytest.raises(GeometryError) as caught:
        pool.run(tasks.refuse)
    assert (caught.value.message, caught.value.hint) == ("The file is odd.", "Look again.")
    with pytest.raises(TableError, match="Row 7"):
        pool.run(tasks.refuse_table)


def test_anything_else_becomes_a_sentence_that_names_the_file(pool: WorkerPool) -> None:
    assert "KeyError: 'a bug of a reader'" in failure(pool, tasks.raise_bug)
    assert "SystemExit" in failure(pool, tasks.raise_system_exit)


def test_answers_that_are_no_plain_values_are_not_believed(
    pool: WorkerPool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "unexpected answer" in failure(pool, tasks.return_trap)
    assert "unexpected answer" in failure(pool, tasks.return_code)
    assert "executed" not in capfd.readouterr().out


@pytest.mark.parametrize(
    "task", [tasks.open_socket, tasks.open_address, tasks.start_program, tasks.shell_out]
)
def test_network_and_programs_are_refused(pool: WorkerPool, task: object) -> None:
    assert "a worker may not use" in failure(pool, task)


def test_noise_of_libraries_stays_out_of_standard_output(
    pool: WorkerPool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert pool.run(tasks.print_noise) == "done"
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_cancelling_stops_the_task_at_once(pool: WorkerPool) -> None:
    progress = Progress()
    threading.Timer(0.3, progress.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        pool.run(tasks.hang, progress=progress)
    assert time.monotonic() - started < 5


def test_cancelling_while_waiting_for_a_free_worker() -> None:
    with WorkerPool(1, SMALL) as single:
        progress = Progress()
        with ThreadPoolExecutor(1) as threads:
            busy = threads.submit(single.run, tasks.my_pid, 1.0)
            while single.busy == 0:
                time.sleep(0.01)
            progress.cancel()
            with pytest.raises(Cancelled):
                single.run(tasks.double, 1, progress=progress)
            assert busy.result() > 0


def test_many_threads_share_few_workers(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        pids = set(threads.map(lambda _: pool.run(tasks.my_pid, 0.02), range(40)))
    assert len(pids) <= pool.size


def test_the_language_travels_with_the_task(pool: WorkerPool) -> None:
    before = i18n.language()
    try:
        for code in ("de", "en"):
            i18n.use_language(code)
            assert pool.run(tasks.language_in_use) == code
    finally:
        i18n.use_language(before)


def test_a_worker_inherits_no_file_of_the_program(pool: WorkerPool, tmp_path: Path) -> None:
    database = tmp_path / "library.sqlite"
    with database.open("w") as kept_open:
        os.set_inheritable(kept_open.fileno(), True)
        with WorkerPool(1, SMALL) as fresh:
            assert str(database) not in fresh.run(tasks.open_files)


def test_a_worker_has_neither_window_nor_database_in_it(pool: WorkerPool) -> None:
    loaded = set(pool.run(tasks.loaded_modules))
    assert not loaded & {"PySide6", "sqlalchemy", "sqlmodel", "vtk", "pyvista", "app.ui"}


def test_an_idle_worker_ends_by_itself_and_is_replaced() -> None:
    with WorkerPool(1, Limits(idle_s=0.2)) as brief:
        first = brief.run(tasks.my_pid)
        deadline = time.monotonic() + 10
        while psutil.pid_exists(first):  # a zombie would exist
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert brief.run(tasks.my_pid) != first


def test_a_worker_whose_end_somebody_else_has_seen_is_replaced() -> None:
    with WorkerPool(1, SMALL) as fresh:
        first = fresh.run(tasks.my_pid)
        psutil.Process(first).kill()
        os.waitpid(first, 0)
        assert fresh.run(tasks.my_pid) != first


def test_a_worker_killed_between_two_tasks_is_replaced_silently() -> None:
    with WorkerPool(1, SMALL) as fresh:
        first = fresh.run(tasks.my_pid)
        psutil.Process(first).kill()
        assert fresh.run(tasks.my_pid) != first


def test_closing_leaves_no_process_no_zombie_and_no_scratch_file() -> None:
    before = {child.pid for child in own_workers()}
    pool = WorkerPool(2, SMALL)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: pool.run(tasks.my_pid, 0.1), range(4)))
    scratch = pool.scratch
    assert len({child.pid for child in own_workers()} - before) == 2
    pool.close()
    pool.close()
    assert {child.pid for child in own_workers()} == before
    assert not scratch.exists()
    with pytest.raises(RuntimeError, match="closed"):
        pool.run(tasks.double, 1)


def test_closing_ends_tasks_that_still_run() -> None:
    pool = WorkerPool(1, SMALL)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(pool.run, tasks.hang)
        while not pool.busy:
            time.sleep(0.01)
        pool.close()
        with pytest.raises(Cancelled):
            running.result()


@pytest.mark.parametrize("started", [False, True], ids=["before the start", "after the start"])
def test_a_pool_closed_while_a_worker_starts_cancels_and_leaves_none(
    monkeypatch: pytest.MonkeyPatch, started: bool
) -> None:
    before = {child.pid for child in own_workers()}
    start = WorkerPool._start

    def closed_meanwhile(pool: WorkerPool) -> WorkerProcess:
        worker = start(pool) if started else None
        threading.Thread(target=pool.close).start()
        while not pool._closed:
            time.sleep(0.01)
        return worker or start(pool)

    monkeypatch.setattr(WorkerPool, "_start", closed_meanwhile)
    pool = WorkerPool(1, SMALL)
    with pytest.raises(Cancelled):
        pool.run(tasks.hang)
    assert {child.pid for child in own_workers()} == before


def test_no_process_starts_before_there_is_work() -> None:
    before = len(own_workers())
    with WorkerPool():
        assert len(own_workers()) == before


def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import sys, threading\n"
        "from app.workers.pool import WorkerPool\n"
        "from helpers import worker_tasks as tasks\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool()\n"
        "    busy = threading.Thread(target=pool.run, args=(tasks.hang,), daemon=True)\n"
        "    pids = [pool.run(tasks.my_pid)]\n"
        "    busy.start()\n"
        "    pids.append(pool.run(tasks.my_pid))\n"
        "    print(*pids, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    program = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    pids = [int(word) for word in program.stdout.readline().split()]
    workers = list(psutil.Process(program.pid).children())
    assert len(pids) == 2
    program.kill()
    program.communicate()
    gone, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []
    assert len(gone) >= 2
