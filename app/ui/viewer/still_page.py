"""What the view shows without OpenGL: its background, and on it a picture or a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.preview.camera import PICTURE_MARGIN, VIEW_MARGIN
from app.ui.theme import Theme

# The part is as large as the live view will show it: its margin there, and in the picture itself.
_PICTURE_SHARE = (1 - 2 * VIEW_MARGIN) / (1 - 2 * PICTURE_MARGIN)
_LARGEST_SCALE = 1.6  # beyond, a picture is too blurred to help


class StillPage(QWidget):
    """Paints the two-stop background of the 3D view and what it is given on top."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QPixmap()
        self._text = ""

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    @property
    def text(self) -> str:
        return self._text

    def show_picture(self, png: bytes) -> bool:
        """Show a picture; False if the bytes are none."""
        picture = QPixmap()
        if not picture.loadFromData(png, "PNG"):
            return False
        self._picture, self._text = picture, ""
        self.update()
        return True

    def show_text(self, text: str) -> None:
        self._picture, self._text = QPixmap(), text
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fall = QLinearGradient(0, 0, 0, self.height())
        fall.setColorAt(0.0, self._theme.color("viewportTop"))
        fall.setColorAt(1.0, self._theme.color("viewportBottom"))
        painter.fillRect(self.rect(), fall)
        if self.has_picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._picture_place(), self._picture, QRectF(self._picture.rect()))
        elif self._text:
            margin = self._theme.size("space", "xl")
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font("body"))
            painter.drawText(
                self.rect().adjusted(margin, margin, -margin, -margin),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._text,
            )

    def _picture_place(self) -> QRectF:
        """Centre the picture where and as large as the live view will show the part."""
        ratio = self.devicePixelRatioF()
        width, height = self._picture.width() / ratio, self._picture.height() / ratio
        scale = min(
            _LARGEST_SCALE,
            self.width() * _PICTURE_SHARE / width,
            self.height() * _PICTURE_SHARE / height,
        )
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place
