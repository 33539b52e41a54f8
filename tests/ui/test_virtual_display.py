"""Where windows are shown: the display that is there, one of our own, or nowhere."""

import os
import socket
from pathlib import Path

import pytest

from app.ui.virtual_display import Display, display_is_missing, shown_display


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


def test_a_display_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    with shown_display() as display:
        assert display is Display.PRESENT
        assert os.environ["DISPLAY"] == ":7"


def test_without_one_a_server_is_started_and_goes_again() -> None:
    with shown_display() as display:
        assert display is Display.VIRTUAL
        number = os.environ["DISPLAY"].removeprefix(":")
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"/tmp/.X11-unix/X{number}")
    assert "DISPLAY" not in os.environ
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()


def test_without_a_server_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with shown_display() as display:
        assert display is Display.MISSING


def test_a_server_that_does_not_start_counts_as_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/bin/false")
    with shown_display() as display:
        assert display is Display.MISSING


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [("QT_QPA_PLATFORM", "offscreen", False), ("QT_QPA_PLATFORM", "xcb", True), ("X", "", True)],
)
def test_other_platforms_of_qt_need_none(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, missing: bool
) -> None:
    monkeypatch.setenv(name, value)
    assert display_is_missing() is missing
