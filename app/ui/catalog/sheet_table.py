"""The rows of a list before it is imported: cells, meaning of columns, complaints under rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.base.i18n import _
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnUse
from app.ui.catalog.error_lines import ErrorLines
from app.ui.catalog.field_words import field_word
from app.ui.catalog.import_outlook import Outlook
from app.ui.catalog.import_preview import LINES, PreviewRow, RowState, SheetView
from app.ui.catalog.mapping_header import Chosen, MappingHeader
from app.ui.catalog.source_pictures import SourcePictures
from app.ui.jobs import JobRunner
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.header_view import GridHeader
from app.ui.widgets.row_delegate import Index, Pictures, RowDelegate
from app.ui.widgets.table_view import TableView

_LEAST, _MOST, _LETTER = 120, 220, 7
_SAMPLED_ROWS = 60
_PLAIN = 4  # columns before those of the spreadsheet


class SheetRows:
    """The rows in sight and what is known of them; replaced at any time by the GUI thread."""

    def __init__(self) -> None:
        self.outlook = Outlook()
        self._list = ListSource(())

    def replace(self, rows: Sequence[PreviewRow]) -> None:
        self._list = ListSource(rows)

    def first_rows(self, limit: int) -> Any:
        return self._list.first_rows(limit)

    def id_chunks(self, size: int) -> Any:
        return self._list.id_chunks(size)

    def rows(self, ids: Sequence[int]) -> Any:
        return self._list.rows(ids)


class _SheetDelegate(RowDelegate):
    """Frames cells that are complained about; paints nothing where a complaint is laid over."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cells = self._model.cells(index.row())
        row = cells.value if cells is not None else None
        if isinstance(row, PreviewRow) and row.problem is not None:
            theme = current_theme()
            painter.fillRect(option.rect, theme.color("tintWarning"))
            painter.setPen(theme.color("hairline"))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            return
        super().paint(painter, option, index)
        column = self._model.columns[index.column()].key
        if not isinstance(row, PreviewRow) or not column.isdecimal():
            return
        if int(column) in row.faulty or int(column) in row.corrected:
            role = "status.blocked" if int(column) in row.faulty else "accent"
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().color(role), 1))
            frame = QRectF(option.rect).adjusted(2.5, 4.5, -3.5, -5.5)
            painter.drawRoundedRect(frame, 4, 4)
            painter.restore()


