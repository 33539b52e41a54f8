"""Pieces by month as bars. Imports pyqtgraph, which takes half a second: load it off the window."""

from __future__ import annotations

from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.domain.lifecycle.supply import DemandHistory
from app.ui.theme import current_theme

HEIGHT = 220
_BAR = 0.8
_YEARS_SHOWN = 9  # more years than this are named every second or fifth


class DemandChart(pg.PlotWidget):  # type: ignore[misc]  # it ships no annotations
    """Bars of the months and a line at their mean; drawn in the colours of the theme.

    What it shows stands as text in its accessible description and in the table beside it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Demand by month"))
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self._demand: DemandHistory | None = None
        current_theme().changed.connect(self._draw)

    def show_demand(self, demand: DemandHistory) -> None:
        """Draw another history."""
        self._demand = demand
        self._draw()

    def event(self, ev: QEvent) -> bool:
        # The wheel belongs to the sheet around the chart, which nobody can zoom anyway.
        if ev.type() == QEvent.Type.Wheel:
            ev.ignore()
            return False
        return bool(super().event(ev))

    def _draw(self) -> None:
        demand = self._demand
        self.clear()
        self.setBackground(current_theme().color("window"))
        if demand is None:
            return
        theme = current_theme()
        quantities = list(demand.quantities)
        self.addItem(
            pg.BarGraphItem(
                x=list(range(len(quantities))),
                height=quantities,
                width=_BAR,
                brush=theme.color("barFill"),
                pen=QPen(Qt.PenStyle.NoPen),
            )
        )
        mean = sum(quantities) / len(quantities) if quantities else 0.0
        line = pg.mkPen(theme.color("text"), width=1, style=Qt.PenStyle.DashLine)
        self.addItem(pg.InfiniteLine(pos=mean, angle=0, pen=line))
        self._dress_axes(demand)
        top = max(quantities, default=0.0)
        self.setRange(
            xRange=(-0.5, max(len(quantities), 12) - 0.5),
            yRange=(0, top * 1.08 if top > 0 else 1),
            padding=0.01,
        )

    def _dress_axes(self, demand: DemandHistory) -> None:
        theme = current_theme()
        for side in ("bottom", "left"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(theme.color("divider")))
            axis.setTextPen(pg.mkPen(theme.color("muted")))
            axis.setStyle(tickFont=theme.font("caption"))
            axis.enableAutoSIPrefix(False)
        self.getAxis("bottom").setTicks([year_ticks(demand.first_month, len(demand.quantities))])
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.15)


def year_ticks(first_month: date, months: int) -> list[tuple[int, str]]:
    """Return (position of January, year) for the years of a history, few enough to be read."""
    first = (12 - first_month.month + 1) % 12
    ticks = [
        (position, str(first_month.year + (first_month.month - 1 + position) // 12))
        for position in range(first, months, 12)
    ]
    step = next((step for step in (1, 2, 5) if len(ticks) / step <= _YEARS_SHOWN), 10)
    return ticks[::step]
