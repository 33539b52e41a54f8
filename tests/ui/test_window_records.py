"""The window's part in packages and certificates: dropped files, menu acts, links to records."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.base.paths import config_dir
from app.base.settings import Settings
from app.domain.packages.print_package import PrintPackage
from app.storage.library import Library
from app.storage.opening import create_library
from app.ui.certificates.certify_dialog import CertifyDialog
from app.ui.jobs import JobRunner, ThreadedExecutors
from app.ui.main_window import MainWindow
from app.ui.packages.lot_dialog import LotDialog
from app.ui.places import CERTIFICATES, PACKAGES, PARTS
from app.ui.start import WindowArguments, make_window
from app.ui.theme import Theme
from app.ui.window_pages import LAST_PAGE
from app.workers.pool import WorkerPool
from helpers.chain import Chain

Idle = Callable[[], None]


@pytest.fixture
def runner(crashes: list[BaseException]) -> Iterator[JobRunner]:
    made = JobRunner(ThreadedExecutors(), on_crash=crashes.append)
    yield made
    made.close()
    assert crashes == []


@pytest.fixture
def idle(qtbot: QtBot, runner: JobRunner) -> Idle:
    def wait() -> None:
        for _again in range(3):
            qtbot.waitUntil(lambda: not runner.active, timeout=30_000)
            QApplication.processEvents()

    return wait


@pytest.fixture
def house(tmp_path: Path, workers: WorkerPool) -> Path:
    """A library from which a package left; a lot of it was delivered and certified."""
    library = create_library(tmp_path / "house")
    chain = Chain(library, workers, tmp_path)
    chain.own()
    chain.qualify()
    chain.export()
    package = only_package(library)
    chain.deliver(package=package.number, delivered_on=package.exported_at.date())
    chain.issue()
    library.close()
    return library.path


def only_package(library: Library) -> PrintPackage:
    with library.reading() as read:
        [package] = read.fetch(PrintPackage)
    return package


@pytest.fixture
def window(
    qtbot: QtBot,
    runner: JobRunner,
    house: Path,
    dressed: Theme,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    state = QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
    state.setValue(LAST_PAGE, PARTS)
    made = make_window(Settings(), WindowArguments(house, "Marit Brandt"), runner)
    qtbot.addWidget(made)
    made.show()
    made.open_library()
    qtbot.waitUntil(lambda: made.context is not None, timeout=30_000)
    idle()
    yield made
    made.close()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPoint(200, 200), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dragEnterEvent(QDragEnterEvent(where, action, data, button, none))
    window.dropEvent(QDropEvent(QPointF(where), action, data, button, none))


def test_dropped_packages_and_certificates_are_verified(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    [package] = (tmp_path / "out").glob("*.everspare")
    drop(window, package, tmp_path / "c.pdf")
    idle()
    dialog = window.records.dialog
    assert dialog is not None
    assert window.pages.here.page == PARTS
    assert dialog.text.count("Intact, but signed by an unknown key") == 2
    dialog.accept()
    assert window.records.dialog is None


def test_a_file_is_asked_for_by_key_and_from_every_head(
    window: MainWindow, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(tmp_path / "c.pdf")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: (chosen, ""))
    assert window.actions_["verify_file"].shortcut().toString() == "Ctrl+Shift+V"
    for page in (PACKAGES, CERTIFICATES):
        window.pages.show(page)
        idle()
        window.pages.listing.head.verify.click()  # type: ignore[union-attr]
        idle()
        dialog = window.records.dialog
        assert dialog is not None and "c.pdf" in dialog.text
        dialog.accept()
    chosen.clear()
    window.actions_["verify_file"].trigger()
    assert window.records.dialog is None


def test_the_menus_act_on_the_record_that_has_the_focus(window: MainWindow, idle: Idle) -> None:
    actions = window.actions_
    assert not actions["book_lot"].isEnabled()
    assert actions["book_lot"].toolTip() == "Choose a package first."
    window.pages.show(PACKAGES)
    idle()
    assert actions["book_lot"].isEnabled()
    actions["book_lot"].trigger()
    dialog = window.pages.listing.acts.dialog  # type: ignore[union-attr]
    assert isinstance(dialog, LotDialog)
    dialog.reject()
    window.pages.show(CERTIFICATES, "L-1")
    idle()
    assert actions["withdraw"].isEnabled()
    assert not actions["book_lot"].isEnabled()
    actions["certify"].trigger()
    idle()
    assert window.pages.here.page == CERTIFICATES
    dialog = window.pages.listing.acts.dialog  # type: ignore[union-attr]
    assert isinstance(dialog, CertifyDialog)
    dialog.reject()
