"""The list of parts in its two shapes, table and gallery, or what stands there instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.base.i18n import _
from app.domain.inventory.part_list import BY_NUMBER, PartListRow, PartOrder, PartSort
from app.ui.catalog.part_columns import (
    ALWAYS_SHOWN,
    FIXED,
    SHOWN_WITH_ROOM,
    part_columns,
)
from app.ui.catalog.part_filters import GALLERY, TABLE
from app.ui.catalog.part_pictures import PartPictures
from app.ui.jobs import JobRunner
from app.ui.models.columns import RowCells
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.chosen_columns import ChosenColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView
from app.ui.words import standing_mark, standing_word

if TYPE_CHECKING:
    from app.ui.widgets.gallery_view import Card, GalleryView

_NEAR_ROWS = 2500
COLUMNS, VIEW, ORDER = "parts/chosen_columns", "parts/view", "parts/order"


class PartListing(QStackedWidget):
    """Table or gallery of one model with one selection.

    Signals:
        order_changed: `order` differs.
        chosen: another row has the focus, or others are chosen.
        row_activated: by Enter or double click.
        look_requested: by Space.
        view_changed: the list is shown in another shape.
    """

    order_changed = Signal()
    chosen = Signal()
    row_activated = Signal()
    look_requested = Signal()
    view_changed = Signal()

    def __init__(self, jobs: JobRunner, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.order: tuple[PartOrder, ...] = BY_NUMBER
        self.model = PagedModel(jobs, part_columns(today), self)
        self.pictures = PartPictures(jobs, self)
        self.table = TableView(
            self.model,
            row_height=current_theme().size("height", "rowParts"),
            pictures=self.pictures,
        )
        self.table.setAccessibleName(_("Parts"))
        self.table.header.allow_several(_("Headings of the parts"))
        self.columns = ChosenColumns(self.table, ALWAYS_SHOWN, SHOWN_WITH_ROOM, FIXED)
        self.empty = EmptyState("shelf")
        self._gallery: GalleryView | None = None
        self._shape: QWidget = self.table
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self._show_order()
        table = self.table
        table.header.order_requested.connect(self._take_order)
        table.current_changed.connect(lambda _id: self.chosen.emit())
        table.selection_changed.connect(self.chosen)
        table.row_activated.connect(lambda _id: self.row_activated.emit())
        table.look_requested.connect(lambda _id: self.look_requested.emit())
        self.model.dataChanged.connect(lambda *_cells: self.chosen.emit())
        self.pictures.arrived.connect(table.update_rows)
        self.columns.choosing_requested.connect(self.choose_columns)

    @property
    def view(self) -> str:
        """The shape of the list: `TABLE` or `GALLERY`."""
        return TABLE if self._shape is self.table else GALLERY

    @property
    def shape(self) -> QWidget:
        """The widget that shows the rows."""
        return self._shape

    @property
    def gallery(self) -> GalleryView:
        """The gallery, made when it is first asked for."""
        if self._gallery is None:
            from app.ui.widgets.gallery_view import GalleryView

            self._gallery = made = GalleryView(
                self.model,
                self.table.selectionModel(),
                self.pictures,
                self._card,
                _("No geometry"),
            )
            made.setAccessibleName(_("Parts as a gallery"))
            made.row_activated.connect(lambda _id: self.row_activated.emit())
            made.look_requested.connect(lambda _id: self.look_requested.emit())
            self.pictures.arrived.connect(made.update_cards)
            self.addWidget(made)
        return self._gallery

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self.currentWidget() is self._shape and bool(self.model.ids)

    @property
    def current(self) -> PartListRow | None:
        """The part that has the focus."""
        return self.row_at(self.table.currentIndex().row())

    def row_at(self, position: int) -> PartListRow | None:
        """Return the part at a position; None outside the list, or while it is not there."""
        if not 0 <= position < len(self.model.ids):
            return None
        cells = self.model.cells(position)
        return cells.value if cells is not None else None

    def show_view(self, view: str) -> None:
        """Show the list in another shape; choice and focus stay."""
        had_focus = self._shape.hasFocus()
        shown = self.currentWidget() is self._shape
        self._shape = self.gallery if view == GALLERY else self.table
        if shown:
            self.setCurrentWidget(self._shape)
        if had_focus:
            self._shape.setFocus(Qt.FocusReason.OtherFocusReason)
        index = self.table.currentIndex()
        if index.isValid() and view == TABLE:
            self.table.scrollTo(index)
        elif index.isValid():
            self.gallery.show_row(index.row())
        self.view_changed.emit()

    def show_rows(self) -> None:
        """Show the rows that there are."""
        self.setCurrentWidget(self._shape)

    def show_nothing(self, drawing: str, title: str, sentence: str, action: str) -> None:
        """Say why there are no rows, and what to do."""
        self.empty.show_drawing(drawing)
        self.empty.say(title, sentence, action, primary=drawing == "shelf")
        self.setCurrentWidget(self.empty)

    def enter(self) -> None:
        """Put the focus on the list, on its first row if it is on none."""
        if self.model.ids:
            self._shape.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.current_id():
                self.table.select_id(self.model.ids[0])

    def select_number(self, number: str) -> None:
        """Put the focus on a part, if the rows around the one with the focus hold it."""
        here = max(self.table.currentIndex().row(), 0)
        for distance in range(min(len(self.model.ids), _NEAR_ROWS)):
            for position in {here + distance, here - distance}:
                row = self.row_at(position)
                if row is not None and row.number == number:
                    self.table.select_id(row.id)
                    return

    def choose_columns(self) -> None:
        """Let columns be shown, hidden and moved."""
        from app.ui.catalog.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(self.columns, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save_state(self, state: QSettings) -> None:
        """Keep columns, order and shape for the next session."""
        state.setValue(COLUMNS, self.columns.state())
        state.setValue(VIEW, self.view)
        told = (f"{item.sort.value}{'-' * item.descending}" for item in self.order)
        state.setValue(ORDER, " ".join(told))

    def restore_state(self, state: QSettings) -> None:
        """Take over what the last session left; the gallery is shown by `restore_view`."""
        self.columns.restore(str(state.value(COLUMNS, "")))
        found = []
        for word in str(state.value(ORDER, "")).split():
            name = word.rstrip("-")
            if name in tuple(PartSort):
                found.append(PartOrder(PartSort(name), word != name))
        if found:
            self.order = tuple(found)
            self._show_order()

    def _take_order(self, order: Sequence[tuple[str, bool]]) -> None:
        self.order = tuple(PartOrder(PartSort(name), descending) for name, descending in order)
        self._show_order()
        self.order_changed.emit()

    def _show_order(self) -> None:
        self.table.header.show_order(
            tuple((item.sort.value, item.descending) for item in self.order)
        )

    def _card(self, cells: RowCells) -> Card:
        from app.ui.widgets.gallery_view import Card

        row: PartListRow = cells.value
        status = row.qualification(self._today())
        key = (row.sha256, row.unit) if row.sha256 and row.unit is not None else None
        return Card(key, row.number, row.name, standing_mark(status), standing_word(status))
