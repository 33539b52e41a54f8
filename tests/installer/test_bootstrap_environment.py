"""Preparing: once, again after a change, anew after an interruption. With a small uv of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from steps import environment, machine, packages
from steps.failures import StepFailed

# What the real uv is asked to do, it notes; `-e` makes the program's command as the real one does.
UV = """\
import json, os, pathlib, sys
words = sys.argv[1:]
if words == ["--version"]:
    print("uv 9.9.9")
    sys.exit()
note = {"words": words, "settings": {k: v for k, v in os.environ.items() if k[:3] == "UV_"}}
with open(os.environ["UV_CALLS"], "a") as calls:
    print(json.dumps(note), file=calls)
if os.environ.get("UV_TROUBLE"):
    sys.exit(os.environ["UV_TROUBLE"])
if "-e" in words:
    program = pathlib.Path(sys.argv[0]).with_name("everspare")
    program.write_text("#!/bin/sh\\n")
    program.chmod(0o755)
"""

# The Python outside: its pip knows nothing but our uv, for all else it is the real one.
OUTSIDE = """\
#!/bin/sh
if [ "$2" != pip ]; then exec {python} "$@"; fi
case "$*" in
  *--version|*config*) echo "global.find-links='{shelf}'";;
  *uv.txt) cp {shelf}/uv "$(dirname "$4")/uv" || {{ echo No matching distribution; exit 1; }};;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two small locks, and a Python outside whose pip is ours."""
    shelf, root = tmp_path / "shelf", tmp_path / "checkout"
    shelf.mkdir()
    write_program(shelf / "uv", f"#!{sys.executable}\n{UV}")
    python = getattr(sys, "_base_executable", sys.executable)
    write_program(tmp_path / "outside", OUTSIDE.format(python=python, shelf=shelf))
    (root / "installer").mkdir(parents=True)
    (root / "app").mkdir()
    (root / "app" / "__init__.py").write_text("")
    (root / "pyproject.toml").write_text("")
    for lock in environment.LOCKS.values():
        (root / "installer" / lock).write_text("uv==9.9.9\nother==1\n")
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_CALLS", str(tmp_path / "calls"))
    monkeypatch.setattr(packages, "base_python", lambda: str(tmp_path / "outside"))
    monkeypatch.setattr(machine, "fetch_missing", lambda kind: {})
    return root


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def uv_calls(root: Path) -> list[dict]:
    calls = root.parent / "calls"
    return [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []


def actions(root: Path) -> list[str]:
    return [call["words"][1] for call in uv_calls(root)]


def test_the_first_time_everything_is_made(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert environment.prepare(checkout, "run") == {}
    sync, install = uv_calls(checkout)
    assert sync["words"][:2] == ["pip", "sync"]
    assert {"--require-hashes", "--no-build", "--compile-bytecode"} <= set(sync["words"])
    assert sync["words"][-1] == str(checkout / "installer" / "requirements.lock")
    assert sync["settings"]["UV_FIND_LINKS"] == str(checkout.parent / "shelf")
    assert install["words"][-2:] == ["-e", str(checkout)]
    assert environment.script(checkout, "everspare").exists()
    assert list((checkout / "app" / "__pycache__").iterdir())
    assert not (checkout / ".venv" / "preparing").exists()
    assert "[6/6] Everspare itself" in capsys.readouterr().err


def test_the_second_time_nothing_is_done(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.prepare(checkout, "run")
    done, stamp = actions(checkout), (checkout / ".venv" / "everspare-stamp.json").stat()
    capsys.readouterr()
    environment.prepare(checkout, "run")
    assert actions(checkout) == done
    assert (checkout / ".venv" / "everspare-stamp.json").stat().st_mtime_ns == stamp.st_mtime_ns
    assert capsys.readouterr().err == ""


def test_tests_add_to_what_is_there_and_keep_it_afterwards(checkout: Path) -> None:
    environment.prepare(checkout, "run")
    kept = checkout / ".venv" / "kept"
    kept.touch()
    environment.prepare(checkout, "test")
    assert kept.exists()
    assert uv_calls(checkout)[2]["words"][-1].endswith("requirements-dev.lock")
    count = len(actions(checkout))
    environment.prepare(checkout, "run")
    assert len(actions(checkout)) == count
    (checkout / "pyproject.toml").write_text("# changed\n")
    environment.prepare(checkout, "run")
    assert uv_calls(checkout)[-2]["words"][-1].endswith("requirements-dev.lock")


@pytest.mark.parametrize("changed", ["pyproject.toml", "installer/requirements.lock"])
def test_a_change_of_the_inputs_prepares_again(checkout: Path, changed: str) -> None:
    environment.prepare(checkout, "run")
    kept = checkout / ".venv" / "kept"
    kept.touch()
    with (checkout / changed).open("a") as file:
        file.write("# changed\n")
    environment.prepare(checkout, "run")
    assert actions(checkout) == ["sync", "install"] * 2
    assert kept.exists()


def test_after_an_interruption_it_is_made_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_TROUBLE", "error: Request failed\n  Caused by: dns error")
    with pytest.raises(StepFailed) as caught:
        environment.prepare(checkout, "run")
    assert caught.value.told().startswith("Step 5 of 6 (Packages) failed: there is no connection")
    assert not (checkout / ".venv" / "everspare-stamp.json").exists()
    half = checkout / ".venv" / "lib" / "half"
    half.touch()
    monkeypatch.delenv("UV_TROUBLE")
    environment.prepare(checkout, "run")
    assert not half.exists()
    assert environment.is_ready(checkout, "run", environment.load_stamp(checkout))


def test_somebody_elses_environment_is_replaced(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/nonexistent/python")
    environment.prepare(checkout, "run")
    assert environment.env_python(checkout)


def test_a_moved_checkout_is_prepared_again(checkout: Path) -> None:
    environment.prepare(checkout, "run")
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    environment.prepare(moved, "run")
    assert len(actions(moved)) == 4
    assert uv_calls(moved)[-1]["words"][-1] == str(moved)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kind": "run"}', '{"kind": "other"}'])
def test_a_damaged_stamp_is_no_stamp(checkout: Path, content: str) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "everspare-stamp.json").write_text(content)
    assert not environment.is_ready(checkout, "run", environment.load_stamp(checkout))


def test_pip_does_the_work_where_uv_cannot_be_had(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout.parent / "shelf" / "uv").unlink()
    environment.prepare(checkout, "run")
    assert "uv cannot be had" in capsys.readouterr().err
    log = (checkout / ".venv" / "prepare.log").read_text()
    assert "install --only-binary :all: --require-hashes --no-deps --compile" in log
    assert f"--no-build-isolation -e {checkout}" in log
    assert (checkout / ".venv" / "requirements.txt").read_text() == "other==1\n"


def test_message_catalogues_are_compiled(checkout: Path) -> None:
    environment.prepare(checkout, "run")
    stamp = environment.load_stamp(checkout)
    words = checkout / "resources" / "locale" / "de" / "LC_MESSAGES" / "everspare.po"
    words.parent.mkdir(parents=True)
    words.write_text("")
    assert not environment.is_ready(checkout, "run", stamp)
    package = checkout / "app" / "cli"
    package.mkdir(parents=True, exist_ok=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "catalogue.py").write_text(
        "def compile_catalogue(folder):\n    (folder / 'compiled').write_text('yes')\n"
    )
    environment.prepare(checkout, "run")
    assert (checkout / "resources" / "locale" / "compiled").read_text() == "yes"


def test_missing_pip_is_a_sentence_for_those_who_may_not_install(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages.Packages, "_works", lambda self, command: False)
    monkeypatch.setattr(machine, "is_root", lambda: False)
    with pytest.raises(StepFailed, match="pip is missing") as caught:
        environment.prepare(checkout, "run")
    assert "nstall" in caught.value.todo


def test_a_second_preparation_waits_for_the_first(checkout: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(Path(environment.__file__).parents[1])!r})\n"
        "from pathlib import Path\n"
        "from steps import environment\n"
        f"with environment._alone(Path({str(checkout)!r})):\n"
        "    print('mine', flush=True)\n"
    )
    with environment._alone(checkout):
        other = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert other.stderr is not None and other.stdout is not None
        assert b"waiting" in other.stderr.readline()
        assert other.poll() is None
    out, _ = other.communicate(timeout=30)
    assert out.strip() == b"mine"
