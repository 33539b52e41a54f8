"""What is started, and what happens where no window can be shown."""

import os
from pathlib import Path

import pytest

from steps import start
from steps.failures import StepFailed


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["gui"], True),
        (["--library", "parts", "--user", "Ann"], True),
        (["--library=parts", "gui"], True),
        (["--library", "parts"], True),
        (["--help"], False),
        (["parts", "--json"], False),
        (["--library", "gui", "parts"], False),
        (["tour", "--out", "x"], False),
    ],
)
def test_a_window_is_wanted_without_a_command(arguments: list[str], window: bool) -> None:
    assert start.wants_window(arguments) is window


@pytest.mark.parametrize(
    ("platform", "environ", "display"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_displays(platform: str, environ: dict[str, str], display: bool) -> None:
    assert start.has_display(platform, environ) is display


def test_the_tour_writes_beside_the_caller(tmp_path: Path) -> None:
    assert start.tour_folder(tmp_path) == tmp_path / "everspare-tour"
    assert start.tour_folder(tmp_path / "gone").name == "everspare-tour"
    assert start.tour_folder(tmp_path / "gone").parent.is_dir()


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have taken this process's place."""
    commands: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, command: commands.append([path, *command[1:]]))
    monkeypatch.setattr("sys.platform", "linux")
    return commands


def test_arguments_reach_the_program(
    executed: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    start.start(tmp_path, ["parts", "--json"], {})
    program = str(tmp_path / ".venv" / "bin" / "everspare")
    assert executed == [[program, "parts", "--json"]]


def test_without_a_display_the_tour_is_played_and_announced(
    executed: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.chdir(tmp_path)
    start.start(tmp_path, [], {})
    folder = str(tmp_path / "everspare-tour")
    assert executed[0][1:] == ["tour", "--out", folder]
    captured = capsys.readouterr()
    assert "There is no display here" in captured.err
    assert folder in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("xvfb", "told"), [("/usr/bin/Xvfb", "on a virtual display"), (None, "package xvfb")]
)
def test_how_the_tour_is_played_is_told(
    executed: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    xvfb: str | None,
    told: str,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: xvfb if name == "Xvfb" else None)
    monkeypatch.chdir(tmp_path)
    start.start(tmp_path, [], {})
    assert told in capsys.readouterr().err


def test_with_a_display_the_window_opens(
    executed: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    start.start(tmp_path, [], {})
    assert executed[0][1:] == []


def test_missing_libraries_stop_the_window_but_not_a_command(
    executed: list[list[str]], tmp_path: Path
) -> None:
    missing = {"libEGL.so.1": "libegl1"}
    with pytest.raises(StepFailed, match="absent") as caught:
        start.start(tmp_path, ["gui"], missing)
    assert "libegl1" in caught.value.todo or "libEGL.so.1" in caught.value.todo
    start.start(tmp_path, ["parts"], missing)
    assert executed[0][1:] == ["parts"]
