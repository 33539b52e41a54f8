"""What can be done with a part, and which of it comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.domain.catalog.part import RevisionState
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_step import PartStep, StepDue, next_step
from app.ui.catalog.release_dialog import ReleaseDialog
from app.ui.catalog.revise_dialog import ReviseDialog
from app.ui.catalog.rights_dialog import RightsDialog
from app.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with the revision that is looked at."""

    details: PartDetails
    revision: RevisionDetails | None

    @property
    def number(self) -> str:
        return self.details.part.number

    @property
    def named_revision(self) -> str:
        """NUMBER@REVISION, as the use cases take it."""
        label = f"@{self.revision.revision.label}" if self.revision is not None else ""
        return self.number + label


class PartActs(QObject):
    """Actions of the part page; each opens its dialog.

    Signals:
        import_requested: a file is to be imported.
        current_requested: the revision in force is to be shown.
    """

    import_requested = Signal()
    current_requested = Signal()

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._shown: ShownPart | None = None
        self._due = StepDue(PartStep.GET_FILE)
        self.dialog: QDialog | None = None
        self._primaries = {step: self._action(text, step) for step, text in _verbs().items()}
        self._revise = QAction(_("New revision…"), self)
        self._revise.triggered.connect(self.revise)

    def primary(self) -> QAction:
        """Return the next legal step."""
        return self._primaries[self._due.step]

    def others(self) -> Sequence[QAction | None]:
        """Return the further acts; None is a separator."""
        steps = [PartStep.SET_RIGHTS, PartStep.RELEASE_REVISION]
        listed: list[QAction | None] = [self._primaries[step] for step in steps]
        listed.append(self._revise)
        return [action for action in listed if action is not self.primary()]

    def show_part(self, details: PartDetails, revision: RevisionDetails | None) -> None:
        """Look at another part or revision; acts that cannot be done say why."""
        self._shown = shown = ShownPart(details, revision)
        self._due = next_step(details, revision, self._context.today())
        if self._due.step not in self._primaries:
            self._due = StepDue(PartStep.SET_RIGHTS)
        for step, action in self._primaries.items():
            _enable(action, _refusal(step, shown))
        _enable(self._revise, _revise_refusal(shown))

    def run_primary(self) -> None:
        """Do the next step, if it can be done."""
        if self._shown is not None and self.primary().isEnabled():
            self.primary().trigger()

    def revise(self) -> None:
        """Ask for a new revision."""
        if self._shown is not None:
            self._open(ReviseDialog(self._context, self._shown.number, self._page))

    def run(self, step: PartStep) -> None:
        """Open what a step needs."""
        shown = self._shown
        if shown is None:
            return
        if step is PartStep.SET_RIGHTS:
            self._open(RightsDialog(self._context, shown.details.part, self._page))
        elif step is PartStep.GET_FILE:
            self.import_requested.emit()
        elif step is PartStep.SHOW_CURRENT:
            self.current_requested.emit()
        elif step is PartStep.RELEASE_REVISION and shown.revision is not None:
            self._open(ReleaseDialog(self._context, shown.details.part, shown.revision, self._page))

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
        action.triggered.connect(lambda: self.run(step))
        return action


def _verbs() -> dict[PartStep, str]:
    return {
        PartStep.SET_RIGHTS: _("Settle rights…"),
        PartStep.GET_FILE: _("Import file…"),
        PartStep.RELEASE_REVISION: _("Release revision…"),
        PartStep.SHOW_CURRENT: _("Show revision in force"),
    }


def _enable(action: QAction, refusal: str) -> None:
    action.setEnabled(not refusal)
    action.setToolTip(refusal or action.text().rstrip("…"))


def _refusal(step: PartStep, shown: ShownPart) -> str:
    """Return why a step cannot be done now; "" if it can."""
    rule = _RULES.get(step)
    return rule(shown) if rule is not None else ""


def _release_refusal(shown: ShownPart) -> str:
    if shown.revision is None:
        return _("The part has no revision yet: import a file first.")
    if shown.revision.revision.state is not RevisionState.DRAFT:
        return _("Revision {label} is no draft.").format(label=shown.revision.revision.label)
    if not shown.revision.geometries:
        return _("Revision {label} has no file.").format(label=shown.revision.revision.label)
    return ""


def _revise_refusal(shown: ShownPart) -> str:
    for item in shown.details.revisions:
        if item.revision.state is RevisionState.DRAFT:
            return _("Revision {label} is a draft already; change that one.").format(
                label=item.revision.label
            )
    return ""


_RULES: dict[PartStep, Callable[[ShownPart], str]] = {
    PartStep.RELEASE_REVISION: _release_refusal,
}
