"""The jobs panel: what runs, how far, how long still; stop it, see what came of it."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.base.i18n import _, ngettext
from app.ui.icons import SMALL, icon
from app.ui.jobs import Job, JobRunner, JobState
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import Panel, scrolled

KEPT = 30
_MARKS = {
    JobState.WAITING: "none",
    JobState.RUNNING: "under_test",
    JobState.DONE: "good",
    JobState.FAILED: "danger",
    JobState.CANCELLED: "discontinued",
    JobState.CRASHED: "danger",
}


class JobsPanel(Panel):
    """All jobs of this session that have a name, newest first.

    Signals:
        closed: the user wants it out of the way.
    """

    closed = Signal()

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("panel", lines="l", parent=parent)
        theme = current_theme()
        self.setFixedWidth(theme.size("width", "inspector"))
        self._cards: list[JobCard] = []
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setIconSize(QSize(SMALL, SMALL))
        close.setAccessibleName(_("Close the list of jobs"))
        close.setToolTip(_("Close the list of jobs"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        margin = theme.size("space", "panelMargin")
        head.setContentsMargins(margin, 8, 8, 4)
        head.addWidget(RoleLabel(_("Jobs"), font="section"))
        head.addStretch(1)
        head.addWidget(close)
        self._none = RoleLabel(
            _("Nothing has been started in this session."), color="muted", wrap=True
        )
        self._list = QVBoxLayout()
        self._list.setContentsMargins(margin, 4, margin, margin)
        self._list.setSpacing(theme.size("space", "s"))
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        content = QWidget()
        content.setLayout(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(scrolled(content), 1)
        jobs.job_started.connect(self._add)

    @property
    def cards(self) -> tuple[JobCard, ...]:
        """The jobs shown, newest first."""
        return tuple(self._cards)

    def _add(self, job: Job) -> None:
        if not job.title:
            return
        self._none.hide()
        card = JobCard(job)
        self._cards.insert(0, card)
        self._list.insertWidget(0, card)
        for old in [card for card in self._cards if card.job.state.over][KEPT:]:
            self._cards.remove(old)
            self._list.removeWidget(old)
            old.deleteLater()


class JobCard(Panel):
    """One job: title, state, progress, stop or result."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__("window", card=True, parent=parent)
        theme = current_theme()
        self.job = job
        self._title = ElidedLabel(job.title, font="identifier")
        self._status = StatusLabel("none", _("Waiting"))
        self._text = RoleLabel(color="muted", font="caption", wrap=True)
        self._left = RoleLabel(color="muted", font="caption")
        self._bar = QProgressBar(maximum=1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.title)
        self.stop_button = QPushButton(_("Stop"))
        self.stop_button.clicked.connect(self._stop)
        self.show_button = QPushButton(_("Show result"))
        self.show_button.clicked.connect(self._show_result)
        for button in (self.stop_button, self.show_button):
            set_property(button, "link", True)
        layout = QVBoxLayout(self)
        gap = theme.size("space", "s")
        layout.setContentsMargins(12, gap, 12, gap)
        layout.setSpacing(4)
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self._left)
        last = QHBoxLayout()
        last.addWidget(self._status)
        last.addStretch(1)
        last.addWidget(self.stop_button)
        last.addWidget(self.show_button)
        layout.addLayout(first)
        layout.addWidget(self._bar)
        layout.addWidget(self._text)
        layout.addLayout(last)
        job.progressed.connect(self._show_progress)
        job.finished.connect(self._show_outcome)
        self.show_button.hide()
        self._show_progress(0.0, "")

    def _show_progress(self, share: float, text: str) -> None:
        self._bar.setValue(round(share * 1000))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        running = self.job.state is JobState.RUNNING
        if running:
            self._status.set_status(_MARKS[JobState.RUNNING], _("Running"))
            self._left.setText(remaining_text(time.monotonic() - self.job.started_at, share))

    def _show_outcome(self) -> None:
        words = {
            JobState.DONE: _("Done"),
            JobState.FAILED: _("Failed"),
            JobState.CANCELLED: _("Stopped"),
            JobState.CRASHED: _("Failed, a bug of ours"),
        }
        self._bar.hide()
        self._left.setText("")
        self._status.set_status(_MARKS[self.job.state], words.get(self.job.state, ""))
        self._text.setText(self.job.outcome_text)
        self._text.setVisible(bool(self.job.outcome_text))
        self.stop_button.hide()
        self.show_button.setVisible(self.job.show_result is not None)

    def _stop(self) -> None:
        self.job.cancel()
        self.stop_button.setEnabled(False)
        self._status.set_status("discontinued", _("Stopping"))

    def _show_result(self) -> None:
        if self.job.show_result is not None:
            self.job.show_result()


def remaining_text(elapsed_s: float, share: float) -> str:
    """Return an estimate of the time left, once there is something to go by."""
    if share < 0.05 or elapsed_s < 2:
        return ""
    left_s = elapsed_s / share * (1 - share)
    if left_s < 60:
        return _("under a minute left")
    minutes = round(left_s / 60)
    return ngettext("{count} minute left", "{count} minutes left", minutes).format(count=minutes)
