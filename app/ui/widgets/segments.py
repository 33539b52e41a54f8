"""A row of choices of which one holds, each with its count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.figures import figure
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme

PADDING = 10


class Segments(QWidget):
    """Choices side by side in one frame; arrows move the choice.

    Signals:
        chosen: (key: str) by the user.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, Callable[[], str]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._current = self._choices[0][0]
        self._counts: dict[str, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        current_theme().changed.connect(self.update)
        self._describe()

    @property
    def current(self) -> str:
        return self._current

    def choose(self, key: str) -> None:
        """Mark a choice without telling."""
        self._current = key
        self._describe()
        self.update()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many records each choice holds."""
        self._counts = dict(counts)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = current_theme().size("height", "input")
        return QSize(sum(self._widths()) + 1, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.size("radius", "control")
        painter.setPen(theme.color("controlBorder"))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(frame, radius, radius)
        left = 0.0
        for number, ((key, title), width) in enumerate(
            zip(self._choices, self._widths(), strict=True)
        ):
            place = QRectF(left, 0, width, self.height())
            self._paint_choice(painter, place, key, title(), first=number == 0)
            left += width
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), theme.color("focusRing"), radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        left = 0
        for (key, _title), width in zip(self._choices, self._widths(), strict=True):
            if left <= event.position().x() < left + width:
                self._tell(key)
                return
            left += width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, _title in self._choices]
        self._tell(keys[(keys.index(self._current) + step) % len(keys)])

    def _paint_choice(
        self, painter: QPainter, place: QRectF, key: str, title: str, *, first: bool
    ) -> None:
        theme = current_theme()
        chosen = key == self._current
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(place.adjusted(1, 1, -1 if first else 0, -1), 3, 3)
        if not first:
            painter.setPen(theme.color("divider"))
            painter.drawLine(place.topLeft().toPoint(), place.bottomLeft().toPoint())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        inside = place.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, title)
        if key in self._counts:
            painter.setPen(theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inside, flags, figure(self._counts[key]))

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(current_theme().font("body"))
        widths = []
        for key, title in self._choices:
            width = metrics.horizontalAdvance(title()) + 2 * PADDING
            if key in self._counts:
                width += metrics.horizontalAdvance(figure(self._counts[key])) + 6
            widths.append(width)
        return widths

    def _tell(self, key: str) -> None:
        if key != self._current:
            self.choose(key)
            self.chosen.emit(key)

    def _describe(self) -> None:
        titles = dict(self._choices)
        self.setAccessibleName(titles[self._current]())
