"""A dialog that asks for what an act needs, runs it, and keeps a refusal beside its cause."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.base.errors import AppError, RuleViolation
from app.base.i18n import _, language
from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.change_bus import ChangeBus
from app.ui.jobs import Job, JobRunner
from app.ui.theme import current_theme, set_property
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.message_strip import MessageStrip, ThinProgress
from app.ui.widgets.panels import Panel, bar, row

Work = Callable[[Progress], Any]
_WIDTH = 560
_HINT = "hint"  # property of an editor


class ActDialog(QDialog):
    """One act: fields, one verb, Cancel.

    A subclass adds rows and overrides `prepare`, which reads the fields and returns the work for
    the write lane, and `changes_of`, which finds the changes in what the work returned. Whoever
    opens it connects `accepted`.

    Attributes:
        outcome: what the work returned; None until it is done.
    """

    def __init__(
        self, jobs: JobRunner, bus: ChangeBus, title: str, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._jobs, self._bus = jobs, bus
        self._job: Job | None = None
        self._finished = False
        self._editors: list[QWidget] = []
        self.outcome: Any = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.strip = MessageStrip()
        self._progress = ThinProgress()
        self.verb_button = QPushButton(verb)
        self.verb_button.setDefault(True)
        set_property(self.verb_button, "primary", True)
        self.verb_button.clicked.connect(self.run)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.body = Panel("window")
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.size("space", "m"))
        self._rows.setVerticalSpacing(theme.size("space", "s"))
        self._rows.setColumnStretch(1, 1)
        self._rows.setColumnMinimumWidth(0, theme.size("width", "propertyLabel"))
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.run)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.run)

    # for subclasses

    def prepare(self) -> Work:
        """Read the fields and return the work.

        Raises:
            AppError: a field cannot be read; shown in the dialog.
        """
        raise TypeError(f"{type(self).__name__} says nothing to do")

    def changes_of(self, outcome: Any) -> Changes:
        """Return what the work changed."""
        if isinstance(outcome, Changes):
            return outcome
        changes: Changes = outcome.changes
        return changes

    def succeed(self, outcome: Any) -> None:
        """Act upon success; closes the dialog unless overridden."""
        self.accept()

    def show_result(self, text: str, verb: str, act: Callable[[], object]) -> None:
        """Say what came of it; the verb now leads to the result, and Cancel closes."""
        self.strip.say(text, kind="good")
        self.body.setEnabled(False)
        self._cancel.setText(_("Close"))
        self._cancel.setFocus()
        self.verb_button.setText(verb)
        self.verb_button.clicked.disconnect(self.run)
        self.verb_button.clicked.connect(lambda _checked=False: act())
        self._finished = True

    def add_intro(self, text: str) -> RoleLabel:
        """Add a sentence over the whole width."""
        label = RoleLabel(text, color="muted", wrap=True)
        self._rows.addWidget(label, self._rows.rowCount(), 0, 1, 2)
        return label

    def add_row(self, label: str, editor: QWidget, hint: str = "") -> RoleLabel:
        """Add a labelled editor, with a hint below it if one is given; returns the label."""
        line = self._rows.rowCount()
        caption = RoleLabel(label, color="muted")
        caption.setBuddy(editor)
        tall = isinstance(editor, QPlainTextEdit) or editor.layout() is not None
        caption.setFixedHeight(current_theme().size("height", "input"))
        side = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self._rows.addWidget(caption, line, 0, side)
        self._rows.addWidget(editor, line, 1)
        self._editors.append(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        if hint:
            note = RoleLabel(hint, font="caption", color="muted", wrap=True)
            self._rows.addWidget(note, line + 1, 1)
            editor.setProperty(_HINT, hint)
            _describe(editor)
        return caption

    def add_wide(self, widget: QWidget) -> None:
        """Add any widget over the whole width."""
        self._rows.addWidget(widget, self._rows.rowCount(), 0, 1, 2)

    def add_side_button(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a button at the left end of the footer, for something that is not the act itself."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        self._footer.insertWidget(0, button)
        return button

    def read(self, work: Work, done: Callable[[Any], None]) -> None:
        """Fetch something the fields show, on the read lane; an error is shown in the dialog."""
        self._jobs.start(work, owner=self, done=done, failed=self.refuse)

    # running

    @property
    def running(self) -> bool:
        return self._job is not None

    def run(self) -> None:
        """Do what the verb says."""
        if self.running or self._finished or not self.verb_button.isEnabled():
            return
        self.strip.clear()
        try:
            work = self.prepare()
        except AppError as error:
            self.refuse(error)
            return
        self._set_running(True)
        self._job = self._jobs.start(
            work,
            owner=self,
            done=self._take,
            failed=self._fail,
            lane="write",
            title=self.windowTitle(),
        )
        self._job.progressed.connect(lambda share, _text: self._progress.set_share(share))
        self._job.finished.connect(self._settle)

    def refuse(self, error: AppError) -> None:
        """Say inside the dialog why it cannot be done."""
        self.strip.say(str(error), kind="danger", details=str(error))

    def reject(self) -> None:
        """Close, or stop the work that is under way."""
        if self._job is not None:
            self._job.cancel()
        elif self._finished:
            self.accept()
        else:
            super().reject()

    def showEvent(self, arg__1: QShowEvent) -> None:
        """Begin where something is to be entered, never on Cancel."""
        super().showEvent(arg__1)
        usable = [
            editor
            for editor in self._editors
            if editor.isVisible() and editor.isEnabled() and editor.focusPolicy()
        ]
        first = next((editor for editor in usable if editor.property("missing")), None)
        (first or next(iter(usable), self.verb_button)).setFocus()

    def closeEvent(self, arg__1: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            arg__1.ignore()
            return
        super().closeEvent(arg__1)

    def _take(self, outcome: Any) -> None:
        job, self._job = self._job, None
        assert job is not None
        self._set_running(False)
        self.outcome = outcome
        self._bus.publish(self.changes_of(outcome), self)
        self.succeed(outcome)
        if self._finished:
            job.outcome_text = self.strip.text

    def _fail(self, error: AppError) -> None:
        self._job = None
        self._set_running(False)
        self.refuse(error)

    def _settle(self) -> None:
        """A cancelled job calls nobody back; the dialog must come to life again all the same."""
        if self._job is not None and self._job.state.over:
            self._job = None
            self._set_running(False)

    def _set_running(self, running: bool) -> None:
        self.body.setEnabled(not running)
        self.verb_button.setEnabled(not running)
        self._cancel.setText(_("Stop") if running else _("Cancel"))
        self._progress.set_share(0.0 if running else -1.0)

    def _lay_out(self) -> None:
        theme = current_theme()
        margin = theme.size("space", "l")
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(margin, margin, margin, margin)
        inside.addLayout(self._rows)
        inside.addStretch(1)
        footer = bar("footerBar", ground="panel", lines="t")
        self._footer = row(
            None, self._cancel, self.verb_button, margins=(margin, 0, margin, 0), spacing=8
        )
        footer.setLayout(self._footer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.body, self.strip, self._progress, footer):
            layout.addWidget(widget)
        self.body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)


def text_field(text: str = "", placeholder: str = "") -> QLineEdit:
    """Return an editor for one line."""
    editor = QLineEdit(text)
    editor.setCursorPosition(0)
    editor.setPlaceholderText(placeholder)
    return editor


def required_field(text: str = "", placeholder: str = "") -> QLineEdit:
    """Return an editor for one line that is marked as long as it is empty."""
    editor = text_field(text, placeholder)
    mark_missing(editor, not text.strip())
    editor.textChanged.connect(lambda now: mark_missing(editor, not now.strip()))
    return editor


def text_area(text: str = "", placeholder: str = "", lines: int = 3) -> QPlainTextEdit:
    """Return an editor for a few lines; Tab leaves it."""
    editor = QPlainTextEdit(text)
    editor.setPlaceholderText(placeholder)
    editor.setTabChangesFocus(True)
    editor.setFixedHeight(lines * current_theme().size("space", "xl") + 8)
    return editor


def count_field(most: int) -> QSpinBox:
    """Return an editor for a number of pieces, from 1 on."""
    editor = QSpinBox()
    editor.setRange(1, most)
    editor.setLocale(QLocale(language()))
    editor.setGroupSeparatorShown(True)
    inset = current_theme().size("space", "s")
    editor.lineEdit().setTextMargins(inset, 0, inset, 0)
    return editor


def choice(options: list[tuple[str, Any]], chosen: Any = None) -> QComboBox:
    """Return a choice of (words, value); the value chosen is `currentData()`."""
    box = ChoiceBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for words, value in options:
        box.addItem(words, value)
    index = next((n for n, (_words, value) in enumerate(options) if value == chosen), -1)
    if index >= 0:
        box.setCurrentIndex(index)
    return box


def mark_missing(editor: QWidget, missing: bool) -> None:
    """Show whether a value is still missing; says so to screen readers too."""
    if editor.property("missing") is not missing:
        set_property(editor, "missing", missing)
    _describe(editor)


def _describe(editor: QWidget) -> None:
    """Tell screen readers whether a value is missing, and the hint below the editor."""
    missing = _("missing") if editor.property("missing") else ""
    editor.setAccessibleDescription(". ".join(filter(None, (missing, editor.property(_HINT)))))


def read_number(text: str, field: str) -> float | None:
    """Return the number somebody typed; None for an empty field.

    Raises:
        RuleViolation: it is no number; names the field.
    """
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    try:
        number = float(typed)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RuleViolation(_("{field}: “{text}” is no number.").format(field=field, text=text))
    return number


def number_text(value: float | None) -> str:
    """Return a number for editing: every digit it has, or looking at it would change it."""
    return "" if value is None else str(value).removesuffix(".0")


def read_day(text: str, field: str) -> date | None:
    """Return the day somebody typed; None for an empty field.

    Raises:
        RuleViolation: it is no day; names the field and what is expected.
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise RuleViolation(
            _("{field}: “{text}” is no date. Expected YYYY-MM-DD.").format(field=field, text=typed)
        ) from error
