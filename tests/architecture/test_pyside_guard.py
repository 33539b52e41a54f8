"""PySide6 6.12.0 loses a reference to True at every emit on Python 3.11 and then aborts."""

import json
import subprocess
import sys

EMITS = 5_000

_SCRIPT = f"""
import json, sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

class Sender(QObject):
    told = Signal(int)

app = QCoreApplication([])
sender, timer, heard = Sender(), QTimer(), []
sender.told.connect(heard.append)
before = [sys.getrefcount(value) for value in (True, False, None)]
for number in range({EMITS}):
    sender.told.emit(number)
    timer.setSingleShot(False)
after = [sys.getrefcount(value) for value in (True, False, None)]
print(json.dumps([len(heard), [new - old for old, new in zip(before, after)]]))
"""


def test_emitting_keeps_the_references_to_constants() -> None:
    # In a process of its own: where it fails, it aborts.
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _SCRIPT], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    heard, differences = json.loads(done.stdout)
    assert heard == EMITS
    assert all(abs(difference) < EMITS // 10 for difference in differences), differences
