"""The whole window on real libraries: first start, pages, keys, import, undo, closing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.base.paths import config_dir
from app.base.settings import Settings, load_settings, save_settings
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.storage.opening import create_library, open_library
from app.ui.frame import ask_paths
from app.ui.jobs import JobRunner, ThreadedExecutors
from app.ui.main_window import MainWindow, WindowStart
from app.ui.places import PARTS, WORKLIST
from app.ui.start import WindowArguments, make_window, read_arguments
from app.ui.theme import Theme, current_theme
from app.ui.window_pages import LAST_PAGE
from helpers.boxes import write_box_stl
from helpers.builders import parts

Idle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def pictures_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERSPARE_3D", "pictures")


@pytest.fixture(autouse=True)
def left_at_parts() -> None:
    """The last session ended on the parts, so that the window begins there."""
    state = QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
    state.setValue(LAST_PAGE, PARTS)


@pytest.fixture
def runner(crashes: list[BaseException]) -> Iterator[JobRunner]:
    made = JobRunner(ThreadedExecutors(), on_crash=crashes.append)
    yield made
    made.close()
    assert crashes == []


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A library of five parts."""
    path = tmp_path / "shelf"
    library = create_library(path)
    with library.writing(who="Anna", act="import list.xlsx") as write:
        write.insert(parts(5))
    library.close()
    return path


@pytest.fixture
def idle(qtbot: QtBot, runner: JobRunner) -> Idle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not runner.active, timeout=30_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not runner.active, timeout=30_000)

    return wait


@pytest.fixture
def window(
    qtbot: QtBot, runner: JobRunner, shelf: Path, dressed: Theme, idle: Idle
) -> Iterator[MainWindow]:
    made = make_window(Settings(), WindowArguments(shelf, "Marit Brandt"), runner)
    qtbot.addWidget(made)
    made.show()
    made.open_library()
    qtbot.waitUntil(lambda: made.context is not None, timeout=30_000)
    idle()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def shown(window: MainWindow) -> list[str]:
    model = window.pages.parts.model
    return [model.data(model.index(row, 2)) for row in range(model.rowCount())]


def stored(path: Path) -> int:
    library = open_library(path)
    with library.reading() as read:
        count = read.count(Part)
    library.close()
    return count


def test_arguments_of_the_window() -> None:
    assert read_arguments([]) == WindowArguments()
    assert read_arguments(["--library", "a b", "--user=Anna", "gui"]) == WindowArguments(
        Path("a b"), "Anna"
    )
    with pytest.raises(ValueError, match="--library"):
        read_arguments(["--library"])


def test_first_rows_are_there_before_the_library_is_open(
    qtbot: QtBot, runner: JobRunner, shelf: Path
) -> None:
    window = make_window(Settings(), WindowArguments(shelf, None), runner)
    qtbot.addWidget(window)
    assert len(shown(window)) == 5
    assert window.context is None
    assert not window.actions_["import_files"].isEnabled()
    window.close()


def test_the_first_start_makes_the_sample_and_says_so(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, idle: Idle, home: Path
) -> None:
    window = make_window(Settings(), WindowArguments(), runner)
    qtbot.addWidget(window)
    window.show()
    window.open_library()
    qtbot.waitUntil(lambda: "sample" in window.strip.text, timeout=30_000)
    idle()
    assert window.pages.parts.model.rowCount() >= 6
    assert "These parts are a sample" in window.strip.text
    assert load_settings().library_path
    window.library.open(tmp_path / "mine", create=True)
    idle()
    assert window.pages.parts.model.rowCount() == 0, "a library made later is empty"
    window.library.open(window._start.library_path)
    idle()
    window.close()
    again = make_window(load_settings(), WindowArguments(), runner)
    qtbot.addWidget(again)
    assert len(shown(again)) >= 6
    again.close()


def test_a_named_folder_without_a_library_is_refused_and_not_made(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, idle: Idle
) -> None:
    window = make_window(Settings(), WindowArguments(tmp_path / "typo"), runner)
    qtbot.addWidget(window)
    window.show()
    window.open_library()
    idle()
    assert "no library" in window.strip.text
    assert not (tmp_path / "typo").exists()
    assert window.context is None
    window.close()


def test_pages_by_key_and_the_way_back(window: MainWindow, idle: Idle) -> None:
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    idle()
    assert window.pages.here.page == "worklist"
    assert window.windowTitle() == "Worklist – Everspare"
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    idle()
    assert window.pages.here.page == "worklist"
    QTest.keyClick(window, Qt.Key.Key_Right, ALT)
    idle()
    assert window.pages.here.page == "parts"


