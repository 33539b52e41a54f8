"""Settings, backup and checks in the whole window: what holds at once and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.base.paths import config_dir
from app.base.progress import Progress
from app.base.settings import Settings, load_settings, save_settings
from app.domain.lifecycle.flag import Flag
from app.storage.backup import restore_backup
from app.storage.library import Library
from app.storage.opening import create_library
from app.ui.audit.audit_page import AuditPage
from app.ui.certificates.owner_dialog import OwnerDialog
from app.ui.frame import ask_paths
from app.ui.frame.settings_dialog import SettingsDialog
from app.ui.jobs import JobRunner, ThreadedExecutors
from app.ui.main_window import MainWindow
from app.ui.places import AUDIT, PARTS
from app.ui.start import WindowArguments, make_window
from app.ui.theme import Theme, current_theme
from app.ui.window_pages import LAST_PAGE
from helpers.builders import parts

Idle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No live 3D, and a last session that ended on the parts."""
    monkeypatch.setenv("EVERSPARE_3D", "pictures")
    state = QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
    state.setValue(LAST_PAGE, PARTS)


@pytest.fixture
def runner(crashes: list[BaseException]) -> Iterator[JobRunner]:
    made = JobRunner(ThreadedExecutors(), on_crash=crashes.append)
    yield made
    made.close()
    assert crashes == []


@pytest.fixture
def idle(qtbot: QtBot, runner: JobRunner) -> Idle:
    def wait() -> None:
        for _time in range(2):
            qtbot.waitUntil(lambda: not runner.active, timeout=30_000)
            QApplication.processEvents()

    return wait


@pytest.fixture
def window(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, dressed: Theme, idle: Idle
) -> Iterator[MainWindow]:
    library = create_library(tmp_path / "shelf")
    with library.writing(who="Anna", act="import list.xlsx") as write:
        write.insert(parts(3))
    library.close()
    made = make_window(Settings(), WindowArguments(tmp_path / "shelf"), runner)
    qtbot.addWidget(made)
    made.show()
    made.open_library()
    qtbot.waitUntil(lambda: made.context is not None, timeout=30_000)
    idle()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    current_theme().set_mode("system")


@pytest.fixture
def opened_folders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def note(url: QUrl) -> bool:
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return found


def _settings(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(SettingsDialog)))
    [dialog] = window.findChildren(SettingsDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.name.hasFocus)
    return dialog


def _choose(box: object, value: str) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]


