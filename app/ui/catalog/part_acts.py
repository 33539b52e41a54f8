"""What can be done with a part, and which of it comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_step import PartStep, StepDue, next_step
from app.ui.catalog.act_rules import ShownPart, refusal_of, revise_refusal
from app.ui.catalog.objections import Objection, objection_refusal
from app.ui.catalog.part_dialogs import (
    Setup,
    dialog_for,
    objection_dialog,
    revise_dialog,
    setup_dialog,
)
from app.ui.context import UiContext

A = TypeVar("A")

# The order of the menu; None is a separator.
_MENU: tuple[PartStep | Objection | None, ...] = (
    PartStep.SET_RIGHTS,
    PartStep.GET_FILE,
    PartStep.RELEASE_REVISION,
    None,
    PartStep.DEFINE_PRINT,
    PartStep.RELEASE_DEFINITION,
    None,
    PartStep.START_QUALIFICATION,
    PartStep.ADD_EVIDENCE,
    PartStep.SUBMIT_QUALIFICATION,
    PartStep.APPROVE_QUALIFICATION,
    Objection.SEND_BACK,
    Objection.BLOCK,
    None,
    PartStep.EXPORT_PACKAGE,
    PartStep.BOOK_LOT,
    PartStep.CERTIFY_LOT,
    Objection.WITHDRAW,
)


class PartActs(QObject):
    """Actions of the part page; each opens its dialog.

    Signals:
        import_requested: a file is to be imported.
        current_requested: the revision in force is to be shown.
        refused: (why: str) an act that was asked for by key or menu cannot be done now.

    Attributes:
        dialog: the one that is open; None without any.
    """

    import_requested = Signal()
    current_requested = Signal()
    refused = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._shown: ShownPart | None = None
        self._due = StepDue(PartStep.GET_FILE)
        self.dialog: QDialog | None = None
        self._actions = {
            step: self._action(text, self.run, step) for step, text in step_verbs().items()
        }
        self._objections = {
            kind: self._action(text, self.object, kind) for kind, text in objection_verbs().items()
        }
        self._revise = QAction(_("New revision…"), self)
        self._revise.triggered.connect(self.revise)
        self._setups = [
            self._action(text, self.set_up, kind) for kind, text in _setup_verbs().items()
        ]

    @property
    def step(self) -> PartStep:
        """The next legal step."""
        return self._due.step

    def primary(self) -> QAction:
        """Return the action of the next legal step."""
        return self._actions[self._due.step]

    def others(self) -> Sequence[QAction | None]:
        """Return the further acts; None is a separator."""
        listed: list[QAction | None] = []
        for item in _MENU:
            if isinstance(item, Objection):
                listed.append(self._objections[item])
            elif item is None or item is not self.step:
                listed.append(None if item is None else self._actions[item])
            if item is PartStep.RELEASE_REVISION:
                listed.append(self._revise)
        return [*listed, None, *self._setups]

    def show_part(self, details: PartDetails, revision: RevisionDetails | None) -> None:
        """Look at another part or revision; acts that cannot be done say why."""
        today = self._context.today()
        self._shown = shown = ShownPart(details, revision, self._context.user, today)
        self._due = next_step(details, revision, today)
        for step, action in self._actions.items():
            _enable(action, refusal_of(step, shown))
        for kind, action in self._objections.items():
            _enable(action, objection_refusal(kind, shown))
        _enable(self._revise, revise_refusal(shown))

    def forget(self) -> None:
        """There is no part any more: nothing can be done with it."""
        self._shown = None

    def run_primary(self) -> None:
        """Do the next step, if it can be done."""
        if self._shown is not None and self.primary().isEnabled():
            self.primary().trigger()

    def revise(self) -> None:
        """Ask for a new revision."""
        if self._shown is not None:
            self._open(revise_dialog(self._context, self._shown, self._page))

    def run(self, step: PartStep) -> None:
        """Do a step, or open what it needs; says so if it cannot be done now."""
        shown = self._shown
        if shown is None:
            return
        refusal = refusal_of(step, shown)
        if refusal:
            self.refused.emit(refusal)
        elif step is PartStep.GET_FILE:
            self.import_requested.emit()
        elif step is PartStep.SHOW_CURRENT:
            self.current_requested.emit()
        else:
            subject = self._due.subject_id if step is self._due.step else 0
            self._open(dialog_for(self._context, shown, step, subject, self._page))

    def object(self, kind: Objection) -> None:
        """Ask why a proof is to be taken back."""
        if self._shown is not None:
            self._open(objection_dialog(self._context, self._shown, kind, self._page))

    def set_up(self, kind: Setup) -> None:
        """Enter something that is no part: a provider, a machine, feedstock, the owner."""
        self._open(setup_dialog(self._context, kind, self._page))

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog over the page; it goes when it is closed."""
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _action(self, text: str, act: Callable[[A], None], what: A) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: act(what))
        return action


def step_verbs() -> dict[PartStep, str]:
    """Return what a menu calls each step."""
    return {
        PartStep.SET_RIGHTS: _("Settle rights…"),
        PartStep.GET_FILE: _("Import file…"),
        PartStep.RELEASE_REVISION: _("Release revision…"),
        PartStep.DEFINE_PRINT: _("Define print…"),
        PartStep.RELEASE_DEFINITION: _("Release definition…"),
        PartStep.START_QUALIFICATION: _("Start qualification…"),
        PartStep.ADD_EVIDENCE: _("Add evidence…"),
        PartStep.SUBMIT_QUALIFICATION: _("Submit for review…"),
        PartStep.APPROVE_QUALIFICATION: _("Approve…"),
        PartStep.EXPORT_PACKAGE: _("Export package…"),
        PartStep.BOOK_LOT: _("Book lot…"),
        PartStep.CERTIFY_LOT: _("Certify lot…"),
        PartStep.SHOW_CURRENT: _("Show revision in force"),
    }


def objection_verbs() -> dict[Objection, str]:
    """Return what a menu calls each objection."""
    return {
        Objection.SEND_BACK: _("Send back…"),
        Objection.BLOCK: _("Block qualification…"),
        Objection.WITHDRAW: _("Withdraw certificate…"),
    }


def _setup_verbs() -> dict[Setup, str]:
    return {
        Setup.PROVIDER: _("Enter provider…"),
        Setup.MACHINE: _("Enter machine…"),
        Setup.MATERIAL: _("Enter feedstock…"),
        Setup.OWNER: _("Owner of the library…"),
    }


def _enable(action: QAction, refusal: str) -> None:
    action.setEnabled(not refusal)
    action.setToolTip(refusal or action.text().rstrip("…"))
