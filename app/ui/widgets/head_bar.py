"""The head of a page, with a thin bar along its lower edge while something is being loaded."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from app.ui.theme import current_theme
from app.ui.widgets.message_strip import ThinProgress
from app.ui.widgets.panels import Panel


class HeadBar(Panel):
    """As high as the design says; `busy` lies over its lower hairline and takes no room."""

    def __init__(self) -> None:
        super().__init__("window", lines="b")
        self.setFixedHeight(current_theme().size("height", "pageHeader"))
        self.busy = ThinProgress(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self.busy.height()
        self.busy.setGeometry(0, self.height() - height, self.width(), height)
