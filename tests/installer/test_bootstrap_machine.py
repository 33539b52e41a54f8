"""What the computer must have, and how missing libraries are provided or named."""

import io
import os
from pathlib import Path

import pytest

from steps import machine
from steps.console import Steps
from steps.failures import StepFailed


@pytest.fixture
def shown() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def steps(tmp_path: Path, shown: io.StringIO) -> Steps:
    return Steps(1, tmp_path / "prepare.log", shown)


@pytest.mark.parametrize("version", ["2.34", "2.36", "3.0"])
def test_a_recent_glibc_will_do(version: str) -> None:
    machine.check_glibc("glibc", version)


@pytest.mark.parametrize(("name", "version"), [("glibc", "2.31"), ("", ""), ("musl", "1.2")])
def test_another_c_library_is_refused(name: str, version: str) -> None:
    with pytest.raises(StepFailed, match=r"need glibc 2\.34"):
        machine.check_glibc(name, version)


def test_this_computer_passes() -> None:
    machine.check_computer()


def test_a_small_disk_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.check_room(tmp_path)
    monkeypatch.setattr(machine, "NEEDED_GB", 10**9)
    with pytest.raises(StepFailed, match="is full"):
        machine.check_room(tmp_path)


def test_the_loader_is_asked() -> None:
    assert machine.is_loadable("libc.so.6")
    assert not machine.is_loadable("libnobody-has-this.so.9")


def test_fonts_are_looked_for(tmp_path: Path) -> None:
    assert not machine.has_fonts([str(tmp_path), str(tmp_path / "absent")])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "some.ttf").touch()
    assert machine.has_fonts([str(tmp_path)])


def test_missing_libraries_are_named_with_their_packages() -> None:
    missing = machine.fetch_missing("run", lambda name: name != "libEGL.so.1")
    assert missing["libEGL.so.1"] == "libegl1"
    assert "libGL.so.1" not in missing


def test_only_tests_need_a_virtual_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Xvfb" not in machine.fetch_missing("run", lambda name: True)
    assert machine.fetch_missing("test", lambda name: True)["Xvfb"] == "xvfb"


def pretend(monkeypatch: pytest.MonkeyPatch, *, debian: bool, root: bool) -> None:
    monkeypatch.setattr(machine, "is_debian", lambda: debian)
    monkeypatch.setattr(machine, "is_root", lambda: root)


def apt_get(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an apt-get of ours first on the path; it notes how it was called."""
    calls = folder / "calls"
    program = folder / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {calls}\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return calls


def test_root_on_debian_gets_the_libraries_installed(
    steps: Steps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, debian=True, root=True)
    calls = apt_get(tmp_path, "exit 0", monkeypatch)
    answers = iter([{"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1"}, {}])
    monkeypatch.setattr(machine, "fetch_missing", lambda kind: next(answers))
    assert machine.provide_libraries(steps, "run") == {}
    update, install = calls.read_text().splitlines()
    assert update.startswith("noninteractive") and update.endswith("update")
    assert install.endswith("install -y --no-install-recommends libgl1 libegl1")


def test_a_library_that_stays_away_is_an_error(
    steps: Steps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, debian=True, root=True)
    apt_get(tmp_path, "exit 0", monkeypatch)
    monkeypatch.setattr(machine, "fetch_missing", lambda kind: {"libGL.so.1": "libgl1"})
    with pytest.raises(StepFailed, match=r"libGL\.so\.1 cannot be loaded"):
        machine.provide_libraries(steps, "run")


def test_an_unreachable_mirror_is_a_sentence(
    steps: Steps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, debian=True, root=True)
    apt_get(tmp_path, "echo \"E: Temporary failure resolving 'mirror'\"; exit 100", monkeypatch)
    monkeypatch.setattr(machine, "fetch_missing", lambda kind: {"libGL.so.1": "libgl1"})
    with pytest.raises(StepFailed, match="no connection"), steps.step("System libraries"):
        machine.provide_libraries(steps, "run")


def test_others_are_shown_the_exact_command(
    steps: Steps, shown: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, debian=True, root=False)
    missing = {"libGL.so.1": "libgl1", "Xvfb": "xvfb", "xvfb-run": "xvfb"}
    monkeypatch.setattr(machine, "fetch_missing", lambda kind: missing)
    with steps.step("System libraries"):
        assert machine.provide_libraries(steps, "run") == missing
    exact = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 xvfb"
    assert shown.getvalue().splitlines()[-1].strip() == exact
    with pytest.raises(StepFailed) as caught:
        machine.provide_libraries(steps, "test")
    assert exact in caught.value.told()


def test_other_systems_are_told_what_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, debian=False, root=True)
    told = machine.advice({"libGL.so.1": "libgl1"})
    assert "libGL.so.1" in told
    assert "apt-get" not in told
