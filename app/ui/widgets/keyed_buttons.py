"""Buttons that show their shortcut beside their word, so that users outgrow them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme

_KEY_GAP = 8


class KeyedButton(QPushButton):
    """A push button with its key in small letters at the right end."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + _KEY_GAP + self._key_width(), hint.height())

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = self.text(), ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        primary = bool(self.property("primary"))
        role = "onAccent" if primary else "text"
        painter.setPen(theme.color(role if self.isEnabled() else "disabled"))
        painter.setFont(theme.font("bodyStrong" if primary else "body"))
        words = painter.fontMetrics().horizontalAdvance(text)
        left = (self.width() - words - _KEY_GAP - self._key_width()) // 2
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, words + 1, self.height()), middle, text)
        painter.setFont(theme.font("caption"))
        place = QRect(left + words + _KEY_GAP, 0, self._key_width() + 1, self.height())
        painter.drawText(place, middle, self._key)

    def _key_width(self) -> int:
        return QFontMetrics(current_theme().font("caption")).horizontalAdvance(self._key)


class KeyedTool(QToolButton):
    """A tool with icon, word and key."""

    def __init__(self, picture: str, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._key = picture, key
        self.setText(text)
        self.setToolTip(f"{text} ({key})")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(current_theme().size("height", "button"))
        current_theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = QFontMetrics(theme.font("body")).horizontalAdvance(self.text())
        keys = QFontMetrics(theme.font("caption")).horizontalAdvance(self._key)
        gap = theme.size("icon", "glyphGap")
        padding = theme.size("space", "s")
        return QSize(2 * padding + SMALL + gap + words + gap + keys + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        padding, gap = theme.size("space", "s"), theme.size("icon", "glyphGap")
        role = "text" if self.isEnabled() else "muted"
        place = QRect(padding, (self.height() - SMALL) // 2, SMALL, SMALL)
        icon(self._picture, role).paint(painter, place)
        left = padding + SMALL + gap
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        words = painter.fontMetrics().horizontalAdvance(self.text())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, words + 1, self.height()), middle, self.text())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted" if self.isEnabled() else "disabled"))
        painter.drawText(
            QRect(left + words + gap, 0, self.width(), self.height()), middle, self._key
        )
