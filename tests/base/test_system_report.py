"""The report of versions names what matters and nothing personal."""

import getpass
import sys
from pathlib import Path

from app.base.system_report import PACKAGES, system_report


def test_it_names_system_python_and_every_library() -> None:
    lines = system_report().splitlines()
    assert lines[1] == f"python {sys.version.split()[0]}"
    assert [line.split()[0] for line in lines[2:]] == list(PACKAGES)
    assert "PySide6_Essentials 6." in system_report()


def test_it_tells_nothing_personal() -> None:
    assert str(Path.home()) not in system_report()
    assert f" {getpass.getuser()} " not in system_report()
