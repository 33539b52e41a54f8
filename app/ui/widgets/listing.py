"""A table of any length together with what stands in its place when it has no rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.ui.jobs import JobRunner
from app.ui.models.columns import Column
from app.ui.models.paged_model import PagedModel, RowSource
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import ThinProgress
from app.ui.widgets.table_view import TableView

_LOADING_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an empty list says: a drawing, words, and the one thing to do."""

    drawing: str
    title: str
    sentence: str
    action: str = ""
    act: Callable[[], object] | None = None


class Listing(QWidget):
    """Rows of a source; what is shown stays while others are on their way.

    Args:
        name: of the table, for screen readers.
        busy: the thin bar that tells of loading.
        describe: says what an empty list means.
        shown_from: columns that hide in narrower tables, by the width that shows them.
        row_height: of a row, by the name the design gives it.

    Signals:
        choice_changed: another row has the focus, others are chosen, or a row's content arrived.
        rows_changed: rows came or went.
        row_activated: (id: int) by Enter or double click.
        menu_requested: (where: QPoint) in global coordinates.
        load_failed: (error: AppError).
    """

    choice_changed = Signal()
    rows_changed = Signal()
    row_activated = Signal(int)
    menu_requested = Signal(QPoint)
    load_failed = Signal(object)

    def __init__(
        self,
        jobs: JobRunner,
        columns: Sequence[Column],
        name: str,
        busy: ThinProgress,
        describe: Callable[[], Nothing],
        shown_from: Mapping[str, int] = MappingProxyType({}),
        row_height: str = "rowRoomy",
    ) -> None:
        super().__init__()
        self._busy, self._describe, self._shown_from = busy, describe, dict(shown_from)
        self._act: Callable[[], object] | None = None
        self._loading = False
        self._wanted, self._place = 0, 0
        self.model = PagedModel(jobs, columns, self)
        self.table = TableView(self.model, row_height=current_theme().size("height", row_height))
        self.table.setAccessibleName(name)
        self.empty = EmptyState("shelf")
        self._stack = QStackedWidget()
        for widget in (self.table, self.empty):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.table)
        self._connect()

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        return self.table.selected_count()

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self._stack.currentWidget() is self.table and bool(self.model.ids)

    @property
    def current(self) -> Any:
        """The row with the focus; None without one, or while it is being fetched."""
        return self.row_at(self.table.currentIndex().row())

    @property
    def chosen(self) -> list[Any]:
        """The chosen rows that are there, in the order of the list."""
        positions = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for row in map(self.row_at, positions) if row is not None]

    def row_at(self, position: int) -> Any:
        """Return the row at a position; None where it is not there."""
        if not 0 <= position < len(self.model.ids):
            return None
        cells = self.model.cells(position)
        return cells.value if cells is not None else None

    def count_text(self, words: Callable[[int], str]) -> str:
        """Return what a status bar says: how many rows, or how many of them are chosen."""
        shown, chosen = len(self.model.ids), self.selected
        if chosen > 1:
            return _("{count} of {total} selected").format(
                count=figure(chosen), total=figure(shown)
            )
        return words(shown)

    def show_source(self, source: RowSource) -> None:
        """Show another list."""
        self._show_loading()
        self.model.set_source(source)

    def reload(self) -> None:
        """Ask for the same list again; the choice stays."""
        self._show_loading()
        self.model.reload()

    def want(self, row_id: int) -> None:
        """Choose this row as soon as the list holds it."""
        self._wanted = row_id
        self._choose()

    def fail(self) -> None:
        """Take the sign of loading away: nothing comes any more."""
        self._loading = False
        self._busy.set_share(-1.0)

    def enter(self) -> None:
        """Move the keyboard into the list."""
        if self.model.ids:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        for section, column in enumerate(self.model.columns):
            least = self._shown_from.get(column.key, 0)
            self.table.setColumnHidden(section, event.size().width() < least)
        super().resizeEvent(event)

    def _show_loading(self) -> None:
        self._loading = True
        self._busy.set_share(_LOADING_SHARE)

    def _show_loaded(self) -> None:
        self._loading = False
        self._busy.set_share(-1.0)
        self._show_rows()

    def _show_rows(self) -> None:
        if self._loading:
            return
        if self.model.ids:
            self._choose()
            self._stack.setCurrentWidget(self.table)
        else:
            nothing = self._describe()
            self._act = nothing.act
            self.empty.show_drawing(nothing.drawing)
            self.empty.say(nothing.title, nothing.sentence, nothing.action, primary=False)
            self._stack.setCurrentWidget(self.empty)
        self.rows_changed.emit()
        self.choice_changed.emit()

    def _choose(self) -> None:
        """Choose the row that is wanted, else keep the choice, else take the next best."""
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = 0
        elif self.model.ids and not self.table.current_id():
            self.table.select_id(self.model.ids[min(self._place, len(self.model.ids) - 1)])

    def _note_choice(self) -> None:
        self._place = max(self.table.currentIndex().row(), 0)
        self.choice_changed.emit()

    def _run(self) -> None:
        if self._act is not None:
            self._act()

    def _fail(self, error: object) -> None:
        self.fail()
        self.load_failed.emit(error)

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _id: self._note_choice())
        self.table.selection_changed.connect(self._note_choice)
        self.table.row_activated.connect(self.row_activated)
        self.table.menu_requested.connect(self.menu_requested)
        self.empty.action_triggered.connect(self._run)
        self.model.loaded.connect(self._show_loaded)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows())
        self.model.dataChanged.connect(lambda *_what: self.choice_changed.emit())
        self.model.load_failed.connect(self._fail)