def test_a_part_opens_and_the_list_is_walked_by_letters(window: MainWindow, idle: Idle) -> None:
    table = window.pages.parts.table
    table.setFocus()
    table.select_id(window.pages.parts.ids[1])
    QTest.keyClick(table, Qt.Key.Key_Return)
    idle()
    assert window.pages.path == ("Parts", "A00002")
    QTest.keyClick(window.pages.part, Qt.Key.Key_J)
    idle()
    assert window.pages.path == ("Parts", "A00003")
    QTest.keyClick(window.pages.part, Qt.Key.Key_K)
    idle()
    assert window.pages.path == ("Parts", "A00002")
    window.top.crumb_chosen.emit(0)
    idle()
    assert window.pages.here.page == "parts"
    assert window.pages.parts.current_number == "A00002"


def test_letters_type_in_the_search_field(window: MainWindow, idle: Idle, qtbot: QtBot) -> None:
    table = window.pages.parts.table
    table.setFocus()
    table.select_id(window.pages.parts.ids[0])
    QTest.keyClick(table, Qt.Key.Key_J)
    assert window.pages.parts.current_number == "A00002"
    QTest.keyClick(table, Qt.Key.Key_Slash)
    assert window.pages.parts.search.hasFocus()
    QTest.keyClicks(window.pages.parts.search, "jk")
    assert window.pages.parts.search.text() == "jk"


def test_dropping_files_shows_what_importing_would_do(
    window: MainWindow, tmp_path: Path, idle: Idle, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_box_stl(tmp_path / "knob.stl", 12.0)))])
    where = QPoint(600, 400)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, action, data, button, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert window._hint.isVisible()
    assert "knob.stl" in window._hint._text
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window._hint.isVisible()
    window.dropEvent(QDropEvent(QPointF(where), action, data, button, none))
    idle()
    page = window.pages.importing
    assert page is not None
    assert window.pages.here.page == "import"
    assert page.go_button.text() == "Import 1"
    page.go_button.click()
    idle()
    page.go_button.click()
    idle()
    assert window.pages.here.page == "parts"
    assert "knob" in shown(window)
    assert window.actions_["undo"].text() == "&Undo “import knob.stl”"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    idle()
    assert "knob" not in shown(window)
    assert window.strip.text == "Undone: import knob.stl."
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    idle()
    assert "knob" in shown(window)


