"""The chosen act in full: when, who and why, and everything it changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPushButton

from app.base.i18n import _
from app.domain.audit.trail import ActState, TrailChange, TrailRow
from app.services.audit.page_changes import page_changes
from app.ui.audit.audit_words import (
    act_of,
    changes_text,
    field_of,
    new_of,
    old_of,
    record_of,
    state_mark,
    state_sentence,
    what_of,
)
from app.ui.audit.trail_columns import change_columns
from app.ui.context import UiContext
from app.ui.icons import icon
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.panels import HairlineSplitter, Panel, bar, column, row
from app.ui.widgets.table_view import TableView
from app.ui.words import moment

_SHEET_WIDTH = 340


class ActPanel(Panel):
    """Facts of one act at the left, its changes at the right; the chosen change in full.

    Signals:
        part_requested: (number: str) the part of a change is to be opened.
        undo_requested: the act is to be undone.
        load_failed: (error: AppError).
    """

    part_requested = Signal(str)
    undo_requested = Signal()
    load_failed = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__("window", lines="t")
        self._context = context
        self._row: TrailRow | None = None
        theme = current_theme()
        self.sheet = FactSheet(_("Chosen act"), label_width=96)
        self.model = PagedModel(context.jobs, change_columns(), self)
        self.table = TableView(self.model, row_height=theme.size("height", "rowNormal"))
        self.table.setAccessibleName(_("Changes of the chosen act"))
        self.count = ElidedLabel(font="bodyStrong")
        self.open = QPushButton(icon("box"), _("Open part"))
        self.undo = QPushButton(icon("arrow-back-up"), _("Undo this act"))
        margin = theme.size("space", "panelMargin")
        head = bar("toolBar")
        line = row(self.count, self.open, self.undo, margins=(margin, 0, margin, 0))
        line.setStretch(0, 1)
        head.setLayout(line)
        right = Panel("window")
        right.setLayout(column(head, self.table))
        self.splitter = HairlineSplitter(Qt.Orientation.Horizontal)
        for widget in (self.sheet, right):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_SHEET_WIDTH, 3 * _SHEET_WIDTH])
        self.setLayout(column(self.splitter, margins=(0, 1, 0, 0)))
        self.table.row_activated.connect(self._open_change)
        self.table.current_changed.connect(lambda _id: self._fill())
        self.open.clicked.connect(lambda _checked=False: self._open_act())
        self.undo.clicked.connect(self.undo_requested)
        self.model.load_failed.connect(self.load_failed)

    def show_act(self, row: TrailRow) -> None:
        """Show one act; its changes follow."""
        before, self._row = self._row, row
        self.open.setVisible(bool(row.part_numbers))
        self.undo.setVisible(row.state is ActState.OPEN)
        self.count.setText(changes_text(row.changes))
        if before is None or row.id != before.id:
            self.table.setCurrentIndex(QModelIndex())
            self.table.clearSelection()
            self.model.set_source(page_changes(self._context.services.library, row.id))
        self._fill()

    def show_note(self, title: str, sentence: str) -> None:
        """Show a sentence in place of an act."""
        self._row = None
        self.sheet.begin()
        if sentence:
            self.sheet.sentence(sentence, color="muted")
        self.sheet.finish()
        self.count.setText(title)
        self.open.hide()
        self.undo.hide()
        self.model.set_source(ListSource(()))

    def _fill(self) -> None:
        row, sheet = self._row, self.sheet
        if row is None:
            return
        sheet.begin()
        sheet.section(act_of(row), _("entry {number}").format(number=row.id))
        sheet.fact(_("When"), moment(row.at))
        sheet.fact(_("Who"), row.who)
        sheet.fact(_("Why"), row.why)
        if row.group_id != row.id:
            sheet.fact(_("Belongs to"), _("entry {number}").format(number=row.group_id))
        sheet.fact(_("State"), state_sentence(row.state), mark=state_mark(row.state))
        sheet.code(_("Link"), row.hash)
        change = self._change(self.table.current_id())
        if change is not None:
            sheet.section(_("Chosen change"), what_of(change))
            sheet.fact(_("Record"), record_of(change))
            if change.field:
                sheet.fact(_("Field"), field_of(change))
            sheet.fact(_("Old"), old_of(change))
            sheet.fact(_("New"), new_of(change))
        sheet.finish()

    def _open_act(self) -> None:
        if self._row is not None and self._row.part_numbers:
            self.part_requested.emit(self._row.part_numbers[0])

    def _open_change(self, change_id: int) -> None:
        change = self._change(change_id)
        if change is not None and change.part_number:
            self.part_requested.emit(change.part_number)

    def _change(self, change_id: int) -> TrailChange | None:
        position = self.model.row_of(change_id) if change_id else -1
        cells = self.model.cells(position) if position >= 0 else None
        change: TrailChange | None = cells.value if cells is not None else None
        return change
