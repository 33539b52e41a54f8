"""A few sentences, each with its glyph, such as what stands against an act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel, glyph_alone
from app.ui.widgets.panels import row


class StatedList(QWidget):
    """Sentences one below the other; read out as the widget's description."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        padding = current_theme().size("space", "xs")
        self._layout.setContentsMargins(0, padding, 0, padding)
        self._layout.setSpacing(padding)
        self.setAccessibleName(name)

    @property
    def text(self) -> str:
        return self.accessibleDescription()

    def say(self, mark: str, text: str) -> None:
        """Show one sentence."""
        self.show_lines([(mark, text)])

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show (glyph, sentence) pairs; "" for no glyph."""
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for mark, text in lines:
            self._layout.addWidget(_Line(mark, text))
        self.setAccessibleDescription(" ".join(text for _mark, text in lines))


class _Line(QWidget):
    def __init__(self, mark: str, text: str) -> None:
        super().__init__()
        label = RoleLabel(text, wrap=True).selectable()
        if not mark:
            self.setLayout(row(label))
            return
        glyph = glyph_alone(mark)
        line = row(glyph, label, spacing=current_theme().size("icon", "glyphGap"))
        line.setStretch(1, 1)
        line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
