"""The panel beside a table: what the chosen record is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.base.i18n import _
from app.ui.icons import SMALL, icon
from app.ui.record_acts import RecordAct, fill_menu
from app.ui.theme import current_theme, set_property
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import HairlineSplitter, Panel, bar, row
from app.ui.widgets.small_marks import KeyHint

_LABEL_WIDTH = 104
_LEAST_WIDTH = 300
_PICTURE_SHARES = (400, 240)


class RecordInspector(Panel):
    """Head, sheet and a foot with one primary act, the way to the part and the other acts.

    Args:
        name: for screen readers.
        picture: shown above the sheet, with a line between them that can be moved.

    Signals:
        open_requested: the part of the record is to be opened.
    """

    open_requested = Signal()

    def __init__(
        self, name: str, picture: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("window", parent=parent)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.number = ElidedLabel(font="section", elide=Qt.TextElideMode.ElideMiddle)
        self.name = ElidedLabel(font="sectionPlain")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.standing, self.second = StatusLabel(), StatusLabel()
        self.sheet = FactSheet(name, label_width=_LABEL_WIDTH)
        self.primary = QPushButton()
        set_property(self.primary, "primary", True)
        self.primary.clicked.connect(self._run_primary)
        self.open_button = QPushButton(_("Open part"))
        self.open_button.clicked.connect(self.open_requested)
        self.more = QToolButton()
        self.more.setIcon(icon("dots"))
        self.more.setIconSize(QSize(SMALL, SMALL))
        self.more.setAccessibleName(_("Further acts"))
        self.more.setToolTip(_("Further acts"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self._context_menu = QMenu(self)
        self._primary_act: RecordAct | None = None
        self._others: Sequence[RecordAct | None] = ()
        self._note = RoleLabel(color="muted", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._note_button = QPushButton()
        set_property(self._note_button, "primary", True)
        self._note_button.clicked.connect(self._run_noted)
        self._noted_act: RecordAct | None = None
        self._lay_out(picture)
        self.show_note("")

    @property
    def note(self) -> str:
        """What stands here instead of a record; "" while there is one."""
        return self._note.text() if not self._note.isHidden() else ""

    def show_note(self, text: str, act: RecordAct | None = None) -> None:
        """Say something instead of showing a record, and offer what can be done with it."""
        self._noted_act = act
        self._note_button.setText(act.text if act is not None else "")
        self._note_button.setVisible(act is not None)
        for widget in self._record:
            widget.hide()
        self._note.setText(text)
        self._note.show()

    def show_record(self) -> None:
        """Show the record that was filled in."""
        self._note.hide()
        self._note_button.hide()
        for widget in self._record:
            widget.show()

    def show_acts(self, primary: RecordAct | None, others: Sequence[RecordAct | None]) -> None:
        """Show what can be done; in `others` None is a separator."""
        self._primary_act, self._others = primary, others
        self.primary.setVisible(primary is not None)
        if primary is not None:
            self.primary.setText(primary.text)
            self.primary.setEnabled(not primary.refusal)
            self.primary.setToolTip(primary.refusal)
        fill_menu(self.menu, others)
        self.more.setVisible(bool(others))

    def pop_up(self, where: QPoint) -> None:
        """Offer the acts as a menu at a place of the table."""
        if self._foot.isHidden():
            return
        primary, opening = self._primary_act, RecordAct("", _("Open part"), self.open_button.click)
        fill_menu(
            self._context_menu, (opening, None, *((primary,) if primary else ()), *self._others)
        )
        self._context_menu.popup(where)

    def _run_primary(self) -> None:
        if self._primary_act is not None:
            self._primary_act.run()

    def _run_noted(self) -> None:
        if self._noted_act is not None:
            self._noted_act.run()

    def _lay_out(self, picture: QWidget | None) -> None:
        theme = current_theme()
        margin, gap = theme.size("space", "panelMargin"), theme.size("space", "s")
        self._head = QWidget()
        titles = QHBoxLayout()
        titles.setSpacing(gap)
        titles.addWidget(self.number)
        titles.addWidget(self.name, 1)
        states = QHBoxLayout()
        states.setSpacing(theme.size("space", "l"))
        for status in (self.standing, self.second):
            states.addWidget(status)
        states.addStretch(1)
        head = QVBoxLayout(self._head)
        below = theme.size("space", "m") if picture is not None else 0
        head.setContentsMargins(margin, theme.size("space", "l"), margin, below)
        head.setSpacing(gap)
        head.addLayout(titles)
        head.addLayout(states)
        self._foot = bar("footerBar", lines="t")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(margin, 0, margin, 0)
        foot.setSpacing(gap)
        for widget in (self.primary, self.open_button, KeyHint(_("Enter"))):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.more)
        body = self._body_of(picture)
        self._record = (self._head, body, self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(body, 1)
        layout.addWidget(self._foot)
        self._note.setContentsMargins(margin, margin * 2, margin, margin)
        layout.insertWidget(0, self._note)
        layout.insertLayout(1, row(None, self._note_button, None))
        layout.addStretch()

    def _body_of(self, picture: QWidget | None) -> QWidget:
        if picture is None:
            return self.sheet
        body = HairlineSplitter(Qt.Orientation.Vertical)
        for widget in (picture, self.sheet):
            body.addWidget(widget)
        body.setSizes(list(_PICTURE_SHARES))
        return body
