"""Grounds and lines: panels that meet at hairlines, without frames inside frames."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QSplitterHandle,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import current_theme


class Panel(QWidget):
    """A plain ground with hairlines on the sides named.

    Args:
        ground: colour role of the ground.
        lines: any of "t", "b", "l", "r": where a hairline is drawn.
        card: draw a hairline all round with rounded corners instead.
    """

    def __init__(
        self,
        ground: str = "panel",
        *,
        lines: str = "",
        card: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground, self._sides, self._card = ground, lines, card
        current_theme().changed.connect(self.update)

    def set_ground(self, ground: str) -> None:
        """Use another colour role for the ground."""
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setPen(theme.color("hairline"))
        if self._card:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color(self._ground))
            radius = theme.size("radius", "card")
            painter.drawRoundedRect(
                self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
            )
            return
        rect = self.rect()
        painter.fillRect(rect, theme.color(self._ground))
        ends = {
            "t": (rect.topLeft(), rect.topRight()),
            "b": (rect.bottomLeft(), rect.bottomRight()),
            "l": (rect.topLeft(), rect.bottomLeft()),
            "r": (rect.topRight(), rect.bottomRight()),
        }
        for side in self._sides:
            painter.drawLine(*ends[side])


def row(
    *widgets: QWidget | None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8
) -> QHBoxLayout:
    """Return widgets side by side; None stands for the room that is left."""
    layout = QHBoxLayout()
    _fill(layout, widgets, margins, spacing, layout.addStretch)
    return layout


def column(
    *widgets: QWidget | None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0
) -> QVBoxLayout:
    """Return widgets one below the other; None stands for the room that is left."""
    layout = QVBoxLayout()
    _fill(layout, widgets, margins, spacing, layout.addStretch)
    return layout


def _fill(
    layout: QLayout,
    widgets: tuple[QWidget | None, ...],
    margins: tuple[int, int, int, int],
    spacing: int,
    stretch: Callable[[int], None],
) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            stretch(1)
        else:
            layout.addWidget(widget)


def bar(height: str, *, ground: str = "window", lines: str = "b") -> Panel:
    """Return an empty bar of a named height over the full width."""
    panel = Panel(ground, lines=lines)
    panel.setFixedHeight(current_theme().size("height", height))
    return panel


def scrolled(content: QWidget) -> QScrollArea:
    """Return `content` in a frameless area that scrolls up and down."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The least height of wrapped text is guessed far too high; its height for the width is not.
    content.setMinimumSize(1, 1)
    area.setViewport(QWidget())  # with no ground of its own
    area.setWidget(content)
    content.setAutoFillBackground(False)  # setWidget switched it on
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class HairlineSplitter(QSplitter):
    """A splitter whose handle is one pixel to the eye; Qt gives the hand five."""

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    """Coloured while the mouse is over it; a double click folds what lies behind it."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._hovered = False
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold what lies behind the handle."""
        splitter = self.splitter()
        sizes = splitter.sizes()
        last = splitter.widget(splitter.count() - 1)
        if sizes[-1]:
            splitter.setCollapsible(splitter.count() - 1, True)
            sizes[-2] += sizes[-1]
            sizes[-1] = 0
        else:
            width = max(last.sizeHint().width(), last.minimumWidth()) if last else 0
            sizes[-2] -= width
            sizes[-1] = width
        splitter.setSizes(sizes)

    def paintEvent(self, arg__0: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("accent" if self._hovered else "divider"))
