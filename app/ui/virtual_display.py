"""A display for windows: the one that is there, else one of our own. Knows no Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_SCREEN = "1920x1080x24"
_PATIENCE_S = 10.0


class Display(Enum):
    """Where windows are shown."""

    PRESENT = "present"
    VIRTUAL = "virtual"
    MISSING = "missing"


def display_is_missing() -> bool:
    """Whether this is a system whose windows need a display that is not there."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def shown_display() -> Iterator[Display]:
    """Make sure of a display while the context lasts: Xvfb is started where none is there."""
    if not display_is_missing():
        yield Display.PRESENT
        return
    import shutil  # the window asks this module before its first paint

    program = shutil.which("Xvfb")
    server, name = _start(program) if program else (None, "")
    if server is None:
        yield Display.MISSING
        return
    os.environ["DISPLAY"] = name
    try:
        yield Display.VIRTUAL
    finally:
        del os.environ["DISPLAY"]
        _stop(server)


def _start(program: str) -> tuple[subprocess.Popen[bytes] | None, str]:
    """Start a server that chooses a free number itself; ("" without one)."""
    import subprocess

    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", _SCREEN]
    command += ["+extension", "GLX", "-nolisten", "tcp"]
    try:
        server = subprocess.Popen(
            command,
            pass_fds=(writing,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        os.close(reading)
        return None, ""
    finally:
        os.close(writing)
    number = _read_number(reading)
    os.close(reading)
    if number:
        return server, f":{number}"
    _stop(server)
    return None, ""


def _read_number(pipe: int) -> str:
    """Return the number that the server writes once it listens; "" if it never does."""
    import select

    told = b""
    while not told.endswith(b"\n"):
        ready, _writable, _odd = select.select([pipe], [], [], _PATIENCE_S)
        piece = os.read(pipe, 16) if ready else b""
        if not piece:
            return ""
        told += piece
    return told.decode("ascii", "replace").strip()


def _stop(server: subprocess.Popen[bytes]) -> None:
    import subprocess

    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(_PATIENCE_S)
        return
    server.kill()
    server.wait()
