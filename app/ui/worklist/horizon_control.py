"""How far ahead a gap in supply counts: 6 to 60 months."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QSpinBox, QToolButton, QWidget

from app.base.i18n import _
from app.base.settings import limits_of
from app.ui.icons import SMALL, icon
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import row

STEP_MONTHS = 6
# Holding the key must not start an assessment a step.
WAIT_MS = 400


class HorizonControl(QWidget):
    """A number of months with a button at each side; the keys [ and ] press them.

    Signals:
        horizon_chosen: (months: int) a moment after the last change.
    """

    horizon_chosen = Signal(int)

    def __init__(self, months: int) -> None:
        super().__init__()
        limits = limits_of("horizon_months")
        self._told = months
        self.months = QSpinBox()
        self.months.setRange(limits.minimum or STEP_MONTHS, limits.maximum or months)
        self.months.setSingleStep(STEP_MONTHS)
        self.months.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.months.setSuffix(_(" months"))
        self.months.setKeyboardTracking(False)
        self.months.setValue(months)
        self.months.setAccessibleName(_("Horizon in months"))
        self.months.setFixedWidth(96)
        self.less = _button("minus", _("Nearer horizon ([)"))
        self.more = _button("plus", _("Farther horizon (])"))
        self.less.clicked.connect(self.months.stepDown)
        self.more.clicked.connect(self.months.stepUp)
        label = RoleLabel(_("Horizon"), color="muted")
        label.setBuddy(self.months)
        self.setLayout(row(label, self.less, self.months, self.more))
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._tell)
        self.months.valueChanged.connect(self._wait.start)

    def step(self, by: int) -> None:
        """Move the horizon by so many steps."""
        self.months.stepBy(by)

    def show_months(self, months: int) -> None:
        """Show a horizon without telling."""
        self._told = months
        self.months.blockSignals(True)
        self.months.setValue(months)
        self.months.blockSignals(False)
        self._wait.stop()

    def _tell(self) -> None:
        if self.months.value() != self._told:
            self._told = self.months.value()
            self.horizon_chosen.emit(self._told)


def _button(picture: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(picture))
    button.setIconSize(QSize(SMALL, SMALL))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
