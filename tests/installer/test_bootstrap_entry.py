"""The entry: wrong usage, wrong Python, and a machine that cannot reach any index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRY = ROOT / "installer" / "bootstrap.py"


def run_entry(entry: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), str(entry), *words],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environ},
    )


@pytest.mark.parametrize("words", [[], ["start"], ["--version"]])
def test_wrong_usage_shows_the_three_commands(words: list[str]) -> None:
    done = run_entry(ENTRY, *words)
    assert done.returncode == 2
    assert "prepare | run [ARGS] | test [ARGS]" in done.stderr
    assert done.stdout == ""


def test_help_is_not_an_error() -> None:
    done = run_entry(ENTRY, "--help")
    assert done.returncode == 0
    assert "prepare | run [ARGS] | test [ARGS]" in done.stdout


@pytest.mark.parametrize("version", [(3, 8, 10), (3, 10, 99), (3, 14, 0)])
def test_another_python_is_refused_in_one_sentence(version: tuple[int, int, int]) -> None:
    script = f"import runpy, sys; sys.version_info = {version}; runpy.run_path({str(ENTRY)!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert f"this is Python {version[0]}.{version[1]}" in done.stderr
    assert "python3.11 installer/bootstrap.py run" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """A checkout that was never prepared, with only what the bootstrap reads."""
    root = tmp_path / "checkout"
    shutil.copytree(
        ROOT / "installer", root / "installer", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def test_no_network_is_a_sentence(bare_checkout: Path, tmp_path: Path) -> None:
    done = run_entry(
        bare_checkout / "installer" / "bootstrap.py",
        "run",
        PIP_INDEX_URL="http://127.0.0.1:9/simple",  # nobody listens on the discard port
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        PIP_RETRIES="0",  # what the user set must not hide the cause
        HOME=str(tmp_path),
    )
    assert done.returncode == 1
    assert "Step 4 of 6 (Installer of packages) failed: there is no connection" in done.stderr
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (bare_checkout / ".venv" / "everspare-stamp.json").exists()


def test_a_place_that_may_not_be_written_is_a_sentence(bare_checkout: Path) -> None:
    # A file in the way fails for root as well, whom permissions do not stop.
    (bare_checkout / ".venv").write_text("not a folder")
    done = run_entry(bare_checkout / "installer" / "bootstrap.py", "prepare")
    assert done.returncode == 1
    assert ".venv" in done.stderr
    assert "Traceback" not in done.stderr
