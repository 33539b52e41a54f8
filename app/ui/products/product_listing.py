"""Which products are listed, in which order, and the figures over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.base.progress import Progress
from app.domain.lifecycle.product_lane import ProductLane, ProductSort, ProductTotals
from app.services.lifecycle.count_products import count_products
from app.services.lifecycle.page_products import page_products
from app.ui.context import UiContext
from app.ui.products.product_table import ProductModel
from app.ui.products.tray import NAMED

_Tallied = tuple[ProductTotals, Sequence[ProductLane]]


class ProductListing(QObject):
    """Feeds a model of products, off the GUI thread.

    Signals:
        asked: rows are on their way; those that are shown stay.
        tallied: `totals` and `named` are up to date.
        failed: (error: AppError) the figures could not be read.

    Attributes:
        totals: figures over all products, whatever is listed.
        named: the first products without dates.
    """

    asked = Signal()
    tallied = Signal()
    failed = Signal(object)

    def __init__(self, context: UiContext, model: ProductModel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.sort, self.descending = ProductSort.END_OF_PRODUCTION, False
        self.undated, self.text = False, ""
        self.totals = ProductTotals(products=0, undated=0, leaving=0)
        self.named: Sequence[ProductLane] = ()

    def ask(self) -> None:
        """List from the top."""
        self.asked.emit()
        self._model.set_source(
            page_products(
                self._context.services.library,
                today=self._context.today(),
                sort=self.sort,
                descending=self.descending,
                dated=not self.undated,
                text=self.text,
            )
        )

    def ask_again(self) -> None:
        """Ask for the same list; the place in it stays."""
        if self._model.ids:
            self.asked.emit()
            self._model.reload()
        else:
            self.ask()

    def sort_by(self, name: str, descending: bool) -> None:
        """List in another order."""
        self.sort, self.descending = ProductSort(name), descending
        self.ask()

    def search(self, text: str) -> None:
        """List the products that hold a text."""
        if text.strip() != self.text:
            self.text = text.strip()
            self.ask()

    def list_undated(self, undated: bool) -> None:
        """List the products without dates, or those that have one."""
        self.undated = undated
        self.ask()

    def tally(self, horizon_months: int) -> None:
        """Count all products anew."""
        library, today = self._context.services.library, self._context.today()

        def count(progress: Progress) -> _Tallied:
            totals = count_products(library, today=today, horizon_months=horizon_months)
            undated = page_products(library, today=today, sort=ProductSort.NAME, dated=False)
            return totals, undated.first_rows(NAMED) if totals.undated else ()

        self._context.jobs.start(count, owner=self, done=self._take, failed=self.failed.emit)

    def _take(self, tallied: _Tallied) -> None:
        self.totals, self.named = tallied
        self.tallied.emit()
