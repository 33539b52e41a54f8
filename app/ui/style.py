"""What Fusion does differently here: a solid focus ring, and menus without underlined letters.

Qt asks a style thousands of hints before the first paint. An override in Python for the whole
application would take a tenth of that time, so the one hint that differs is for menus alone.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

FOCUS_WIDTH = 2


class TokenStyle(QProxyStyle):
    """Fusion with our focus ring.

    Args:
        color: gives a colour by its token name.
    """

    def __init__(self, base: QStyle, color: Callable[[str], QColor]) -> None:
        super().__init__(base)
        self._color = color

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            draw_focus_ring(painter, QRectF(option.rect), self._color("focusRing"))
            return
        super().drawPrimitive(element, option, painter, widget)


class MenuStyle(QProxyStyle):
    """Fusion that does not underline the letters that Alt opens a menu with."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_UnderlineShortcut:
            return 0
        return super().styleHint(hint, option, widget, returnData)


def draw_focus_ring(painter: QPainter, rect: QRectF, color: QColor, radius: float = 0) -> None:
    """Draw the focus ring inside `rect`."""
    inset = FOCUS_WIDTH / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    painter.setPen(QPen(color, FOCUS_WIDTH, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()
