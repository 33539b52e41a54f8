"""Starts the window. Until the first paint only the standard library and Qt are loaded."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QSettings, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.base.errors import AppError
from app.base.i18n import _, language, use_language
from app.base.logs import start_logging
from app.base.paths import config_dir
from app.base.settings import Settings, read_settings
from app.bootstrap import first_page, is_library, library_path, user_name
from app.ui.crash_handler import CrashHandler
from app.ui.jobs import JobRunner
from app.ui.main_window import MainWindow, WindowStart
from app.ui.theme import current_theme
from app.ui.viewer.opengl_format import prepare_opengl, prepare_window
from app.ui.virtual_display import display_is_missing

_log = logging.getLogger(__name__)
# Work in other threads lets go of the interpreter this often: a paint waits for it at every cell.
SWITCH_S = 0.001


@dataclass(frozen=True, slots=True)
class WindowArguments:
    """What the command line says to the window."""

    library: Path | None = None
    user: str | None = None


def read_arguments(arguments: Sequence[str]) -> WindowArguments:
    """Read `--library` and `--user`; what else may stand there was looked at before.

    Raises:
        ValueError: an option lacks its value.
    """
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in ("--library", "--user"):
            if not equals:
                if not rest:
                    raise ValueError(_("{option} needs a value.").format(option=name))
                value = rest.pop(0)
            found[name] = value
    library = found.get("--library")
    return WindowArguments(Path(library) if library else None, found.get("--user"))


class FirstPaint(QObject):
    """Tells once that a window has been painted.

    Signals:
        painted: from the event loop, after the painting.
    """

    painted = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False


def look_for_garbage() -> None:
    """Collect garbage from now on, but not in what is there to stay."""
    gc.freeze()
    gc.enable()


def translate_qt(app: QApplication) -> None:
    """Let Qt's own words (keys, file dialogs, menus of text fields) be in our language."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)


def start_application(settings: Settings) -> QApplication:
    """Make the application object, in our colours and language."""
    sys.setswitchinterval(SWITCH_S)
    prepare_opengl()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Everspare")
    app.setDesktopFileName("everspare")
    translate_qt(app)
    current_theme().set_mode(settings.theme)
    current_theme().apply(app)
    return app


def make_window(settings: Settings, arguments: WindowArguments, jobs: JobRunner) -> MainWindow:
    """Return the window with the first rows in it, ready to be shown."""
    path = library_path(settings, arguments.library)
    state = QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
    named = arguments.library is not None or bool(settings.library_path)
    start = WindowStart(
        settings,
        path,
        state,
        user=arguments.user,
        first_start=not named and not is_library(path),
    )
    window = MainWindow(start, jobs)
    window.rail.show_user(user_name(settings, arguments.user))
    if is_library(path):
        try:
            window.pages.parts.show_first_page(first_page(path).rows)
        except AppError as error:
            _log.info("no first page: %s", error)  # opening the library says it in the window
    return window


def show_window(window: MainWindow) -> None:
    """Show the window; once it is painted, its library is opened."""
    first = FirstPaint(window)
    first.painted.connect(look_for_garbage)
    first.painted.connect(window.open_library)
    window.pages.shown.installEventFilter(first)
    prepare_window(window)
    window.show()


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and run until it is closed; returns the exit status."""
    loaded = read_settings()
    use_language(loaded.settings.language)
    try:
        wanted = read_arguments(arguments)
    except ValueError as error:
        sys.stderr.write(f"everspare: {error}\n")
        return 2
    if display_is_missing():
        sys.stderr.write(
            _("There is no display to open a window on. The command line works: everspare --help")
            + "\n"
        )
        return 1
    logs = start_logging(debug=loaded.settings.debug)
    logs.trace_crashes()
    app = start_application(loaded.settings)
    crashes = CrashHandler()
    crashes.install()
    failed = False
    try:
        window = make_window(loaded.settings, wanted, JobRunner(on_crash=crashes.handle))
        if loaded.problems:
            window.strip.say(" ".join(loaded.problems), kind="warning")
        show_window(window)
    except Exception as error:  # there is no window yet: the crash dialog is all there is to see
        crashes.handle(error)
        failed = True
    status = app.exec()
    logs.close()
    return 1 if failed else status
