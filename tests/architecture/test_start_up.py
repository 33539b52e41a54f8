"""Until the first paint the window loads the standard library and Qt, nothing heavy."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.catalog.part import Part, number_key
from app.storage.library import Library

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "numpy",
    "scipy",
    "vtk",
    "vtkmodules",
    "pyvista",
    "pyvistaqt",
    "trimesh",
    "lib3mf",
    "cascadio",
    "reportlab",
    "pypdfium2",
    "cryptography",
    "openpyxl",
    "typer",
    "click",
    "psutil",
    "tomli_w",
    "app.workers.pool",
    "app.storage.library",
    "app.preview",
)
PROGRAM = """
import json, sys
from app.ui import start

def first_paint(window):
    rows = window.pages.parts.model
    shown = [rows.data(rows.index(row, 2)) for row in range(rows.rowCount())]
    print(json.dumps({"modules": sorted(sys.modules), "shown": shown}))
    window.close()

start.MainWindow.open_library = first_paint
sys.exit(start.run_window(sys.argv[1:]))
"""


def run_to_first_paint(library: Path, home: Path) -> dict[str, list[str]]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "EVERSPARE_HOME": str(home),
    }
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--library", str(library)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=environment,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, list[str]] = json.loads(ended.stdout)
    return found


@pytest.fixture
def filled(library: Library) -> Path:
    numbers = [f"A{number:03}" for number in range(300)]
    with library.writing(who="Anna", act="fill") as write:
        write.insert([Part(number=number, number_key=number_key(number)) for number in numbers])
    return library.path


def test_first_paint_shows_parts_and_has_loaded_nothing_heavy(filled: Path, home: Path) -> None:
    found = run_to_first_paint(filled, home)
    assert found["shown"][0] == "A000"
    assert len(found["shown"]) == 256
    assert [name for name in HEAVY if name in found["modules"]] == []


def test_first_paint_loads_qt_and_the_standard_library_alone(filled: Path, home: Path) -> None:
    found = run_to_first_paint(filled, home)
    roots = {name.partition(".")[0] for name in found["modules"]}
    ours = {"app", "__main__"}
    # platformdirs tells where settings are, and only where the environment does not say so.
    allowed = {"PySide6", "shiboken6", "shibokensupport", "platformdirs", "signature_bootstrap"}
    site = {name for name in roots if name not in sys.stdlib_module_names} - ours - allowed
    assert not {name for name in site if not name.startswith("_")} - {"sitecustomize"}


def test_a_folder_without_a_library_opens_the_window_too(tmp_path: Path, home: Path) -> None:
    found = run_to_first_paint(tmp_path / "nothing", home)
    assert found["shown"] == []


def test_the_entry_module_is_free_of_qt() -> None:
    """A worker process imports it again and must not pay for a window."""
    program = "import sys, app.__main__; print(any(n.startswith('PySide6') for n in sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert ended.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["gui"], True),
        (["--library", "somewhere"], True),
        (["--library=somewhere", "--user", "Anna", "gui"], True),
        (["--library", "gui"], True),
        (["parts"], False),
        (["--library", "somewhere", "parts", "--json"], False),
        (["--help"], False),
        (["gui", "more"], False),
    ],
)
def test_arguments_choose_between_window_and_command_line(
    arguments: list[str], window: bool
) -> None:
    from app.__main__ import wants_window

    assert wants_window(arguments) is window
