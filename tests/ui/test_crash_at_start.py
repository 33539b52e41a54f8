"""A fault before there is a window: it is shown and logged, and the status tells of it."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.ui.start as start

def fail(*arguments):
    raise KeyError("planted fault")

def watched(settings):
    application = started(settings)
    timer = QTimer(application, interval=20)
    def look():
        for dialog in QApplication.topLevelWidgets():
            if type(dialog).__name__ == "CrashDialog" and dialog.isVisible():
                print("seen", "planted fault" in dialog.report)
                dialog.close()
    timer.timeout.connect(look)
    timer.start()
    return application

started, start.start_application, start.make_window = start.start_application, watched, fail
sys.exit(start.run_window(["--library", sys.argv[1]]))
"""


def test_the_dialog_is_shown_and_the_status_is_not_zero(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "library")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "EVERSPARE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (1, "seen True"), done.stderr
