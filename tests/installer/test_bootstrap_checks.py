"""All checks run, in order, and one failure is enough to fail."""

import os
from pathlib import Path

import pytest

from steps import checks


def test_the_quick_checks_come_first_and_pytest_gets_its_arguments(tmp_path: Path) -> None:
    listed = checks.list_checks(tmp_path, ["-k", "flags"], "linux")
    assert [check.name for check in listed] == [
        "ruff check",
        "ruff format",
        "mypy",
        "import contracts",
        "imports at run time",
        "pytest",
    ]
    suite = listed[-1].command
    assert suite[:2] == ["xvfb-run", "-a"]
    assert "-screen 0 1920x1080x24 +extension GLX" in suite
    assert suite[-6:] == ["-X", "faulthandler", "-m", "pytest", "-k", "flags"]


def test_without_arguments_nothing_is_left_out(tmp_path: Path) -> None:
    rest, keyboard = (check.command for check in checks.list_checks(tmp_path, [], "linux")[-2:])
    apart = keyboard[-1]
    assert rest[-7:] == ["pytest", "-n", "2", "--dist", "loadfile", "--ignore", apart]
    assert (Path(__file__).parents[2] / apart).is_file()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_no_virtual_display_is_used(tmp_path: Path, platform: str) -> None:
    suite = checks.list_checks(tmp_path, [], platform)[-1].command
    assert suite[0] == str(tmp_path / ".venv" / "bin" / "python")
    assert "QT_QPA_PLATFORM" not in checks.suite_environ("x", platform) or os.environ.get(
        "QT_QPA_PLATFORM"
    )


def test_windows_behave_alike_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    environ = checks.suite_environ("/run/own", "linux")
    assert environ["QT_API"] == "pyside6"
    assert environ["LANGUAGE"] == "en"
    assert environ["QT_QPA_PLATFORM"] == "xcb"
    assert environ["XDG_RUNTIME_DIR"] == "/run/own"
    assert "WAYLAND_DISPLAY" not in environ


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose tools only note that they were called; ruff finds fault."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, status in {"ruff": 1, "lint-imports": 0, "python": 0}.items():
        tool = programs / name
        tool.write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/calls\nexit {status}\n')
        tool.chmod(0o755)
    display = tmp_path / "xvfb-run"
    display.write_text('#!/bin/sh\nshift 3\nexec "$@"\n')
    display.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_all_run_even_if_the_first_fails(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert checks.run_checks(checkout, ["-x"]) == 1
    calls = (checkout / "calls").read_text().splitlines()
    assert calls[0] == "ruff check ."
    assert calls[-1] == "python -X faulthandler -m pytest -x"
    assert len(calls) == 6
    summary = capfd.readouterr().out.partition("Summary")[2].splitlines()[1:]
    assert ["FAILED" in line for line in summary] == [True, True, False, False, False, False]


def test_success_needs_every_check(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "ruff").write_text("#!/bin/sh\nexit 0\n")
    assert checks.run_checks(checkout, []) == 0


def test_a_tool_that_cannot_start_has_failed(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (checkout / ".venv" / "bin" / "lint-imports").unlink()
    assert checks.run_checks(checkout, []) == 1
    assert "cannot be started" in capfd.readouterr().out


def test_continuous_integration_calls_exactly_the_test_command() -> None:
    script = Path(__file__).resolve().parents[2] / ".ci" / "run"
    lines = [line for line in script.read_text().splitlines() if not line.startswith("#")]
    assert lines[-1].startswith("exec python3 installer/bootstrap.py test")
    assert os.access(script, os.X_OK)
