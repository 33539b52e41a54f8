"""Why a part stands in the worklist: all reasons, dates and terms of the chosen row."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.worklist import WorklistRow
from app.ui.flag_words import rank_terms, start_note
from app.ui.part_words import consequence_word
from app.ui.theme import current_theme
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.panels import bar, row
from app.ui.words import (
    answer_mark,
    answer_word,
    count_text,
    day,
    readiness_mark,
    readiness_word,
    start_mark,
)


class FlagPanel(QWidget):
    """Shows one row in full, or how many are chosen.

    Signals:
        open_requested: the part is to be opened.
    """

    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet = FactSheet(_("Why this part"))
        self.open = QPushButton(_("Open part"))
        self.open.clicked.connect(self.open_requested)
        self._foot = bar("footerBar", ground="panel", lines="t")
        margin = current_theme().size("space", "panelMargin")
        self._foot.setLayout(row(None, self.open, margins=(margin, 0, margin, 0)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sheet, 1)
        layout.addWidget(self._foot)
        self.show_nothing()

    @property
    def text(self) -> str:
        return self.sheet.text

    def show_nothing(self) -> None:
        """Say that a row can be chosen."""
        self._foot.hide()
        self.sheet.begin()
        self.sheet.sentence(_("Choose a part to see why it stands here."), color="muted")
        self.sheet.finish()

    def show_count(self, chosen: int, overdue: int) -> None:
        """Show how many rows are chosen, and how many of them are overdue.

        Args:
            overdue: below 0 where not all of them are known.
        """
        self._foot.hide()
        self.sheet.begin()
        self.sheet.section(
            ngettext("{count} part chosen", "{count} parts chosen", chosen).format(
                count=count_text(chosen)
            )
        )
        if overdue >= 0:
            self.sheet.sentence(
                ngettext(
                    "{count} of them is overdue.", "{count} of them are overdue.", overdue
                ).format(count=count_text(overdue)),
                mark="past" if overdue else "",
            )
        self.sheet.sentence(_("Ctrl+C copies them for a spreadsheet."), color="muted")
        self.sheet.finish()

    def show_row(self, shown: WorklistRow, today: date) -> None:
        """Show everything on one row."""
        flag = shown.flag
        self._foot.show()
        self.sheet.begin()
        self.sheet.section(f"{shown.number}  {shown.name}")
        self.sheet.fact(_("Answer"), answer_word(flag.answer), mark=answer_mark(flag.answer))
        if flag.reasons:
            self.sheet.fact(_("Why"), "\n".join(flag.reasons))
        for missing in flag.missing:
            self.sheet.fact(_("Missing"), missing, mark="unknown")
        if flag.next_action:
            self.sheet.fact(_("Next action"), flag.next_action)
        self.sheet.section(_("Dates"))
        self._show_dates(flag, today)
        self.sheet.section(_("Rank"))
        if flag.answer is Answer.YES:
            self.sheet.fact(_("Urgency × exposure"), f"{flag.rank:.1f}", below=rank_terms(flag))
        self.sheet.fact(
            _("Readiness"), readiness_word(flag.readiness), mark=readiness_mark(flag.readiness)
        )
        self.sheet.fact(_("Consequence class"), consequence_word(shown.consequence_class))
        self.sheet.fact(_("Products"), "\n".join(shown.products))
        self.sheet.finish()

    def _show_dates(self, flag: Flag, today: date) -> None:
        unknown = _("not known")
        self.sheet.fact(_("Need until"), day(flag.need_until) or unknown, below=flag.need_source)
        self.sheet.fact(_("Supply until"), day(flag.supply_until) or unknown)
        if flag.decide_by is not None:
            self.sheet.fact(_("Decide by"), day(flag.decide_by))
        if flag.start_by is not None:
            self.sheet.fact(_("Start by"), day(flag.start_by))
        if flag.last_safe_start is not None:
            self.sheet.fact(
                _("Last safe start"),
                day(flag.last_safe_start),
                mark=start_mark(flag.last_safe_start, today),
                below=start_note(flag.last_safe_start, today),
            )
