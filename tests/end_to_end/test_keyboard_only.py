"""From the first start of the window to a certificate, without a mouse and without a sample."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.base.settings import Settings
from app.storage.opening import create_library
from app.ui.jobs import JobRunner
from app.ui.main_window import MainWindow
from app.ui.start import WindowArguments, make_window, show_window
from app.ui.theme import current_theme
from app.ui.widgets.act_dialog import ActDialog
from helpers.boxes import write_box_stl
from helpers.keyboard import Keyboard

AUTHOR, APPROVER = "Jana Aalto", "Ines Kolb"


class Session:
    """The program as one person starts it, up to its window."""

    def __init__(self, qtbot: QtBot, library: Path, user: str) -> None:
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(on_crash=self.crashes.append)
        self.window = make_window(Settings(), WindowArguments(library, user), self.jobs)
        qtbot.addWidget(self.window)
        show_window(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.window.context is not None and self.quiet(), timeout=30_000)

    def quiet(self) -> bool:
        return not self.jobs.active


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def place(tmp_path: Path, qapp: QApplication) -> Iterator[Path]:
    """A folder with an empty library, a file to import and a test report."""
    create_library(tmp_path / "library").close()
    write_box_stl(tmp_path / "LC-100.stl", 20.0)
    (tmp_path / "report.txt").write_text("held 1.3 kN", encoding="utf-8")
    current_theme().apply(qapp)
    yield tmp_path
    for thread in threading.enumerate():
        assert not thread.name.startswith(("read", "write")), thread.name


def dialog_is_open(keyboard: Keyboard) -> None:
    keyboard.wait(lambda: isinstance(QApplication.activeModalWidget(), ActDialog))


def confirm(keyboard: Keyboard, session: Session) -> None:
    """Press the verb of the dialog and wait until it has done it."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ActDialog)
    keyboard.press("Ctrl+Return")

    def refusal() -> str:
        return dialog.strip.text if QApplication.activeModalWidget() is dialog else ""

    keyboard.wait(
        lambda: session.quiet() and (QApplication.activeModalWidget() is None or bool(refusal()))
    )
    assert refusal() == ""


def begin(keyboard: Keyboard, session: Session) -> None:
    """Press the key of the part's next step."""
    keyboard.wait(session.quiet)
    keyboard.press("Ctrl+Return")
    dialog_is_open(keyboard)
    keyboard.wait(session.quiet)


def open_part(keyboard: Keyboard, session: Session) -> None:
    keyboard.press("Ctrl+2")
    keyboard.press("Ctrl+F")
    keyboard.type("LC-100")
    keyboard.wait(lambda: session.window.status.count_text.startswith("1 "))
    keyboard.press("Down")
    keyboard.press("Return")
    keyboard.wait(lambda: session.window.pages.path[-1] == "LC-100" and session.quiet())


def enter(
    keyboard: Keyboard, session: Session, entry: str, fields: dict[str, str], process: str = ""
) -> None:
    """Enter something once through the menu of further acts."""
    keyboard.choose_in_menu("Further acts", entry)
    dialog_is_open(keyboard)
    keyboard.wait(session.quiet)
    for name, text in fields.items():
        keyboard.fill(name, text)
    if process:
        keyboard.choose("Process", process)
    confirm(keyboard, session)


def import_file(keyboard: Keyboard, session: Session, file: Path) -> None:
    def name_it() -> None:
        assert isinstance(QApplication.activeModalWidget(), QFileDialog)
        keyboard.type(str(file))
        keyboard.press("Return")

    keyboard.press_and("Ctrl+I", name_it)
    keyboard.wait(lambda: session.window.pages.here.page == "import" and session.quiet())
    keyboard.tab_to("Import 1")
    keyboard.press("Space")
    keyboard.wait(lambda: bool(session.window.undo_acts.undo_act) and session.quiet())


