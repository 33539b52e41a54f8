"""Where things are: resources, settings, logs and the default library.

`resources/` is found in a checkout, beside the package in an installed wheel and in a frozen build.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APP_NAME = "everspare"


def resource_path(*parts: str) -> Path:
    """Return the path of a file shipped with the program.

    Raises:
        FileNotFoundError: no resources folder is where any of our installations has it.
    """
    return _resources().joinpath(*parts)


@cache
def _resources() -> Path:
    package = Path(__file__).resolve().parent.parent
    candidates = [package.parent / "resources", package / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        candidates.insert(0, Path(frozen) / "resources")
    for root in candidates:
        if root.is_dir():
            return root
    raise FileNotFoundError(f"no resources folder beside {package}")


def _home_override() -> Path | None:
    """Return the folder that holds everything of ours, if the environment names one."""
    named = os.environ.get("EVERSPARE_HOME")
    return Path(named) if named else None


def _platform_dir(kind: str) -> Path:
    override = _home_override()
    if override is not None:
        return override / kind
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP_NAME, appauthor=False)
    return Path(getattr(dirs, f"user_{kind}_dir"))


def config_dir() -> Path:
    """Folder of settings, key file and trust store."""
    return _platform_dir("config")


def log_dir() -> Path:
    """Folder of log files and crash traces."""
    return _platform_dir("log")


def data_dir() -> Path:
    """Folder in which libraries live unless the user says otherwise."""
    return _platform_dir("data")


def default_library_path() -> Path:
    """Folder of the library opened when none is named and none was opened before."""
    return data_dir() / "library"
