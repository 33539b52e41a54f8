"""No control without a name, on any page and in any dialog: what a screen reader has to go by."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.base.settings import Settings
from app.domain.inventory.part_step import PartStep
from app.services.sample.create_sample import create_sample
from app.storage.opening import create_library
from app.ui.catalog.objections import Objection
from app.ui.catalog.part_dialogs import Setup
from app.ui.jobs import JobRunner, ThreadedExecutors
from app.ui.main_window import MainWindow
from app.ui.places import PAGES
from app.ui.start import WindowArguments, make_window
from app.ui.theme import Theme
from app.workers.pool import WorkerPool
from helpers.boxes import write_box_stl
from helpers.spoken import interfaces, nameless

Idle = Callable[[], None]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, workers: WorkerPool) -> Path:
    """A library with the sample inventory."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    library = create_library(folder)
    create_sample(library, workers=workers, who="Marit Brandt")
    library.close()
    return folder


@pytest.fixture
def runner(crashes: list[BaseException]) -> Iterator[JobRunner]:
    made = JobRunner(ThreadedExecutors(), on_crash=crashes.append)
    yield made
    made.close()
    assert crashes == []


@pytest.fixture
def idle(qtbot: QtBot, runner: JobRunner) -> Idle:
    def wait() -> None:
        for _turn in range(3):  # what a page asks for late, it asks for at the next turn
            qtbot.waitUntil(lambda: not runner.active, timeout=60_000)
            QApplication.processEvents()

    return wait


@pytest.fixture
def window(
    qtbot: QtBot,
    runner: JobRunner,
    sample: Path,
    tmp_path: Path,
    dressed: Theme,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """The window on a copy of the sample; the proofs of others wait for Ines Kolb."""
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    shutil.copytree(sample, tmp_path / "library")
    made = make_window(Settings(), WindowArguments(tmp_path / "library", "Ines Kolb"), runner)
    qtbot.addWidget(made)
    made.show()
    made.open_library()
    qtbot.waitUntil(lambda: made.context is not None, timeout=30_000)
    idle()
    yield made
    made.close()


def test_every_control_of_every_page_has_a_name(window: MainWindow, idle: Idle) -> None:
    found = {}
    for page in PAGES:
        window.actions_[f"show_{page.key}"].trigger()
        idle()
        assert len(list(interfaces(window))) > 40, "the walk goes into the page"
        found[page.key] = nameless(window)
    assert found == {page.key: [] for page in PAGES}


def test_part_import_and_jobs_name_their_controls(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    window.actions_["jobs"].trigger()
    window.pages.open_part("A004711", "parts")
    idle()
    found = {"part": nameless(window)}
    part = window.pages.part
    assert part is not None
    for tab in range(part.tabs.count()):
        part.tabs.setCurrentIndex(tab)
        idle()
        found[f"tab {part.tabs.tabText(tab)}"] = nameless(window)
    table = tmp_path / "parts.csv"
    table.write_text("Part no;Description\nA9;Cap\n;nameless\n", encoding="utf-8")
    window.begin_import([write_box_stl(tmp_path / "A9.stl", 9.0), table])
    idle()
    found["import"] = nameless(window)
    assert found == {key: [] for key in found}


def test_every_dialog_of_a_part_names_its_controls(window: MainWindow, idle: Idle) -> None:
    found: dict[str, list[str]] = {}
    numbers = ["A004711", "A006052", "A004731", "A003371", "A004720", "A003352"]
    for number in numbers:
        window.pages.open_part(number, "parts")
        idle()
        part = window.pages.part
        assert part is not None
        for step in PartStep:
            if step not in (PartStep.GET_FILE, PartStep.SHOW_CURRENT) and step.value not in found:
                part.acts.run(step)
                look_into(part.acts.dialog, step.value, found, idle)
        for kind in (*Setup, *Objection):
            if number == numbers[0]:
                act = part.acts.set_up if isinstance(kind, Setup) else part.acts.object
                act(kind)  # type: ignore[arg-type]
                look_into(part.acts.dialog, kind.value, found, idle)
    assert {step.value for step in PartStep} - found.keys() <= {"get_file", "show_current"}
    assert found == {key: [] for key in found}


def look_into(dialog: QDialog | None, name: str, found: dict[str, list[str]], idle: Idle) -> None:
    """Note the nameless controls of a dialog, and close it; a refused act has none."""
    if dialog is None:
        return
    idle()
    assert len(list(interfaces(dialog))) > 4
    found[name] = nameless(dialog)
    dialog.reject()
    idle()


def test_the_sheets_of_the_help_menu_and_the_palette_name_their_controls(
    window: MainWindow, idle: Idle
) -> None:
    found = {}
    for key in ("show_keys", "about", "find_or_do"):
        window.actions_[key].trigger()
        idle()
        found[key] = [
            line
            for top in QApplication.topLevelWidgets()
            if top.isVisible()
            for line in nameless(top)
        ]
        for top in QApplication.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
    assert found == {key: [] for key in found}
