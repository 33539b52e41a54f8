"""Who changed what on a part, when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.domain.inventory.part_details import HistoryEntry
from app.services.catalog.fetch_part import HISTORY_LIMIT
from app.ui.jobs import JobRunner
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.part_words import readable, recorded_value, subject_word
from app.ui.theme import current_theme
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.panels import HairlineSplitter, bar, row
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.table_view import TableView
from app.ui.words import moment

_LINES_OF_AN_ACT = 1_000_000  # more than the history ever lists


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the history.

    Attributes:
        id: of the change set and the line's place in it, so that it stays when newer ones come.
    """

    id: int
    entry: HistoryEntry

    @property
    def what(self) -> str:
        subject = subject_word(self.entry.subject)
        if not self.entry.field:
            return subject
        return _("{record}, {field}").format(
            record=subject, field=readable(self.entry.field).lower()
        )

    @property
    def change(self) -> str:
        """What became of it: old and new value, or that the record came or went."""
        old, new = self.old, self.new
        if self.entry.field:
            return f"{old or _('empty')} → {new or _('empty')}"
        return _("added") if new else _("removed")

    @property
    def old(self) -> str:
        return recorded_value(self.entry.old, self.entry.field)

    @property
    def new(self) -> str:
        return recorded_value(self.entry.new, self.entry.field)

    @property
    def searched(self) -> str:
        act = self.entry.change_set
        return " ".join((moment(act.at), act.who, act.act, act.why, self.what, self.change))


COLUMNS = (
    Column("when", lambda: _("When"), 124, lambda row: f"{row.entry.change_set.at:%Y-%m-%d %H:%M}"),
    Column("who", lambda: _("Who"), 96, lambda row: row.entry.change_set.who, CellKind.MUTED),
    Column(
        "what",
        lambda: _("What"),
        240,
        lambda row: f"{row.what}: {row.change}",
        stretch=True,
    ),
)


class HistoryTab(QWidget):
    """The changes in a table, newest first, and the chosen one in full.

    Typing finds; Ctrl+C copies the chosen rows.
    """

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._rows: dict[int, HistoryRow] = {}
        self._model = PagedModel(jobs, COLUMNS, self)
        self.search = SearchField(_("Find in the history"))
        self.table = TableView(
            self._model, row_height=current_theme().size("height", "rowNormal"), parent=self
        )
        self.table.setAccessibleName(_("History"))
        self.entry = FactSheet(_("Chosen change"))
        head = bar("filterBar")
        margin = current_theme().size("space", "panelMargin")
        head.setLayout(row(self.search, margins=(margin, 0, margin, 0)))
        splitter = HairlineSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.entry)
        splitter.setSizes([600, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.search)
        self.search.text_settled.connect(self._filter)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.current_changed.connect(self._show_entry)
        self._show_entry(0)

    @property
    def model(self) -> PagedModel:
        return self._model

    def show_history(self, history: Sequence[HistoryEntry]) -> None:
        """List the changes of one part."""
        seen: Counter[int] = Counter()
        rows: dict[int, HistoryRow] = {}
        for entry in history:
            act_id = entry.change_set.id
            row_id = act_id * _LINES_OF_AN_ACT + seen[act_id]
            seen[act_id] += 1
            rows[row_id] = HistoryRow(row_id, entry)
        self._rows = rows
        self._filter(self.search.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.table.copy_rows()
            return
        super().keyPressEvent(event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        found = [
            row
            for row in self._rows.values()
            if all(word in row.searched.casefold() for word in words)
        ]
        self._model.set_source(ListSource(found))
        self._show_entry(self.table.current_id())

    def _show_entry(self, row_id: int) -> None:
        self.entry.begin()
        chosen = self._rows.get(row_id)
        if chosen is not None:
            act = chosen.entry.change_set
            self.entry.section(chosen.what, _("change {number}").format(number=act.id))
            self.entry.fact(_("When"), moment(act.at))
            self.entry.fact(_("Who"), act.who, note=act.act)
            self.entry.fact(_("Why"), act.why)
            self.entry.fact(_("Old"), chosen.old)
            self.entry.fact(_("New"), chosen.new)
        elif self._rows:
            self.entry.sentence(_("Choose a change to see it in full."), color="muted")
            if len(self._rows) >= HISTORY_LIMIT:
                self.entry.sentence(
                    _("Only the newest {count} changes are listed.").format(
                        count=figure(len(self._rows))
                    ),
                    color="muted",
                )
        else:
            self.entry.sentence(_("Nothing has been recorded yet."), color="muted")
        self.entry.finish()
