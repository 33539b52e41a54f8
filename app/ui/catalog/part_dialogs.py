"""Makes the dialog of an act. The dialogs are imported here, when one is first needed."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.qualification import QualificationState
from app.ui.catalog.act_rules import OPEN_FOR_EVIDENCE, ShownPart
from app.ui.catalog.objections import Objection, ObjectionDialog
from app.ui.context import UiContext


class Setup(Enum):
    """What has to be entered once before parts can be qualified and certified."""

    PROVIDER = "provider"
    MACHINE = "machine"
    MATERIAL = "material"
    OWNER = "owner"


Maker = Callable[[UiContext, ShownPart, int, QWidget], QDialog]


def dialog_for(
    context: UiContext, shown: ShownPart, step: PartStep, subject_id: int, parent: QWidget
) -> QDialog:
    """Return the dialog of a step that `refusal_of` does not refuse.

    Args:
        subject_id: the record the step is about, as `next_step` names it; 0 takes the newest.

    Raises:
        KeyError: the step has no dialog.
    """
    return _MAKERS[step](context, shown, subject_id, parent)


def revise_dialog(context: UiContext, shown: ShownPart, parent: QWidget) -> QDialog:
    """Return the dialog that begins a new revision."""
    from app.ui.catalog.revise_dialog import ReviseDialog

    return ReviseDialog(context, shown.number, parent)


def objection_dialog(
    context: UiContext, shown: ShownPart, kind: Objection, parent: QWidget
) -> QDialog:
    """Return the dialog that takes a proof back."""
    return ObjectionDialog(context, shown, kind, parent)


def setup_dialog(context: UiContext, kind: Setup, parent: QWidget) -> QDialog:
    """Return the dialog that enters something that is no part."""
    from app.ui.certificates.owner_dialog import OwnerDialog
    from app.ui.qualification.network_dialogs import MachineDialog, MaterialDialog, ProviderDialog

    if kind is Setup.OWNER:
        return OwnerDialog(context, parent)
    makers = {
        Setup.PROVIDER: ProviderDialog,
        Setup.MACHINE: MachineDialog,
        Setup.MATERIAL: MaterialDialog,
    }
    return makers[kind](context, parent)


def _rights(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.catalog.rights_dialog import RightsDialog

    return RightsDialog(context, shown.details.part, parent)


def _release(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.catalog.release_dialog import ReleaseDialog

    assert shown.revision is not None
    return ReleaseDialog(context, shown.details.part, shown.revision, parent)


def _define(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.qualification.define_dialog import DefineDialog

    assert shown.revision is not None
    return DefineDialog(context, shown.named_revision, shown.revision, parent)


def _release_definition(
    context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget
) -> QDialog:
    from app.services.qualification.release_definition import (
        ReleasedDefinition,
        release_definition,
    )
    from app.ui.widgets.confirm_dialog import ConfirmDialog

    draft, library, user = shown.draft, context.services.library, context.user
    assert draft is not None
    named = shown.named_revision

    def work(progress: Progress) -> ReleasedDefinition:
        return release_definition(library, named, who=user)

    return ConfirmDialog(
        context.jobs,
        context.bus,
        title=_("Release print definition {major}.{minor} of {number}").format(
            major=draft.definition.major, minor=draft.definition.minor, number=shown.number
        ),
        verb=_("Release definition"),
        sentences=(
            _("A released definition is locked; the version before it is superseded."),
            _(
                "A new major version has to be qualified anew. A minor version keeps the "
                "qualification, so another person than its author releases it."
            ),
        ),
        work=work,
        parent=parent,
    )


def _start(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.qualification.start_dialog import StartDialog

    definition = shown.definition
    assert definition is not None
    return StartDialog(
        context,
        shown.named_revision,
        grade=definition.definition.material_grade,
        consequence=shown.details.part.consequence_class,
        parent=parent,
    )


def _evidence(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.qualification.evidence_dialog import EvidenceDialog

    qualified = shown.qualification_in(*OPEN_FOR_EVIDENCE, subject_id=subject_id)
    assert qualified is not None
    return EvidenceDialog(context, qualified, parent)


def _submit(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.domain.changes import Changes
    from app.services.qualification.submit_qualification import submit_qualification
    from app.ui.widgets.confirm_dialog import ConfirmDialog

    qualified = shown.qualification_in(QualificationState.UNDER_TEST, subject_id=subject_id)
    assert qualified is not None
    library, user, today = context.services.library, context.user, context.today()
    qualification_id = qualified.qualification.id

    def work(progress: Progress) -> Changes:
        return submit_qualification(library, qualification_id, who=user, today=today)

    return ConfirmDialog(
        context.jobs,
        context.bus,
        title=_("Submit the qualification at {provider}").format(provider=qualified.provider.name),
        verb=_("Submit for review"),
        sentences=(
            _("No evidence can be added during the review. Another person approves or sends back."),
        ),
        work=work,
        parent=parent,
    )


def _approve(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.qualification.approve_dialog import ApproveDialog

    qualified = shown.qualification_in(QualificationState.IN_REVIEW, subject_id=subject_id)
    assert qualified is not None
    return ApproveDialog(context, qualified, parent)


def _export(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.packages.export_dialog import ExportDialog

    qualified = shown.qualification_in(QualificationState.QUALIFIED)
    provider = qualified.provider.code if qualified is not None else ""
    return ExportDialog(context, shown.named_revision, provider=provider, parent=parent)


def _book(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.packages.lot_dialog import LotDialog

    return LotDialog(context, shown.details.packages, package_id=subject_id, parent=parent)


def _certify(context: UiContext, shown: ShownPart, subject_id: int, parent: QWidget) -> QDialog:
    from app.ui.certificates.certify_dialog import CertifyDialog

    lots = shown.details.lots
    number = next((item.lot.number for item in lots if item.lot.id == subject_id), "")
    return CertifyDialog(context, lots, lot_number=number, parent=parent)


_MAKERS: dict[PartStep, Maker] = {
    PartStep.SET_RIGHTS: _rights,
    PartStep.RELEASE_REVISION: _release,
    PartStep.DEFINE_PRINT: _define,
    PartStep.RELEASE_DEFINITION: _release_definition,
    PartStep.START_QUALIFICATION: _start,
    PartStep.ADD_EVIDENCE: _evidence,
    PartStep.SUBMIT_QUALIFICATION: _submit,
    PartStep.APPROVE_QUALIFICATION: _approve,
    PartStep.EXPORT_PACKAGE: _export,
    PartStep.BOOK_LOT: _book,
    PartStep.CERTIFY_LOT: _certify,
}
