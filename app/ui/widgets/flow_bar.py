"""A bar whose widgets go on in a further line where they do not fit, beside tools that stay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import current_theme
from app.ui.widgets.panels import Panel

GAP = 8


class FlowBar(Panel):
    """Widgets from the left, as many lines as they need, and tools at the right end."""

    def __init__(self, tools: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__("window", lines="b", parent=parent)
        theme = current_theme()
        self._line = theme.size("height", "filterBar")
        self._margin = theme.size("space", "m")
        self._flow: tuple[QWidget, ...] = ()
        self._tools = tuple(tools)
        for tool in tools:
            tool.setParent(self)
        self.setFixedHeight(self._line)

    def set_flow(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets in this order, which is that of the Tab key too."""
        self._flow = tuple(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._order_keys()
        self.place()

    def minimumSizeHint(self) -> QSize:
        widest = max((widget.sizeHint().width() for widget in self._flow), default=0)
        return QSize(widest + self._tools_width() + 3 * self._margin, self.height())

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order_keys()  # again: being put into a window mixed them with what it holds

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)

    def place(self) -> None:
        """Lay everything out again."""
        right = self.width() - self._margin
        for tool in reversed(self._tools):
            if tool.isHidden():
                continue
            size = tool.sizeHint()
            right -= size.width()
            tool.setGeometry(self._in_line(right, size, 0))
            right -= GAP
        left, line = self._margin, 0
        end = right
        for widget in self._flow:
            size = widget.sizeHint().expandedTo(widget.minimumSize())
            if left + size.width() > end and left > self._margin:
                left, line = self._margin, line + 1
                end = self.width() - self._margin  # the tools stand in the first line alone
            widget.setGeometry(self._in_line(left, size, line))
            left += size.width() + GAP
        height = self._line + line * (current_theme().size("height", "chip") + GAP)
        if height != self.height():
            self.setFixedHeight(height)

    def _order_keys(self) -> None:
        for first, second in pairwise((*self._flow, *self._tools)):
            QWidget.setTabOrder(first, second)

    def _in_line(self, left: int, size: QSize, line: int) -> QRect:
        middle = (self._line - 1) // 2 + line * (current_theme().size("height", "chip") + GAP)
        return QRect(left, middle - size.height() // 2, size.width(), size.height())

    def _tools_width(self) -> int:
        shown = [tool.sizeHint().width() for tool in self._tools if not tool.isHidden()]
        return sum(shown) + GAP * len(shown)