def test_the_name_holds_at_once_and_the_place_stays(
    window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    window.pages.show(AUDIT)
    idle()
    dialog = _settings(window, qtbot)
    QTest.keyClicks(dialog.name, "Marit Brandt")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    idle()
    assert load_settings().user_name == "Marit Brandt"
    assert window.context is not None
    assert window.context.user == "Marit Brandt"
    assert window.rail._user.text() == "Marit Brandt"
    assert window.pages.here.page == AUDIT
    page = window.pages.listing
    assert isinstance(page, AuditPage)
    assert page.context.user == "Marit Brandt"
    assert list(page.listing.model.ids)[-1] == 1


def test_nothing_is_stored_when_it_is_cancelled_or_alike(
    window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    before, context = load_settings(), window.context
    dialog = _settings(window, qtbot)
    dialog.name.setText("Somebody")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    assert load_settings() == before
    again = window.tools.show_settings()
    again.run()
    idle()
    assert load_settings() == before
    assert window.context is context


def test_colours_hold_at_once(window: MainWindow, qtbot: QtBot, idle: Idle) -> None:
    context = window.context
    dialog = _settings(window, qtbot)
    _choose(dialog.colours, "dark")
    dialog.run()
    idle()
    assert current_theme().mode == "dark"
    assert load_settings().theme == "dark"
    assert window.actions_["theme_dark"].isChecked()
    assert window.context is context  # nothing was made anew for it


def test_the_language_waits_for_the_next_start(
    window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    dialog = _settings(window, qtbot)
    _choose(dialog.language, "de")
    dialog.run()
    idle()
    assert load_settings().language == "de"
    assert window.strip.text == "The language changes at the next start."


def test_single_letters_can_be_switched_off(window: MainWindow, qtbot: QtBot, idle: Idle) -> None:
    keys = window.actions_
    window.pages.parts.table.setFocus()
    qtbot.waitUntil(lambda: "J" in [k.toString() for k in keys["next_part"].shortcuts()])
    assert keys["show_keys"].shortcuts()
    dialog = _settings(window, qtbot)
    dialog.letters.setChecked(False)
    dialog.run()
    idle()
    assert not keys["next_part"].shortcuts()
    assert not keys["show_keys"].shortcuts()
    assert window.context is not None
    assert window.context.services.settings.single_key_shortcuts is False
    again = window.tools.show_settings()
    again.letters.setChecked(True)
    again.run()
    idle()
    assert keys["show_keys"].shortcuts()


def test_the_horizon_is_kept_within_its_limits_and_judged_for(
    window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    dialog = _settings(window, qtbot)
    dialog.horizon.setValue(2)
    assert dialog.horizon.value() == 6
    dialog.horizon.setValue(48)
    dialog.run()
    idle()
    assert load_settings().horizon_months == 48
    assert window.context is not None
    with window.context.services.library.reading() as read:
        assert [flag.horizon_months for flag in read.fetch(Flag)] == [48, 48, 48]


def test_settings_that_others_stored_meanwhile_stay(
    window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    dialog = _settings(window, qtbot)
    save_settings(Settings(worker_deadline_s=77))
    dialog.name.setText("Ines")
    dialog.run()
    idle()
    assert (load_settings().worker_deadline_s, load_settings().user_name) == (77, "Ines")


def test_work_under_way_is_not_stopped_by_a_new_name(
    window: MainWindow, qtbot: QtBot, idle: Idle, runner: JobRunner
) -> None:
    going = True

    def work(progress: Progress) -> None:
        while going:
            progress.check()

    context = window.context
    dialog = _settings(window, qtbot)
    job = runner.start(work, owner=window, title="Import")
    dialog.name.setText("Ines")
    dialog.run()
    qtbot.waitUntil(lambda: window.strip.text.startswith("Work is under way"), timeout=10_000)
    assert window.context is context
    assert not job.cancelling
    going = False
    idle()
    assert load_settings().user_name == "Ines"


def test_the_library_can_be_shown_and_its_owner_named(
    window: MainWindow, qtbot: QtBot, idle: Idle, opened_folders: list[str]
) -> None:
    dialog = _settings(window, qtbot)
    assert dialog.library.text().endswith("shelf")
    dialog.folder.click()
    assert opened_folders == [dialog.library.text()]
    dialog.owner.click()
    idle()
    [owner] = dialog.findChildren(OwnerDialog)
    owner.name.setText("Norvik AS")
    owner.address.setText("Havnegata 1")
    owner.run()
    idle()
    dialog.reject()
    idle()
    assert window.undo_acts.undo_act == "set organisation"


def test_a_backup_is_written_and_can_be_restored(
    window: MainWindow,
    idle: Idle,
    tmp_path: Path,
    opened_folders: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "out" / "copy.zip"
    monkeypatch.setattr(ask_paths, "ask_where_to_back_up", lambda *_asked: target)
    window.actions_["back_up"].trigger()
    idle()
    assert window.strip.text == f"{target} holds the library with 0 stored files."
    _button(window.strip, "Open folder").click()
    assert opened_folders == [str(target.parent)]
    assert restore_backup(target, tmp_path / "back", Progress()) == 0


def test_a_backup_may_be_thought_better_of_stopped_or_refused(
    window: MainWindow, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_paths, "ask_where_to_back_up", lambda *_asked: None)
    window.tools.back_up()
    assert window.strip.text == ""
    target = tmp_path / "copy.zip"
    monkeypatch.setattr(ask_paths, "ask_where_to_back_up", lambda *_asked: target)

    def endless(_library: Library, _target: Path, progress: Progress) -> int:
        while True:
            progress.check()

    with monkeypatch.context() as patched:
        patched.setattr(Library, "back_up", endless)
        window.tools.back_up()
        _button(window.strip, "Stop").click()
        idle()
    assert window.strip.text == "No backup was written."

    def full(_library: Library, _target: Path, _progress: Progress) -> int:
        raise StorageError("No space is left.")

    with monkeypatch.context() as patched:
        patched.setattr(Library, "back_up", full)
        window.tools.back_up()
        idle()
    assert window.strip.text == "No space is left."
    assert not target.exists()


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("verify_chain", "The chain is intact: 1 entry"),
        ("check_library", "The library is intact."),
    ],
)
def test_checks_lead_to_the_audit_page(
    window: MainWindow, idle: Idle, action: str, said: str
) -> None:
    window.actions_[action].trigger()
    idle()
    page = window.pages.listing
    assert isinstance(page, AuditPage)
    assert page.strip.text.startswith(said)


def test_the_history_of_undo_lists_what_can_be_undone(window: MainWindow, idle: Idle) -> None:
    window.actions_["undo_history"].trigger()
    idle()
    page = window.pages.listing
    assert isinstance(page, AuditPage)
    assert page.filters.state.currentText() == "Can be undone"


def test_without_a_library_the_settings_still_open(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, dressed: Theme
) -> None:
    window = make_window(Settings(), WindowArguments(tmp_path / "none", "Eva"), runner)
    qtbot.addWidget(window)
    dialog = window.tools.show_settings()
    assert not dialog.owner.isEnabled()
    assert dialog.library.text() == "No library is open."
    assert "Eva" in dialog.name.accessibleDescription()
    window.tools.back_up()
    window.tools.open_folder()
    dialog.reject()


def test_every_field_has_a_name_and_can_be_reached_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    dialog = _settings(window, qtbot)
    seen: list[QWidget] = []
    for _step in range(20):
        focused = QApplication.focusWidget()
        if focused is None or focused in seen:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    for wanted in (
        dialog.name,
        dialog.language,
        dialog.colours,
        dialog.letters,
        dialog.owner,
        dialog.folder,
        dialog.backup,
        dialog.verb_button,
    ):
        assert wanted in seen, wanted
        described = QAccessible.queryAccessibleInterface(wanted)
        assert described.text(QAccessible.Text.Name)
    dialog.reject()


def _button(parent: QWidget, text: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == text)
