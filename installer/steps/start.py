"""Start the program in its environment; without a display, play the tour on a virtual one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from steps.environment import script
from steps.failures import StepFailed

_OPTIONS_WITH_VALUE = ("--library", "--user")


def start(root: Path, arguments: list[str], missing: Mapping[str, str]) -> int:
    """Run the program with these arguments; on Linux and macOS it takes this process's place.

    Raises:
        StepFailed: a window is wanted and system libraries that it needs are missing.
    """
    if wants_window(arguments):
        if missing:
            from steps.machine import advice

            reason = "pages and pictures need system libraries that are absent"
            raise StepFailed(reason, advice(dict(missing)))
        if not has_display(sys.platform, os.environ):
            folder = tour_folder(Path.cwd())
            arguments = ["tour", "--out", str(folder)]
            print(
                "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the "
                f"guided tour is played {_how()}; what it makes is in {folder}",
                file=sys.stderr,
            )
    command = [str(script(root, "everspare")), *arguments]
    for name in ("PYTHONPATH", "PYTHONHOME"):
        os.environ.pop(name, None)
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        import subprocess

        return subprocess.call(command)
    return os.execv(command[0], command)


def _how() -> str:
    """Say how the tour will be played; the program finds that out by the same question."""
    if shutil.which("Xvfb"):
        return "in the window on a virtual display"
    return "with commands, because Xvfb (Debian's package xvfb) is not installed"


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments open the window: no command, or `gui`."""
    rest = iter(arguments)
    for word in rest:
        if word in _OPTIONS_WITH_VALUE:
            next(rest, None)
        elif not word.startswith(tuple(f"{option}=" for option in _OPTIONS_WITH_VALUE)):
            return word == "gui"
    return True


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Tell whether windows can be shown; Windows and macOS always have a place for them."""
    if not platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def tour_folder(here: Path) -> Path:
    """Return where the tour may write: beside the caller, else in the system's temporary place."""
    if os.access(here, os.W_OK):
        return here / "everspare-tour"
    import tempfile

    return Path(tempfile.gettempdir()) / "everspare-tour"