def prepare(keyboard: Keyboard, session: Session) -> None:
    """Rights, release and print definition."""
    begin(keyboard, session)
    keyboard.choose("Right to make", "Own design")
    keyboard.choose("Export control", "Assessed: not listed")
    keyboard.fill("Why", "own drawing")
    confirm(keyboard, session)
    begin(keyboard, session)
    confirm(keyboard, session)
    begin(keyboard, session)
    keyboard.fill("Feedstock grade", "PA12-X")
    keyboard.fill("Field", "orientation")
    keyboard.fill("Value, orientation", "flat")
    confirm(keyboard, session)
    begin(keyboard, session)
    confirm(keyboard, session)


def set_up(keyboard: Keyboard, session: Session) -> None:
    """Who prints, on what, from what, and for whom."""
    enter(keyboard, session, "Enter provider…", {"Code": "north", "Name": "North Print Oy"})
    enter(keyboard, session, "Enter machine…", {"Name": "M1"}, "Powder bed fusion (PBF)")
    enter(keyboard, session, "Enter feedstock…", {"Grade": "PA12-X"}, "Powder bed fusion (PBF)")
    enter(
        keyboard,
        session,
        "Owner of the library…",
        {"Name": "Norvik GmbH", "Address": "Uferstr. 18, Siegen"},
    )


def qualify(keyboard: Keyboard, session: Session, report: Path) -> None:
    begin(keyboard, session)
    keyboard.choose("A failure is", "Low")
    confirm(keyboard, session)
    begin(keyboard, session)
    keyboard.fill("File", str(report))
    keyboard.fill("Result", "passed")
    confirm(keyboard, session)
    begin(keyboard, session)
    confirm(keyboard, session)


def deliver(keyboard: Keyboard, session: Session, out: Path) -> None:
    """Approval by the second person, package, lot, certificate."""
    begin(keyboard, session)
    confirm(keyboard, session)
    begin(keyboard, session)
    keyboard.fill("Licensed pieces", "4")
    keyboard.fill("Folder", str(out))
    for field in ("Passphrase", "Once more"):
        keyboard.fill(field, "correct horse battery")
    finish(keyboard, session)
    begin(keyboard, session)
    keyboard.fill("Lot number", "L-1")
    keyboard.fill("Pieces", "4")
    keyboard.fill("Purchaser", "Clinic")
    confirm(keyboard, session)
    begin(keyboard, session)
    keyboard.fill("Place of issue", "Siegen")
    keyboard.fill("Function", "Quality")
    keyboard.fill("Conforms to", "drawing LC-100")
    keyboard.fill("Folder", str(out))
    keyboard.fill("Passphrase", "correct horse battery")
    finish(keyboard, session)


def finish(keyboard: Keyboard, session: Session) -> None:
    """Press the verb of a dialog that says what it made and is closed then."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ActDialog)
    keyboard.wait(lambda: dialog.verb_button.isEnabled() and session.quiet())
    keyboard.press("Ctrl+Return")
    keyboard.wait(lambda: bool(dialog.outcome) and session.quiet())
    keyboard.tab_to("Close")
    keyboard.press("Space")
    keyboard.wait(lambda: QApplication.activeModalWidget() is None and session.quiet())


@pytest.mark.slow
def test_from_the_start_to_a_certificate_by_keyboard(
    keyboard: Keyboard, qtbot: QtBot, place: Path
) -> None:
    out = place / "out"
    out.mkdir()
    author = Session(qtbot, place / "library", AUTHOR)
    import_file(keyboard, author, place / "LC-100.stl")
    open_part(keyboard, author)
    prepare(keyboard, author)
    set_up(keyboard, author)
    qualify(keyboard, author, place / "report.txt")
    leave(keyboard, author.window)
    approver = Session(qtbot, place / "library", APPROVER)
    open_part(keyboard, approver)
    deliver(keyboard, approver, out)
    leave(keyboard, approver.window)
    assert [*author.crashes, *approver.crashes] == []
    [package] = out.glob("*.everspare")
    [certificate] = out.glob("*.pdf")
    assert package.stat().st_size > 1000
    document = pypdfium2.PdfDocument(certificate)
    text = document[0].get_textpage().get_text_range()
    document.close()
    for words in ("LC-100", "L-1", "North Print Oy", "Norvik GmbH", "Clinic", APPROVER):
        assert words in text, words


def leave(keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.press("Ctrl+Q")
    keyboard.wait(lambda: not window.isVisible())
