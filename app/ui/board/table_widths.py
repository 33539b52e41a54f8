"""Shares the width of a table among its columns of words, until somebody sets them by hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent

from app.ui.widgets.table_view import TableView


class TableWidths(QObject):
    """Widens columns with their table.

    A table gives what is left to one column. Where several hold words of about the same length,
    that leaves some cut short beside an empty one.

    Args:
        shares: key of a column -> what it takes of the width that the columns do not need, 0 to 1;
            the column that stretches takes the rest.
    """

    def __init__(self, table: TableView, shares: Mapping[str, float]) -> None:
        super().__init__(table)
        self._table, self._columns = table, table.paged_model.columns
        self._shares = dict(shares)
        self._set = {column.key: column.width for column in self._columns}
        table.installEventFilter(self)

    @property
    def touched(self) -> bool:
        """Whether a width or the order is not the one that was set here."""
        header = self._table.horizontalHeader()
        order = [header.visualIndex(place) for place in range(header.count())]
        return order != sorted(order) or any(
            self._table.columnWidth(place) != self._set[column.key]
            for place, column in enumerate(self._columns)
            if not column.stretch
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._table and not self.touched:
            self._share(event.size().width())
        return False

    def _share(self, width: int) -> None:
        spare = max(0, width - sum(column.width for column in self._columns))
        for place, column in enumerate(self._columns):
            if column.key in self._shares:
                wanted = column.width + int(spare * self._shares[column.key])
                self._set[column.key] = wanted
                self._table.setColumnWidth(place, wanted)
