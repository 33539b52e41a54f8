"""The head of the page of products: how many leave series, the horizon, the years shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QToolButton

from app.base.i18n import _
from app.domain.lifecycle.product_lane import ProductTotals
from app.ui.icons import SMALL, icon
from app.ui.products.lane_words import summary_text
from app.ui.products.time_range import TimeRange, usual_range, within_calendar
from app.ui.theme import current_theme
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import row
from app.ui.widgets.search_field import SearchField
from app.ui.worklist.horizon_control import HorizonControl

_CHOICES = (3, 5, 10, 15, 30)  # years


class ProductsHead(HeadBar):
    """Title, summary, search, horizon, years and zoom.

    Signals:
        years_chosen: (years: TimeRange).
        zoom_requested: (by: int) below 0 for fewer years.
    """

    years_chosen = Signal(object)
    zoom_requested = Signal(int)

    def __init__(self, months: int, today: date) -> None:
        super().__init__()
        theme = current_theme()
        self._today = today
        self.summary = ElidedLabel(color="muted")
        self.search = SearchField(_("Search products"))
        self.search.setFixedWidth(168)
        self.horizon = HorizonControl(months)
        self.years = ChoiceBox()
        self.years.setAccessibleName(_("Years shown"))
        self.years.setToolTip(_("Years shown"))
        self.years.setFixedWidth(136)
        self.years.activated.connect(lambda n: self.years_chosen.emit(self.years.itemData(n)))
        self.wider = _tool("zoom-out", _("More years (-)"))
        self.nearer = _tool("zoom-in", _("Fewer years (+)"))
        self.wider.clicked.connect(lambda: self.zoom_requested.emit(1))
        self.nearer.clicked.connect(lambda: self.zoom_requested.emit(-1))
        margin = theme.size("space", "l")
        line = row(
            RoleLabel(_("Products"), font="title"),
            self.summary,
            self.search,
            self.horizon,
            self.years,
            self.wider,
            self.nearer,
            margins=(margin, 0, theme.size("space", "m"), 0),
            spacing=theme.size("space", "m"),
        )
        line.setStretchFactor(self.summary, 1)
        self.setLayout(line)

    def show_totals(self, totals: ProductTotals) -> None:
        """Show how many products leave series within the horizon."""
        self.summary.setText(summary_text(totals) if totals.products else "")

    def show_years(self, years: TimeRange) -> None:
        """Show which years the timeline has; other widths can be chosen beside them."""
        offered = [usual_range(self._today, count) for count in _CHOICES]
        offered.append(within_calendar(self._today.year - 30, 60))
        if years not in offered:
            offered.append(years)
        offered.sort(key=lambda choice: (choice.years, choice.first))
        self.years.clear()
        for choice in offered:
            self.years.addItem(choice.text, choice)
        self.years.setCurrentIndex(offered.index(years))


def _tool(picture: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(picture))
    button.setIconSize(QSize(SMALL, SMALL))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
