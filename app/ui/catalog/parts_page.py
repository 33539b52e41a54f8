"""The page of all parts: search as you type, a table of any length, an inspector."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.inventory.part_list import PartListRow, PartSort
from app.domain.lifecycle.verdict import Answer
from app.ui.catalog.inspector_feed import InspectorFeed
from app.ui.catalog.part_columns import part_columns
from app.ui.catalog.part_filters import PartFilters
from app.ui.catalog.part_inspector import PartInspector
from app.ui.catalog.part_pictures import PartPictures
from app.ui.catalog.pasted_list import PastedList
from app.ui.catalog.quick_look import LookedAt, QuickLook
from app.ui.jobs import JobRunner
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter
from app.ui.widgets.table_view import TableView
from app.ui.words import parts_text

if TYPE_CHECKING:
    from app.ui.context import UiContext

SHOWS = ("part", "part_revision", "geometry", "flag", "where_used", "product", "qualification")
_NEAR_ROWS = 2500
LAYOUT, SPLIT = "parts/columns", "parts/splitter"


class PartsPage(QWidget):
    """All parts of the library. Shows rows before the library layer is loaded, then attaches.

    Signals:
        part_requested: (number: str) the user wants to see that part.
        import_requested: the user wants to bring files in.
        state_changed: choice, count or focus differ.
    """

    part_requested = Signal(str)
    import_requested = Signal()
    state_changed = Signal()

    searchable = True

    def __init__(self, jobs: JobRunner, state: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._state = jobs, state
        self._context: UiContext | None = None
        self._stale, self._unsplit = False, True
        self._sort, self._descending = PartSort.NUMBER, False
        self._asked_at = 0.0
        self.took_ms = -1.0
        self._eternal_count = -1
        self.model = PagedModel(jobs, part_columns(self._today), self)
        self.pictures = PartPictures(jobs, self)
        self.table = TableView(
            self.model,
            row_height=current_theme().size("height", "rowParts"),
            pictures=self.pictures,
        )
        self.table.setAccessibleName(_("Parts"))
        self.filters = PartFilters()
        self.search, self.answers = self.filters.search, self.filters.answers
        self.pasted = PastedList(self.filters, self)
        self.strip = MessageStrip()
        self.empty = EmptyState("shelf")
        self.inspector = PartInspector(self.pictures)
        self.feed = InspectorFeed(self.inspector, jobs, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self.look = QuickLook(self.table, self.pictures, self)
        self._connect()
        self.table.show_sort(self._sort, descending=False)
        self._restore_state()

    @property
    def title(self) -> str:
        return _("Parts")

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the parts listed, in order."""
        return self.model.ids

    @property
    def eternal_count(self) -> int:
        """How many parts of the whole library are eternal spares; below 0 for not known yet."""
        return self._eternal_count

    @property
    def selected(self) -> int:
        """How many parts are chosen."""
        return self.table.selected_count()

    @property
    def filtered(self) -> bool:
        """Whether the list leaves parts out."""
        return not self.filters.part_filter.is_empty

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self._stack.currentWidget() is self.table and bool(self.model.ids)

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" for none."""
        row = self._row(self.table.currentIndex().row())
        return row.number if row is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        chosen, shown = self.table.selected_count(), len(self.model.ids)
        total = figure(shown) if self.model.complete else f"{figure(shown)}+"
        if chosen > 1:
            return _("{count} of {total} selected").format(count=figure(chosen), total=total)
        if not self.model.complete:
            return _("{total} parts").format(total=total)
        return parts_text(shown)

    def show_first_page(self, rows: Sequence[PartListRow]) -> None:
        """Show rows that were read before the library was open."""
        self.model.show_first_rows(rows)
        self._show_rows_or_empty()
        self.state_changed.emit()

    def attach(self, context: UiContext | None) -> None:
        """Use an open library from now on; None: there is none."""
        self._context = context
        self.pictures.attach(context.services if context else None)
        self.feed.attach(context)
        self.look.attach(context)
        self.pasted.attach(context)
        if context is not None:
            context.bus.changed.connect(self._take_changes)
            self._ask()
            self._count_answers()

    def detach(self, context: UiContext) -> None:
        """Let go of a library that is being closed."""
        context.bus.changed.disconnect(self._take_changes)
        self.attach(None)

    def refresh(self) -> None:
        """Ask the library again for the same list."""
        if self._context is not None:
            self._asked_at = time.perf_counter()
            self.model.reload()
            self._count_answers()
            self.feed.refresh()
            self.pasted.refresh()

    def show_subject(self, subject: str) -> None:
        """Show the parts with one verdict, named as `answer:yes`, or those that hold a text."""
        self.filters.take(subject)

    def focus_search(self) -> None:
        self.filters.focus()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return what keys do on this page alone, each as (what it does, the key)."""
        return (
            (_("Quick look"), _("Space")),
            (_("Open the part"), _("Enter")),
            (_("List the part numbers on the clipboard"), _("Ctrl+V")),
            (_("List all parts again"), _("Esc")),
            (_("Copy the chosen rows"), _("Ctrl+C")),
        )

    def quick_look(self) -> None:
        """Show the part that has the focus large, over the list."""
        self.look.toggle(self._looked_at())

    def paste_numbers(self) -> None:
        """List the parts whose numbers are on the clipboard."""
        self.pasted.take_clipboard()

    def select_all(self) -> None:
        self.table.selectAll()

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        self.table.copy_rows()

    def open_current(self) -> None:
        """Ask for the part with the focus to be opened."""
        if self.current_number:
            self.part_requested.emit(self.current_number)

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        self.table.step(by)

    def select_number(self, number: str) -> None:
        """Put the focus on a part, if the rows around the one with the focus hold it."""
        here = max(self.table.currentIndex().row(), 0)
        for distance in range(min(len(self.model.ids), _NEAR_ROWS)):
            for position in {here + distance, here - distance}:
                row = self._row(position)
                if row is not None and row.number == number:
                    self.table.select_id(row.id)
                    return

    def save_state(self) -> None:
        """Keep widths, columns and the splitter for the next session."""
        self._state.setValue(LAYOUT, self.table.layout_state())
        self._state.setValue(SPLIT, self._splitter.saveState())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pasted.active:
            self.pasted.drop()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unsplit:
            self._unsplit = False
            width = current_theme().size("width", "inspector")
            self._splitter.setSizes([self._splitter.width() - width, width])
        if self._stale:
            self._stale = False
            self.refresh()

    def _lay_out(self) -> None:
        listing = QWidget()
        rows = QVBoxLayout(listing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget in (self.filters, self.pasted.strip, self.strip, self._stack):
            rows.addWidget(widget)
        self._splitter = HairlineSplitter()
        self._splitter.addWidget(listing)
        self._splitter.addWidget(self.inspector)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _connect(self) -> None:
        self.filters.filter_changed.connect(self._ask)
        self.filters.import_requested.connect(self.import_requested)
        self.search.left_downwards.connect(self._enter_list)
        self.empty.action_triggered.connect(self._leave_empty)
        self.table.sort_requested.connect(self._sort_by)
        self.table.current_changed.connect(lambda _id: self._show_selection())
        self.table.selection_changed.connect(self._show_selection)
        self.model.dataChanged.connect(lambda *_cells: self._show_selection())
        self.feed.failed.connect(self._show_trouble)
        self.table.row_activated.connect(lambda _id: self.open_current())
        self.table.look_requested.connect(lambda _id: self.quick_look())
        self.pasted.failed.connect(self._show_trouble)
        self.inspector.open_requested.connect(self.open_current)
        self.pictures.arrived.connect(self.table.update_rows)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows_or_empty())
        self.model.loaded.connect(self._note_loaded)
        self.model.load_failed.connect(self._show_trouble)

    def _restore_state(self) -> None:
        layout, split = self._state.value(LAYOUT), self._state.value(SPLIT)
        if isinstance(layout, QByteArray):
            self.table.restore_layout(layout)
        self._unsplit = not (isinstance(split, QByteArray) and self._splitter.restoreState(split))

    def _today(self) -> date:
        return self._context.today() if self._context is not None else date.today()

    def _row(self, position: int) -> PartListRow | None:
        if not 0 <= position < len(self.model.ids):
            return None
        cells = self.model.cells(position)
        return cells.value if cells is not None else None

    def _ask(self) -> None:
        if self._context is None:
            return
        from app.services.catalog.page_parts import page_parts

        self._asked_at = time.perf_counter()
        library = self._context.services.library
        self.model.set_source(
            page_parts(
                library, self.filters.part_filter, sort=self._sort, descending=self._descending
            )
        )

    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort, self._descending = PartSort(name), descending
        self.table.show_sort(name, descending=descending)
        self._ask()

    def _note_loaded(self) -> None:
        if self._asked_at:
            self.took_ms = (time.perf_counter() - self._asked_at) * 1000
        self.strip.clear()
        self._show_rows_or_empty()

    def _show_rows_or_empty(self) -> None:
        if self.model.ids:
            self._stack.setCurrentWidget(self.table)
        elif self.filtered:
            self.empty.show_drawing("lens")
            self.empty.say(
                _("No part matches"), self.filters.sentence, self.filters.action, primary=False
            )
            self._stack.setCurrentWidget(self.empty)
        else:
            self.empty.show_drawing("shelf")
            self.empty.say(
                _("The shelf is empty"),
                _(
                    "Drop files, folders or a parts list here: STL, 3MF, OBJ, PLY, STEP, "
                    "with xlsx or csv."
                ),
                _("Import files…"),
            )
            self._stack.setCurrentWidget(self.empty)
        self.inspector.setVisible(bool(self.model.ids) or self.filtered)
        self.state_changed.emit()

    def _leave_empty(self) -> None:
        if self.filtered:
            self.filters.clear_one()
        else:
            self.import_requested.emit()

    def _enter_list(self) -> None:
        if self.model.ids:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.current_id():
                self.table.select_id(self.model.ids[0])

    def _show_selection(self) -> None:
        self.feed.show(self._row(self.table.currentIndex().row()), self.table.selected_count())
        self.look.follow(self._looked_at())
        self.state_changed.emit()

    def _looked_at(self) -> LookedAt | None:
        row = self._row(self.table.currentIndex().row())
        if row is None:
            return None
        key = (row.sha256, row.unit) if row.sha256 and row.unit is not None else None
        return LookedAt(row.number, row.name, key)

    def _count_answers(self) -> None:
        context = self._context
        if context is None:
            return
        library = context.services.library

        def count(progress: Progress) -> dict[str, int]:
            from app.services.lifecycle.fetch_worklist import fetch_worklist

            found = fetch_worklist(library, limit=0)
            counts = {answer.value: found.counts.get(answer, 0) for answer in Answer}
            return {"": sum(counts.values()) + found.unassessed, **counts}

        self._jobs.start(count, owner=self, done=self._show_counts, failed=self._show_trouble)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.answers.show_counts(counts)
        self._eternal_count = counts[Answer.YES]
        self.state_changed.emit()

    def _show_trouble(self, error: AppError) -> None:
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again"),
            act=self.refresh,
        )

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        if not changes.touches(*SHOWS):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
