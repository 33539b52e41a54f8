"""Lines of one group of an import: where, which part, what there is to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.i18n import _
from app.ui.catalog.import_groups import ImportLine
from app.ui.jobs import JobRunner
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import Panel, column
from app.ui.widgets.table_view import TableView

COLUMNS = (
    Column("where", lambda: _("Where"), 170, lambda line: line.where, CellKind.MUTED),
    Column("subject", lambda: _("Part"), 150, lambda line: line.subject, CellKind.IDENTIFIER),
    Column("text", lambda: _("What"), 160, lambda line: line.text, stretch=True),
)


class LineTable(QWidget):
    """A table of lines, and below it the whole text of the one with the focus.

    Signals:
        part_requested: (number: str) by Enter or double click.
    """

    part_requested = Signal(str)

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        theme = current_theme()
        self._lines: dict[int, ImportLine] = {}
        self.model = PagedModel(jobs, COLUMNS, self)
        self.table = TableView(self.model, row_height=theme.size("height", "rowRoomy"))
        self.table.setAccessibleName(_("What there is to say"))
        self.detail = RoleLabel(wrap=True).selectable()
        margin = theme.size("space", "l")
        self._below = Panel("tintInfo", lines="t")
        self._below.setMinimumHeight(theme.size("height", "messageStrip"))
        self._below.setLayout(column(self.detail, margins=(margin, 8, margin, 8)))
        self._below.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._below)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._show_detail)
        self.table.row_activated.connect(self._open)

    def show_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show these lines."""
        self._lines = {line.id: line for line in lines}
        self.model.set_source(ListSource(lines))
        self._show_detail(0)

    def _show_detail(self, line_id: int) -> None:
        line = self._lines.get(line_id)
        self.detail.setText(line.text if line is not None else "")
        self._below.setVisible(bool(self.detail.text()))

    def _open(self, line_id: int) -> None:
        line = self._lines.get(line_id)
        if line is not None and line.subject:
            self.part_requested.emit(line.subject)
