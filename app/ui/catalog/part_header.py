"""The head of the part page: which part, how it stands, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QSizePolicy, QToolButton

from app.base.figures import figure
from app.base.i18n import _
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_standing import assess_standing, qualification_standing
from app.domain.lifecycle.flag import Answer
from app.ui.icons import SMALL, icon
from app.ui.part_words import status_mark, status_word
from app.ui.theme import current_theme, set_property
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.keyed_buttons import KeyedButton
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import row
from app.ui.words import answer_mark, answer_word, revision_word, stage_mark, stage_word


class PartHeader(HeadBar):
    """Number, name, revision, states, walking keys, the primary button and further acts.

    Signals:
        revision_chosen: (id: int) another revision is to be shown.
        why_requested: the reasons of the verdict are wanted.
        step_requested: (by: int) walk the list.
        primary_triggered: the primary button was pressed.
    """

    revision_chosen = Signal(int)
    why_requested = Signal()
    step_requested = Signal(int)
    primary_triggered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = RoleLabel(font="title").selectable()
        self.name = _NameLabel(font="title")
        self.revision = ChoiceBox()
        self.revision.setAccessibleName(_("Revision"))
        self.revision.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.revision.activated.connect(self._choose_revision)
        self.supply = StatusLabel()
        self.qualification = StatusLabel()
        self.eternal = StatusLabel()
        self.why = QPushButton(_("why"))
        set_property(self.why, "link", True)
        self.why.setAccessibleName(_("Why this answer?"))
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.clicked.connect(self.why_requested)
        self.previous = self._arrow("chevron-up", _("Previous part (K)"), -1)
        self.place = RoleLabel(color="muted")
        self.next = self._arrow("chevron-down", _("Next part (J)"), 1)
        self.primary = KeyedButton(_("Ctrl+⏎"))
        set_property(self.primary, "primary", True)
        self.primary.clicked.connect(self.primary_triggered)
        self.primary.hide()
        self.more = QToolButton()
        self.more.setIcon(icon("dots"))
        self.more.setIconSize(QSize(SMALL, SMALL))
        self.more.setAccessibleName(_("Further acts"))
        self.more.setToolTip(_("Further acts"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        self._lay_out()
        self.show_place(0, 0)

    def show_details(
        self, details: PartDetails, revision: RevisionDetails | None, today: date
    ) -> None:
        """Show one part as it stands."""
        self.number.setText(details.part.number)
        self.name.setText(details.part.name)
        self._show_revisions(details.revisions, revision)
        standing = assess_standing(details, today)
        word = stage_word(standing.stage)
        if standing.until is not None:
            word = _("{stage} {month}").format(
                stage=word, month=f"{standing.until.year:04d}-{standing.until.month:02d}"
            )
        self.supply.set_status(stage_mark(standing.stage), word)
        status = qualification_standing(revision, today) if revision is not None else None
        if status is None:
            self.qualification.set_status("none", _("Not qualified"))
        else:
            self.qualification.set_status(status_mark(status), status_word(status))
        answer = details.flag.answer if details.flag is not None else None
        verdict = _("Eternal spare") if answer is Answer.YES else answer_word(answer)
        self.eternal.set_status(answer_mark(answer), verdict)
        self.why.setVisible(True)

    def show_place(self, place: int, count: int) -> None:
        """Show where the part stands in the list that is walked; (0, 0) for no list."""
        for widget in (self.previous, self.place, self.next):
            widget.setVisible(count > 1)
        self.place.setText(_("{place} of {count}").format(place=figure(place), count=figure(count)))
        self.previous.setEnabled(place > 1)
        self.next.setEnabled(place < count)

    def show_acts(self, primary: QAction | None, others: Sequence[QAction | None]) -> None:
        """Show the one next step as the primary button and the other acts in the menu.

        Args:
            others: None stands for a separator.
        """
        self.menu.clear()
        for action in others:
            if action is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(action)
        self.more.setVisible(bool(others))
        self.primary.setVisible(primary is not None)
        if primary is not None:
            self.primary.setText(primary.text())
            self.primary.setEnabled(primary.isEnabled())
            hint = primary.toolTip() if not primary.isEnabled() else ""
            self.primary.setToolTip(hint or _("Ctrl+Enter"))
            self.primary.setAccessibleDescription(hint)

    def _show_revisions(
        self, revisions: Sequence[RevisionDetails], shown: RevisionDetails | None
    ) -> None:
        self.revision.setVisible(bool(revisions))
        self.revision.clear()
        for item in revisions:
            self.revision.addItem(
                _("Rev {label} · {state}").format(
                    label=item.revision.label, state=revision_word(item.revision.state)
                ),
                item.revision.id,
            )
        if shown is not None:
            self.revision.setCurrentIndex(self.revision.findData(shown.revision.id))

    def _choose_revision(self, index: int) -> None:
        self.revision_chosen.emit(int(self.revision.itemData(index)))

    def _arrow(self, picture: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setIconSize(QSize(SMALL, SMALL))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.step_requested.emit(by))
        return button

    def _lay_out(self) -> None:
        theme = current_theme()
        margin, gap = theme.size("space", "l"), theme.size("space", "m")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = row(
            self.number,
            self.name,
            self.revision,
            self.supply,
            self.qualification,
            self.eternal,
            self.why,
            None,
            self.previous,
            self.place,
            self.next,
            self.primary,
            self.more,
            margins=(margin, 0, margin, 0),
            spacing=gap,
        )
        line.setStretch(1, 1)
        line.setStretch(7, 0)
        self.setLayout(line)


class _NameLabel(ElidedLabel):
    """The part's name: as large as its number, but not as heavy."""

    def _dress(self) -> None:
        super()._dress()
        font = self.font()
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
