"""A table of one list: rows selected whole, keys for everything, place kept over reloads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui.models.columns import CellKind
from app.ui.models.paged_model import PagedModel
from app.ui.models.row_selection import RowSelection, ranges_of_ids, selection_of_ranges
from app.ui.style import draw_focus_ring
from app.ui.theme import current_theme
from app.ui.widgets.header_view import GridHeader
from app.ui.widgets.row_delegate import Pictures, RowDelegate

Flag = QItemSelectionModel.SelectionFlag
KEPT_SELECTION = 5000


class TableView(QTableView):
    """Shows a `PagedModel`.

    Signals:
        current_changed: (id: int) of the row with the focus; 0 for none.
        selection_changed: the chosen rows differ; ask `selection()`.
        row_activated: (id: int) by Enter or double click.
        look_requested: (id: int) by Space.
        sort_requested: (name: str, descending: bool).
        menu_requested: (where: QPoint) in global coordinates.
    """

    current_changed = Signal(int)
    selection_changed = Signal()
    row_activated = Signal(int)
    look_requested = Signal(int)
    sort_requested = Signal(str, bool)
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        model: PagedModel,
        *,
        row_height: int,
        pictures: Pictures | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = self.make_delegate(model, pictures)
        self._header = self.make_header(model)
        self._kept: tuple[int, frozenset[int], int] = (0, frozenset(), 0)
        self._restoring = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda point: self.menu_requested.emit(self.viewport().mapToGlobal(point))
        )
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._header.sort_requested.connect(self.sort_requested)
        self._header.all_toggled.connect(self._toggle_all)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        model.rowsInserted.connect(self._extend_full_selection)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self.row_id(index.row())))
        current_theme().changed.connect(self.update_rows)
        self._fit_columns()

    def make_delegate(self, model: PagedModel, pictures: Pictures | None) -> RowDelegate:
        """Return what paints the rows; a table of another kind has its own."""
        return RowDelegate(model, pictures, self)

    def make_header(self, model: PagedModel) -> GridHeader:
        """Return the head of the table."""
        return GridHeader(model, self)

    @property
    def paged_model(self) -> PagedModel:
        return self._model

    @property
    def header(self) -> GridHeader:
        return self._header

    def update_rows(self) -> None:
        """Paint the rows again."""
        self.viewport().update()

    def row_id(self, row: int) -> int:
        """Return the id of the row at a position; 0 outside the list."""
        ids = self._model.ids
        return ids[row] if 0 <= row < len(ids) else 0

    def current_id(self) -> int:
        """Return the id of the row with the focus; 0 for none."""
        return self.row_id(self.currentIndex().row())

    def select_id(self, row_id: int) -> bool:
        """Choose this row alone and scroll to it; False if the list does not hold it."""
        row = self._model.row_of(row_id)
        if row < 0:
            return False
        index = self._model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
        self.scrollTo(index)
        return True

    def step(self, by: int) -> int:
        """Move the focus up or down the list; returns the id it arrived at."""
        row = min(max(self.currentIndex().row() + by, 0), len(self._model.ids) - 1)
        return self.row_id(row) if row >= 0 and self.select_id(self.row_id(row)) else 0

    def selection(self) -> RowSelection:
        """Return which rows are chosen."""
        return selection_of_ranges(self._model.ids, self._ranges(), complete=self._model.complete)

    def selected_count(self) -> int:
        """Return how many rows are chosen, without looking at them one by one."""
        return sum(last - first + 1 for first, last in self._ranges())

    def _ranges(self) -> list[tuple[int, int]]:
        """First and last row of each stretch of chosen rows, in order."""
        parts = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted((part.top(), part.bottom()) for part in parts)

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Mark the column that orders the list."""
        self._header.show_sort(name, descending=descending)

    def layout_state(self) -> QByteArray:
        """Return widths and order of the columns, to be stored."""
        return self._header.saveState()

    def restore_layout(self, state: QByteArray) -> None:
        """Take over stored widths and order; one of another set of columns changes nothing."""
        self._header.restoreState(state)
        self._header.setFixedHeight(current_theme().size("height", "tableHeader"))

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard: tab-separated lines under their headings.

        Rows that were never scrolled to are fetched first, so that none is missing.
        """
        shown = self.shown_columns()
        headings = "\t".join(self._model.columns[number].full_title for number in shown)
        self._model.collect(
            self._ranges(),
            lambda row: "\t".join(row.texts[number] for number in shown),
            lambda lines: QGuiApplication.clipboard().setText("\n".join((headings, *lines))),
        )

    def shown_columns(self) -> list[int]:
        """Return the columns of text that are in sight, from left to right."""
        header, columns = self._header, self._model.columns
        places = map(header.logicalIndex, range(len(columns)))
        unwritten = (CellKind.PICTURE, CellKind.CHECK)
        return [
            section
            for section in places
            if columns[section].kind not in unwritten and not header.isSectionHidden(section)
        ]

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; the search field finds rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.row_activated.emit(self.current_id())
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Space and self.current_id():
            if not event.isAutoRepeat():
                self.look_requested.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        checks = index.isValid() and self._model.columns[index.column()].kind is CellKind.CHECK
        if checks and event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            self.selectionModel().setCurrentIndex(index, Flag.Toggle | Flag.Rows)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # First, or a scroll bar comes for columns that are about to shrink.
        self._stretch(event.size().width())
        super().resizeEvent(event)

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        index = self.currentIndex()
        if not index.isValid() or not self.hasFocus():
            return
        row = QRect(0, self.rowViewportPosition(index.row()), 0, self.rowHeight(index.row()))
        row.setWidth(min(self.viewport().width(), self._header.length()))
        painter = QPainter(self.viewport())
        draw_focus_ring(painter, QRectF(row), current_theme().color("focusRing"))
        painter.end()

    def _hover(self, row: int) -> None:
        before = self._delegate.hovered_row
        if row == before:
            return
        self._delegate.hovered_row = row
        self._paint_again(before, row)

    def _paint_again(self, *rows: int) -> None:
        for row in rows:
            if row >= 0:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                self.viewport().update(0, top, self.viewport().width(), height)

    def _fit_columns(self) -> None:
        for section, column in enumerate(self._model.columns):
            self._header.resizeSection(section, column.width)
            if column.kind is CellKind.CHECK:
                self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)

    def fit_stretch(self) -> None:
        """Give the room that other columns left or took to the one that stretches."""
        self._stretch(self.viewport().width())

    def _stretch(self, width: int) -> None:
        """Give what is left of the viewport's `width` to the column that wants it."""
        wanting = [n for n, column in enumerate(self._model.columns) if column.stretch]
        if not wanting:
            return
        others = self._header.length() - self._header.sectionSize(wanting[0])
        room = width - others
        self._header.resizeSection(wanting[0], max(room, self._model.columns[wanting[0]].width))

    def _toggle_all(self) -> None:
        if self.selected_count() == len(self._model.ids):
            self.clearSelection()
        else:
            self.selectAll()

    def _tell_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        # Qt paints one cell of each again, and the ring goes around the whole row.
        self._paint_again(previous.row(), current.row())
        if not self._restoring:
            self.current_changed.emit(self.row_id(current.row()))

    def _tell_selection(self, *_what: Any) -> None:
        count, rows = self.selected_count(), len(self._model.ids)
        state = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self._header.show_checked(Qt.CheckState.Checked if rows and count == rows else state)
        if not self._restoring:
            self.selection_changed.emit()

    def _extend_full_selection(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Rows that arrive after Ctrl+A belong to what was asked for."""
        if first and self.selected_count() == first:
            right = len(self._model.columns) - 1
            added = QItemSelection(self._model.index(first, 0), self._model.index(last, right))
            self.selectionModel().select(added, Flag.Select)

    def _keep_place(self) -> None:
        chosen: frozenset[int] = frozenset()
        if self.selected_count() <= KEPT_SELECTION:
            chosen = selection_of_ranges(self._model.ids, self._ranges(), complete=False).ids
        self._kept = (self.current_id(), chosen, self.verticalScrollBar().value())

    def _restore_place(self) -> None:
        current, chosen, scrolled = self._kept
        self._restoring = True
        try:
            selection = QItemSelection()
            right = len(self._model.columns) - 1
            for first, last in ranges_of_ids(self._model.ids, chosen):
                selection.select(self._model.index(first, 0), self._model.index(last, right))
            row = self._model.row_of(current) if current else -1
            if row >= 0:
                self.selectionModel().setCurrentIndex(self._model.index(row, 0), Flag.NoUpdate)
            self.selectionModel().select(selection, Flag.ClearAndSelect)
            self.verticalScrollBar().setValue(scrolled)
        finally:
            self._restoring = False
        self._tell_selection()
        if self.current_id() != current:
            self.current_changed.emit(self.current_id())