def test_what_is_no_local_file_cannot_be_dropped(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/part.stl")])
    event = QDragEnterEvent(
        QPoint(1, 1),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()


def test_files_are_asked_for_from_the_menu(
    window: MainWindow, tmp_path: Path, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_box_stl(tmp_path / "cap.stl", 8.0)
    monkeypatch.setattr("app.ui.main_window.ask_for_files", lambda parent: [file])
    window.actions_["import_files"].trigger()
    idle()
    assert window.pages.here.page == "import"
    monkeypatch.setattr("app.ui.main_window.ask_for_folder", lambda parent, title: [])
    window.actions_["import_folder"].trigger()
    assert "*.3mf" in " ".join(f"*.{suffix}" for suffix in ask_paths.SUFFIXES)


def test_another_library_can_be_made_and_opened(
    window: MainWindow, tmp_path: Path, idle: Idle, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    other = tmp_path / "other"
    monkeypatch.setattr("app.ui.main_window.ask_for_folder", lambda parent, title: [other])
    window.actions_["new_library"].trigger()
    idle()
    assert window.pages.parts.model.rowCount() == 0
    assert "shelf is empty" in window.pages.parts.empty._title.text()
    assert load_settings().library_path == str(other)
    monkeypatch.setattr("app.ui.main_window.ask_for_folder", lambda parent, title: [shelf])
    window.actions_["open_library"].trigger()
    idle()
    assert len(shown(window)) == 5
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.bus.publish(Changes.everything_of("part", "flag"))
    idle()
    assert window.strip.isHidden(), "only the very first start makes a sample"


def test_what_another_process_writes_appears(window: MainWindow, shelf: Path, idle: Idle) -> None:
    other = open_library(shelf)
    with other.writing(who="Ben", act="add") as write:
        write.insert(parts(1, prefix="Z"))
    other.close()
    window.library._ask_version()
    idle()
    assert shown(window)[-1] == "Z00001"


def test_colours_are_chosen_and_kept(window: MainWindow, idle: Idle) -> None:
    window.actions_["theme_dark"].trigger()
    idle()
    assert current_theme().dark
    assert load_settings().theme == "dark"
    window.theme_toggle.trigger()
    idle()
    assert load_settings().theme == "light"
    assert window.actions_["theme_light"].isChecked()
    current_theme().set_mode("system")


def test_choosing_colours_leaves_settings_that_others_stored(
    window: MainWindow, idle: Idle
) -> None:
    save_settings(replace(load_settings(), horizon_months=36))
    window.actions_["theme_dark"].trigger()
    idle()
    assert load_settings().horizon_months == 36
    assert load_settings().theme == "dark"
    current_theme().set_mode("system")


def test_the_help_menu_opens_its_sheets(window: MainWindow) -> None:
    for key, title in (("show_keys", "Keys"), ("about", "About Everspare")):
        window.actions_[key].trigger()
        [dialog] = [d for d in window.findChildren(QDialog) if d.isVisible()]
        assert dialog.windowTitle() == title
        dialog.close()
        QApplication.processEvents()


def test_jobs_are_shown_and_hidden_by_key(window: MainWindow) -> None:
    assert not window.jobs_panel.isVisible()
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    assert window.jobs_panel.isVisible()
    assert "Open shelf" in [card.job.title for card in window.jobs_panel.cards]
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    assert not window.jobs_panel.isVisible()


def test_the_status_bar_counts_and_names(window: MainWindow, idle: Idle) -> None:
    assert window.status.count_text == "5 parts"
    window.actions_["select_all"].trigger()
    assert window.status.count_text == "5 of 5 selected"
    assert window.status._place.text() == "Local · shelf"
    assert window.actions_["copy"].isEnabled()


def test_export_from_a_list_opens_the_part_first(window: MainWindow, idle: Idle) -> None:
    window.pages.parts.table.select_id(window.pages.parts.ids[0])
    called: list[str] = []
    part_page = window.pages.part
    assert part_page is not None
    part_page.export_package = lambda: called.append("export")  # type: ignore[method-assign]
    window.actions_["export_package"].trigger()
    idle()
    assert window.pages.path == ("Parts", "A00001")
    assert called == ["export"]


def test_closing_waits_for_what_is_written_and_keeps_the_place(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, shelf: Path, idle: Idle
) -> None:
    window = make_window(Settings(), WindowArguments(shelf, "Marit"), runner)
    qtbot.addWidget(window)
    window.show()
    window.open_library()
    qtbot.waitUntil(lambda: window.context is not None, timeout=30_000)
    idle()
    place = tmp_path / "many"
    place.mkdir()
    for number in range(60):
        write_box_stl(place / f"box{number:02}.stl", 5.0 + number)
    window.begin_import([place])
    idle()
    assert window.pages.importing is not None
    window.pages.importing.run_import()
    page = window.pages.importing
    job = page.desk.job
    assert job is not None
    qtbot.waitUntil(lambda: job.state.over or job.fraction > 0.4, timeout=30_000)
    window.resize(1300, 777)
    window.close()
    kept = stored(shelf)
    assert 5 <= kept <= 65
    state = QSettings(
        os.environ["EVERSPARE_HOME"] + "/config/window.ini", QSettings.Format.IniFormat
    )
    again = MainWindow(WindowStart(Settings(), shelf, state), runner)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1300, 777)
    again.close()


def test_every_action_does_something(window: MainWindow) -> None:
    for action in window.findChildren(QAction):
        if action.shortcut().toString():
            assert action.receivers("2triggered(bool)") > 0, action.text()


@pytest.mark.parametrize("page", ["parts", "worklist", "import", "part"])
def test_whatever_takes_the_focus_has_a_name(window: MainWindow, idle: Idle, page: str) -> None:
    if page == "part":
        window.pages.parts.table.select_id(window.pages.parts.ids[0])
        window.pages.parts.open_current()
    else:
        window.pages.show(page)
    idle()
    nameless = []
    for widget in window.findChildren(QWidget):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not (widget.isVisibleTo(window) and takes_focus and widget.isEnabled()):
            continue
        if isinstance(widget.parent(), QAbstractSpinBox):
            continue  # the box speaks for the field inside it
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is not None and not spoken.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_the_next_session_begins_on_the_page_that_was_left(
    window: MainWindow, qtbot: QtBot, shelf: Path, crashes: list[BaseException]
) -> None:
    window.pages.show(WORKLIST)
    window.close()
    runner = JobRunner(ThreadedExecutors(), on_crash=crashes.append)
    again = make_window(Settings(), WindowArguments(shelf, "Marit Brandt"), runner)
    qtbot.addWidget(again)
    again.show()
    assert again.pages.stack.currentWidget() is again.pages.shown, "empty until it is open"
    again.open_library()
    qtbot.waitUntil(lambda: again.context is not None and not runner.active, timeout=30_000)
    assert again.pages.here.page == WORKLIST
    assert again.pages.stack.currentWidget() is again.pages.of_rail(WORKLIST)
    again.close()
