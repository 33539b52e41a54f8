"""The page of all parts: search as you type, a table of any length, an inspector."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.verdict import Answer
from app.ui.catalog.filter_criteria import PRODUCT
from app.ui.catalog.inspector_feed import InspectorFeed
from app.ui.catalog.part_filters import GALLERY, PartFilters
from app.ui.catalog.part_inspector import PartInspector
from app.ui.catalog.part_listing import VIEW, PartListing
from app.ui.catalog.pasted_list import PastedList
from app.ui.catalog.quick_look import LookedAt, QuickLook
from app.ui.jobs import JobRunner
from app.ui.theme import current_theme
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter
from app.ui.words import parts_text

if TYPE_CHECKING:
    from app.ui.context import UiContext

SHOWS = ("part", "part_revision", "geometry", "flag", "where_used", "product", "qualification")
SPLIT = "parts/splitter"
_SLOW_MS, _LOADING_SHARE = 250, 0.3  # after which a bar says that the list is being made


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
        self._asked_at = 0.0
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self.took_ms = -1.0
        self._eternal_count = -1
        self.listing = PartListing(jobs, self._today)
        self.model, self.table = self.listing.model, self.listing.table
        self.pictures, self.empty = self.listing.pictures, self.listing.empty
        self.filters = PartFilters()
        self.search = self.filters.search
        self.pasted = PastedList(self.filters, self)
        self.strip = MessageStrip()
        self.inspector = PartInspector(self.pictures)
        self.feed = InspectorFeed(self.inspector, jobs, self)
        self._lay_out()
        self.look = QuickLook(self.table, self.pictures, self)
        self._connect()
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
        return self.listing.listed

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" for none."""
        row = self.listing.current
        return row.number if row is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        chosen, shown = self.table.selected_count(), len(self.model.ids)
        total = figure(shown) if self.model.complete else f"{figure(shown)}+"
        if chosen:
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
            if self._state.value(VIEW) == GALLERY:
                self.filters.show_view(GALLERY)
                self.listing.show_view(GALLERY)
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
        """Show the parts that a link names, such as `answer:yes`; see `filter_of`."""
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
            (_("Choose all rows"), _("Ctrl+A")),
            (_("Order by one more column, in the headings"), _("Shift+Enter")),
            (_("Move a column, in the headings"), _("Ctrl+← →")),
            (_("Remove a filter, on its chip"), _("Del")),
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
        self.listing.select_number(number)

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self.listing.shape.setFocus()

    def save_state(self) -> None:
        """Keep widths, columns and the splitter for the next session."""
        self.listing.save_state(self._state)
        self._state.setValue(SPLIT, self._splitter.saveState())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pasted.active:
            self.pasted.drop()
        elif event.key() == Qt.Key.Key_Escape and self.filtered and not self.model.ids:
            self.filters.clear_one()
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
        for widget in (self.filters, self.pasted.strip, self.strip, self.listing):
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
        self.filters.columns_requested.connect(self.listing.choose_columns)
        self.filters.view_chosen.connect(self.listing.show_view)
        self.filters.product_requested.connect(self._choose_product)
        self._slow.timeout.connect(lambda: self.filters.busy.set_share(_LOADING_SHARE))
        self.search.left_downwards.connect(self.listing.enter)
        self.empty.action_triggered.connect(self._leave_empty)
        self.listing.order_changed.connect(self._ask)
        self.listing.chosen.connect(self._show_selection)
        self.listing.row_activated.connect(self.open_current)
        self.listing.look_requested.connect(self.quick_look)
        self.listing.view_changed.connect(lambda: self.look.lie_over(self.listing.shape))
        self.feed.failed.connect(self._show_trouble)
        self.pasted.failed.connect(self._show_trouble)
        self.inspector.open_requested.connect(self.open_current)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows_or_empty())
        self.model.loaded.connect(self._note_loaded)
        self.model.load_failed.connect(self._show_trouble)

    def _restore_state(self) -> None:
        self.listing.restore_state(self._state)
        split = self._state.value(SPLIT)
        self._unsplit = not (isinstance(split, QByteArray) and self._splitter.restoreState(split))

    def _today(self) -> date:
        return self._context.today() if self._context is not None else date.today()

    def _ask(self) -> None:
        if self._context is None:
            return
        from app.services.catalog.page_parts import page_parts

        self._asked_at = time.perf_counter()
        library, today = self._context.services.library, self._context.today()
        self._slow.start()
        self.model.set_source(
            page_parts(library, self.filters.part_filter, today=today, order=self.listing.order)
        )

    def _choose_product(self, where: QPoint) -> None:
        if self._context is None:
            return
        from app.ui.catalog.product_picker import ProductPicker

        picker = ProductPicker(self._context, self)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.picked.connect(lambda name: self.filters.set_value(PRODUCT, name))
        picker.failed.connect(self._show_trouble)
        picker.open_at(where)

    def _note_loaded(self) -> None:
        self._end_waiting()
        if self._asked_at:
            self.took_ms = (time.perf_counter() - self._asked_at) * 1000
        self.strip.clear()
        self._show_rows_or_empty()

    def _show_rows_or_empty(self) -> None:
        self.filters.note_result(empty=not self.model.ids)
        if self.model.ids:
            self.listing.show_rows()
        elif self.filtered:
            self.listing.show_nothing(
                "lens", _("No part matches"), self.filters.sentence, self.filters.action
            )
        else:
            self.listing.show_nothing(
                "shelf",
                _("The shelf is empty"),
                _(
                    "Drop files, folders or a parts list here: STL, 3MF, OBJ, PLY, STEP, "
                    "with xlsx or csv."
                ),
                _("Import files…"),
            )
        self.inspector.setVisible(bool(self.model.ids) or self.filtered)
        self.state_changed.emit()

    def _leave_empty(self) -> None:
        if self.filtered:
            self.filters.clear_one()
        else:
            self.import_requested.emit()

    def _show_selection(self) -> None:
        self.feed.show(self.listing.current, self.table.selected_count())
        self.look.follow(self._looked_at())
        self.state_changed.emit()

    def _looked_at(self) -> LookedAt | None:
        row = self.listing.current
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
        self.filters.show_counts(counts)
        self._eternal_count = counts[Answer.YES]
        self.state_changed.emit()

    def _end_waiting(self) -> None:
        self._slow.stop()
        self.filters.busy.set_share(-1.0)

    def _show_trouble(self, error: AppError) -> None:
        self._end_waiting()
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
