"""SIGKILL at random moments of an import: the library stays whole, nothing confirmed is lost.

`EVERSPARE_KILLS` sets how many moments are tried (the ordinary run tries a few).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import trimesh

from helpers.command_line import run_command

KILLS = int(os.environ.get("EVERSPARE_KILLS", "6"))
CONFIRMED, MORE = 5, 30

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60 + 20 * KILLS)]


def make_parts(folder: Path, first: int, count: int) -> None:
    """Write `count` boxes of different size and a list that names them."""
    folder.mkdir()
    lines = ["Part No;File;Description;Stock"]
    for n in range(first, first + count):
        box = trimesh.creation.box((10 + n, 20, 5))
        box.export(folder / f"box{n}.stl")
        lines.append(f"B-{n:03};box{n}.stl;Box {n};{n}")
    (folder / "list.csv").write_text("\n".join(lines))


def import_command(library: Path, folder: Path) -> list[str]:
    words = ["--library", str(library), "import", str(folder), "--table", str(folder / "list.csv")]
    return [sys.executable, "-m", "app", *words]


def numbers(library: Path) -> set[str]:
    rows = run_command("--library", library, "parts", "--json").json
    assert all(row["sha256"] for row in rows), "a part without its file was committed"
    return {row["number"] for row in rows}


def test_kills_at_random_moments(tmp_path: Path) -> None:
    make_parts(tmp_path / "first", 0, CONFIRMED)
    make_parts(tmp_path / "more", 100, MORE)
    library = tmp_path / "library"
    assert run_command("--library", library, "init").status == 0
    subprocess.run(import_command(library, tmp_path / "first"), check=True, capture_output=True)
    started = time.monotonic()
    reference = tmp_path / "reference"
    run_command("--library", reference, "init")
    subprocess.run(import_command(reference, tmp_path / "more"), check=True, capture_output=True)
    whole_s = time.monotonic() - started

    chance = random.Random(20261123)
    confirmed = numbers(library)
    assert len(confirmed) == CONFIRMED
    interrupted = 0
    for _round in range(KILLS):
        moment_s = chance.uniform(0.2, whole_s)
        process = subprocess.Popen(
            import_command(library, tmp_path / "more"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment_s)
        process.send_signal(signal.SIGKILL)
        interrupted += process.wait() == -signal.SIGKILL
        found = numbers(library)
        assert confirmed <= found, f"lost after a kill at {moment_s:.3f} s"
        confirmed = found
        checked = run_command("--library", library, "check")
        assert checked.status == 0, f"killed at {moment_s:.3f} s: {checked.output}"
        assert not list((library / "objects" / "incoming").iterdir())
        if len(found) == CONFIRMED + MORE:  # everything is in: begin again with the first parts
            assert run_command("--library", library, "undo").status == 0
            confirmed = numbers(library)
    assert interrupted >= KILLS // 2
    subprocess.run(import_command(library, tmp_path / "more"), check=True, capture_output=True)
    assert len(numbers(library)) == CONFIRMED + MORE
    assert run_command("--library", library, "check").status == 0
