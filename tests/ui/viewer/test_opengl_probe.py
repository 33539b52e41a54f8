"""Does OpenGL work here? Asked in a child process."""

import multiprocessing
import os
from multiprocessing.connection import Connection

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QSurface, QSurfaceFormat
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.viewer import opengl_probe
from app.ui.viewer.opengl_format import prepare_opengl, prepare_window
from app.ui.viewer.opengl_probe import ask_child, probe_opengl


@pytest.fixture(autouse=True)
def fresh_session() -> None:
    opengl_probe._tried.cache_clear()


def test_the_display_of_the_tests_has_opengl(qapp: QGuiApplication) -> None:
    verdict = probe_opengl(qapp.platformName())
    assert verdict.works
    assert verdict.sentence == ""
    assert verdict.detail != ""  # the driver's name


def test_platform_that_cannot_show_it_is_refused_in_words() -> None:
    verdict = probe_opengl("offscreen")
    assert not verdict.works
    assert "pictures" in verdict.sentence


def test_environment_decides_before_anything_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    monkeypatch.setattr(opengl_probe, "ask_child", lambda: pytest.fail("was tried"))
    verdict = probe_opengl("xcb")
    assert not verdict.works
    assert "EVERSPARE_3D" in verdict.sentence


def test_one_try_holds_for_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(("no context", "ok driver"))
    monkeypatch.setattr(opengl_probe, "ask_child", lambda: next(answers))
    assert not probe_opengl("xcb").works
    again = probe_opengl("xcb")
    assert not again.works
    assert again.detail == "no context"


def test_display_that_does_not_exist_is_a_refusal_not_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    before = multiprocessing.active_children()  # workers that other tests keep warm
    assert ask_child().startswith("ended with")
    assert multiprocessing.active_children() == before


def _die(answer: Connection) -> None:
    os.abort()


def _sleep(answer: Connection) -> None:
    import time

    time.sleep(600)


def test_driver_that_ends_its_process_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opengl_probe, "try_opengl", _die)
    assert ask_child().startswith("ended with -")


def test_driver_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opengl_probe, "try_opengl", _sleep)
    monkeypatch.setattr(opengl_probe, "_PATIENCE_S", 0.2)
    before = multiprocessing.active_children()
    assert ask_child() == "no answer in time"
    assert multiprocessing.active_children() == before


def test_a_child_that_cannot_be_started_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_args: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", no_memory)
    assert ask_child() == "not tried: Cannot allocate memory"


def test_format_and_window_are_prepared(qtbot: QtBot) -> None:
    before = QSurfaceFormat.defaultFormat()
    try:
        prepare_opengl()
        wanted = QSurfaceFormat.defaultFormat()
        assert wanted.version() == (3, 2)
        assert wanted.profile() == QSurfaceFormat.OpenGLContextProfile.CoreProfile
        assert wanted.samples() == 0
    finally:
        QSurfaceFormat.setDefaultFormat(before)
    window = QWidget()
    qtbot.addWidget(window)
    prepare_window(window)
    assert not window.isVisible()
    assert window.windowHandle().surfaceType() == QSurface.SurfaceType.OpenGLSurface
    assert not window.testAttribute(Qt.WidgetAttribute.WA_WState_Visible)
