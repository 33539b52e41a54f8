"""Why a part stands in the worklist: all reasons, dates and terms of the chosen row."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.base.figures import figure, fixed_figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.worklist import WorklistRow
from app.ui.flag_words import rank_terms, start_note
from app.ui.part_words import consequence_word
from app.ui.theme import current_theme
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import bar, row
from app.ui.words import (
    answer_mark,
    answer_word,
    day,
    readiness_mark,
    readiness_word,
    start_mark,
)

_LABEL_WIDTH = 100


class FlagPanel(QWidget):
    """Shows one row in full, or how many are chosen: reasons, dates and terms side by side.

    Signals:
        open_requested: the part is to be opened.
    """

    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.why = FactSheet(_("Why this part"), label_width=_LABEL_WIDTH)
        self.dates = FactSheet(_("Dates"), label_width=_LABEL_WIDTH)
        self.standing = FactSheet(_("Standing"), label_width=_LABEL_WIDTH)
        self.title = RoleLabel(font="section")
        self.open = QPushButton(_("Open part"))
        self.open.setToolTip(_("Enter"))
        self.open.clicked.connect(self.open_requested)
        head = bar("messageStrip", ground="window", lines="")
        margin = current_theme().size("space", "panelMargin")
        head.setLayout(row(self.title, None, self.open, margins=(margin, 0, margin, 0)))
        columns = QHBoxLayout()
        columns.setSpacing(0)
        for sheet, share in ((self.why, 5), (self.dates, 4), (self.standing, 4)):
            columns.addWidget(sheet, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(columns, 1)
        self.show_nothing()

    @property
    def text(self) -> str:
        return "\n".join(
            (self.title.text(), self.why.text, self.dates.text, self.standing.text)
        ).strip()

    def show_nothing(self) -> None:
        """Say that a row can be chosen."""
        self._begin(_("Nothing chosen"))
        self.why.sentence(_("Choose a part to see why it stands here."), color="muted")
        self._finish()

    def show_count(self, chosen: int, overdue: int) -> None:
        """Show how many rows are chosen, and how many of them are overdue.

        Args:
            overdue: below 0 where not all of them are known.
        """
        self._begin(
            ngettext("{count} part chosen", "{count} parts chosen", chosen).format(
                count=figure(chosen)
            )
        )
        if overdue > 0:
            self.why.sentence(
                ngettext(
                    "{count} of them is overdue.", "{count} of them are overdue.", overdue
                ).format(count=figure(overdue)),
                mark="past",
            )
        self.why.sentence(_("Ctrl+C copies them for a spreadsheet."), color="muted")
        self._finish()

    def show_row(self, shown: WorklistRow, today: date) -> None:
        """Show everything on one row."""
        flag = shown.flag
        self._begin(f"{shown.number}  {shown.name}".strip())
        self.open.show()
        self.why.section(_("Why"))
        for reason in flag.reasons:
            self.why.sentence(reason)
        for missing in flag.missing:
            self.why.sentence(_("Missing: {what}").format(what=missing), mark="unknown")
        self.dates.section(_("Dates"))
        self._show_dates(flag, today)
        self.standing.section(_("Standing"))
        self._show_standing(shown)
        self._finish()

    def _begin(self, title: str) -> None:
        self.title.setText(title)
        self.open.hide()
        for sheet in (self.why, self.dates, self.standing):
            sheet.begin()

    def _finish(self) -> None:
        for sheet in (self.why, self.dates, self.standing):
            sheet.finish()

    def _show_standing(self, shown: WorklistRow) -> None:
        flag, sheet = shown.flag, self.standing
        sheet.fact(_("Answer"), answer_word(flag.answer), mark=answer_mark(flag.answer))
        if flag.next_action:
            sheet.fact(_("Next step"), flag.next_action)
        if flag.answer is Answer.YES:
            sheet.fact(_("Rank"), fixed_figure(flag.rank, 1), below=rank_terms(flag))
        sheet.fact(
            _("Readiness"), readiness_word(flag.readiness), mark=readiness_mark(flag.readiness)
        )
        sheet.fact(_("Consequence"), consequence_word(shown.consequence_class))
        sheet.fact(_("Products"), "\n".join(shown.products))

    def _show_dates(self, flag: Flag, today: date) -> None:
        unknown, sheet = _("not known"), self.dates
        if flag.last_safe_start is not None:
            sheet.fact(
                _("Last safe start"),
                day(flag.last_safe_start),
                mark=start_mark(flag.last_safe_start, today),
                note=start_note(flag.last_safe_start, today),
            )
        if flag.decide_by is not None:
            sheet.fact(_("Decide by"), day(flag.decide_by))
        if flag.start_by is not None:
            sheet.fact(_("Start by"), day(flag.start_by))
        sheet.fact(_("Supply until"), day(flag.supply_until) or unknown)
        sheet.fact(_("Needed until"), day(flag.need_until) or unknown, below=flag.need_source)
