"""Which columns a table shows and in what order: by the room there is, or as somebody chose."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from app.base.i18n import _
from app.ui.models.columns import CellKind, Column
from app.ui.widgets.table_view import TableView


class ChosenColumns(QObject):
    """Shows and hides the columns of a table.

    Until somebody chooses, columns come as the table grows wider; what was chosen stays as it is.

    Args:
        always: keys of the columns that are shown without a choice.
        with_room: keys of those that join them while the table is wide enough, in that order.
        fixed: keys of columns that cannot be hidden or moved, and stand first.

    Signals:
        changed: other columns, or another order.
        choosing_requested: the entry for all columns was chosen.
    """

    changed = Signal()
    choosing_requested = Signal()

    def __init__(
        self,
        table: TableView,
        always: Sequence[str],
        with_room: Sequence[str],
        fixed: Sequence[str],
    ) -> None:
        super().__init__(table)
        self._table, self._header = table, table.header
        self._columns = table.paged_model.columns
        self._always, self._with_room = tuple(always), tuple(with_room)
        self._fixed = frozenset(fixed)
        self._chosen: frozenset[str] | None = None
        self._widths: dict[str, int] = {}  # of hidden columns, to which Qt gives none
        self._fit(table.width())
        table.installEventFilter(self)
        self._header.menu_requested.connect(self.show_menu)
        self._header.sectionMoved.connect(self._keep_fixed_first)

    @property
    def offered(self) -> tuple[Column, ...]:
        """The columns that can be hidden and moved, in their order on the screen."""
        return tuple(column for column in self._in_order() if column.key not in self._fixed)

    def is_shown(self, key: str) -> bool:
        return not self._header.isSectionHidden(self._section(key))

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column; from now on the choice is the user's."""
        now = {column.key for column in self._columns if self.is_shown(column.key)}
        self._chosen = frozenset(now | {key} if shown else now - {key})
        self._fit(self._table.width())
        self._table.fit_stretch()
        self.changed.emit()

    def move(self, key: str, by: int) -> None:
        """Move a column along the offered ones."""
        keys = [column.key for column in self.offered]
        place = keys.index(key)
        target = min(max(place + by, 0), len(keys) - 1)
        if target != place:
            visual = self._header.visualIndex
            self._header.moveSection(
                visual(self._section(key)), visual(self._section(keys[target]))
            )
            self.changed.emit()

    def reset(self) -> None:
        """Show the columns as at the first start, with their order and widths."""
        self._chosen = None
        for place, column in enumerate(self._columns):
            section = self._section(column.key)
            self._header.moveSection(self._header.visualIndex(section), place)
            self._header.resizeSection(section, column.width)
        self._fit(self._table.width())
        self._table.fit_stretch()
        self.changed.emit()

    def state(self) -> str:
        """Return order, widths and the choice, to be stored."""
        listed = [
            {
                "key": column.key,
                "width": self._header.sectionSize(self._section(column.key))
                or self._widths.get(column.key, column.width),
            }
            for column in self._in_order()
        ]
        chosen = None if self._chosen is None else sorted(self._chosen)
        return json.dumps({"columns": listed, "chosen": chosen})

    def restore(self, state: str) -> None:
        """Take over what was stored; columns it does not know stay where they are."""
        try:
            stored = json.loads(state)
            listed = [(str(item["key"]), int(item["width"])) for item in stored["columns"]]
            chosen = stored["chosen"]
            wanted = None if chosen is None else frozenset(map(str, chosen))
        except (ValueError, TypeError, KeyError):
            return  # written by another version: begin anew
        known = {column.key for column in self._columns}
        place = 0
        for key, width in listed:
            if key in known:
                section = self._section(key)
                self._header.moveSection(self._header.visualIndex(section), place)
                self._widths[key] = max(width, self._header.minimumSectionSize())
                self._header.resizeSection(section, self._widths[key])
                place += 1
        self._chosen = wanted
        self._fit(self._table.width())

    def show_menu(self, where: QPoint) -> None:
        """Offer the columns where the mouse or the focus is."""
        menu = QMenu(self._table)
        for column in self.offered:
            entry = menu.addAction(column_name(column))
            entry.setCheckable(True)
            entry.setChecked(self.is_shown(column.key))
            entry.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
        menu.addSeparator()
        menu.addAction(_("Choose and move columns…"), self.choosing_requested.emit)
        menu.addAction(_("Columns as at first"), self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the table gives its room to the column that stretches.
        if isinstance(event, QResizeEvent):
            self._fit(event.size().width())
        return False

    def _fit(self, width: int) -> None:
        shown = self._chosen if self._chosen is not None else self._with_room_for(width)
        for section, column in enumerate(self._columns):
            hidden = column.key not in shown and column.key not in self._fixed
            if hidden != self._header.isSectionHidden(section):
                if hidden:
                    self._widths[column.key] = self._header.sectionSize(section)
                self._header.setSectionHidden(section, hidden)

    def _with_room_for(self, width: int) -> frozenset[str]:
        widths = {column.key: column.width for column in self._columns}
        shown = list(self._always)
        bar = self._table.verticalScrollBar().sizeHint().width()
        room = width - bar - sum(widths[key] for key in shown)
        for key in self._with_room:
            room -= widths[key]
            if room < 0:
                break
            shown.append(key)
        return frozenset(shown)

    def _in_order(self) -> list[Column]:
        return [self._columns[self._header.logicalIndex(n)] for n in range(len(self._columns))]

    def _section(self, key: str) -> int:
        return next(n for n, column in enumerate(self._columns) if column.key == key)

    def _keep_fixed_first(self, _section: int, _old: int, new: int) -> None:
        if new < len(self._fixed):
            for place, column in enumerate(c for c in self._columns if c.key in self._fixed):
                section = self._section(column.key)
                if self._header.visualIndex(section) != place:
                    self._header.moveSection(self._header.visualIndex(section), place)
                    return  # told again by that move
        self.changed.emit()


def column_name(column: Column) -> str:
    """Return what a column is called in a list of columns."""
    return _("Picture") if column.kind is CellKind.PICTURE else column.full_title
