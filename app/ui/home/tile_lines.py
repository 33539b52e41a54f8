"""The lines of a tile: one record each, a button over the whole width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.catalog.part_pictures import Key, PartPictures
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.glyphs import draw_mark

HEIGHT, PICTURE = 28, 24


@dataclass(frozen=True, slots=True)
class TileLine:
    """What a line shows.

    Attributes:
        picture: geometry whose thumbnail stands in front; None for none.
        mark: name of a glyph that stands in front instead; "" for none.
        strong: identifies the record.
        right: a date or an age.
        open: called when the line is pressed.
    """

    strong: str
    text: str
    right: str
    open: Callable[[], object]
    picture: Key | None = None
    mark: str = ""


class TileLineButton(QAbstractButton):
    """One line; Enter and Space press it."""

    def __init__(
        self, line: TileLine, pictures: PartPictures | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line, self._pictures = line, pictures
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        said = (line.strong, line.text, line.right)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(" ".join(part for part in (line.strong, line.text) if part))
        self.clicked.connect(line.open)
        if pictures is not None:
            pictures.arrived.connect(self.update)
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def paintEvent(self, e: QPaintEvent) -> None:
        theme, line = current_theme(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.underMouse():
            painter.fillRect(rect, theme.color("hover"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        left = self._draw_front(painter, rect)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        room = rect.adjusted(left, 0, -4, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, vertical | Qt.AlignmentFlag.AlignRight, line.right)
        taken = QFontMetrics(theme.font("caption")).horizontalAdvance(line.right)
        room.setRight(room.right() - taken - 8)
        metrics = QFontMetrics(theme.font("identifier"))
        painter.setFont(theme.font("identifier"))
        painter.setPen(theme.color("text"))
        strong = metrics.elidedText(line.strong, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, vertical, strong)
        room.setLeft(room.left() + metrics.horizontalAdvance(strong) + 8)
        painter.setFont(theme.font("body"))
        if room.width() > 12:
            text = QFontMetrics(theme.font("body")).elidedText(
                line.text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, vertical, text)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(rect), theme.color("focusRing"), 2)

    def _draw_front(self, painter: QPainter, rect: QRect) -> int:
        """Draw picture or glyph; returns where the text begins."""
        theme, line = current_theme(), self._line
        if line.picture is not None and self._pictures is not None:
            pixmap = self._pictures.pixmap(line.picture, PICTURE)
            if pixmap is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(
                    QRect(2, rect.center().y() - PICTURE // 2 + 1, PICTURE, PICTURE), pixmap
                )
            return PICTURE + 8
        if line.mark:
            side = theme.size("icon", "glyph")
            place = QRectF(4, rect.center().y() - side / 2 + 1, side, side)
            draw_mark(painter, place, line.mark)
            return 4 + side + 8
        return 4
