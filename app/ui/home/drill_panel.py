"""The readiness drill on the first page: ten parts, and whether each could be printed today."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.domain.overview.readiness_drill import DrilledPart, DrillOutcome, ReadinessDrill
from app.ui.catalog.part_pictures import PartPictures
from app.ui.icons import LARGE
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme, set_property
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.small_marks import IconPicture

PICTURE, HEIGHT, COLUMNS = 48, 52, 5


def outcome_word(outcome: DrillOutcome) -> str:
    """Return what the drill found, in few words."""
    return {
        DrillOutcome.READY: _("Ready"),
        DrillOutcome.NOT_QUALIFIED: _("Not qualified"),
        DrillOutcome.NO_GEOMETRY: _("No geometry"),
        DrillOutcome.FILE_LOST: _("File is missing"),
        DrillOutcome.FILE_DIFFERS: _("File has changed"),
    }[outcome]


def outcome_mark(outcome: DrillOutcome) -> str:
    """Return the name of the glyph beside those words."""
    return {
        DrillOutcome.READY: "qualified",
        DrillOutcome.NOT_QUALIFIED: "expiring",
        DrillOutcome.NO_GEOMETRY: "unknown",
        DrillOutcome.FILE_LOST: "blocked",
        DrillOutcome.FILE_DIFFERS: "blocked",
    }[outcome]


class DrillPanel(Panel):
    """Title with the score, the parts drawn, and a button that repeats the drill.

    Signals:
        part_requested: (number: str) a part was pressed.
        drill_requested: the drill is to be run (again).
    """

    part_requested = Signal(str)
    drill_requested = Signal()

    def __init__(self, pictures: PartPictures, parent: QWidget | None = None) -> None:
        super().__init__("window", card=True, parent=parent)
        theme = current_theme()
        self._pictures = pictures
        self._title = RoleLabel(_("Readiness drill"), font="bodyStrong")
        self._score = RoleLabel("", color="muted")
        self._again = QPushButton(_("Check again"))
        set_property(self._again, "link", True)
        self._again.setCursor(Qt.CursorShape.PointingHandCursor)
        self._again.clicked.connect(self.drill_requested)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.size("space", "l"))
        self._grid.setVerticalSpacing(theme.size("space", "s"))
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        margin = theme.size("space", "l")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, theme.size("space", "m"), margin, margin)
        layout.setSpacing(theme.size("space", "s"))
        layout.addLayout(
            row(
                IconPicture("clipboard-check", LARGE),
                self._title,
                self._score,
                None,
                self._again,
            )
        )
        layout.addLayout(self._grid)
        self.setAccessibleName(_("Readiness drill"))

    @property
    def score(self) -> str:
        """What the drill says of itself."""
        return self._score.text()

    def show_running(self) -> None:
        """Say that files are being read; what the last drill found stays."""
        self._score.setText(_("Reading the files of this month's ten parts…"))
        self._again.setEnabled(False)

    def show_drill(self, drill: ReadinessDrill) -> None:
        """Show what was found."""
        self._again.setEnabled(True)
        self._score.setText(
            _("{ready} of {count} eternal spares could be printed today").format(
                ready=figure(drill.ready), count=figure(len(drill.parts))
            )
            if drill.parts
            else _("No part needs an eternal spare, so there is nothing to try.")
        )
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, drilled in enumerate(drill.parts):
            button = _DrilledButton(drilled, self._pictures)
            button.clicked.connect(
                lambda _checked=False, number=drilled.part.number: self.part_requested.emit(number)
            )
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)

    def show_trouble(self, text: str) -> None:
        """Say why the drill could not be run."""
        self._again.setEnabled(True)
        self._score.setText(text)


class _DrilledButton(QAbstractButton):
    """Picture, number and what was found; opens the part."""

    def __init__(self, drilled: DrilledPart, pictures: PartPictures) -> None:
        super().__init__()
        self._drilled, self._pictures = drilled, pictures
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        part, word = drilled.part, outcome_word(drilled.outcome)
        self.setAccessibleName(f"{part.number}, {part.name}, {word}")
        self.setToolTip(f"{part.number} {part.name}")
        pictures.arrived.connect(self.update)
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(150, HEIGHT)

    def paintEvent(self, e: QPaintEvent) -> None:
        theme, part = current_theme(), self._drilled.part
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.rect()
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        if part.unit is not None:
            pixmap = self._pictures.pixmap((part.sha256, part.unit), PICTURE)
            if pixmap is not None:
                painter.drawPixmap(QRect(4, (HEIGHT - PICTURE) // 2, PICTURE, PICTURE), pixmap)
        left = PICTURE + 12
        room = QRect(left, 6, rect.width() - left - 4, 20)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        metrics = QFontMetrics(theme.font("body"))
        number = metrics.elidedText(part.number, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, vertical, number)
        side = theme.size("icon", "glyph")
        draw_mark(painter, QRectF(left, 29, side, side), outcome_mark(self._drilled.outcome))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        room = QRect(left + side + 6, 26, rect.width() - left - side - 10, 20)
        word = QFontMetrics(theme.font("caption")).elidedText(
            outcome_word(self._drilled.outcome), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, vertical, word)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 4)
