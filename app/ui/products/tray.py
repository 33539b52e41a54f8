"""Where products without dates collect: named one by one, or listed all together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import StatusLabel
from app.ui.widgets.panels import Panel

NAMED = 4
_NAME_WIDTH = 150
_ELIDE = Qt.TextElideMode.ElideRight


class Tray(Panel):
    """Hidden as long as every product has a date.

    Signals:
        date_requested: (lane: ProductLane) a first date is to be given.
        listing_toggled: (undated: bool) list the products without dates, or those with dates.
    """

    date_requested = Signal(object)
    listing_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__("panel", lines="b")
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "toolBar"))
        self.count = StatusLabel("unknown", " ")
        self.all = QPushButton()
        self.all.setCheckable(True)
        self.all.toggled.connect(self._toggle)
        self._names = QHBoxLayout()
        self._names.setSpacing(theme.size("space", "s"))
        margin = theme.size("space", "l")
        line = QHBoxLayout(self)
        line.setContentsMargins(margin, 0, theme.size("space", "s"), 1)
        line.setSpacing(theme.size("space", "m"))
        line.addWidget(self.count)
        line.addLayout(self._names)
        line.addStretch(1)
        line.addWidget(self.all)
        self._word_button()
        self.hide()

    @property
    def listing(self) -> bool:
        """Whether the products without dates are listed."""
        return self.all.isChecked()

    @property
    def named(self) -> list[QPushButton]:
        """The buttons of the products that are named."""
        found = (self._names.itemAt(n) for n in range(self._names.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def show_products(self, undated: int, first: Sequence[ProductLane]) -> None:
        """Show how many products have no date, and name the first of them."""
        self.count.set_status(
            "unknown",
            ngettext(
                "{count} product without dates", "{count} products without dates", undated
            ).format(count=figure(undated)),
        )
        for button in self.named:
            self._names.removeWidget(button)
            button.hide()
            button.deleteLater()
        before = self.all
        for lane in first[:NAMED]:
            button = self._name_button(lane)
            self._names.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
        if not undated:
            self.all.setChecked(False)
        self.setVisible(bool(undated))

    def _name_button(self, lane: ProductLane) -> QPushButton:
        name = lane.product.name
        button = QPushButton()
        set_property(button, "link", True)
        metrics = QFontMetrics(current_theme().font("body"))
        button.setText(metrics.elidedText(name, _ELIDE, _NAME_WIDTH).replace("&", "&&"))
        text = _("Give {product} a date").format(product=name)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(partial(self._ask_date, lane))
        return button

    def _toggle(self, undated: bool) -> None:
        self._word_button()
        self.listing_toggled.emit(undated)

    def _word_button(self) -> None:
        self.all.setText(_("Back to the dates") if self.all.isChecked() else _("List them"))

    def _ask_date(self, lane: ProductLane, _checked: bool = False) -> None:
        self.date_requested.emit(lane)
