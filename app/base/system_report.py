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


def system_report() -> str:
    """Return one line each for the system, Python and the libraries that matter."""
    lines = [
        f"system {platform.system()} {platform.release()} {platform.machine()}",
        f"python {sys.version.split()[0]}",
    ]
    for package in PACKAGES:
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} missing")
    return "\n".join(lines)
