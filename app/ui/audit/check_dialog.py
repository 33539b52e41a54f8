"""Lists what a check of the library found, with what to do about each kind of problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.check_report import CheckReport, Problem, ProblemKind
from app.domain.changes import Changes
from app.services.library.rebuild_search import rebuild_search
from app.ui.audit.audit_words import cure_sentence, problem_mark, problem_word
from app.ui.context import UiContext
from app.ui.models.columns import CellKind, Column
from app.ui.models.list_source import ListSource
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme
from app.ui.widgets.act_dialog import ActDialog, Work
from app.ui.widgets.stated_list import StatedList
from app.ui.widgets.table_view import TableView

_WIDTH, _TABLE_HEIGHT = 920, 320


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem with its place in the report, from 1."""

    id: int
    problem: Problem


def problem_columns() -> tuple[Column, ...]:
    """Return the columns of the list of problems."""
    return (
        Column(
            "kind",
            lambda: _("Problem"),
            160,
            lambda row: problem_word(row.problem.kind),
            CellKind.STATUS,
            lambda row: problem_mark(row.problem.kind),
            inset=8,
        ),
        Column(
            "where", lambda: _("Where"), 176, lambda row: row.problem.where, CellKind.IDENTIFIER
        ),
        Column(
            "text", lambda: _("What was found"), 320, lambda row: row.problem.text, stretch=True
        ),
    )


class CheckDialog(ActDialog):
    """The problems, their cures, and the one cure that the program has itself."""

    def __init__(
        self, context: UiContext, report: CheckReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            context.jobs, context.bus, _("Problems found"), _("Rebuild search index"), parent
        )
        self._context, self._report = context, report
        self.setMinimumWidth(_WIDTH)
        self.model = PagedModel(context.jobs, problem_columns(), self)
        self.table = TableView(self.model, row_height=current_theme().size("height", "rowNormal"))
        self.table.setAccessibleName(_("Problems"))
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.add_wide(self.table)
        self.cures = StatedList(_("What to do"))
        self.add_wide(self.cures)
        kinds = list(dict.fromkeys(problem.kind for problem in report.problems))
        self.cures.show_lines(
            [(problem_mark(kind), f"{problem_word(kind)}: {cure_sentence(kind)}") for kind in kinds]
        )
        self.add_side_button(_("Copy report"), self.copy_report)
        self.verb_button.setVisible(ProblemKind.SEARCH in kinds)
        self._cancel.setText(_("Close"))
        rows = [ProblemRow(place, problem) for place, problem in enumerate(report.problems, 1)]
        self.model.set_source(ListSource(rows))

    @property
    def report_text(self) -> str:
        """The whole report, a line for each problem."""
        return "\n".join(
            f"{problem_word(p.kind)}\t{p.where}\t{p.text}" for p in self._report.problems
        )

    def copy_report(self) -> None:
        """Put all problems on the clipboard, as cells for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.report_text)

    def prepare(self) -> Work:
        library = self._context.services.library

        def work(progress: Progress) -> Changes:
            rebuild_search(library)
            return Changes()

        return work

    def succeed(self, outcome: Any) -> None:
        """Say that it is done; whether it helped, the next check tells."""
        self.strip.say(_("The search index was made anew. Check the library again."), kind="good")
        self.verb_button.hide()
        self._cancel.setText(_("Close"))
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.matches(QKeySequence.StandardKey.Copy) and self.table.hasFocus():
            self.table.copy_rows()
            return
        super().keyPressEvent(arg__1)
