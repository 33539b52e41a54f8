"""`everspare init --sample`: a library to try things on."""

from pathlib import Path

from helpers.command_line import run_command


def test_sample_is_there_and_the_library_intact(sample: Path) -> None:
    numbers = {part["number"] for part in run_command("--library", sample, "parts", "--json").json}
    assert {"A004711", "A004720", "A006017"} <= numbers
    assert run_command("--library", sample, "check").status == 0


def test_a_library_in_use_is_not_filled(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert run_command("--library", library, "init").status == 0
    again = run_command("--library", library, "init", "--sample")
    assert again.status == 1
    assert "already holds a library" in again.errors
    assert run_command("--library", library, "parts", "--json").json == []