class SheetTable(TableView):
    """A sheet, with a choice over each column and a line under each fault.

    Signals:
        fixed: (row: PreviewRow, text: str) read the faulty cell like this.
        skip_toggled: (row: PreviewRow) leave the row out, or take it in again.
    """

    fixed = Signal(object, str)
    skip_toggled = Signal(object)

    def __init__(
        self,
        jobs: JobRunner,
        view: SheetView,
        chosen: Chosen,
        pictures: SourcePictures,
        parent: QWidget | None = None,
    ) -> None:
        self.source = SheetRows()
        self.view = view
        self._chosen = chosen
        model = PagedModel(jobs, columns_of(view, self.source, pictures))
        super().__init__(
            model,
            row_height=current_theme().size("height", "rowRoomy"),
            pictures=pictures,
            parent=parent,
        )
        pictures.arrived.connect(self.update_rows)
        model.setParent(self)
        self.setAccessibleName(_("Rows of the list"))
        self.lines = ErrorLines(self.viewport(), self)
        self.lines.fixed.connect(self.fixed)
        self.lines.skipped.connect(self.skip_toggled)
        self.lines.left.connect(self.setFocus)
        model.set_source(self.source)
        model.loaded.connect(self.place_lines)
        model.dataChanged.connect(lambda *_cells: self.place_lines())
        model.rowsInserted.connect(lambda *_rows: self.place_lines())
        self.row_activated.connect(self.begin_fix)

    def make_delegate(self, model: PagedModel, pictures: Pictures | None) -> RowDelegate:
        return _SheetDelegate(model, pictures, self)

    def make_header(self, model: PagedModel) -> GridHeader:
        return MappingHeader(model, self) if self.view.columns else GridHeader(model, self)

    def mapping(self) -> MappingHeader | None:
        """Return the head with the choices; None for files without a list."""
        return self._header if isinstance(self._header, MappingHeader) else None

    def show_view(self, view: SheetView, rows: Sequence[PreviewRow]) -> None:
        """Show the sheet after a decision; place, choice and focus stay."""
        self.view = view
        header = self.mapping()
        if header is not None:
            uses = dict(enumerate(view.columns, start=_PLAIN))
            header.show_uses(uses, view.kind, self._chosen)
        self.source.replace(rows)
        self.paged_model.reload()

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what is known by now of what becomes of the rows."""
        self.source.outlook = outlook
        self.paged_model.reload()

    def row_value(self, row_id: int) -> PreviewRow | None:
        """Return a row that is in sight."""
        found = self.source.rows([row_id])
        return found[0] if found else None

    def chosen_rows(self) -> list[PreviewRow]:
        """Return the chosen rows, without the lines of their problems."""
        chosen = self.selection()
        ids = [row_id for row_id in self.paged_model.ids if row_id in chosen]
        return [row for row in self.source.rows(ids) if row.problem is None]

    def begin_fix(self, row_id: int) -> None:
        """Put the cursor into the correction of a faulty row."""
        row = self.row_value(row_id)
        if row is None or row.state is not RowState.REFUSED:
            return
        target = row_id if row.problem is not None else row_id + 1
        if self.select_id(target):
            self._show_cell(row)
            self.place_lines()
            line = self.lines.line(target)
            if line is not None:
                line.begin()

    def _show_cell(self, row: PreviewRow) -> None:
        """Bring the first faulty cell of a row into sight."""
        keys = [column.key for column in self.paged_model.columns]
        found = [keys.index(str(column)) for column in row.faulty if str(column) in keys]
        if found:
            place = self.paged_model.row_of(row.id - row.id % LINES)
            self.scrollTo(self.paged_model.index(place, min(found)))
            self.scrollTo(self.paged_model.index(place + 1, min(found)))

    def next_fault(self) -> None:
        """Go to the correction of the next faulty row; after the last one to the first."""
        ids = list(self.paged_model.ids)
        faulty = {row.id for row in self.source.rows(ids) if row.problem is not None}
        here = self.paged_model.row_of(self.current_id())
        order = [*ids[here + 1 :], *ids[: here + 1]]
        target = next((row_id for row_id in order if row_id in faulty), 0)
        if target:
            self.begin_fix(target)

    def place_lines(self) -> None:
        """Lay the complaints over their rows."""
        ids = self.paged_model.ids
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0 or not self.isVisible():
            self.lines.place({}, self._top, 0)
            return
        seen = ids[first : (last if last >= 0 else len(ids) - 1) + 1]
        rows = {row.id: row for row in self.source.rows(seen) if row.problem is not None}
        self.lines.place(rows, self._top, self.verticalHeader().defaultSectionSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row_value(self.current_id())
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row is not None:
            self.skip_toggled.emit(row)
            return
        if event.key() == Qt.Key.Key_F2 and row is not None:
            self.begin_fix(row.id)
            return
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and (row is None or row.state is not RowState.REFUSED):
            event.ignore()  # to the page: import
            return
        super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        header = self.mapping()
        if dx and header is not None:
            header.place_boxes()
        self.place_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_lines()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.place_lines()
        return super().viewportEvent(event)

    def _top(self, row_id: int) -> int:
        return self.rowViewportPosition(self.paged_model.row_of(row_id))


def columns_of(view: SheetView, source: SheetRows, pictures: SourcePictures) -> list[Column]:
    """Return the columns for a sheet: row, file and outcome, then those of the spreadsheet."""
    picture = Column(
        "picture",
        lambda: "",
        40,
        lambda row: "",
        CellKind.PICTURE,
        mark=lambda row: pictures.key(row.files[0]) if row.files and not row.problem else None,
    )
    plain = [
        Column("row", lambda: _("Row"), 56, _row_text, CellKind.MUTED),
        picture,
        Column("file", lambda: _("File"), 180, _file_text),
        Column(
            "outcome",
            lambda: _("Outcome"),
            124,
            lambda row: source.outlook.outcome(row)[1],
            CellKind.STATUS,
            mark=lambda row: source.outlook.outcome(row)[0],
        ),
    ]
    if not view.columns:
        size: Callable[[PreviewRow], str] = lambda row: source.outlook.size_text(  # noqa: E731
            row.files[0] if row.files else ""
        )
        number = Column("number", lambda: _("Part"), 200, lambda r: r.number, CellKind.IDENTIFIER)
        shown = Column("size", lambda: _("Size"), 200, size)
        return [picture, plain[2], number, shown, replace(plain[3], stretch=True)]
    *cells, last = (_cell_column(use, view) for use in view.columns)
    return [*plain, *cells, replace(last, stretch=True)]


def _cell_column(use: ColumnUse, view: SheetView) -> Column:
    longest = max((len(row.text(use.column)) for row in view.rows[:_SAMPLED_ROWS]), default=0)
    meaning = len(field_word(use.field)) * _LETTER + 56  # with the room of the choice box
    width = min(max(longest * _LETTER + 24, meaning, _LEAST), _MOST)
    named = use.field in (ColumnField.NUMBER, ColumnField.PRODUCT)
    kind = CellKind.IDENTIFIER if named else CellKind.TEXT
    heading = " ".join(use.heading.split())
    return Column(str(use.column), lambda: heading, width, lambda r: r.text(use.column), kind)


def _row_text(row: PreviewRow) -> str:
    return str(row.row) if row.row and row.problem is None else ""


def _file_text(row: PreviewRow) -> str:
    if row.problem is not None:
        return row.problem.text  # for screen readers; the eye sees the line laid over
    return ", ".join(PurePosixPath(name).name for name in row.files)
