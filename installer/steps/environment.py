"""The environment in .venv/: made once, recognised by a stamp, made anew after an interruption.

The stamp is written last. A file `preparing` stands in the environment while it is being changed;
found at the start, it means that an earlier preparation never ended.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STEP_VERSION = 1  # raise it when the steps themselves change
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}


def env_folder(root: Path) -> Path:
    return root / ".venv"


def script(root: Path, name: str) -> Path:
    """Return the path of a command inside the environment."""
    if os.name == "nt":
        return env_folder(root) / "Scripts" / f"{name}.exe"
    return env_folder(root) / "bin" / name


def prepare(root: Path, kind: str) -> dict[str, str]:
    """Make the environment ready; at once when it is already.

    Args:
        root: the checkout.
        kind: "run" for the program, "test" for the program and the developers' tools.

    Returns:
        System libraries that are missing still (name -> Debian package).

    Raises:
        StepFailed: a step could not be done.
        OSError: the checkout may not be written.
    """
    stamp = load_stamp(root)
    if not is_ready(root, kind, stamp):
        with _alone(root) as lock_handle:
            stamp = load_stamp(root)  # whoever held the lock may have done the work
            if not is_ready(root, kind, stamp):
                return _prepare(root, kind, stamp, lock_handle)
    if not stamp["missing"]:
        return {}
    from steps import machine

    return machine.fetch_missing("run")


def load_stamp(root: Path) -> dict[str, Any]:
    """Return what the last complete preparation wrote; {} if there is none."""
    try:
        found = json.loads(_stamp_path(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_ready(root: Path, kind: str, stamp: dict[str, Any]) -> bool:
    """Tell whether the stamp describes this checkout, its locks and its Python."""
    made = stamp.get("kind")
    if made not in LOCKS or (kind == "test" and made != "test"):
        return False
    if stamp.get("python") != env_python(root) or not script(root, "everspare").exists():
        return False
    return bool(stamp.get("inputs") == inputs(root, made) and "missing" in stamp)


def inputs(root: Path, kind: str) -> dict[str, str]:
    """Return everything that a preparation depends on, as digests."""
    words = sorted((root / "resources" / "locale").rglob("*.po"))
    return {
        "step": str(STEP_VERSION),
        "root": str(root),
        "lock": _digest(root / "installer" / LOCKS[kind]),
        "pyproject": _digest(root / "pyproject.toml"),
        "words": _digest(*words),
    }


def env_python(root: Path) -> str:
    """Return version and true place of the environment's Python; "" if it has none that runs."""
    python = script(root, "python")
    try:
        config = (env_folder(root) / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return ""
    pairs = [line.partition("=") for line in config.splitlines()]
    values = {name.strip(): value.strip() for name, _, value in pairs}
    if not python.exists() or not Path(values.get("home", "")).exists():
        return ""
    return f"{values.get('version', '')} {python.resolve()}"


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.parent.name}/{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _stamp_path(root: Path) -> Path:
    return env_folder(root) / "everspare-stamp.json"


@contextmanager
def _alone(root: Path) -> Iterator[int]:
    """Let one preparation at a time work on this checkout; others wait."""
    with (root / "installer" / LOCKS["run"]).open("rb") as handle:
        if not _try_lock(handle.fileno(), wait=False):
            print("Another preparation of this checkout is under way; waiting.", file=sys.stderr)
            while not _try_lock(handle.fileno(), wait=True):
                pass
        yield handle.fileno()


def _try_lock(handle: int, *, wait: bool) -> bool:
    """Take the lock on an open file; it ends with the last process that holds the file open."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 2**30, os.SEEK_SET)  # beyond the end: nobody is kept from reading
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network disks know no locks; then nobody can be waited for.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True


def _prepare(root: Path, kind: str, stamp: dict[str, Any], lock_handle: int) -> dict[str, str]:
    from steps import machine
    from steps.console import Steps
    from steps.packages import Packages

    if stamp.get("kind") == "test":
        kind = "test"  # never take the developers' tools away again
    env = env_folder(root)
    env.mkdir(exist_ok=True)
    log = env / "prepare.log"
    log.write_text("", encoding="utf-8")
    lock = root / "installer" / LOCKS[kind]
    steps = Steps(6, log, inherited=(lock_handle,))
    if _must_be_new(root, stamp):
        steps.say(f"Preparing Everspare in {env}: once, about 1.4 GB, over the network.")
    with steps.step("This computer"):
        machine.check_computer()
        if _must_be_new(root, stamp):
            machine.check_room(root)
    with steps.step("System libraries"):
        missing = machine.provide_libraries(steps, kind)
    with steps.step("Environment in .venv"):
        _provide_env(root, stamp, steps)
    packages = Packages(steps, env, script(root, "python"), lock)
    with steps.step("Installer of packages"):
        packages.provide_installer()
    with steps.step("Packages"):
        packages.install()
    with steps.step("Everspare itself"):
        packages.install_program(root)
        _compile_program(root, steps)
    _write_stamp(root, kind, missing)
    return missing


def _must_be_new(root: Path, stamp: dict[str, Any]) -> bool:
    """Tell whether what stands in .venv/ cannot be built upon."""
    if (env_folder(root) / "preparing").exists() or not env_python(root):
        return True
    if not stamp:
        return True  # somebody else's environment, or one of which we know nothing
    moved = stamp.get("inputs", {}).get("root") != str(root)
    return bool(moved or stamp.get("python") != env_python(root))


def _provide_env(root: Path, stamp: dict[str, Any], steps: Any) -> None:
    from steps.packages import base_python, clean_environ

    env, marker = env_folder(root), env_folder(root) / "preparing"
    new = _must_be_new(root, stamp)
    marker.write_text("", encoding="utf-8")
    _stamp_path(root).unlink(missing_ok=True)
    if not new:
        return
    for entry in env.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name not in (marker.name, "prepare.log"):
            entry.unlink()
    steps.call([base_python(), "-m", "venv", "--without-pip", env], clean_environ())


def _compile_program(root: Path, steps: Any) -> None:
    """Compile our own bytecode and message catalogues."""
    from steps.packages import clean_environ

    python, locale = script(root, "python"), root / "resources" / "locale"
    steps.call([python, "-m", "compileall", "-q", root / "app"], clean_environ())
    if any(locale.rglob("*.po")):
        # Not pybabel: its check takes the "% c" of "90 % chance" for a placeholder and refuses.
        program = "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
        program += "from app.cli import catalogue; catalogue.compile_catalogue(Path(sys.argv[2]))"
        steps.call([python, "-c", program, root, locale], clean_environ())


def _write_stamp(root: Path, kind: str, missing: dict[str, str]) -> None:
    content = {
        "kind": kind,
        "python": env_python(root),
        "inputs": inputs(root, kind),
        "missing": sorted(missing),
    }
    target, draft = _stamp_path(root), _stamp_path(root).with_suffix(".new")
    (env_folder(root) / "preparing").unlink()
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    draft.replace(target)
