"""The next step that a part needs, in the order in which people really work.

Rights → revision → print definition → qualification → package → lot → certificate. The assessment
of life cycles ranks parts by the same order on columns (`lifecycle.urgency.NextStep`); here one
revision of one part is looked at, so that the step names the record it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalog.part import RevisionState, RightToMake
from app.domain.certificates.certificate import CertificateState
from app.domain.inventory.part_details import (
    DefinitionDetails,
    LotDetails,
    PartDetails,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.print_definition import DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import evidence_gaps
from app.domain.qualification.validity import holds


class PartStep(StrEnum):
    SET_RIGHTS = "set_rights"
    GET_FILE = "get_file"
    RELEASE_REVISION = "release_revision"
    DEFINE_PRINT = "define_print"
    RELEASE_DEFINITION = "release_definition"
    START_QUALIFICATION = "start_qualification"
    ADD_EVIDENCE = "add_evidence"
    SUBMIT_QUALIFICATION = "submit_qualification"
    APPROVE_QUALIFICATION = "approve_qualification"
    EXPORT_PACKAGE = "export_package"
    BOOK_LOT = "book_lot"
    CERTIFY_LOT = "certify_lot"
    SHOW_CURRENT = "show_current"  # the revision is obsolete: nothing starts from it any more


@dataclass(frozen=True, slots=True)
class StepDue:
    """A step and the record it is about.

    Attributes:
        subject_id: of the revision, definition, qualification, package or lot; 0 for the part.
    """

    step: PartStep
    subject_id: int = 0


def next_step(details: PartDetails, revision: RevisionDetails | None, today: date) -> StepDue:
    """Return the first step that is not done for a revision of the part."""
    part = details.part
    if part.right_to_make is RightToMake.UNKNOWN or not part.export_control.strip():
        return StepDue(PartStep.SET_RIGHTS)
    if revision is None or not revision.geometries:
        return StepDue(PartStep.GET_FILE)
    if revision.revision.state is RevisionState.OBSOLETE:
        return StepDue(PartStep.SHOW_CURRENT, revision.revision.id)
    if revision.revision.state is RevisionState.DRAFT:
        return StepDue(PartStep.RELEASE_REVISION, revision.revision.id)
    definition = current_definition(revision)
    if definition is None:
        return StepDue(PartStep.DEFINE_PRINT, revision.revision.id)
    if definition.definition.state is DefinitionState.DRAFT:
        return StepDue(PartStep.RELEASE_DEFINITION, definition.definition.id)
    qualifications = counting_qualifications(revision, definition)
    if not any(holds(item.qualification, today) for item in qualifications):
        return _qualification_step(definition, qualifications, today)
    return _delivery_step(details, revision)


def current_definition(revision: RevisionDetails) -> DefinitionDetails | None:
    """Return the released print definition of a revision, else its draft, else None."""
    for state in (DefinitionState.RELEASED, DefinitionState.DRAFT):
        for item in revision.definitions:
            if item.definition.state is state:
                return item
    return None


def counting_qualifications(
    revision: RevisionDetails, definition: DefinitionDetails
) -> tuple[QualificationDetails, ...]:
    """Return the qualifications that count for a definition: its own and those of the versions it
    differs from by a minor step only; newest first."""
    return tuple(
        qualified
        for item in revision.definitions
        if item.definition.major == definition.definition.major
        and item.definition.state is not DefinitionState.DRAFT
        for qualified in item.qualifications
    )


def _qualification_step(
    definition: DefinitionDetails, qualifications: Sequence[QualificationDetails], today: date
) -> StepDue:
    by_state = {item.qualification.state: item for item in reversed(qualifications)}
    reviewed = by_state.get(QualificationState.IN_REVIEW)
    if reviewed is not None:
        return StepDue(PartStep.APPROVE_QUALIFICATION, reviewed.qualification.id)
    tested = by_state.get(QualificationState.UNDER_TEST) or by_state.get(QualificationState.DRAFT)
    if tested is None:
        return StepDue(PartStep.START_QUALIFICATION, definition.definition.id)
    complete = tested.qualification.state is QualificationState.UNDER_TEST and not evidence_gaps(
        tested.evidence, today
    )
    step = PartStep.SUBMIT_QUALIFICATION if complete else PartStep.ADD_EVIDENCE
    return StepDue(step, tested.qualification.id)


def _delivery_step(details: PartDetails, revision: RevisionDetails) -> StepDue:
    ours = {item.definition.id for item in revision.definitions}
    for lot in details.lots:
        if lot.lot.definition_id in ours and not has_valid_certificate(lot):
            return StepDue(PartStep.CERTIFY_LOT, lot.lot.id)
    delivered = {lot.lot.package_id for lot in details.lots}
    for package in details.packages:
        if _awaits_lot(package, ours, delivered):
            return StepDue(PartStep.BOOK_LOT, package.id)
    return StepDue(PartStep.EXPORT_PACKAGE, revision.revision.id)


def has_valid_certificate(lot: LotDetails) -> bool:
    """Say whether a certificate of the lot is in force."""
    return any(item.state is CertificateState.ISSUED for item in lot.certificates)


def _awaits_lot(
    package: PrintPackage, definition_ids: set[int], delivered: set[int | None]
) -> bool:
    return (
        package.definition_id in definition_ids
        and not package.trial
        and package.id not in delivered
    )
