"""Numbered steps, and what the output of other programs means."""

import errno
import io
import re
import sys
from pathlib import Path

import pytest

from steps import command
from steps.console import Steps
from steps.failures import NOT_OFFERED, CommandFailed, StepFailed, explain


@pytest.fixture
def shown() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def steps(tmp_path: Path, shown: io.StringIO) -> Steps:
    return Steps(2, tmp_path / "prepare.log", shown)


def test_steps_are_numbered_and_timed(steps: Steps, shown: io.StringIO) -> None:
    with steps.step("First"):
        steps.note("a note waits for the end of the line")
    with steps.step("Second"):
        pass
    lines = shown.getvalue().splitlines()
    assert re.fullmatch(r"\[1/2\] First  \d+\.\d s", lines[0])
    assert lines[1] == "a note waits for the end of the line"
    assert re.fullmatch(r"\[2/2\] Second  \d+\.\d s", lines[2])


def test_a_failure_names_its_step(steps: Steps) -> None:
    with pytest.raises(StepFailed) as caught, steps.step("Packages"):
        raise StepFailed("the shelf is empty", "Fill it.")
    assert caught.value.told() == "Step 1 of 2 (Packages) failed: the shelf is empty. Fill it."


def test_a_failing_command_is_explained_and_logged(steps: Steps, tmp_path: Path) -> None:
    script = "import sys; print('error: No space left on device (os error 28)'); sys.exit(2)"
    with pytest.raises(StepFailed) as caught, steps.step("Packages"):
        steps.call([sys.executable, "-c", script])
    assert "the disk is full" in caught.value.why
    log = (tmp_path / "prepare.log").read_text(encoding="utf-8")
    assert "No space left on device" in log
    assert str(tmp_path / "prepare.log") in caught.value.todo


def test_a_command_gets_no_input_and_returns_its_output(steps: Steps) -> None:
    script = "import sys; print(repr(sys.stdin.read()))"
    assert steps.call([sys.executable, "-c", script]).strip() == "''"


def test_a_command_that_is_absent_fails_like_any_other(steps: Steps) -> None:
    with pytest.raises(CommandFailed):
        steps.call(["/nonexistent/program"])


# Said by pip 23.0, uv 0.13 and apt 2.6.
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'\n"
            "ERROR: No matching distribution found for uv==0.13.9",
            "no connection",
        ),
        ("error: Request failed after 3 retries\n  Caused by: dns error", "no connection"),
        ("error: Failed to fetch: `https://x/y.whl`\n operation timed out", "no connection"),
        ("W: Failed to fetch http://x  Temporary failure resolving 'x'", "no connection"),
        ("ERROR: No matching distribution found for uv==0.13.9", NOT_OFFERED),
        ("error: Hash mismatch for `numpy==2.4.0`", "differs from what"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE", "differs from what"),
        ("  Caused by: Read-only file system (os error 30)", "may not be written"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "another program is installing"),
        ("  Caused by: invalid peer certificate: UnknownIssuer", "certificate"),
        ("failed to write; No space left on device\nerror: Failed to fetch", "disk is full"),
        ("one\n\ntwo\nthree\nfour\n", "two / three / four"),
        ("", "printed: nothing"),
    ],
)
def test_what_commands_print_becomes_a_sentence(said: str, meant: str, tmp_path: Path) -> None:
    failure = explain(said, tmp_path / "prepare.log")
    assert meant in failure.why
    assert failure.todo.endswith("prepare.log.")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "Copy the checkout"),
        (errno.EACCES, "Copy the checkout"),
        (errno.EIO, "The system refused"),
    ],
)
def test_what_the_system_refuses_is_told(
    number: int, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(root: Path, kind: str) -> dict[str, str]:
        raise OSError(number, "refused", str(root / ".venv"))

    monkeypatch.setattr("steps.environment.prepare", refuse)
    assert command.main(["prepare"]) == 1
    assert expected in capsys.readouterr().err


def test_an_interruption_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(root: Path, kind: str) -> dict[str, str]:
        raise KeyboardInterrupt

    monkeypatch.setattr("steps.environment.prepare", interrupt)
    assert command.main(["run"]) == 130
    assert "The same command goes on" in capsys.readouterr().err
