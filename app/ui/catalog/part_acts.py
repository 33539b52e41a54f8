"""What can be done with a part, and which of it comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_step import PartStep, StepDue, next_step
from app.ui.catalog.act_rules import ShownPart, refusal_of, revise_refusal
from app.ui.catalog.part_dialogs import Setup, dialog_for, revise_dialog, setup_dialog
from app.ui.context import UiContext

# The order of the menu; None is a separator.
_MENU: tuple[PartStep | None, ...] = (
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
    None,
    PartStep.EXPORT_PACKAGE,
    PartStep.BOOK_LOT,
    PartStep.CERTIFY_LOT,
)


class PartActs(QObject):
    """Actions of the part page; each opens its dialog.

    Signals:
        import_requested: a file is to be imported.
        current_requested: the revision in force is to be shown.

    Attributes:
        dialog: the one that is open; None without any.
    """

    import_requested = Signal()
    current_requested = Signal()

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._shown: ShownPart | None = None
        self._due = StepDue(PartStep.GET_FILE)
        self.dialog: QDialog | None = None
        self._actions = {step: self._action(text, step) for step, text in _verbs().items()}
        self._revise = QAction(_("New revision…"), self)
        self._revise.triggered.connect(self.revise)
        self._setups = [self._setup_action(kind, text) for kind, text in _setup_verbs().items()]

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
        for step in _MENU:
            action = None if step is None else self._actions[step]
            if action is not self.primary():
                listed.append(action)
            if step is PartStep.RELEASE_REVISION:
                listed.append(self._revise)
        return [*listed, None, *self._setups]

    def show_part(self, details: PartDetails, revision: RevisionDetails | None) -> None:
        """Look at another part or revision; acts that cannot be done say why."""
        today = self._context.today()
        self._shown = shown = ShownPart(details, revision, self._context.user, today)
        self._due = next_step(details, revision, today)
        for step, action in self._actions.items():
            _enable(action, refusal_of(step, shown))
        _enable(self._revise, revise_refusal(shown))

    def run_primary(self) -> None:
        """Do the next step, if it can be done."""
        if self._shown is not None and self.primary().isEnabled():
            self.primary().trigger()

    def revise(self) -> None:
        """Ask for a new revision."""
        if self._shown is not None:
            self._open(revise_dialog(self._context, self._shown, self._page))

    def run(self, step: PartStep) -> None:
        """Do a step, or open what it needs."""
        shown = self._shown
        if shown is None:
            return
        if step is PartStep.GET_FILE:
            self.import_requested.emit()
        elif step is PartStep.SHOW_CURRENT:
            self.current_requested.emit()
        else:
            subject = self._due.subject_id if step is self._due.step else 0
            self._open(dialog_for(self._context, shown, step, subject, self._page))

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

    def _action(self, text: str, step: PartStep) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(self._runner(step))
        return action

    def _setup_action(self, kind: Setup, text: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: self.set_up(kind))
        return action

    def _runner(self, step: PartStep) -> Callable[[], None]:
        return lambda: self.run(step)


def _verbs() -> dict[PartStep, str]:
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
