"""The bar at the bottom: what is chosen, what Ctrl+Z would undo, jobs, and where the library is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from app.base.i18n import _, ngettext
from app.ui.actions import shortcut_text
from app.ui.icons import SMALL, icon
from app.ui.jobs import Job, JobRunner
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import Panel
from app.ui.widgets.small_marks import Divider, IconPicture, KeyHint


class StatusBar(Panel):
    """What is going on, in one line.

    Signals:
        jobs_asked_for: the count of jobs was clicked.
    """

    jobs_asked_for = Signal()

    def __init__(self, undo: QAction, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("panel", lines="t", parent=parent)
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "statusBar"))
        self._runner = jobs
        self._count = RoleLabel(font="bodyStrong")
        self._took = RoleLabel(font="statusBar", color="muted")
        self._undo = self._button(undo)
        self._undo_key = KeyHint(shortcut_text(undo))
        self._jobs = QToolButton()
        self._jobs.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._jobs.setIconSize(QSize(SMALL, SMALL))
        self._jobs.setIcon(icon("refresh"))
        self._jobs.setFont(theme.font("statusBar"))
        self._jobs.clicked.connect(self.jobs_asked_for)
        self._bar = QProgressBar(maximum=1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(64)
        self._bar.setAccessibleName(_("Progress of all jobs"))
        self._place_icon = IconPicture("database", SMALL)
        self._place = ElidedLabel(
            font="statusBar", color="muted", elide=Qt.TextElideMode.ElideMiddle
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.size("space", "m"), 1, theme.size("space", "m"), 0)
        layout.setSpacing(theme.size("space", "s"))
        self._count_end = Divider()
        left: tuple[QWidget, ...] = (self._count, self._count_end, self._undo, self._undo_key)
        for widget in left:
            layout.addWidget(widget)
        layout.addStretch(1)
        self._jobs_end, self._took_end = Divider(), Divider()
        right: tuple[QWidget, ...] = (
            self._jobs,
            self._bar,
            self._jobs_end,
            self._took,
            self._took_end,
            self._place_icon,
            self._place,
        )
        for widget in right:
            layout.addWidget(widget)
        self._act = undo
        undo.changed.connect(self._show_undo)
        jobs.job_started.connect(self._watch)
        jobs.job_finished.connect(lambda _job: self._show_jobs())
        self._show_undo()
        self._show_jobs()
        self.show_took("")

    @property
    def count_text(self) -> str:
        return self._count.text()

    def show_count(self, text: str) -> None:
        """Show how many records are there or chosen."""
        self._count.setText(text)
        for widget in (self._count, self._count_end):
            widget.setVisible(bool(text))

    def show_took(self, text: str) -> None:
        """Show how long the last action took."""
        self._took.setText(text)
        self._took.setVisible(bool(text))
        self._took_end.setVisible(bool(text))

    def show_library(self, path: Path) -> None:
        """Show where the library is."""
        self._place.setText(_("Local · {name}").format(name=path.name))
        self._place.setToolTip(str(path))
        self._place.setMinimumWidth(self._place.sizeHint().width())
        self._place.setAccessibleName(_("Library {path}").format(path=path))

    @staticmethod
    def _button(action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(SMALL, SMALL))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFont(current_theme().font("statusBar"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _show_undo(self) -> None:
        self._undo_key.setVisible(self._act.isEnabled())
        self._undo.setText(self._act.text().replace("&", ""))

    def _watch(self, job: Job) -> None:
        if job.title:
            job.progressed.connect(lambda _share, _text: self._show_jobs())
            self._show_jobs()

    def _show_jobs(self) -> None:
        running = [job for job in self._runner.active if job.title]
        self._bar.setVisible(bool(running))
        self._jobs.setIcon(icon("refresh", "accent" if running else "muted"))
        if not running:
            self._jobs.setText(_("No jobs running"))
            return
        share = sum(job.fraction for job in running) / len(running)
        self._bar.setValue(round(share * 1000))
        text = ngettext("{count} job · {percent} %", "{count} jobs · {percent} %", len(running))
        self._jobs.setText(text.format(count=len(running), percent=round(share * 100)))
