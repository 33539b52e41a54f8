"""What an empty place shows: a drawing, one sentence, one action."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import row

DRAWING = QSize(120, 88)


class EmptyState(QWidget):
    """One sentence, one action and a drawing of single lines.

    Signals:
        action_triggered: the button was pressed.
    """

    action_triggered = Signal()

    def __init__(self, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._art = LineDrawing(drawing)
        self._title = RoleLabel(font="section")
        self._sentence = RoleLabel(color="muted", wrap=True)
        self._button = QPushButton()
        self._button.clicked.connect(self.action_triggered)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setFixedWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.size("space", "xl")] * 4)
        layout.setSpacing(theme.size("space", "m"))
        layout.addStretch(2)
        # Rows with room at both sides: an alignment would give wrapped text too little height.
        for widget in (self._art, self._title, self._sentence, self._button):
            layout.addLayout(row(None, widget, None))
        layout.addStretch(3)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    @property
    def button(self) -> QPushButton:
        return self._button

    def say(self, title: str, sentence: str, action: str = "", *, primary: bool = True) -> None:
        """Show a title, a sentence and, if named, one action."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        set_property(self._button, "primary", primary)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def show_drawing(self, drawing: str) -> None:
        """Use another drawing."""
        self._art.set_drawing(drawing)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().color("window"))


class LineDrawing(QWidget):
    """A drawing of single lines in the weight of the icons: "shelf", "lens", "tick" or "plug"."""

    def __init__(self, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self.setFixedSize(DRAWING)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.update)

    def set_drawing(self, drawing: str) -> None:
        self._drawing = drawing
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(current_theme().color("muted"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        {"shelf": _shelf, "lens": _lens, "tick": _tick, "plug": _plug}[self._drawing](painter)


def _polyline(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _shelf(painter: QPainter) -> None:
    for left in (14, 106):
        _polyline(painter, (left, 6), (left, 84))
    for top in (30, 56, 80):
        _polyline(painter, (14, top), (106, top))
    _polyline(painter, (26, 56), (26, 42), (44, 42), (44, 56))
    _polyline(painter, (30, 46), (40, 46))


def _lens(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(36, 12, 42, 42))
    _polyline(painter, (72, 48), (92, 72))
    _polyline(painter, (48, 33), (66, 33))


def _tick(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(36, 16, 52, 52))
    _polyline(painter, (49, 43), (58, 52), (76, 32))


def _plug(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(22, 34, 30, 24), 4, 4)
    painter.drawRoundedRect(QRectF(74, 34, 24, 24), 4, 4)
    _polyline(painter, (8, 46), (22, 46))
    _polyline(painter, (98, 46), (112, 46))
    _polyline(painter, (52, 41), (60, 41))
    _polyline(painter, (52, 51), (60, 51))
