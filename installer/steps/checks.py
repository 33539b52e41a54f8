"""Every check of the project, in order, all of them even if one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from steps.environment import script
from steps.packages import clean_environ

DISPLAY = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24 +extension GLX"]


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]


@dataclass(frozen=True)
class Outcome:
    name: str
    status: int  # exit status of the command
    elapsed_s: float


def list_checks(root: Path, pytest_arguments: list[str], platform: str) -> list[Check]:
    """Return the checks in the order in which they run, the quick ones first."""
    ruff, contracts = str(script(root, "ruff")), str(script(root, "lint-imports"))
    # faulthandler tells where a crash inside Qt or VTK happened.
    pytest = [str(script(root, "python")), "-X", "faulthandler", "-m", "pytest"]
    # Two processes, each with a display of its own (tests/conftest.py): windows share their focus.
    # The run by keys alone waits in Qt's own file dialog, whose memory other tests would fill.
    keys = "tests/end_to_end/test_keyboard_only.py"
    suites = {
        "pytest": ["-n", "2", "--dist", "loadfile", "--ignore", keys],
        "pytest, keyboard": [keys],
    }
    if pytest_arguments:
        suites = {"pytest": pytest_arguments}
    display = DISPLAY if platform.startswith("linux") else []
    return [
        Check("ruff check", [ruff, "check", "."]),
        Check("ruff format", [ruff, "format", "--check", "."]),
        Check("mypy", [str(script(root, "python")), "-m", "mypy"]),
        Check("import contracts", [contracts]),
        Check("imports at run time", [contracts, "--config", ".ci/run_time_imports.toml"]),
        *(Check(name, [*display, *pytest, *words]) for name, words in suites.items()),
    ]


def suite_environ(runtime_folder: str, platform: str) -> dict[str, str]:
    """Return the environment in which windows behave alike on every machine."""
    environ = clean_environ() | {"QT_API": "pyside6", "LANGUAGE": "en"}
    if platform.startswith("linux"):
        environ |= {"QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        environ.setdefault("XDG_RUNTIME_DIR", runtime_folder)
        environ.pop("WAYLAND_DISPLAY", None)
    return environ


def run_checks(root: Path, pytest_arguments: list[str]) -> int:
    """Run all checks, print a line for each, and return 0 only if all passed."""
    with tempfile.TemporaryDirectory(prefix="everspare-") as folder:
        environ = suite_environ(folder, sys.platform)
        checks = list_checks(root, pytest_arguments, sys.platform)
        outcomes = [run_check(check, root, environ) for check in checks]
    print("\nSummary", flush=True)
    for outcome in outcomes:
        word = "passed" if outcome.status == 0 else f"FAILED (status {outcome.status})"
        print(f"  {outcome.name:<20} {outcome.elapsed_s:7.1f} s  {word}", flush=True)
    return 1 if any(outcome.status for outcome in outcomes) else 0


def run_check(check: Check, root: Path, environ: dict[str, str]) -> Outcome:
    """Run one command with its output shown; a command that cannot start has failed."""
    print(f"\n== {check.name}: {' '.join(map(os.path.basename, check.command[:1]))}", flush=True)
    began = time.monotonic()
    try:
        status = subprocess.run(
            check.command, cwd=root, env=environ, stdin=subprocess.DEVNULL, check=False
        ).returncode
    except OSError as error:
        print(f"{check.command[0]} cannot be started: {error.strerror}", flush=True)
        status = 127
    return Outcome(check.name, status, time.monotonic() - began)
