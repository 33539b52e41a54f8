"""A sample library can sign at once, and everybody is told that this proves nothing."""

from __future__ import annotations

from pathlib import Path

from app.services.sample.demonstration_key import KEY_FILE_NAME
from helpers.command_line import run_command


def test_the_sample_signs_with_its_own_key_and_says_so(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    done = run_command(
        "--library", sample, "export", "A004711", "--provider", "NORDLICHT", "--out", out
    )
    assert done.status == 0, done.errors
    assert "demonstration key" in done.errors
    [package] = out.glob("*.everspare")
    seen = run_command("--library", sample, "verify", package, "--trust", sample / KEY_FILE_NAME)
    assert (seen.status, "demonstration" in seen.output) == (0, True)
    stranger = run_command("--library", sample, "verify", package)
    assert stranger.status == 1
    assert "SHA256:" in stranger.output + stranger.errors


def test_without_any_key_the_command_says_how_to_make_one(sample: Path, tmp_path: Path) -> None:
    (sample / KEY_FILE_NAME).unlink()
    done = run_command(
        "--library", sample, "export", "A004711", "--provider", "NORDLICHT", "--out", tmp_path
    )
    assert done.status == 1
    assert "everspare key create" in done.errors
    assert not list(tmp_path.glob("*.everspare"))
