"""What can be done with a card: the acts of the part page, for this one qualification."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.inventory.part_details import PartDetails
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.qualification_list import QualificationLine
from app.services.catalog.fetch_part import fetch_part
from app.ui.board.card_moves import (
    CARD_ACTS,
    Act,
    ShownCard,
    card_refusal,
    move_back,
    move_on,
    shown_card,
)
from app.ui.catalog.objections import Objection
from app.ui.catalog.part_acts import objection_verbs, step_verbs
from app.ui.catalog.part_dialogs import dialog_for, objection_dialog
from app.ui.context import UiContext

_ONE_CHANGE = 1  # of the history, which nobody asks for here


class CardActs(QObject):
    """Reads the part of a card when something is to be done with it, then opens the dialog.

    Signals:
        refused: (number: str, why: str, verb: str, act: Callable | None) the card of that part
            cannot move; `verb` names what can be done instead, "" for nothing.
        failed: (error: AppError) the library could not be asked.
        done: (id: int) an act with this qualification succeeded.
        open_requested, copy_requested: chosen in the menu.

    Attributes:
        dialog: the one that is open; None without any.
        menu: the one that was opened last; None before.
    """

    refused = Signal(str, str, str, object)
    failed = Signal(object)
    done = Signal(int)
    open_requested = Signal()
    copy_requested = Signal()

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._asked = 0
        self.dialog: QDialog | None = None
        self.menu: QMenu | None = None

    def move(self, line: QualificationLine, by: int) -> None:
        """Take the next step with a card, or the step before; else say what is missing."""
        self._with_card(line, partial(self._move, by=by))

    def show_menu(self, line: QualificationLine, where: QPoint) -> None:
        """Open the menu of a card; what cannot be done says why."""
        self._with_card(line, partial(self._open_menu, where=where))

    def run(self, act: Act, card: ShownCard) -> None:
        """Open the dialog of an act that is not refused."""
        if isinstance(act, Objection):
            dialog: QDialog = objection_dialog(self._context, card.shown, act, self._page)
        else:
            dialog = dialog_for(self._context, card.shown, act, card.id, self._page)
        self.dialog = dialog
        dialog.accepted.connect(lambda: self.done.emit(card.id))
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _with_card(self, line: QualificationLine, then: Callable[[ShownCard], None]) -> None:
        """Read the part of a card; an answer that another wish has overtaken is dropped."""
        self._asked += 1
        asked, context = self._asked, self._context
        library, user, today = context.services.library, context.user, context.today()

        def fetch(progress: Progress) -> PartDetails:
            return fetch_part(library, line.number, history_limit=_ONE_CHANGE)

        def take(details: PartDetails) -> None:
            card = shown_card(details, line.id, user=user, today=today)
            if asked == self._asked and card is not None:
                then(card)

        context.jobs.start(fetch, owner=self, done=take, failed=self._fail)

    def _fail(self, error: AppError) -> None:
        self.failed.emit(error)

    def _move(self, card: ShownCard, by: int) -> None:
        move = move_on(card) if by > 0 else move_back(card)
        if move.act is not None:
            self.run(move.act, card)
            return
        verb = _verb(move.remedy) if move.remedy is not None else ""
        act = partial(self.run, move.remedy, card) if move.remedy is not None else None
        self.refused.emit(card.shown.number, move.refusal, verb, act)

    def _open_menu(self, card: ShownCard, where: QPoint) -> None:
        menu = QMenu(self._page)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        _add(menu, _("Open part"), self.open_requested.emit, "Enter")
        menu.addSeparator()
        for act in CARD_ACTS:
            action = _add(menu, _verb(act), partial(self.run, act, card))
            refusal = card_refusal(act, card)
            action.setEnabled(not refusal)
            action.setToolTip(refusal)
            if act is Objection.BLOCK:
                menu.addSeparator()
        menu.addSeparator()
        _add(menu, _("Copy"), self.copy_requested.emit, "Ctrl+C")
        self.menu = menu
        menu.popup(where)

    def _forget(self) -> None:
        self.dialog = None


def _verb(act: Act) -> str:
    return objection_verbs()[act] if isinstance(act, Objection) else step_verbs()[PartStep(act)]


def _add(menu: QMenu, text: str, act: Callable[[], object], keys: str = "") -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: act())
    if keys:
        action.setShortcut(keys)  # shown, not listened to: the menu is open only while chosen from
    return action
