"""The tile of the horizon: what leaves series and has no qualified spare yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.overview.home_overview import LeavingSeries
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel, StatusLabel
from app.ui.widgets.panels import row
from app.ui.worklist.horizon_control import HorizonControl


class LeavingTile(QWidget):
    """How many eternal spares are open, how urgent they are, and the way to the worklist.

    Signals:
        worklist_requested: the button was pressed.
    """

    worklist_requested = Signal()

    def __init__(self, months: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.horizon = HorizonControl(months)
        self._figure = RoleLabel("–", font="figure")
        self._parts = RoleLabel("", color="muted")
        self._parts.setContentsMargins(0, 6, 0, 0)
        self._overdue, self._soon = StatusLabel(), StatusLabel()
        self.button = QPushButton(_("Open ranked worklist"))
        set_property(self.button, "primary", True)
        self.button.clicked.connect(self.worklist_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size("space", "s"))
        layout.addWidget(RoleLabel(_("Leaving series, nothing qualified"), font="section"))
        layout.addLayout(row(self._figure, self._parts, None, spacing=10))
        layout.addWidget(self._overdue)
        layout.addWidget(self._soon)
        layout.addSpacing(theme.size("space", "s"))
        layout.addLayout(row(self.horizon, None))
        layout.addStretch(1)
        layout.addLayout(row(self.button, None))
        self.setAccessibleName(_("Leaving series, nothing qualified"))

    def show_counts(self, leaving: LeavingSeries) -> None:
        """Show how many parts are open and how many of them are urgent."""
        self._figure.setText(figure(leaving.parts))
        parts = ngettext("part in {products}", "parts in {products}", leaving.parts)
        products = ngettext("{count} product", "{count} products", leaving.products)
        named = parts.format(products=products.format(count=figure(leaving.products)))
        self._parts.setText(named)
        late, due = leaving.overdue, leaving.soon
        overdue = ngettext(
            "{count} past its last safe start", "{count} past their last safe start", late
        ).format(count=figure(late))
        soon = _("{count} must start within 6 months").format(count=figure(due))
        self._overdue.set_status("past" if leaving.overdue else "good", overdue)
        self._soon.set_status("soon" if leaving.soon else "good", soon)
        said = f"{figure(leaving.parts)} {named}. {overdue}. {soon}."
        self.setAccessibleDescription(said)
