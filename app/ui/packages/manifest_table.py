"""The files of a package with their sizes and hashes, before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.domain.packages.package_content import PackageFile
from app.ui.jobs import JobRunner
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.table_view import TableView


@dataclass(frozen=True, slots=True)
class ManifestRow:
    id: int
    file: PackageFile


COLUMNS = (
    Column("name", lambda: _("File"), 208, lambda row: row.file.name),
    Column(
        "size", lambda: _("Bytes"), 80, lambda row: figure(row.file.size_bytes), CellKind.NUMBER
    ),
    Column(
        "sha256",
        lambda: _("SHA-256"),
        300,
        lambda row: row.file.sha256,
        CellKind.IDENTIFIER,
        stretch=True,
    ),
)
_ROWS_SHOWN = 7


class ManifestTable(QWidget):
    """A table whose rows are copied whole with Ctrl+C."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        theme = current_theme()
        self.model = PagedModel(jobs, COLUMNS, self)
        self.table = TableView(
            self.model, row_height=theme.size("height", "rowCompact"), parent=self
        )
        self.table.setAccessibleName(_("Manifest"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        self.setFixedHeight(
            theme.size("height", "tableHeader")
            + _ROWS_SHOWN * theme.size("height", "rowCompact")
            + 1
        )

    def show_files(self, files: Sequence[PackageFile]) -> None:
        """List files in the order given."""
        rows = [ManifestRow(number, file) for number, file in enumerate(files, start=1)]
        self.model.set_source(ListSource(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.table.copy_rows()
            return
        super().keyPressEvent(event)
