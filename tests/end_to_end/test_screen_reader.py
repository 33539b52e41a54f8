"""The window as a screen reader finds it: through AT-SPI, from another process, page by page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.places import PAGES
from helpers.command_line import run_command

READER = Path(__file__).resolve().parents[1] / "helpers" / "screen_reader.py"
DISPLAY = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24 +extension GLX"]


@pytest.mark.slow
def test_a_screen_reader_finds_no_control_without_a_name(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert run_command("--library", library, "init", "--sample").status == 0
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    names = [page.title() for page in PAGES]
    environ = os.environ | {"XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [*DISPLAY, "dbus-run-session", "--", sys.executable, str(READER), str(library), *names],
        cwd=READER.parents[2],
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert {page: seen["nameless"] for page, seen in found.items()} == {page: [] for page in names}
    assert all(seen["controls"] > 15 and seen["objects"] > 40 for seen in found.values()), found
