"""The locked packages: pip fetches uv, uv the rest; pip alone where uv cannot be had."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from steps import machine
from steps.console import Steps
from steps.failures import NOT_OFFERED, CommandFailed, StepFailed, explain

# Which of pip's settings mean what to uv, which does not read pip's configuration.
_SAME_IN_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "no-index": "UV_NO_INDEX",
}
_SECTIONS = ("global", "download", "install", ":env:")  # a later one wins over an earlier one


def clean_environ() -> dict[str, str]:
    """Return the environment without what would lead another Python astray."""
    lost = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "CONDA_PREFIX")
    return {name: value for name, value in os.environ.items() if name not in lost}


def load_pip_settings(listed: str) -> dict[str, str]:
    """Parse what `pip config list` prints: option -> value, as pip would apply them."""
    found: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    for line in listed.splitlines():
        name, equals, quoted = line.partition("=")
        section, dot, option = name.strip().rpartition(".")
        if not (equals and dot) or section not in found:
            continue
        try:
            value = ast.literal_eval(quoted.strip())
        except (ValueError, SyntaxError):
            continue
        found[section][option.replace("_", "-").lower()] = str(value)
    return {option: value for part in found.values() for option, value in part.items()}


def uv_settings(pip: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """Translate pip's settings into variables for uv; what is set for uv already stays.

    Folders that do not exist are left out: pip warns about them, uv would stop.
    """
    settings: dict[str, str] = {}
    for option, variable in _SAME_IN_UV.items():
        words = [word for word in pip.get(option, "").split() if not _is_missing_folder(word)]
        if words and variable not in environ:
            settings[variable] = ("," if option == "find-links" else " ").join(words)
    if "UV_INDEX" in settings:
        # pip looks through all indexes at once; the hashes keep that safe here.
        settings.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    if not _has_cache_home(environ):
        settings.setdefault("UV_NO_CACHE", "1")
    settings["UV_PYTHON_DOWNLOADS"] = "never"
    settings["UV_NO_PROGRESS"] = "1"
    return settings


def _is_missing_folder(word: str) -> bool:
    if word.startswith("file:"):
        return not Path(url2pathname(urlsplit(word).path)).exists()
    return word.startswith(("/", "./", "../", "~")) and not Path(word).expanduser().exists()


def _has_cache_home(environ: Mapping[str, str]) -> bool:
    if os.name == "nt" or "UV_CACHE_DIR" in environ:
        return True
    place = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", "/nonexistent")))
    while not place.exists() and place != place.parent and place.parent != Path("/"):
        place = place.parent
    return place.exists() and os.access(place, os.W_OK)


def lock_block(lock_text: str, package: str) -> str:
    """Return the lines of a lock that pin one package, with its hashes; "" if absent."""
    found = re.search(rf"^{re.escape(package)}==.*?(?=^\S|\Z)", lock_text, re.DOTALL | re.MULTILINE)
    return found.group(0) if found else ""


def base_python() -> str:
    """Return the Python outside of any virtual environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


class Packages:
    """Fills one environment from one lock.

    Args:
        steps: where progress goes and commands run.
        env: folder of the environment.
        python: its interpreter.
        lock: requirements with hashes.
    """

    def __init__(self, steps: Steps, env: Path, python: Path, lock: Path) -> None:
        self._steps, self._env, self._python, self._lock = steps, env, python, lock
        self._uv = python.parent / ("uv.exe" if os.name == "nt" else "uv")
        self._text = lock.read_text(encoding="utf-8")
        self._environ = clean_environ() | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        self._environ |= {"PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
        self._environ["PIP_RETRIES"] = "2"  # without a retry pip hides that there is no connection
        self._pip: list[str] = []

    def provide_installer(self) -> None:
        """Put the locked uv into the environment; without it, pip does its work.

        Raises:
            StepFailed: neither pip nor uv can be had.
            CommandFailed: no network, no room, or the like.
        """
        block = lock_block(self._text, "uv")
        version = re.match(r"uv==(\S+)", block)
        if version and self._runs(version.group(1)):
            return
        self._pip = self._find_pip()
        wanted = self._env / "uv.txt"
        wanted.write_text(block, encoding="utf-8")
        try:
            self._install_with_pip("--require-hashes", "-r", str(wanted))
        except CommandFailed as failure:
            if explain(failure.output, wanted).why != NOT_OFFERED:
                raise
        if not (version and self._runs(version.group(1))):
            self._steps.note("uv cannot be had on this system; pip installs, which takes longer.")

    def install(self) -> None:
        """Bring the environment to exactly what the lock says, bytecode compiled."""
        if self._has_uv():
            # fmt: off
            self._uv_pip("sync", "--require-hashes", "--no-build", "--compile-bytecode",
                         str(self._lock))
            # fmt: on
            return
        rest = self._env / "requirements.txt"
        rest.write_text(self._text.replace(lock_block(self._text, "uv"), ""), encoding="utf-8")
        self._install_with_pip("--require-hashes", "--no-deps", "--compile", "-r", str(rest))

    def install_program(self, root: Path) -> None:
        """Install the checkout itself, editable, so that its command exists."""
        options = ["--no-deps", "--no-build-isolation", "-e", str(root)]
        if self._has_uv():
            self._uv_pip("install", "--offline", *options)
        else:
            self._pip = self._pip or self._find_pip()
            self._steps.call([*self._pip, "install", "--no-index", *options], self._environ)

    def _runs(self, version: str) -> bool:
        if not self._has_uv():
            return False
        try:
            return version in self._steps.call([self._uv, "--version"], self._environ).split()
        except CommandFailed:
            self._uv.unlink()
            return False

    def _has_uv(self) -> bool:
        return self._uv.exists()

    def _uv_pip(self, action: str, *options: str) -> None:
        environ = self._environ | uv_settings(self._pip_settings(), self._environ)
        command = [str(self._uv), "pip", action, "--python", str(self._python), *options]
        self._steps.call(command, environ)

    def _install_with_pip(self, *options: str) -> None:
        self._pip = self._pip or self._find_pip()
        command = [*self._pip, "install", "--only-binary", ":all:", *options]
        self._steps.call(command, self._environ)

    def _pip_settings(self) -> dict[str, str]:
        """Ask pip for its settings; nothing where there is no pip to have any."""
        try:
            listed = self._steps.call([base_python(), "-m", "pip", "config", "list"], self._environ)
        except CommandFailed:
            return {}
        return load_pip_settings(listed)

    def _find_pip(self) -> list[str]:
        """Return the command that runs a pip on the environment.

        Raises:
            StepFailed: there is none and we may not install it.
        """
        outside = [base_python(), "-m", "pip"]
        if self._works([*outside, "--version"]):
            return [*outside, "--python", str(self._python)]
        if self._works([base_python(), "-m", "ensurepip", "--version"]):
            self._steps.call([self._python, "-m", "ensurepip"], self._environ)
            return [str(self._python), "-m", "pip"]
        if machine.is_debian() and machine.is_root():
            machine.install_packages(self._steps, ["python3-pip"])
            return [*outside, "--python", str(self._python)]
        how = machine.install_command(["python3-pip"])
        todo = f"Install it with:\n    {how}" if machine.is_debian() else "Install it first."
        raise StepFailed(f"pip is missing beside {base_python()}", todo)

    def _works(self, command: list[str]) -> bool:
        try:
            self._steps.call(command, self._environ)
        except CommandFailed:
            return False
        return True
