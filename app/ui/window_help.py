"""What the Help menu opens: the manual at the page shown, its keys, what this program is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QMainWindow

from app.ui.actions import Actions
from app.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from app.ui.help.help_window import HelpWindow
    from app.ui.jobs import JobRunner


class WindowHelp(QObject):
    """Everything the window says about itself; loaded when it is first asked for."""

    def __init__(
        self,
        actions: Actions,
        pages: WindowPages,
        jobs: JobRunner,
        state: QSettings,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._actions, self._pages, self._jobs = actions, pages, jobs
        self._state, self._window = state, window
        actions.bind("help_page", lambda: self.manual.open(pages.here.page))
        actions.bind("first_steps", lambda: self.manual.open(""))
        actions.bind("show_keys", self._show_keys)
        actions.bind("about", self._show_about)

    @cached_property
    def manual(self) -> HelpWindow:
        """The window of the manual; there is one, and it stays where it was put."""
        from app.ui.help.help_window import HelpWindow

        return HelpWindow(self._jobs, self._state, self._window)

    def _show_keys(self) -> None:
        from app.ui.frame.key_sheet import KeySheet

        pages = self._pages
        keys = getattr(pages.shown, "keys", tuple)
        KeySheet(self._actions, pages.path[-1], keys(), self._window).show()

    def _show_about(self) -> None:
        from app.ui.frame.dialogs import AboutDialog

        AboutDialog(self._window).show()
