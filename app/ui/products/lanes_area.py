"""Table and timeline side by side, with one scroll bar for both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout

from app.base.i18n import _
from app.ui.products.product_table import ProductTable
from app.ui.products.timeline import TimelineView
from app.ui.theme import current_theme
from app.ui.widgets.panels import HairlineSplitter, Panel

_TABLE_WIDTH, _LEAST_ROWS = 470, 3


class LanesArea(HairlineSplitter):
    """The rows of the table are the lanes of the timeline."""

    def __init__(self, table: ProductTable, timeline: TimelineView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        theme = current_theme()
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or every lane would move when it comes
        self._bar.setSizePolicy(policy)
        self._bar.setAccessibleName(_("Scroll the products"))
        corner = Panel("panel", lines="b")
        corner.setFixedHeight(theme.size("height", "tableHeader"))
        right = Panel("window")
        line = QHBoxLayout(right)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(timeline, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(corner)
        beside.addWidget(self._bar, 1)
        line.addLayout(beside)
        self.addWidget(table)
        self.addWidget(right)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        table.setMinimumWidth(_TABLE_WIDTH)
        rows = _LEAST_ROWS * theme.size("height", "rowTimeline")
        self.setMinimumHeight(theme.size("height", "tableHeader") + rows)
        self.setSizes([_TABLE_WIDTH + 56, 10_000])
        self._master = table.verticalScrollBar()
        self._master.rangeChanged.connect(self._follow_range)
        self._master.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(self._master.setValue)
        self._follow_range(self._master.minimum(), self._master.maximum())

    def _follow_range(self, low: int, high: int) -> None:
        self._bar.setPageStep(self._master.pageStep())
        self._bar.setSingleStep(self._master.singleStep())
        self._bar.setRange(low, high)
        self._bar.setValue(self._master.value())
        self._bar.setVisible(high > low)
