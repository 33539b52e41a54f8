"""Books a delivered lot against the licence of its package."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.base.errors import RuleViolation
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.certificates.lot_rules import expand_serials
from app.domain.changes import Changes
from app.domain.packages.print_package import PrintPackage
from app.services.certificates.book_lot import Delivery, book_lot
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import (
    ActDialog,
    Work,
    choice,
    count_field,
    read_day,
    required_field,
    text_field,
)

_MOST_PIECES = 1_000_000


class LotDialog(ActDialog):
    """Which package, how many pieces, their serial numbers, for whom."""

    def __init__(
        self,
        context: UiContext,
        packages: Sequence[PrintPackage],
        *,
        package_id: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context.jobs, context.bus, _("Book delivered lot"), _("Book lot"), parent)
        self._context = context
        self.number = required_field(placeholder=_("such as L-2026-031"))
        self.add_row(_("Lot number"), self.number)
        usable = [item for item in packages if not item.trial]
        self.package = choice([(_package_words(item), item.number) for item in usable])
        chosen = next((item.number for item in usable if item.id == package_id), "")
        self.package.setCurrentIndex(max(self.package.findData(chosen), 0) if usable else -1)
        self.add_row(_("Package"), self.package)
        self.quantity = count_field(_MOST_PIECES)
        self.add_row(_("Pieces"), self.quantity)
        self.serials = text_field(placeholder=_("A-001..A-024, A-030; empty: marked as a batch"))
        self.add_row(_("Serial numbers"), self.serials)
        self.purchaser = text_field()
        self.add_row(_("Purchaser"), self.purchaser)
        self.order = text_field(placeholder=_("number and item"))
        self.add_row(_("Order"), self.order)
        self.delivered = text_field(context.today().isoformat())
        self.add_row(_("Delivered on"), self.delivered)

    def prepare(self) -> Work:
        """Read the fields."""
        if self.package.currentIndex() < 0:
            raise RuleViolation(_("No package has been exported that a lot could be made from."))
        delivered = read_day(self.delivered.text(), _("Delivered on"))
        if delivered is None:
            raise RuleViolation(_("Name the day of delivery."))
        delivery = Delivery(
            number=self.number.text(),
            package=str(self.package.currentData()),
            quantity=self.quantity.value(),
            serials=expand_serials(self.serials.text()),
            order_reference=self.order.text(),
            purchaser=self.purchaser.text(),
            delivered_on=delivered,
        )
        context = self._context

        def work(progress: Progress) -> Changes:
            _lot, changes = book_lot(context.services.library, delivery, who=context.user)
            return changes

        return work


def _package_words(package: PrintPackage) -> str:
    pieces = ngettext("{count} piece", "{count} pieces", package.quantity)
    return f"{package.number} · {pieces.format(count=figure(package.quantity))}"
