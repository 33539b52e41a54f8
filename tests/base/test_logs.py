"""Logs: JSON lines in a file of this process, the last lines in a ring, crashes traced."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.logs import (
    KEPT_FILES,
    LogFiles,
    RolledFile,
    debug_log,
    recent_lines,
    start_logging,
)


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[LogFiles]:
    root = logging.getLogger()
    level = root.level
    started = start_logging(tmp_path)
    yield started
    started.close()
    root.setLevel(level)


def lines_of(logs: LogFiles) -> list[dict[str, object]]:
    assert logs.path is not None
    return [json.loads(line) for line in logs.path.read_text(encoding="utf-8").splitlines()]


def test_each_record_is_one_json_line(logs: LogFiles) -> None:
    logging.getLogger("app.thing").info("two\nlines of %s", "Käse", extra={"part": "ST-1002"})
    [entry] = lines_of(logs)
    assert entry["message"] == "two\nlines of Käse"
    assert entry["level"] == "info"
    assert entry["logger"] == "app.thing"
    assert entry["part"] == "ST-1002"
    assert str(entry["at"]).endswith("Z")


def test_a_traceback_is_kept(logs: LogFiles) -> None:
    try:
        raise KeyError("missing")
    except KeyError:
        logging.getLogger("app.thing").info("it broke", exc_info=True)
    [entry] = lines_of(logs)
    assert "KeyError: 'missing'" in str(entry["traceback"])
    assert any("KeyError: 'missing'" in line for line in recent_lines())


def test_the_ring_keeps_the_last_200_lines(logs: LogFiles) -> None:
    for number in range(500):
        logging.getLogger("app.thing").info("event %d", number)
    kept = recent_lines()
    assert len(kept) == 200
    assert kept[-1].endswith("event 499")
    assert kept[0].endswith("event 300")


def test_details_come_only_when_asked_for(tmp_path: Path) -> None:
    root = logging.getLogger()
    level = root.level
    started = start_logging(tmp_path, debug=" sql ,jobs")
    try:
        debug_log("sql").debug("SELECT 1")
        debug_log("signals").debug("not asked for")
        assert [entry["message"] for entry in lines_of(started)] == ["SELECT 1"]
    finally:
        started.close()
        root.setLevel(level)
        for option in ("sql", "jobs"):
            debug_log(option).setLevel(logging.NOTSET)


def test_an_unknown_debug_option_is_our_bug_in_code() -> None:
    with pytest.raises(ValueError, match="weather"):
        debug_log("weather")


def test_an_unknown_debug_option_of_the_user_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    level = logging.getLogger().level
    started = start_logging(tmp_path, debug="weather")
    started.close()
    logging.getLogger().setLevel(level)
    assert "'weather'" in caplog.text
    caplog.clear()


def test_old_files_are_pruned(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"everspare-20200101-0000{number:02d}-1.jsonl").write_text("{}\n")
    level = logging.getLogger().level
    started = start_logging(tmp_path)
    started.close()
    logging.getLogger().setLevel(level)
    kept = sorted(path.name for path in tmp_path.glob("*.jsonl"))
    assert len(kept) == KEPT_FILES
    assert "everspare-20200101-000024-1.jsonl" in kept
    assert "everspare-20200101-000000-1.jsonl" not in kept


def test_a_full_file_starts_anew_and_the_full_one_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    file = RolledFile(path, full_bytes=100)
    logger = logging.getLogger("rolled")
    logger.addHandler(file)
    try:
        for number in range(50):
            logger.warning("event %02d", number)  # 9 bytes with its end: 12 fill a file
    finally:
        logger.removeHandler(file)
        file.close()
    full = path.with_name("events.jsonl.1").read_text(encoding="utf-8").split("\n")
    assert full[0] == "event 36" and full[-2] == "event 47"
    assert path.read_text(encoding="utf-8").split() == ["event", "48", "event", "49"]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_cannot_be_rolled_is_written_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    (tmp_path / "events.jsonl.1" / "in the way").mkdir(parents=True)
    file = RolledFile(path, full_bytes=10)
    for number in range(3):
        file.emit(logging.makeLogRecord({"msg": f"event {number}"}))
    file.close()
    assert path.read_text(encoding="utf-8").splitlines() == ["event 0", "event 1", "event 2"]
    assert "Logging error" in capsys.readouterr().err


def test_no_folder_costs_the_file_not_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    level = logging.getLogger().level
    started = start_logging(tmp_path / "taken")
    logging.getLogger("app.thing").info("still here")
    assert started.path is None
    assert recent_lines()[-1].endswith("still here")
    started.close()
    logging.getLogger().setLevel(level)
    assert "no log file" in capsys.readouterr().err


def test_a_crash_below_python_leaves_its_stacks(tmp_path: Path) -> None:
    program = (
        "import ctypes, pathlib, sys\n"
        "from app.base.logs import start_logging\n"
        "start_logging(pathlib.Path(sys.argv[1])).trace_crashes()\n"
        "ctypes.string_at(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert ended.returncode != 0
    [trace] = tmp_path.glob("*.crash")
    assert "string_at" in trace.read_text()


def test_a_quiet_end_leaves_no_crash_file(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from app.base.logs import start_logging\n"
        "logs = start_logging(pathlib.Path(sys.argv[1]))\n"
        "logs.trace_crashes()\n"
        "logs.close()\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert list(tmp_path.glob("*.crash")) == []
