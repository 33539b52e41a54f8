"""The bar over the parts table: what is searched for, and which verdict."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.inventory.part_list import PartFilter
from app.domain.lifecycle.verdict import Answer
from app.ui.theme import current_theme
from app.ui.widgets.panels import Panel
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments
from app.ui.words import answer_word


class PartFilters(Panel):
    """Search, verdict and the way to import.

    Signals:
        filter_changed: `part_filter` differs.
        import_requested: the button was pressed.
    """

    filter_changed = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", lines="b", parent=parent)
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "filterBar"))
        self.part_filter = PartFilter()
        self.search = SearchField(_("Search number, name or material"))
        self.search.setFixedWidth(theme.size("width", "commandField"))
        self.answers = Segments(
            (
                ("", lambda: _("All")),
                (Answer.YES, lambda: answer_word(Answer.YES)),
                (Answer.UNKNOWN, lambda: answer_word(Answer.UNKNOWN)),
                (Answer.NO, lambda: answer_word(Answer.NO)),
            )
        )
        self.import_button = QPushButton(_("Import…"))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.size("space", "m"), 0, theme.size("space", "m"), 1)
        line.setSpacing(theme.size("space", "m"))
        line.addWidget(self.search)
        line.addWidget(self.answers)
        line.addStretch(1)
        line.addWidget(self.import_button)
        self.search.text_settled.connect(self._take_text)
        self.answers.chosen.connect(self._take_answer)
        self.import_button.clicked.connect(self.import_requested)

    @property
    def action(self) -> str:
        """The verb that takes away the filter that is most to blame for an empty list."""
        return _("Clear the search") if self.part_filter.text else _("Show all parts")

    @property
    def sentence(self) -> str:
        """Which filter it is that nothing passes."""
        text, answer = self.part_filter.text, self.part_filter.answer
        numbers = len(self.part_filter.numbers)
        if numbers and (text or answer):
            return _("None of the pasted numbers passes the other filters, too.")
        if numbers:
            return ngettext(
                "The pasted number is not in the library.",
                "None of the {count} pasted numbers is in the library.",
                numbers,
            ).format(count=figure(numbers))
        if not text:
            return _("No part has the verdict “{answer}”.").format(answer=answer_word(answer))
        if answer is None:
            return _("No number, name or material holds “{text}”.").format(text=text)
        return _("No part with the verdict “{answer}” holds “{text}”.").format(
            answer=answer_word(answer), text=text
        )

    def focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def take(self, wanted: str) -> None:
        """Filter by a verdict, written `answer:yes`, or by a text."""
        kind, _colon, answer = wanted.partition(":")
        if kind == "answer" and answer in tuple(Answer):
            self.search.setText("")
            self.answers.choose(answer)
            self._change(PartFilter(answer=Answer(answer)))
        else:
            self.answers.choose("")
            self.search.setText(wanted)
            self._change(PartFilter(text=wanted.strip()))

    def clear_one(self) -> None:
        """Take one filter away: the search first, then the verdict, then the pasted numbers."""
        if self.part_filter.text:
            self.search.clear()
        elif self.part_filter.answer:
            self.answers.choose("")
            self._take_answer("")
        else:
            self.take_numbers(())

    def take_numbers(self, numbers: tuple[str, ...]) -> None:
        """List the parts with these numbers alone; () takes this filter away."""
        if numbers != self.part_filter.numbers:
            self._change(replace(self.part_filter, numbers=numbers))

    def _take_text(self, text: str) -> None:
        self._change(replace(self.part_filter, text=text.strip()))

    def _take_answer(self, key: str) -> None:
        self._change(replace(self.part_filter, answer=Answer(key) if key else None))

    def _change(self, part_filter: PartFilter) -> None:
        self.part_filter = part_filter
        self.filter_changed.emit()
