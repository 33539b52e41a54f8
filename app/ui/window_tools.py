"""The window's part in settings, backups and checks of the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _
from app.base.progress import Progress
from app.base.settings import Settings, load_settings
from app.ui.actions import Actions
from app.ui.change_bus import ChangeBus
from app.ui.jobs import Job
from app.ui.places import AUDIT, PARTS, Place
from app.ui.theme import current_theme
from app.ui.widgets.message_strip import MessageStrip
from app.ui.window_library import WindowLibrary
from app.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.frame.settings_dialog import SettingsDialog


class WindowTools(QObject):
    """Carries out what the menu of tools offers.

    Args:
        context: returns what the pages are made with; None until the library is open.
    """

    def __init__(
        self,
        actions: Actions,
        pages: WindowPages,
        library: WindowLibrary,
        strip: MessageStrip,
        context: Callable[[], UiContext | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._actions, self._pages, self._library = actions, pages, library
        self._strip, self._jobs = strip, library.jobs
        self._context, self._window = context, window
        actions.bind("settings", self.show_settings)
        actions.bind("back_up", self.back_up)
        actions.bind("open_folder", self.open_folder)
        actions.bind("check_library", lambda: pages.go(Place(AUDIT, "do:check")))
        actions.bind("verify_chain", lambda: pages.go(Place(AUDIT, "do:verify")))
        actions.bind("undo_history", lambda: pages.go(Place(AUDIT, "only:undoable")))

    def show_settings(self) -> SettingsDialog:
        """Open the sheet of settings."""
        from app.ui.frame.settings_dialog import SettingsDialog

        context = self._context()
        dialog = SettingsDialog(
            self._jobs,
            context.bus if context is not None else ChangeBus(self),
            load_settings(),
            library=context.services.library.path if context is not None else None,
            named=self._library.named,
            parent=self._window,
        )
        dialog.accepted.connect(lambda: self._take(dialog.before, dialog.outcome))
        dialog.owner_requested.connect(lambda: self._show_owner(dialog))
        dialog.folder_requested.connect(self.open_folder)
        dialog.backup_requested.connect(self.back_up)
        _open(dialog)
        return dialog

    def open_folder(self) -> None:
        """Show the folder of the library in the system's file manager."""
        context = self._context()
        if context is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(context.services.library.path)))

    def back_up(self) -> None:
        """Write the whole library into one file, in the background."""
        from app.ui.frame.ask_paths import ask_where_to_back_up

        context = self._context()
        if context is None:
            return
        library = context.services.library
        target = ask_where_to_back_up(self._window, context.today())
        if target is None:
            return

        def work(progress: Progress) -> int:
            return library.back_up(target, progress)

        job = self._jobs.start(
            work,
            owner=self,
            done=lambda count: self._tell_backup(job, target, count),
            failed=self._show_error,
            title=_("Back up the library"),
        )
        self._strip.say(
            _("Backing up into {file}…").format(file=target.name), action=_("Stop"), act=job.cancel
        )
        job.finished.connect(lambda: self._clear_if_cancelled(job))

    def _tell_backup(self, job: Job, target: Path, count: int) -> None:
        job.outcome_text = _("{path} holds the library with {count} stored files.").format(
            path=target, count=figure(count)
        )

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent)))

        job.show_result = show
        self._strip.say(job.outcome_text, kind="good", action=_("Open folder"), act=show)

    def _clear_if_cancelled(self, job: Job) -> None:
        if job.cancelling and not job.outcome_text:
            self._strip.say(_("No backup was written."))

    def _show_owner(self, parent: QWidget) -> None:
        from app.ui.certificates.owner_dialog import OwnerDialog

        context = self._context()
        if context is not None:
            _open(OwnerDialog(context, parent))

    def _take(self, before: Settings, after: Settings) -> None:
        """Let what was saved hold, as far as it can while the window is open."""
        if after.theme != current_theme().mode:
            current_theme().set_mode(after.theme)
        self._actions.check("theme", f"theme_{current_theme().mode}")
        self._actions.use_letters(after.single_key_shortcuts)
        renewed = ("user_name", "horizon_months", "single_key_shortcuts")
        said = []
        if any(getattr(before, name) != getattr(after, name) for name in renewed):
            said.append(self._renew(after))
        if before.language != after.language:
            said.append(_("The language changes at the next start."))
        text = " ".join(filter(None, said))
        if text:
            self._strip.say(text)

    def _renew(self, settings: Settings) -> str:
        """Make the pages anew; where that would stop work under way, say when it holds instead."""
        if any(job.title for job in self._jobs.active):
            return _("Work is under way, so name and keys hold from the next start.")
        here = self._pages.here
        if self._library.take_settings(settings) and here.page != PARTS:
            self._pages.go(here)
        return ""

    def _show_error(self, error: AppError) -> None:
        self._strip.say(str(error), kind="warning", details=f"{type(error).__name__}: {error}")


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
