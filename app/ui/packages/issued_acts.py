"""Acts on what was issued under a number, a package or a certificate: verify it, copy it out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.domain.packages.verification import SignedKind, Verification
from app.services.packages.copy_issued_file import copy_issued_file
from app.ui.context import UiContext
from app.ui.frame.ask_paths import ask_where_to_copy
from app.ui.packages.verifying import verify_kept_copy
from app.ui.widgets.message_strip import MessageStrip


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file that left under a number, as its record names it."""

    number: str
    sha256: str
    file_name: str
    kind: SignedKind


class IssuedActs(QObject):
    """Runs the acts for a page and says on its strip what came of them.

    Signals:
        verified: (number: str, answer: Verification).
        failed: (error: AppError).

    Attributes:
        dialog: the one that was opened last.
    """

    verified = Signal(str, object)
    failed = Signal(object)

    def __init__(self, context: UiContext, strip: MessageStrip, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._strip, self._page = context, strip, page
        self.dialog: QDialog | None = None

    def verify(self, issued: IssuedFile) -> None:
        """Check the copy that the library keeps, and whether it is still current."""
        context = self._context
        library, today = context.services.library, context.today()

        def take(answer: Verification) -> None:
            self.verified.emit(issued.number, answer)

        context.jobs.start(
            lambda progress: verify_kept_copy(
                library, issued.sha256, issued.file_name, issued.kind, today
            ),
            owner=self,
            done=take,
            failed=self.failed.emit,
            title=_("Verify {number}").format(number=issued.number),
        )

    def copy_out(self, issued: IssuedFile) -> None:
        """Ask where to, and write the file out once more, byte for byte."""
        out = ask_where_to_copy(self._page, issued.file_name)
        if out is None:
            return
        library = self._context.services.library
        self._context.jobs.start(
            lambda progress: copy_issued_file(library, issued.number, out),
            owner=self,
            done=self._say_copied,
            failed=self.failed.emit,
            title=_("Copy {number}").format(number=issued.number),
        )

    def open_dialog(self, dialog: QDialog) -> None:
        """Show a dialog over the page; it goes when it is closed."""
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say_copied(self, written: Path) -> None:
        self._strip.say(
            _("{file} is in {folder}.").format(file=written.name, folder=written.parent),
            kind="good",
            action=_("Open folder"),
            act=partial(show_in_system, written.parent),
        )


def show_in_system(path: Path) -> None:
    """Have the system show a folder, or a file with the program that it has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
