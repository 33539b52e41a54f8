"""Says of any files whether they are genuine and current: each check as glyph and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.domain.packages.verification import LogRecord, SignedKind, Verification
from app.ui.frame.ask_paths import ask_for_signed_files
from app.ui.jobs import Job, JobRunner
from app.ui.packages.package_words import verdict_word
from app.ui.packages.verification_lines import add_verification
from app.ui.packages.verifying import verify_files
from app.ui.places import CERTIFICATES, PACKAGES, Place
from app.ui.theme import current_theme, set_property
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.message_strip import MessageStrip, ThinProgress
from app.ui.widgets.panels import bar, row

if TYPE_CHECKING:
    from app.storage.library import Library

_SIZE = QSize(640, 600)
_LABEL_WIDTH = 136


class VerifyDialog(QDialog):
    """Shows what was found; another file can be verified in the same dialog.

    Args:
        library: its log tells whether a file is still current; None where none is open.

    Signals:
        place_requested: (place: Place) the record of a verified file is to be shown.
    """

    place_requested = Signal(object)

    def __init__(
        self,
        jobs: JobRunner,
        library: Library | None,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._library, self._today = jobs, library, today
        self._job: Job | None = None
        self._place: Place | None = None
        self.setWindowTitle(_("Verify files"))
        self.setModal(True)
        self.resize(_SIZE)
        self.strip = MessageStrip()
        self.sheet = FactSheet(_("What was found"), label_width=_LABEL_WIDTH)
        self._progress = ThinProgress()
        self.show_button = QPushButton(_("Show record"))
        self.show_button.clicked.connect(self._show_record)
        self.show_button.hide()
        self.another = QPushButton(_("Verify another…"))
        self.another.clicked.connect(self._ask)
        self.close_button = QPushButton(_("Close"))
        set_property(self.close_button, "primary", True)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        for button in (self.show_button, self.another):
            button.setAutoDefault(False)
        self._lay_out()

    @property
    def text(self) -> str:
        """Everything that was found."""
        return self.sheet.text

    def verify(self, paths: Sequence[Path]) -> None:
        """Judge these files and show the answers."""
        if not paths:
            return
        if self._job is not None:
            self._job.cancel()
        self._progress.set_share(0.0)
        self.strip.clear()
        library, today, chosen = self._library, self._today, tuple(paths)
        self._job = self._jobs.start(
            lambda progress: verify_files(chosen, library, today, progress),
            owner=self,
            done=self._take,
            failed=self._fail,
            title=_("Verify files"),
        )
        self._job.progressed.connect(lambda share, _text: self._progress.set_share(share))

    def _take(self, answers: list[Verification]) -> None:
        self._progress.set_share(-1.0)
        self.sheet.begin()
        for answer in answers:
            add_verification(self.sheet, answer)
        self.sheet.finish()
        first = answers[0]
        self.setAccessibleDescription(verdict_word(first.verdict))
        self._place = _place_of(first) if len(answers) == 1 else None
        self.show_button.setVisible(self._place is not None)
        self.close_button.setFocus()

    def _fail(self, error: AppError) -> None:
        self._progress.set_share(-1.0)
        self.strip.say(str(error), kind="danger", details=str(error))

    def _ask(self) -> None:
        self.verify(ask_for_signed_files(self))

    def _show_record(self) -> None:
        place = self._place
        self.accept()
        if place is not None:
            self.place_requested.emit(place)

    def _lay_out(self) -> None:
        margin = current_theme().size("space", "l")
        footer = bar("footerBar", ground="panel", lines="t")
        footer.setLayout(
            row(
                self.show_button,
                None,
                self.another,
                self.close_button,
                margins=(margin, 0, margin, 0),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.strip, self.sheet, self._progress, footer):
            layout.addWidget(widget)
        layout.setStretch(1, 1)


def _place_of(answer: Verification) -> Place | None:
    """Return where the record of a file is; None where this library has none."""
    if answer.record is not LogRecord.KNOWN:
        return None
    page = PACKAGES if answer.kind is SignedKind.PACKAGE else CERTIFICATES
    return Place(page, answer.number)
