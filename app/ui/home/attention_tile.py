"""A card that counts one kind of thing that needs attention and lists the most urgent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.base.figures import figure
from app.ui.catalog.part_pictures import PartPictures
from app.ui.home.tile_lines import HEIGHT, TileLine, TileLineButton
from app.ui.icons import LARGE
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.small_marks import IconPicture

LINES = 4


class AttentionTile(Panel):
    """Title, count with a few words, up to four lines, and the way to all of them.

    Signals:
        all_requested: the link below the lines was pressed.
    """

    all_requested = Signal()

    def __init__(
        self, title: str, icon: str, *, pictures: PartPictures, parent: QWidget | None = None
    ) -> None:
        super().__init__("window", card=True, parent=parent)
        theme = current_theme()
        self._pictures = pictures
        self._figure = RoleLabel("–", font="figure")
        self._words = RoleLabel("", color="muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._words.setContentsMargins(0, 0, 0, 5)
        self._nothing = RoleLabel("", color="muted", wrap=True)
        self._link = QPushButton()
        set_property(self._link, "link", True)
        self._link.setCursor(Qt.CursorShape.PointingHandCursor)
        self._link.clicked.connect(self.all_requested)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        margin = theme.size("space", "l")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin, margin, theme.size("space", "m"))
        layout.setSpacing(theme.size("space", "xs"))
        layout.addLayout(row(IconPicture(icon, LARGE), RoleLabel(title, font="bodyStrong"), None))
        layout.addLayout(row(self._figure, self._words, None, spacing=10))
        layout.addLayout(self._lines)
        layout.addWidget(self._nothing)
        layout.addStretch(1)
        layout.addLayout(row(self._link, None))
        self.setMinimumHeight(LINES * HEIGHT + 116)
        self.setAccessibleName(title)

    @property
    def lines(self) -> tuple[TileLineButton, ...]:
        """The lines shown."""
        found = (self._lines.itemAt(n) for n in range(self._lines.count()))
        widgets = (item.widget() for item in found if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, TileLineButton))

    @property
    def summary(self) -> str:
        """Count and words, as read out."""
        return self.accessibleDescription()

    def show_lines(
        self, count: int, words: str, lines: Sequence[TileLine], *, link: str, nothing: str
    ) -> None:
        """Show how many there are and the first of them.

        Args:
            words: stand beside the count.
            link: leads to all of them; "" for no link.
            nothing: what is said where there is none.
        """
        self._figure.setText(figure(count))
        self._words.setText(words)
        self.setAccessibleDescription(f"{figure(count)} {words}".strip())
        focused = [line.hasFocus() for line in self.lines]
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        for shown in lines[:LINES]:
            self._lines.addWidget(TileLineButton(shown, self._pictures))
        if any(focused) and self.lines:
            self.lines[min(focused.index(True), len(self.lines) - 1)].setFocus()
        self._nothing.setText(nothing)
        self._nothing.setVisible(not lines)
        self._link.setText(link)
        self._link.setVisible(bool(link) and count > 0)
