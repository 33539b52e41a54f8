"""`everspare thumbnail FILE --out PNG`."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from helpers.boxes import write_box_stl
from helpers.command_line import run_command


def test_draws_a_file(tmp_path: Path) -> None:
    file, out = write_box_stl(tmp_path / "box.stl"), tmp_path / "box.png"
    done = run_command("thumbnail", file, "--out", out, "--size", 80)
    assert (done.status, done.output) == (0, "")
    assert "box.png" in done.errors
    assert np.asarray(imread(out)).shape == (80, 80, 4)


@pytest.mark.parametrize("theme", ["dark", "print"])
def test_draws_for_other_grounds(tmp_path: Path, theme: str) -> None:
    file, out = write_box_stl(tmp_path / "box.stl"), tmp_path / "box.png"
    assert run_command("thumbnail", file, "--out", out, "--theme", theme).status == 0
    assert np.asarray(imread(out)).shape[:2] == (256, 256)


def test_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.stl"
    broken.write_bytes(b"solid nothing")
    refused = run_command("thumbnail", broken, "--out", tmp_path / "x.png")
    assert (refused.status, refused.output) == (1, "")
    assert "broken.stl" in refused.errors


@pytest.mark.parametrize("size", ["8", "90000", "big"])
def test_wrong_usage(tmp_path: Path, size: str) -> None:
    file = write_box_stl(tmp_path / "box.stl")
    out = tmp_path / "x.png"
    assert run_command("thumbnail", file, "--out", out, "--size", size).status == 2
    assert run_command("thumbnail", file).status == 2
    assert not out.exists()
