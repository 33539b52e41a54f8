"""The import page: what would happen, doing it, and what came of it; one undo takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _
from app.ui.catalog.import_decisions import ImportDecisions
from app.ui.catalog.import_desk import Groups, ImportDesk, Phase
from app.ui.catalog.import_groups import ImportGroup, groups_of_report
from app.ui.catalog.import_head import ImportHead, QuestionBar, bar_of
from app.ui.catalog.import_preview import LINES, PreviewRow, SheetView
from app.ui.catalog.import_side import ImportSide
from app.ui.catalog.import_summary import (
    outcome_text,
    phase_texts,
    source_names,
)
from app.ui.catalog.line_table import LineTable
from app.ui.catalog.mapping_acts import MappingActs
from app.ui.catalog.row_strip import RowStrip
from app.ui.catalog.sheet_table import SheetTable
from app.ui.catalog.source_pictures import SourcePictures
from app.ui.context import UiContext
from app.ui.theme import set_property
from app.ui.widgets.keyed_buttons import KeyedButton
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter, column
from app.ui.words import parts_text


class ImportPage(QWidget):
    """Reads what was dropped, shows the match, imports, shows the outcome.

    Signals:
        part_requested: (number: str).
        result_requested: the outcome is to be seen, from wherever the user is.
        closed: done or given up.
    """

    part_requested = Signal(str)
    result_requested = Signal()
    closed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.desk = ImportDesk(context, self)
        self.decisions = ImportDecisions(self.desk, self.view)
        self.head, self.question = ImportHead(), QuestionBar()
        self.mappings = MappingActs(context, self.decisions, self.head, self)
        self.mappings.failed.connect(self.show_error)
        self._side = ImportSide()
        self.groups, self.happening = self._side.groups, self._side.happening
        self.lines = LineTable(context.jobs)
        self._pictures = SourcePictures(context)
        self.sheet: SheetTable | None = None
        self.rows_strip = RowStrip()
        self.strip = MessageStrip()
        self.sentence = ElidedLabel(color="muted")
        self.undo_button = QPushButton(_("Undo the import"))
        self.cancel_button = KeyedButton("Esc")
        self.go_button = KeyedButton("⏎")
        set_property(self.go_button, "primary", True)
        self._sheet_name = ""
        self._lay_out()
        self._connect()
        self._show_phase()

    @property
    def title(self) -> str:
        return _("Import")

    @property
    def busy(self) -> bool:
        """Whether something is being read or written that the user waits for."""
        return self.desk.busy

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return what keys do on this page alone, each as (what it does, the key)."""
        return (
            (_("Import what is ready"), _("Enter")),
            (_("Leave; while importing: stop and keep what is finished"), _("Esc")),
            (_("Go to the next cell to fix"), "F8"),
            (_("Fix the cell of this row"), "F2"),
            (_("Skip the row, or take it in again"), _("Del")),
        )

    def begin(self, paths: Sequence[Path]) -> None:
        """Read these files and folders and show what importing them would do."""
        if self.busy:
            self.strip.say(_("An import is under way. Wait for it, or stop it, then drop again."))
            return
        self.strip.clear()
        self._sheet_name = ""
        self.mappings.forget()
        self.groups.show_groups(())
        self._drop_sheet()
        self.desk.begin(paths)

    def run_import(self) -> None:
        """Catalogue what the preview shows."""
        if self.go_button.isEnabled():
            self.strip.clear()
            self.desk.run_import()

    def leave(self) -> None:
        """Stop what runs; what is catalogued already stays. Otherwise leave the page."""
        if self.busy:
            self.desk.stop()
            self.cancel_button.setEnabled(False)
        else:
            self.desk.leave()
            self.closed.emit()

    def choose_sheet(self, name: str) -> None:
        """Show another sheet."""
        self._sheet_name = name
        self._show_preview()
        if self.groups.current is not None and self.groups.current.rows is None:
            self.groups.choose("all")
        self._show_group(self.groups.current)

    def _fix(self, row: PreviewRow, text: str) -> None:
        self.decisions.fix(row, text)
        if self.sheet is not None:
            self.sheet.select_id(row.id - row.id % LINES)
            self.sheet.setFocus()

    def _skip(self, rows: Sequence[PreviewRow]) -> None:
        if self.sheet is not None and rows:
            if len(rows) == 1:
                self.sheet.select_id(rows[0].id - rows[0].id % LINES)
            self.sheet.setFocus()
        self.decisions.toggle_skip(rows)

    # showing

    def view(self) -> SheetView | None:
        """Return the sheet that is shown."""
        preview = self.desk.preview
        if preview is None:
            return None
        named = (view for view in preview.sheets if view.name == self._sheet_name)
        taken = (view for view in preview.sheets if view.understood)
        return next(named, None) or next(taken, preview.sheets[0])

    def _show_preview(self) -> None:
        preview, view = self.desk.preview, self.view()
        if preview is None or view is None:
            return
        self.head.show_sources(preview)
        self.mappings.show()
        self.question.show_preview(preview, view)
        if self.sheet is None:
            self._pictures.show_files(preview.draft.read.files)
        if self.sheet is None or self.sheet.view.shape != view.shape:
            self._make_sheet(view)
        self._show_rows()
        if preview.error is not None:
            self.strip.say(
                _("{error} Choose the row of the headings and say which column is which.").format(
                    error=preview.error
                ),
                kind="warning",
            )
        elif not view.understood:
            text = _("Nothing of sheet '{sheet}' is taken. Say which column is which to take it.")
            self.strip.say(text.format(sheet=view.name), kind="warning")
        elif self.strip.isVisible():
            self.strip.clear()

    def _make_sheet(self, view: SheetView) -> None:
        self._drop_sheet()
        sheet = SheetTable(self._context.jobs, view, self.decisions.choose_field, self._pictures)
        sheet.fixed.connect(self._fix)
        sheet.skip_toggled.connect(lambda row: self._skip(self._chosen(row)))
        sheet.selection_changed.connect(self._show_chosen)
        self.sheet = sheet
        self._right.addWidget(sheet)
        QWidget.setTabOrder(self.groups, sheet)
        sheet.setFocus()

    def _drop_sheet(self) -> None:
        if self.sheet is not None:
            self._right.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None
        self.rows_strip.hide()

    def _show_rows(self) -> None:
        """Show the rows of the chosen group."""
        view, group = self.view(), self.groups.current
        if view is None or self.sheet is None:
            return
        if group is not None and group.rows is None:
            return
        wanted = group.rows if group is not None and group.key != "all" else None
        rows = [row for row in view.rows if wanted is None or row.id - row.id % LINES in wanted]
        self.sheet.show_view(view, rows)
        self._show_chosen()

    def _show_outlook(self, groups: Groups) -> None:
        before = self.groups.current
        self.groups.show_groups(groups)
        self.question.show_outlook(self.desk.outlook)
        if self.sheet is not None:
            self.sheet.show_outlook(self.desk.outlook)
        if before is None or self.groups.current is None or before.key != self.groups.current.key:
            self._show_group(self.groups.current)
        self._side.show_happening(self.desk)
        self._show_phase()
        self._show_chosen()

    def _show_group(self, group: ImportGroup | None) -> None:
        rows = self.desk.phase is Phase.PREVIEW and (group is None or group.rows is not None)
        if rows and self.sheet is not None:
            self._right.setCurrentWidget(self.sheet)
            self._show_rows()
        else:
            self._right.setCurrentWidget(self.lines)
            self.lines.show_lines(group.lines if group is not None else ())
            self.rows_strip.hide()

    def _chosen(self, extra: PreviewRow | None = None) -> list[PreviewRow]:
        if self.sheet is None:
            return []
        rows = self.sheet.chosen_rows()
        inside = extra is None or any(row.row == extra.row for row in rows)
        return rows if inside or extra is None else [extra]

    def _show_chosen(self) -> None:
        shown = self.sheet is not None and self._right.currentWidget() is self.sheet
        self.rows_strip.show_rows(self._chosen() if shown else [], self.desk.outlook)

    def show_error(self, error: AppError) -> None:
        self.strip.say(str(error), kind="danger", details=f"{type(error).__name__}: {error}")

    def _show_report(self) -> None:
        report, job = self.desk.report, self.desk.job
        if report is None:
            return
        self._drop_sheet()
        self.groups.show_groups(groups_of_report(report))
        self._show_group(self.groups.current)
        if self.isVisible():
            self.lines.setFocus()
        if job is not None:
            job.outcome_text = outcome_text(report)
            job.show_result = self.result_requested.emit
        if report.cancelled:
            self.strip.say(
                _("The import was stopped. {parts} that were finished are kept.").format(
                    parts=parts_text(report.catalogued)
                ),
                kind="warning",
            )

    def _show_undone(self) -> None:
        self.groups.show_groups(())
        self._show_group(None)
        self.strip.say(_("The import was undone."), kind="good")

    def _show_phase(self) -> None:
        """Let heading, sentence and buttons say where we are."""
        desk, phase, report = self.desk, self.desk.phase, self.desk.report
        previewing = phase is Phase.PREVIEW
        listed = desk.preview is not None and desk.preview.plan.table_path is not None
        self.question.setVisible(previewing)
        self.head.show_controls(previewing and listed)
        self._side.show_phase(desk)
        self.head.busy.set_share(0.05 if desk.busy else -1.0)
        self.undo_button.setVisible(
            phase is Phase.DONE and report is not None and report.group_id is not None
        )
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(_("Stop") if desk.busy else _("Cancel"))
        self.cancel_button.setVisible(desk.busy or phase is not Phase.DONE)
        heading, sentence, verb = phase_texts(desk)
        count = desk.counts.ready if previewing else 0
        self.head.heading.setText(heading)
        self.sentence.setText(sentence)
        self.go_button.setText(verb.format(count=figure(count)))
        self.go_button.setEnabled(not desk.busy and (count > 0 or not previewing))
        self.go_button.updateGeometry()
        if not previewing and desk.paths:
            self.head.show_names(source_names(desk.paths))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QAbstractButton):
                focused.click()
            elif self.go_button.isEnabled():
                self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        if self.desk.phase is Phase.PREVIEW:
            self.run_import()
        elif not self.busy:
            self.closed.emit()

    def _open_line(self, number: str) -> None:
        if self.desk.phase is Phase.DONE and number:
            self.part_requested.emit(number)

    def _next_fault(self) -> None:
        if self.sheet is None:
            return
        if self._right.currentWidget() is not self.sheet:
            self.groups.choose("all")
        self.sheet.next_fault()

    def _connect(self) -> None:
        desk = self.desk
        desk.phase_changed.connect(self._show_phase)
        desk.preview_changed.connect(self._show_preview)
        desk.outlook_changed.connect(self._show_outlook)
        desk.progressed.connect(self._show_progress)
        desk.failed.connect(self.show_error)
        desk.imported.connect(self._show_report)
        desk.undone.connect(self._show_undone)
        self.groups.group_chosen.connect(self._show_group)
        self.question.sheet_chosen.connect(self.choose_sheet)
        self.question.heading_chosen.connect(self.decisions.choose_heading)
        self.question.unit_chosen.connect(self.decisions.choose_unit)
        self.question.conversion_requested.connect(self.decisions.convert_doubtful)
        strip = self.rows_strip
        strip.unit_chosen.connect(lambda u: self.decisions.choose_file_units(strip.files, u))
        strip.skip_toggled.connect(lambda: self._skip(strip.rows))
        strip.restore_requested.connect(lambda: self.decisions.restore(strip.rows))
        self.lines.part_requested.connect(self._open_line)
        self.cancel_button.clicked.connect(self.leave)
        self.undo_button.clicked.connect(desk.undo)
        self.go_button.clicked.connect(self._go)
        QShortcut(QKeySequence("F8"), self, self._next_fault)

    def _show_progress(self, share: float, text: str) -> None:
        self.head.busy.set_share(share)
        self.sentence.setText(text)

    def _lay_out(self) -> None:
        self._right = QStackedWidget()
        self._right.addWidget(self.lines)
        listing = QWidget()
        listing.setLayout(column(self._right, self.rows_strip, spacing=0))
        split = HairlineSplitter()
        split.addWidget(self._side)
        split.addWidget(listing)
        split.setStretchFactor(1, 1)
        split.setSizes([232, 1000])
        foot = bar_of(self.sentence, self.undo_button, self.cancel_button, self.go_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.question, self.strip):
            layout.addWidget(widget)
        layout.addWidget(split, 1)
        layout.addWidget(foot)
