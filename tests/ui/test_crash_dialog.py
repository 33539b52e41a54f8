"""The crash dialog: traceback, versions and log, one at a time, from any thread."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.logs import RingHandler
from app.ui.crash_dialog import crash_report
from app.ui.crash_handler import CrashHandler


def broken() -> KeyError:
    try:
        raise KeyError("missing")
    except KeyError as error:
        return error


@pytest.fixture
def handler(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> CrashHandler:
    caplog.set_level(logging.CRITICAL, logger="app.ui.crash_handler")
    return CrashHandler()


def test_the_report_has_traceback_versions_and_the_last_lines() -> None:
    ring = RingHandler()
    logging.getLogger().addHandler(ring)
    try:
        logging.getLogger("app.test").warning("the last thing that happened")
        report = crash_report(broken())
    finally:
        logging.getLogger().removeHandler(ring)
    assert "KeyError: 'missing'" in report
    assert "in broken" in report
    assert f"python {sys.version.split()[0]}" in report
    assert "PySide6_Essentials 6." in report
    assert "the last thing that happened" in report


def test_the_dialog_copies_its_report(handler: CrashHandler, qtbot: QtBot) -> None:
    handler.handle(broken())
    dialog = handler.dialog
    assert dialog is not None
    assert not dialog.isModal()
    dialog.copy_button.click()
    assert "KeyError: 'missing'" in QGuiApplication.clipboard().text()
    assert dialog.copy_button.text() == "Copied"
    dialog.close()
    qtbot.waitUntil(lambda: handler.dialog is None)


def test_one_dialog_at_a_time(handler: CrashHandler, qtbot: QtBot) -> None:
    handler.handle(broken())
    first = handler.dialog
    handler.handle(broken())
    assert handler.dialog is first
    assert first is not None
    first.close()
    qtbot.waitUntil(lambda: handler.dialog is None)
    handler.handle(ZeroDivisionError("a new one"))
    assert handler.dialog is not None
    assert "a new one" in handler.dialog.report, "not one that the first dialog stood for"
    handler.dialog.close()
    qtbot.waitUntil(lambda: handler.dialog is None)


def test_a_crash_in_another_thread_is_shown_in_this_one(
    handler: CrashHandler, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=lambda: handler.handle(broken()))
    thread.start()
    thread.join()
    assert handler.dialog is None
    qtbot.waitUntil(lambda: handler.dialog is not None)
    assert handler.dialog is not None
    handler.dialog.close()
    qtbot.waitUntil(lambda: handler.dialog is None)


def test_an_exception_that_nobody_caught_reaches_the_handler(
    handler: CrashHandler, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    handler.install()
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    QApplication.processEvents()
    assert handler.dialog is not None
    assert "KeyError" in handler.dialog.report
    handler.dialog.close()
    qtbot.waitUntil(lambda: handler.dialog is None)


def test_an_interrupt_from_the_terminal_ends_the_program_without_a_dialog(
    handler: CrashHandler, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    asked: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda: asked.append(True))
    handler.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    QApplication.processEvents()
    assert asked == [True]
    assert handler.dialog is None
