"""Lines under faulty rows: what is wrong, a field to correct it, and a way to skip the row."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from app.base.i18n import _, ngettext
from app.domain.catalog.part_table import ProblemCode
from app.ui.catalog.import_preview import PreviewRow
from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import ElidedLabel, RoleLabel

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class ErrorLine(QWidget):
    """One problem of one row.

    Signals:
        fixed: (row: PreviewRow, text: str) the cell is to be read like this.
        skipped: (row: PreviewRow).
        left: the user wants back to the list.
    """

    fixed = Signal(object, str)
    skipped = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._row: PreviewRow | None = None
        self.text = ElidedLabel()
        # Where one line has no room for all of it, two small ones have.
        self.small = RoleLabel(font="caption", wrap=True)
        self.field = QLineEdit()
        self.field.setFixedWidth(theme.size("width", "propertyLabel"))
        self.field.installEventFilter(self)
        self.skip = QPushButton(ngettext("Skip row", "Skip rows", 1))
        self.skip.setAutoDefault(False)
        self.skip.clicked.connect(self._skip)
        self.copy = QToolButton()
        self.copy.setIcon(icon("copy"))
        self.copy.setIconSize(QSize(SMALL, SMALL))
        self.copy.setAccessibleName(_("Copy this complaint"))
        self.copy.setToolTip(_("Copy this complaint"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.text()))
        set_property(self.field, "small", True)
        set_property(self.skip, "small", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.size("space", "xl"), 0, theme.size("space", "s"), 0)
        layout.setSpacing(theme.size("space", "s"))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.small, 1)
        for widget in (self.field, self.skip, self.copy):
            layout.addWidget(widget)
        theme.changed.connect(self.update)

    def show_row(self, row: PreviewRow) -> None:
        """Tell of this problem; what is being typed for the same one stays."""
        before, self._row = self._row, row
        problem = row.problem
        if problem is None or before == row:
            return
        # The heading stands above the column; the line must have room for what to do.
        said = problem.text.replace(f" ({problem.heading})", "", 1)
        self.text.setText(_("{problem} Fix here or skip the row.").format(problem=said))
        self.small.setText(self.text.text())
        self._fit()
        self.field.setVisible(bool(row.faulty))
        found = row.text(next(iter(row.faulty))) if row.faulty else ""
        self.field.setText(likely_text(found, problem.code))
        self.field.setCursorPosition(0)
        where = _("Row {row}, column {column}, read as").format(
            row=problem.row, column=problem.column
        )
        self.field.setAccessibleName(where)
        self.field.setToolTip(_("Enter reads the cell like this; the list itself stays."))
        self.skip.setAccessibleName(_("Skip row {row}").format(row=problem.row))

    def begin(self) -> None:
        """Put the cursor where the correction goes."""
        target = self.field if self.field.isVisibleTo(self) else self.skip
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        others = self.copy.sizeHint().width() + self.skip.sizeHint().width()
        room = self.width() - others - self.field.width() - 72
        words = QFontMetrics(current_theme().font("body")).horizontalAdvance(self.text.text())
        self.text.setVisible(words <= room)
        self.small.setVisible(words > room)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().color("tintWarning"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._fix()  # or the key would go on to the page's own button
                return True
        return super().eventFilter(watched, event)

    def _fix(self) -> None:
        if self._row is not None and self.field.isVisible():
            self.fixed.emit(self._row, self.field.text().strip())

    def _skip(self) -> None:
        if self._row is not None:
            self.skipped.emit(self._row)


class ErrorLines(QObject):
    """The lines that are in sight, laid over their rows; few, however many rows are faulty.

    Signals:
        fixed, skipped, left: as of a line.
    """

    fixed = Signal(object, str)
    skipped = Signal(object)
    left = Signal()

    def __init__(self, viewport: QWidget, table: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._last = table  # after which Tab goes to the next line that is made
        self._lines: dict[int, ErrorLine] = {}
        self._spare: list[ErrorLine] = []

    def line(self, row_id: int) -> ErrorLine | None:
        """Return the line of a row that is in sight."""
        return self._lines.get(row_id)

    def place(self, seen: dict[int, PreviewRow], top: Callable[[int], int], height: int) -> None:
        """Show a line over each row of `seen`, by id.

        Args:
            top: gives the upper edge of a row in the viewport.
        """
        for row_id in [row_id for row_id in self._lines if row_id not in seen]:
            line = self._lines.pop(row_id)
            line.hide()
            self._spare.append(line)
        for row_id, row in seen.items():
            line = self._lines.get(row_id) or self._take()
            self._lines[row_id] = line
            line.show_row(row)
            line.setGeometry(2, top(row_id) + 2, self._viewport.width() - 4, height - 5)
            line.show()

    def _take(self) -> ErrorLine:
        if self._spare:
            return self._spare.pop()
        line = ErrorLine(self._viewport)
        line.fixed.connect(self.fixed)
        line.skipped.connect(self.skipped)
        line.left.connect(self.left)
        # Tab goes from the list to its complaints, and only then on.
        for before, after in pairwise((self._last, line.field, line.skip, line.copy)):
            QWidget.setTabOrder(before, after)
        self._last = line.copy
        return line


def likely_text(found: str, code: ProblemCode) -> str:
    """Return what a cell was probably meant to say: the last day of a month that has none such."""
    match = _DATE.fullmatch(found.strip())
    if code is not ProblemCode.NO_DATE or match is None:
        return found
    day, month, year = (int(part) for part in match.groups())
    if not 1 <= month <= 12 or not year:
        return found
    last = calendar.monthrange(year, month)[1]
    return f"{last:02}.{month:02}.{year}" if last < day <= 31 else found
