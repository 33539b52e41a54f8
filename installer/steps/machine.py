"""What this computer must be and have: 64 bit, glibc, system libraries, room on the disk."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from steps.console import Steps
from steps.failures import NEEDED_GB, StepFailed

GLIBC_NEEDED = (2, 34)

# Libraries that Qt and VTK load, and the Debian packages that hold them.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libXcursor.so.1": "libxcursor1",
}
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "dbus-run-session": "dbus",
}
# Through this a test reads the window as a screen reader does.
TEST_SERVICES = {"/usr/share/dbus-1/services/org.a11y.Bus.service": "at-spi2-core"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def check_computer() -> None:
    """Refuse a computer on which Everspare cannot run.

    Raises:
        StepFailed: 32 bit, or a C library that the packages are not built for.
    """
    if sys.maxsize <= 2**32:
        raise StepFailed(
            f"this Python is a 32-bit program ({sys.executable})",
            "Install a 64-bit Python 3.11 to 3.13 and use that one.",
        )
    if sys.platform.startswith("linux"):
        check_glibc(*platform.libc_ver())


def check_glibc(name: str, version: str) -> None:
    """Refuse a C library other than a recent glibc."""
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if name == "glibc" and numbers >= GLIBC_NEEDED:
        return
    found = f"{name} {version}" if name else "another C library (musl?)"
    raise StepFailed(
        f"the packages need glibc 2.34 or newer, and this system has {found}",
        "Use Debian 12, Ubuntu 22.04 or newer, or another Linux of 2022 or later.",
    )


def check_room(folder: Path) -> None:
    """Refuse early where the environment cannot fit."""
    if shutil.disk_usage(folder).free < NEEDED_GB * 1e9:
        raise StepFailed.disk_full(folder)


def is_loadable(library: str) -> bool:
    """Tell whether the system's loader finds a shared library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folders: Iterable[str] = FONT_FOLDERS) -> bool:
    """Tell whether Qt will find any font to write with."""
    for folder in folders:
        root = Path(folder).expanduser()
        if root.is_dir() and any(root.rglob("*.[to]t[fc]")):
            return True
    return False


def fetch_missing(kind: str, loadable: Callable[[str], bool] | None = None) -> dict[str, str]:
    """List what Linux lacks: name of the library or program -> Debian package.

    Args:
        kind: "run", or "test" for the virtual display as well.
        loadable: asks the loader; another one in tests.
    """
    if not sys.platform.startswith("linux"):
        return {}
    asked = loadable or is_loadable
    missing = {name: package for name, package in LIBRARIES.items() if not asked(name)}
    if not has_fonts():
        missing["a font"] = "fonts-dejavu-core"
    if kind == "test":
        missing |= {name: deb for name, deb in TEST_PROGRAMS.items() if shutil.which(name) is None}
        missing |= {name: deb for name, deb in TEST_SERVICES.items() if not Path(name).exists()}
    return missing


def is_debian() -> bool:
    return shutil.which("apt-get") is not None and Path("/etc/debian_version").exists()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_command(packages: Iterable[str]) -> str:
    """Return the line that a user without root rights can copy."""
    names = " ".join(dict.fromkeys(packages))
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + names


def advice(missing: dict[str, str]) -> str:
    """Say how to get what is missing, in words that fit this system."""
    if is_debian():
        return f"Install what is missing with:\n    {install_command(missing.values())}"
    return f"Install the packages of your system that hold: {', '.join(missing)}."


def install_packages(steps: Steps, packages: Iterable[str]) -> None:
    """Let apt-get install Debian packages; root only."""
    names = list(dict.fromkeys(packages))
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patience = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::http::Timeout=30"]
    steps.call(["apt-get", *patience, "update"], environ, keep_lock=False)
    install = ["apt-get", *patience, "install", "-y", "--no-install-recommends", *names]
    steps.call(install, environ, keep_lock=False)


def provide_libraries(steps: Steps, kind: str) -> dict[str, str]:
    """Install missing system libraries where we may, else say how.

    Returns:
        What is still missing; the environment can be made without it, the window not opened.

    Raises:
        StepFailed: the tests need it and we may not install it, or it could not be installed.
    """
    missing = fetch_missing(kind)
    if missing and is_debian() and is_root():
        install_packages(steps, missing.values())
        missing = fetch_missing(kind)
        if missing:
            raise StepFailed(
                f"{', '.join(missing)} cannot be loaded although apt-get installed what holds them",
                "Restart the computer; if it stays, reinstall these packages.",
            )
    if missing and kind == "test":
        raise StepFailed("the tests need system libraries or programs", advice(missing))
    if missing:
        steps.note(f"The window will need system libraries that are absent. {advice(missing)}")
    return missing
