"""The widgets of the page of products and where they stand."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.i18n import _
from app.base.settings import load_settings
from app.ui.context import UiContext
from app.ui.products.lanes_area import LanesArea
from app.ui.products.legend import Legend
from app.ui.products.milestone_move import MilestoneMove
from app.ui.products.move_strip import MoveStrip
from app.ui.products.parts_panel import PartsPanel
from app.ui.products.product_table import ProductModel, ProductTable
from app.ui.products.products_head import ProductsHead
from app.ui.products.time_range import stored_range, usual_range
from app.ui.products.timeline import TimelineView
from app.ui.products.tray import Tray
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter

COLUMNS, PARTS_COLUMNS = "products/columns", "products/parts_columns"
SPLIT, YEARS = "products/splitter", "products/years"
_UPPER, _LOWER = 400, 346


class ProductsLayout:
    """Head, lanes, legend, tray, preview and parts from top to bottom; an empty state instead."""

    def __init__(self, context: UiContext, unsaved: MilestoneMove, page: QWidget) -> None:
        today = context.today()
        self.model = ProductModel(context, unsaved)
        self.table = ProductTable(self.model)
        self.table.setAccessibleName(_("Products"))
        self.timeline = TimelineView(self.table, self.model, unsaved, usual_range(today))
        self.head = ProductsHead(load_settings().horizon_months, today)
        self.strip = MessageStrip()
        self.lanes = LanesArea(self.table, self.timeline)
        self.legend = Legend()
        self.tray = Tray()
        self.preview = MoveStrip()
        self.panel = PartsPanel(context)
        self.empty = EmptyState("shelf")
        upper = QWidget()
        _stacked(upper, self.lanes, self.legend, self.tray).setStretch(0, 1)
        # The preview takes its room from the list, or the lanes would move while one is dragged.
        lower = QWidget()
        _stacked(lower, self.preview, self.panel).setStretch(1, 1)
        self._splitter = HairlineSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(upper)
        self._splitter.addWidget(lower)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        lower.setMinimumHeight(184)
        self._splitter.setSizes([_UPPER, _LOWER])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.empty)
        _stacked(page, self.head, self.strip, self._stack).setStretch(2, 1)

    def order_tabs(self) -> None:
        """Let Tab walk the page from top to bottom, as it is read."""
        head, horizon = self.head, self.head.horizon
        stops: tuple[QWidget, ...] = (
            head.search,
            horizon.less,
            horizon.months,
            horizon.more,
            head.years,
            head.wider,
            head.nearer,
            self.table,
            self.timeline,
            self.tray.all,
            self.preview.discard,
            self.preview.save,
            *self.panel.stops,
            self.panel.table,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def show_rows(self, listed: bool) -> None:
        """Show the lanes, or what is said in their place."""
        self._stack.setCurrentWidget(self._splitter if listed else self.empty)

    def keep(self, state: QSettings) -> None:
        """Keep columns, splitter and years for the next session."""
        years = self.timeline.years
        state.setValue(COLUMNS, self.table.layout_state())
        state.setValue(PARTS_COLUMNS, self.panel.table.layout_state())
        state.setValue(SPLIT, self._splitter.saveState())
        state.setValue(YEARS, f"{years.first} {years.years}")

    def restore(self, state: QSettings) -> None:
        """Take over what the last session kept."""
        for key, restore in (
            (COLUMNS, self.table.restore_layout),
            (PARTS_COLUMNS, self.panel.restore_layout),
            (SPLIT, self._splitter.restoreState),
        ):
            stored = state.value(key)
            if isinstance(stored, QByteArray):
                restore(stored)
        years = stored_range(str(state.value(YEARS, "")))
        if years is not None:
            self.timeline.show_years(years)


def _stacked(owner: QWidget, *widgets: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
