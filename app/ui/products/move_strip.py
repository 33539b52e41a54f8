"""What an unsaved date would change, and the two ways to go on."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.base.i18n import _
from app.ui.theme import current_theme, set_property
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.keyed_buttons import KeyedButton
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.message_strip import MARKER


class MoveStrip(QWidget):
    """Hidden as long as every date is saved; holds the page's only primary button.

    Signals:
        save_requested, discard_requested: a button was pressed.
    """

    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._words = ""
        self.text = RoleLabel(wrap=True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.discard = KeyedButton(_("Esc"))
        self.discard.setText(_("Discard"))
        self.discard.clicked.connect(self.discard_requested)
        self.save = KeyedButton(_("Ctrl+S"))
        self.save.setText(_("Save milestone"))
        set_property(self.save, "primary", True)
        self.save.clicked.connect(self.save_requested)
        layout = QHBoxLayout(self)
        margin, gap = theme.size("space", "l"), theme.size("space", "s")
        layout.setContentsMargins(margin + 14 + gap, 0, gap, 1)
        layout.setSpacing(gap)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.discard)
        layout.addWidget(self.save)
        self.setMinimumHeight(theme.size("height", "messageStrip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()
        theme.changed.connect(self.update)

    @property
    def words(self) -> str:
        """What it says, as plain text; "" while it is hidden."""
        return self._words

    def say(self, what: str, effect: str, *, announced: bool) -> None:
        """Show which date is moved, and what follows from it.

        Args:
            effect: "" while that is not known yet.
            announced: tell assistive tools too, without moving the focus.
        """
        rest = " ".join(filter(None, (effect, _("Not saved yet."))))
        self._words = f"{what} {rest}"
        self.text.setText(f"<b>{escape(what)}</b> {escape(rest)}")
        self.text.setAccessibleName(self._words)
        self.show()
        self.update()
        if announced:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words))

    def let_save(self, may: bool) -> None:
        """Let the buttons be pressed, or not while saving."""
        self.save.setEnabled(may)
        self.discard.setEnabled(may)

    def clear(self) -> None:
        """Hide: every date is saved."""
        self._words = ""
        self.text.setText("")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("tintInfo"))
        painter.fillRect(0, 0, MARKER, self.height(), theme.color("accent"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        left = theme.size("space", "l")
        draw_mark(painter, QRectF(left, self.height() / 2 - 7, 14, 14), "note")
