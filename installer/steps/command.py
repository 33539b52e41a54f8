"""The three commands, and how their failures are told."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from steps import environment
from steps.failures import StepFailed

ROOT = Path(__file__).resolve().parents[2]

USAGE = """\
usage: python3 installer/bootstrap.py prepare | run [ARGS] | test [ARGS]

  prepare      make the environment in .venv/ (nothing is done when it is there already)
  run [ARGS]   prepare, then start Everspare with ARGS; without ARGS the window opens
  test [ARGS]  prepare, then run every check and the whole test suite; ARGS go to pytest
"""


def main(arguments: list[str]) -> int:
    """Do one command and return its exit status."""
    if not arguments or arguments[0] not in ("prepare", "run", "test"):
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return _do(arguments[0], arguments[1:])
    except StepFailed as failure:
        print(f"\n{failure.told()}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"\n{_told_of_the_system(error)}", file=sys.stderr)
        return 1


def _do(command: str, arguments: list[str]) -> int:
    if command == "test":
        environment.prepare(ROOT, "test")
        from steps.checks import run_checks

        return run_checks(ROOT, arguments)
    missing = environment.prepare(ROOT, "run")
    if command == "prepare":
        print(f"Everspare is ready: {environment.script(ROOT, 'everspare')}", file=sys.stderr)
        return 0
    from steps.start import start

    return start(ROOT, arguments, missing)


def _told_of_the_system(error: OSError) -> str:
    """Say in one sentence what the operating system refused."""
    where = error.filename or ROOT
    if error.errno == errno.ENOSPC:
        return StepFailed.disk_full(ROOT).told()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            f"Everspare cannot be prepared here: {where} may not be written. "
            "Copy the checkout to a folder of your own and run the command there."
        )
    return f"The system refused: {error.strerror or error} ({where})."
