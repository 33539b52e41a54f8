"""A message beside its cause: what happened, what to do, details to copy. Never a modal box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app.base.i18n import _
from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.labels import RoleLabel

_GROUNDS = {
    "note": "tintInfo",
    "good": "tintInfo",
    "warning": "tintWarning",
    "danger": "tintWarning",
}
MARKER = 3


class MessageStrip(QWidget):
    """A strip between panels, hidden until something is said.

    Signals:
        dismissed: the user closed it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._details = "note", ""
        self._act: Callable[[], None] | None = None
        theme = current_theme()
        self._text = RoleLabel(wrap=True).selectable()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._run)
        self._copy = QPushButton(_("Copy details"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self._close = QToolButton()
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(SMALL, SMALL))
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        margin, gap = theme.size("space", "l"), theme.size("space", "s")
        layout.setContentsMargins(margin + 14 + gap, gap, gap, gap)
        layout.setSpacing(gap)
        for widget in (self._text, self._action, self._copy, self._close):
            layout.addWidget(widget)
        self.setMinimumHeight(theme.size("height", "messageStrip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._text.text()

    def say(
        self,
        text: str,
        *,
        kind: str = "note",
        details: str = "",
        copy: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a message and announce it to assistive tools without moving the focus.

        Args:
            kind: "note", "good", "warning" or "danger".
            details: what "Copy details" copies; "" for no such button.
            copy: what that button says instead.
            action: the verb of a button that runs `act`.
        """
        self._kind, self._details, self._act = kind, details, act
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(act is not None)
        self._copy.setText(copy or _("Copy details"))
        self._copy.setVisible(bool(details))
        self.setAccessibleName(text)
        self.show()
        self.update()
        event = QAccessibleAnnouncementEvent(self, text)
        QAccessible.updateAccessibility(event)

    def clear(self) -> None:
        """Say nothing any more."""
        self._text.setText("")
        self._act = None
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(_GROUNDS[self._kind]))
        side = "status.blocked" if self._kind == "danger" else "status.expiring"
        role = "accent" if self._kind in ("note", "good") else side
        painter.fillRect(0, 0, MARKER, self.height(), theme.color(role))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        left = theme.size("space", "l")
        middle = self._text.geometry().center().y() + 0.5
        draw_mark(painter, QRectF(left, middle - 7, 14, 14), self._kind)

    def _run(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()


class ThinProgress(QWidget):
    """A thin bar over content that is being loaded; what is shown stays."""

    HEIGHT = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = -1.0
        self.setFixedHeight(self.HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_share(self, share: float) -> None:
        """Show `share` (0 to 1) as done; below 0 shows nothing."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share < 0:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), current_theme().color("barTrack"))
        width = round(self.width() * min(max(self._share, 0.05), 1.0))
        painter.fillRect(0, 0, width, self.height(), current_theme().color("barFill"))
