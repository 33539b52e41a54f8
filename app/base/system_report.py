"""What to send with a report of trouble: versions and platform, nothing personal."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "everspare",
    "PySide6_Essentials",
    "vtk",
    "pyvista",
    "numpy",
    "trimesh",
    "lib3mf",
    "cascadio",
    "sqlmodel",
    "sqlalchemy",
    "reportlab",
    "cryptography",
)


def system_versions() -> dict[str, str]:
    """Return the system, Python and the version of each library that matters."""
    found = {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": sys.version.split()[0],
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def system_report() -> str:
    """Return one line each for the system, Python and the libraries that matter."""
    return "\n".join(f"{name} {value}" for name, value in system_versions().items())
