"""Tool buttons of a bar: an icon, perhaps a word, pressed by Enter as well as by Space."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme


class BarTool(QToolButton):
    """A button with an icon.

    Args:
        name: what it does, for the tip and for screen readers.
        text: the word beside the icon; "" for the icon alone.
    """

    def __init__(
        self, picture: str, name: str, *, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon(picture, "text" if text else "muted"))
        self.setIconSize(QSize(SMALL, SMALL))
        self.setText(text)
        self.setToolTip("" if text == name else name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        side = current_theme().size("height", "button")
        self.setFixedHeight(side)
        if text:
            self.setFont(current_theme().font("identifier"))
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        else:
            self.setFixedWidth(side)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(arg__1)
