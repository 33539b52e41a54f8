"""The bar that says which acts are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QToolButton

from app.base.i18n import _
from app.domain.audit.trail import ActState, TrailFilter
from app.ui.audit.audit_words import state_choice_word
from app.ui.audit.day_field import DayField
from app.ui.icons import icon
from app.ui.record_words import record_word
from app.ui.theme import current_theme
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.listing import Nothing
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.search_field import SearchField

_CHOICE_WIDTH = 156


class TrailFilters(Panel):
    """Text, person, kind of record, state and days.

    Signals:
        filter_changed: other acts are to be listed.
        left_downwards: the keyboard is to move into the list.
    """

    filter_changed = Signal()
    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__("window", lines="b")
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "filterBar"))
        self.search = SearchField(_("Search act, reason or part"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(320)
        self.who = _choice(_("Person"), [(_("Everybody"), "")])
        self.table = _choice(_("Kind of record"), [(_("All records"), "")])
        states = [(state_choice_word(state), state.value) for state in ActState]
        self.state = _choice(_("State"), [(_("Any state"), ""), *states])
        self.first_day = DayField(_("From day"))
        self.last_day = DayField(_("To day"))
        self.clear = QToolButton()
        self.clear.setIcon(icon("x"))
        self.clear.setFixedSize(28, 28)
        self.clear.setToolTip(_("Show all acts"))
        self.clear.setAccessibleName(_("Show all acts"))
        margin = theme.size("space", "l")
        line = row(
            self.search,
            self.who,
            self.table,
            self.state,
            self.first_day,
            self.last_day,
            self.clear,
            None,
            margins=(margin, 0, margin, 0),
        )
        line.setStretch(0, 1)
        self.setLayout(line)
        self._connect()
        self._tell_clear()

    @property
    def wanted(self) -> TrailFilter:
        """Which acts are asked for."""
        state = self.state.currentData()
        return TrailFilter(
            who=self.who.currentData(),
            table=self.table.currentData(),
            text=self.search.text().strip(),
            first_day=self.first_day.day,
            last_day=self.last_day.day,
            state=ActState(state) if state else None,
        )

    def show_filter(self, wanted: TrailFilter) -> None:
        """Ask for these acts, without telling."""
        for box, value in (
            (self.who, wanted.who),
            (self.table, wanted.table),
            (self.state, wanted.state.value if wanted.state else ""),
        ):
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(False)
        self.search.blockSignals(True)
        self.search.setText(wanted.text)
        self.search.blockSignals(False)
        self.first_day.show_day(wanted.first_day)
        self.last_day.show_day(wanted.last_day)
        self._tell_clear()

    def offer(self, people: Sequence[str], tables: Sequence[str]) -> None:
        """Offer the people and the kinds of records that occur; the choice stays."""
        _fill(self.who, people, str)
        _fill(self.table, sorted(tables, key=record_word), record_word)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def nothing(self) -> Nothing:
        """Return why no act is listed, and how to get out of it."""
        if self.wanted.lets_all_pass:
            return Nothing(
                "shelf",
                _("Nothing has been done yet"),
                _("Every act that changes the library is recorded here, with person and reason."),
            )
        return Nothing(
            "lens",
            _("No act matches"),
            _("No act matches {filter}.").format(filter=self._described()),
            _("Show all acts"),
            self.show_all,
        )

    def show_all(self) -> None:
        """Ask for every act again, and tell."""
        self.show_filter(TrailFilter())
        self._tell()

    def _described(self) -> str:
        boxes = (self.who, self.table, self.state)
        chosen = [box.currentText() for box in boxes if box.currentData()]
        days = ((self.first_day, _("from {day}")), (self.last_day, _("to {day}")))
        chosen += [words.format(day=field.text()) for field, words in days if field.day]
        text = self.search.text().strip()
        quoted = [_("“{text}”").format(text=text)] if text else []
        return ", ".join((*quoted, *chosen))

    def _tell(self) -> None:
        self._tell_clear()
        self.filter_changed.emit()

    def _tell_clear(self) -> None:
        self.clear.setVisible(not self.wanted.lets_all_pass)

    def _connect(self) -> None:
        self.search.text_settled.connect(lambda _text: self._tell())
        self.search.left_downwards.connect(self.left_downwards)
        for box in (self.who, self.table, self.state):
            box.currentIndexChanged.connect(lambda _index: self._tell())
        for field in (self.first_day, self.last_day):
            field.day_changed.connect(self._tell)
            field.left_downwards.connect(self.left_downwards)
        self.clear.clicked.connect(lambda _checked=False: self.show_all())


def _choice(name: str, options: Sequence[tuple[str, str]]) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setFixedWidth(_CHOICE_WIDTH)
    for words, value in options:
        box.addItem(words, value)
    return box


def _fill(box: QComboBox, values: Sequence[str], words: Callable[[str], str]) -> None:
    """Offer `values` behind the first entry, which stands for all."""
    if [box.itemData(n) for n in range(1, box.count())] == list(values):
        return
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for value in values:
        box.addItem(words(value), value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)
