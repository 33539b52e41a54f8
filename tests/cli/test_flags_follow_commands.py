"""Whatever a command writes, the flags follow before it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import DiskFull
from app.domain.lifecycle.flag import Answer, Flag
from app.storage.opening import create_library, open_library
from helpers.command_line import Outcome, run_command
from helpers.life_cycle_samples import add_stethoscope

Run = Callable[..., Outcome]
TABLE = (
    "Part no,Description,Used in,Stock,Supplier,Last order date\n"
    "K1,Knob,Radio,0,Moldex,2020-06-30\n"
    "K2,Cap,Radio,5,Moldex,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_library(tmp_path / "spares").close()
    return tmp_path / "spares"


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *arguments: run_command("--library", folder, "--user", "Anna", *arguments)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(TABLE)
    return file


def stored(folder: Path) -> dict[int, Flag]:
    library = open_library(folder)
    with library.reading() as read:
        flags = {flag.part_id: flag for flag in read.fetch(Flag)}
    library.close()
    return flags


def acts(run: Run) -> list[str]:
    return [f"{entry['act']}: {entry['why']}" for entry in run("audit", "--json").json]


def test_import_undo_and_redo_bring_the_flags_along(run: Run, folder: Path, table: Path) -> None:
    run("product", "Radio", "--installed-base", "10")
    assert run("import", table, "--table", table).status == 0
    first = stored(folder)
    assert run("undo").status == 0
    undone = stored(folder)
    assert run("redo").status == 0

    assert [flag.answer for flag in first.values()] == [Answer.YES, Answer.UNKNOWN]
    assert undone == {}
    assert [flag.answer for flag in stored(folder).values()] == [Answer.YES, Answer.UNKNOWN]


def test_the_trail_names_the_command_as_the_cause(run: Run, table: Path) -> None:
    run("product", "Radio", "--installed-base", "10")
    run("import", table, "--table", table)
    trail = acts(run)

    assert trail[0] == "judge eternal spares: import list.csv"
    assert run("parts").status == run("part", "K1").status == run("check").status == 0
    assert acts(run) == trail


def test_a_dry_run_judges_nothing(run: Run, folder: Path, table: Path) -> None:
    assert run("import", table, "--table", table, "--dry-run").status == 0
    assert stored(folder) == {}
    assert acts(run) == []


def test_a_settled_right_changes_the_next_action(run: Run, folder: Path) -> None:
    library = open_library(folder)
    spring = add_stethoscope(library)["ST-1004"]
    library.close()
    run("flags")
    before = stored(folder)[spring]
    assert run("rights", "ST-1004", "--right", "own", "--why", "our design").status == 0
    after = stored(folder)[spring]

    assert before.next_action.startswith("Clarify who owns the design")
    assert after.next_action.startswith("Assess whether the part is under export control")


def test_made_up_parts_are_not_judged(run: Run, folder: Path) -> None:
    assert run("dev", "seed", "--parts", "20").status == 0
    assert stored(folder) == {}


def test_ctrl_c_while_judging_leaves_the_import_done(
    run: Run, folder: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.lifecycle import flag_spares

    judge = flag_spares.flag_spares

    def judge_and_be_interrupted(library, *, progress, **more):  # type: ignore[no-untyped-def]
        os.kill(os.getpid(), signal.SIGINT)
        return judge(library, progress=progress, **more)

    monkeypatch.setattr(flag_spares, "flag_spares", judge_and_be_interrupted)
    outcome = run("import", table, "--table", table)

    assert outcome.status == 0
    assert "2 parts catalogued" in outcome.output
    assert "The flags are older than the records (stopped)." in outcome.errors
    assert stored(folder) == {}


def test_a_failure_while_judging_leaves_the_import_done(
    run: Run, folder: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("app.cli.session.refresh_flags", fail)
    outcome = run("import", table, "--table", table)

    assert outcome.status == 0
    assert "The flags are older than the records (The disk is full.)." in outcome.errors
    assert "everspare flags" in outcome.errors
