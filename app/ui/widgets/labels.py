"""Labels in the roles of the design: a role sets font and colour and follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.base.figures import unbroken
from app.ui.theme import current_theme
from app.ui.widgets.glyphs import MARKS, draw_mark


class RoleLabel(QLabel):
    """Text in the font and colour of a role.

    Args:
        font: a font role such as "section".
        color: a colour role such as "muted".
        wrap: break long text into lines, but never between a figure and its unit.
    """

    def __init__(
        self,
        text: str = "",
        *,
        font: str = "body",
        color: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._font_role, self._color_role = font, color
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = self.sizePolicy()
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
            self.setMinimumWidth(1)  # a long word must not widen the panel it stands in
        self.setText(text)
        self._dress()
        current_theme().changed.connect(self._dress)

    def setText(self, arg__1: str) -> None:
        super().setText(unbroken(arg__1) if self.wordWrap() else arg__1)

    def set_color(self, role: str) -> None:
        """Use another colour role."""
        self._color_role = role
        self._dress()

    def selectable(self) -> RoleLabel:
        """Let the text be selected and copied."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return self

    def _dress(self) -> None:
        theme = current_theme()
        self.setFont(theme.font(self._font_role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._color_role))
        self.setPalette(palette)


class ElidedLabel(RoleLabel):
    """One line that is shortened where it does not fit; its tip has the whole text."""

    def __init__(
        self,
        text: str = "",
        *,
        font: str = "body",
        color: str = "text",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._elide = elide
        super().__init__(text, font=font, color=color, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = painter.fontMetrics().elidedText(self.text(), self._elide, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        self.setToolTip(self.text() if shown != self.text() else "")


class StatusLabel(QWidget):
    """A status as glyph and word."""

    def __init__(
        self, mark: str = "", text: str = "", *, font: str = "body", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mark, self._text, self._font_role = mark, text, font
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_status(mark, text)
        current_theme().changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._text

    def set_status(self, mark: str, text: str) -> None:
        """Show another status.

        Raises:
            KeyError: no such mark.
        """
        if mark and mark not in MARKS:
            raise KeyError(mark)
        self._mark, self._text = mark, text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = self._metrics_width()
        shift = theme.size("icon", "glyph") + theme.size("icon", "glyphGap") if self._mark else 0
        return QSize(shift + metrics + 1, theme.size("height", "tag"))

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.size("icon", "glyph") + 24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        side = theme.size("icon", "glyph")
        left = 0
        if self._mark:
            top = (self.height() - side) // 2
            draw_mark(painter, QRect(0, top, side, side).toRectF(), self._mark)
            left = side + theme.size("icon", "glyphGap")
        painter.setFont(theme.font(self._font_role))
        painter.setPen(theme.color("text"))
        room = self.rect().adjusted(left, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        self.setToolTip(self._text if shown != self._text else "")

    def _metrics_width(self) -> int:
        metrics = QFontMetrics(current_theme().font(self._font_role))
        return metrics.horizontalAdvance(self._text)


def glyph_alone(mark: str) -> StatusLabel:
    """Return a glyph as high as a line of text, for a sentence that stands beside it."""
    theme = current_theme()
    glyph = StatusLabel(mark, " ")
    glyph.setFixedSize(theme.size("icon", "glyph"), QFontMetrics(theme.font("body")).height())
    glyph.setAccessibleName("")
    return glyph
