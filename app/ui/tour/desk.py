"""The window of the person whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from app.base.settings import Settings
from app.ui.jobs import JobRunner
from app.ui.main_window import MainWindow
from app.ui.start import WindowArguments, make_window, show_window
from app.ui.theme import current_theme
from app.ui.tour.hands import Hands
from app.ui.tour.pictures import Album, picture_of
from app.ui.tour.stall_meter import StallMeter


class Desk:
    """Opens the window for one person after the other; each starts the program anew.

    Attributes:
        out: folder for what the tour makes.
        incoming: folder of the files that are imported.
        on_crash: is told of an exception that nobody caught.
    """

    def __init__(
        self,
        settings: Settings,
        out: Path,
        size: QSize,
        album: Album,
        meter: StallMeter,
    ) -> None:
        self._settings, self._size = settings, size
        self._album, self._meter = album, meter
        self._window: MainWindow | None = None
        self.on_crash: Callable[[BaseException], None] = _raise
        self.out, self.incoming = out, out / "incoming"

    @property
    def window(self) -> MainWindow:
        """The window that is open."""
        assert self._window is not None
        return self._window

    @property
    def is_open(self) -> bool:
        return self._window is not None

    @property
    def hands(self) -> Hands:
        return Hands(self.window)

    def sit_down(self, user: str) -> None:
        """Open the window as `user`; whoever sat there before closes theirs.

        Until the window is shown it cannot stand still, so that time is left out.
        """
        self.leave()
        with self._meter.aside():
            self._window = window = make_window(
                self._settings, WindowArguments(None, user), JobRunner(on_crash=self._tell_crash)
            )
            window.resize(self._size)
        show_window(window)
        window.activateWindow()

    def leave(self) -> None:
        """Close the window."""
        if self._window is not None:
            window, self._window = self._window, None
            window.close()
            window.deleteLater()

    def _tell_crash(self, error: BaseException) -> None:
        self.on_crash(error)

    def quiet(self) -> bool:
        """Whether no job is under way."""
        return self._window is None or not self._window.jobs.active

    def take_picture(self, name: str, both: bool) -> None:
        """Take a picture in the colours that are shown, or in light and dark."""
        with self._meter.aside():
            if not both:
                self._album.add(name, picture_of(self.window))
                return
            for mode in ("light", "dark"):
                current_theme().set_mode(mode)
                QApplication.processEvents()
                self._album.add(f"{name}-{mode}", picture_of(self.window))
            current_theme().set_mode("light")


def _raise(error: BaseException) -> None:
    raise error
