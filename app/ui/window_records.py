"""The window's part in packages and certificates: acts of the menus, and verifying any file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.actions import RECORD_ACTS, Actions
from app.ui.frame.ask_paths import ask_for_signed_files
from app.ui.jobs import JobRunner
from app.ui.page import Page
from app.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.packages.verify_dialog import VerifyDialog


class WindowRecords(QObject):
    """Leads actions of the menus to the record that the shown page has the focus on.

    Args:
        context: returns what the pages are made with; None until the library is open.

    Attributes:
        dialog: the one that verifies files; None while it is closed.
    """

    def __init__(
        self,
        actions: Actions,
        pages: WindowPages,
        jobs: JobRunner,
        context: Callable[[], UiContext | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._pages, self._jobs, self._context = pages, jobs, context
        self._window = window
        self.dialog: VerifyDialog | None = None
        actions.bind("verify_file", self.ask_and_verify)
        for key in RECORD_ACTS:
            actions.bind(key, partial(self.run, key))

    def offered(self) -> Mapping[str, str]:
        """Return the acts of the record that has the focus, each with why it cannot be done."""
        page = self._pages.listing
        acts = page.record_acts() if isinstance(page, Page) else ()
        return {act.key: act.refusal for act in acts}

    def run(self, key: str) -> bool:
        """Do an act with the record that has the focus; False if the page does not offer it."""
        page = self._pages.listing
        acts = page.record_acts() if isinstance(page, Page) else ()
        act = next((act for act in acts if act.key == key and not act.refusal), None)
        if act is not None:
            act.run()
        return act is not None

    def ask_and_verify(self) -> None:
        """Ask for files and say whether they are genuine."""
        self.verify(ask_for_signed_files(self._window))

    def verify(self, paths: Sequence[Path]) -> None:
        """Say of these files whether they are genuine and current."""
        if not paths:
            return
        if self.dialog is None:
            from app.ui.packages.verify_dialog import VerifyDialog

            context = self._context()
            library = context.services.library if context is not None else None
            today = context.today() if context is not None else date.today()
            self.dialog = VerifyDialog(self._jobs, library, today, self._window)
            self.dialog.place_requested.connect(self._pages.go)
            self.dialog.finished.connect(self._forget)
            self.dialog.open()
        self.dialog.verify(paths)

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
