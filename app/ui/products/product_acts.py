"""What can be done with a product and its dates; each act opens its dialog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.base.i18n import _
from app.domain.lifecycle.product import Milestone
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.context import UiContext
from app.ui.icons import icon
from app.ui.record_acts import RecordAct


class ProductActs(QObject):
    """Actions of the page of products.

    Signals:
        day_typed: (lane: ProductLane, milestone: Milestone, on: date, why: str) not stored yet.

    Attributes:
        dialog: the one that is open; None without any.
    """

    day_typed = Signal(object, object, object, str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._lane: ProductLane | None = None
        self._milestone: Milestone | None = None
        self._on: date | None = None
        self.dialog: QDialog | None = None
        self.new = self._action(_("New product…"), "plus", self.add_product)
        self.edit = self._action(_("Edit product…"), "", self.edit_product)
        self.add_date = self._action(_("Add date…"), "", self.give_date)
        self.type_date = self._action(_("Type date…"), "", self.ask_day)
        self.remove_date = self._action(_("Remove date…"), "", self.take_date)
        self.add_part = self._action(_("Add part…"), "", self.use_part)
        self.menu = QMenu(page)
        for action in (self.edit, self.add_part, None, self.add_date, self.type_date):
            if action is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(action)
        self.menu.addAction(self.remove_date)
        self.menu.addSeparator()
        self.menu.addAction(self.new)
        self.menu.setToolTipsVisible(True)
        self.look_at(None, None)

    def look_at(
        self, lane: ProductLane | None, milestone: Milestone | None, on: date | None = None
    ) -> None:
        """Act on this product, and on this stored date of it.

        Args:
            on: the day that the date is shown at.
        """
        self._lane, self._milestone, self._on = lane, milestone, on
        product = "" if lane is not None else _("Choose a product first.")
        dated = "" if milestone is not None else _("Choose a date in the timeline first.")
        for action in (self.edit, self.add_date, self.add_part):
            _enable(action, product)
        for action in (self.type_date, self.remove_date):
            _enable(action, product or dated)

    def offered(self) -> list[RecordAct]:
        """Return the acts as the menus of the window know them."""
        return [
            RecordAct(key, action.text(), action.trigger, _refusal(action))
            for key, action in (
                ("new_product", self.new),
                ("edit_product", self.edit),
                ("add_part", self.add_part),
                ("add_date", self.add_date),
                ("type_date", self.type_date),
                ("remove_date", self.remove_date),
            )
        ]

    def pop_up(self, where: QPoint) -> None:
        """Show all acts at a place on the screen."""
        self.menu.popup(where)

    def add_product(self) -> None:
        from app.ui.products.product_dialogs import ProductDialog

        self._open(ProductDialog(self._context, None, self._page))

    def edit_product(self) -> None:
        from app.ui.products.product_dialogs import ProductDialog

        if self._lane is not None:
            self._open(ProductDialog(self._context, self._lane, self._page))

    def give_date(self) -> None:
        """Ask for a date that the product has not yet."""
        if self._lane is not None:
            self.give_date_to(self._lane)

    def give_date_to(self, lane: ProductLane) -> None:
        """Ask for a date of any product."""
        from app.ui.products.product_dialogs import MilestoneDialog

        self._open(MilestoneDialog(self._context, lane, self._page))

    def ask_day(self) -> None:
        """Ask for another day of the chosen date; without any date ask for the first one."""
        from app.ui.products.product_dialogs import DateDialog

        lane, milestone = self._lane, self._milestone
        if lane is None:
            return
        if milestone is None:
            self.give_date()
            return
        dialog = DateDialog(
            self._context, lane, milestone, on=self._on or milestone.on, parent=self._page
        )
        dialog.accepted.connect(
            lambda: self.day_typed.emit(lane, milestone, dialog.day, dialog.why)
        )
        self._open(dialog)

    def take_date(self) -> None:
        """Ask whether the chosen date is to go."""
        from app.ui.products.product_dialogs import removal_dialog

        if self._lane is not None and self._milestone is not None:
            self._open(removal_dialog(self._context, self._lane, self._milestone, self._page))

    def use_part(self) -> None:
        """Ask which part the product uses."""
        from app.ui.products.product_dialogs import UseDialog

        if self._lane is not None:
            self._open(UseDialog(self._context, self._lane, self._page))

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog over the page; it goes when it is closed."""
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _action(self, text: str, picture: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: act())
        return action


def _refusal(action: QAction) -> str:
    return "" if action.isEnabled() else action.toolTip()


def _enable(action: QAction, refusal: str) -> None:
    action.setEnabled(not refusal)
    action.setToolTip(refusal or action.text().removesuffix("…"))
