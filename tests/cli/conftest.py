"""What tests of the commands share."""

import shutil
from pathlib import Path

import pytest

from helpers.command_line import run_command


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, made once by its command; for copying only."""
    library = tmp_path_factory.mktemp("sample") / "library"
    done = run_command("--library", library, "init", "--sample")
    assert done.status == 0, done.errors
    return library


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    """A sample library of this test's own."""
    return shutil.copytree(made_sample, tmp_path / "sample")
