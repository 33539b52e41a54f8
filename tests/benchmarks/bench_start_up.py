"""Start-up: time to the first paint, Everspare beside a bare PySide6 window, in one run.

Run on a display, or: xvfb-run -a python tests/benchmarks/bench_start_up.py [PARTS] [ROUNDS]

All sides are whole processes, from their spawn to the first paint of their window. Everspare's
window shows the first page of a library of PARTS made-up parts. Between it and the bare window
stands the least window that could show that page: Qt's own table, menu and buttons as they are,
one SQL query, and no module of ours. What it costs is the price of Qt's table, text and
enumerations in Python, which the bare window does not use: no table of parts can be faster.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 1.3  # times the bare window
TELL = """
def painted():
    import os, sys, time
    watched = {"sqlmodel", "sqlalchemy", "pydantic", "numpy", "vtkmodules", "trimesh", "typer"}
    heavy = sorted(watched & set(sys.modules))
    sys.stdout.write(f"{time.monotonic()} {','.join(heavy) or '-'}")
    sys.stdout.flush()
    os._exit(0)
"""
BARE = (
    TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, painted)
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
)
LEAST = (
    TELL
    + """
import sqlite3, sys
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStyle, QTableView
class Rows(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()):
        return len(rows)
    def columnCount(self, parent=QModelIndex()):
        return len(rows[0])
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return str(rows[index.row()][index.column()])
class Table(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)
app = QApplication([])
database = sqlite3.connect(sys.argv[1] + "/library.sqlite")
rows = database.execute("select * from part order by number limit 100").fetchall()
window, table, model = QMainWindow(), Table(), Rows()
table.setModel(model)
window.menuBar().addMenu("File").addAction(QAction("Quit", window))
window.setCentralWidget(table)
window.resize(1440, 900)
window.show()
app.exec()
"""
)
OURS = (
    TELL
    + """
import sys
from app.__main__ import load_window
run_window = load_window()
import app.ui.start as start
class Told(start.FirstPaint):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.painted.connect(painted)
start.FirstPaint = Told
sys.exit(run_window(["--library", sys.argv[1]]))
"""
)


def first_paint_s(script: str, *arguments: str) -> tuple[float, str]:
    """Run one process; return the seconds from its spawn to its first paint, and heavy modules."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not done.stdout:
        sys.exit(f"the window did not come up:\n{done.stderr}")
    moment, heavy = done.stdout.split()
    return float(moment) - started, heavy


def left_at_parts(config: Path) -> None:
    """Let the last session have ended on the parts, so that the first paint shows their rows."""
    config.mkdir(parents=True)
    (config / "window.ini").write_text("[window]\npage=parts\n", encoding="utf-8")


def main() -> None:
    parts = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
        os.environ["EVERSPARE_HOME"] = str(Path(folder) / "home")
        left_at_parts(Path(folder) / "home" / "config")
        library = str(Path(folder) / "library")
        seed = ["-m", "app", "--library", library, "dev", "seed", "--parts", str(parts)]
        subprocess.run([sys.executable, *seed], check=True, capture_output=True)
        first_paint_s(BARE), first_paint_s(OURS, library)  # warm the page cache
        bare, least, ours, heavy = [], [], [], set()
        for _round in range(rounds):  # in turns, so that all meet the same load
            bare.append(first_paint_s(BARE)[0])
            least.append(first_paint_s(LEAST, library)[0])
            seconds, found = first_paint_s(OURS, library)
            ours.append(seconds)
            heavy.add(found)
    base, mine, floor = (statistics.median(times) for times in (bare, ours, least))
    print(f"{'first paint, median of ' + str(rounds):<44}{'ms':>8}{'ratio':>8}")
    print(f"{'bare PySide6 window':<44}{base * 1000:>8.0f}{1.0:>8.2f}")
    print(f"{'least window with a table':<44}{floor * 1000:>8.0f}{floor / base:>8.2f}")
    print(f"{f'Everspare, library of {parts:,} parts':<44}{mine * 1000:>8.0f}{mine / base:>8.2f}")
    print(f"{'goal':<44}{base * GOAL * 1000:>8.0f}{GOAL:>8.2f}")
    print(f"heavy modules loaded at first paint: {', '.join(sorted(heavy))}")


if __name__ == "__main__":
    main()
