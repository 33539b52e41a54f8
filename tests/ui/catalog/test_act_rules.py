"""Why an act cannot be done: in words, and only where it cannot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from app.domain.catalog.part import RevisionState
from app.domain.certificates.certificate import CertificateType
from app.domain.inventory.part_details import RevisionDetails
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.print_definition import DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.services.certificates.certificate_draft import CertificateOrder
from app.ui.catalog.act_rules import ShownPart, refusal_of, revise_refusal
from app.ui.certificates.certify_dialog import free_name
from helpers import part_samples as samples
from helpers.part_samples import TODAY


def _shown(revision: RevisionDetails | None, user: str = "Anna Tester", **more: Any) -> ShownPart:
    revisions = (revision,) if revision is not None else ()
    return ShownPart(samples.part_details(revisions=revisions, **more), revision, user, TODAY)


def _with(
    state: QualificationState, evidence: Mapping[str, Any] = MappingProxyType({})
) -> RevisionDetails:
    """Return a revision with one qualification, its only proof changed by `evidence`."""
    qualified = samples.qualification_details(state=state)
    [proof] = qualified.evidence
    qualified = replace(qualified, evidence=(replace(proof, **evidence),))
    return samples.revision_details(
        replace(samples.definition_details(), qualifications=(qualified,))
    )


PAST = TODAY - timedelta(days=1)
FULL = samples.revision_details(samples.definition_details())
DRAFT_DEFINITION = samples.definition_details(id=6, state=DefinitionState.DRAFT, minor=1)


@pytest.mark.parametrize(
    ("step", "shown", "words"),
    [
        (PartStep.RELEASE_REVISION, _shown(None), "import a file first"),
        (PartStep.RELEASE_REVISION, _shown(FULL), "Revision B is no draft."),
        (
            PartStep.RELEASE_REVISION,
            _shown(samples.revision_details(files=(), state=RevisionState.DRAFT)),
            "has no file",
        ),
        (PartStep.DEFINE_PRINT, _shown(None), "import a file first"),
        (
            PartStep.DEFINE_PRINT,
            _shown(samples.revision_details(state=RevisionState.OBSOLETE)),
            "is obsolete",
        ),
        (PartStep.RELEASE_DEFINITION, _shown(FULL), "no draft of a print definition"),
        (
            PartStep.RELEASE_DEFINITION,
            _shown(samples.revision_details(DRAFT_DEFINITION, state=RevisionState.DRAFT)),
            "Release the revision first",
        ),
        (PartStep.START_QUALIFICATION, _shown(samples.revision_details()), "no released print"),
        (PartStep.ADD_EVIDENCE, _shown(FULL), "No qualification is open for evidence"),
        (PartStep.SUBMIT_QUALIFICATION, _shown(FULL), "No qualification is under test"),
        (PartStep.APPROVE_QUALIFICATION, _shown(FULL), "No qualification is in review"),
        (
            PartStep.APPROVE_QUALIFICATION,
            _shown(_with(QualificationState.IN_REVIEW), "anna  tester"),
            "Anna Tester wrote this or added evidence; anybody else may approve.",
        ),
        (
            PartStep.APPROVE_QUALIFICATION,
            _shown(_with(QualificationState.IN_REVIEW, {"added_by": "Cem Ay"}), "Ay, Cem"),
            "Anna Tester, Cem Ay wrote this or added evidence",
        ),
        (
            PartStep.APPROVE_QUALIFICATION,
            _shown(_with(QualificationState.IN_REVIEW, {"valid_until": PAST}), "Ben Kolb"),
            "“Pull test” was valid until 2026-11-22 only.",
        ),
        (
            PartStep.SUBMIT_QUALIFICATION,
            _shown(_with(QualificationState.UNDER_TEST, {"passed": False})),
            "“Pull test” states that the test failed.",
        ),
        (
            PartStep.RELEASE_DEFINITION,
            _shown(samples.revision_details(DRAFT_DEFINITION, samples.definition_details())),
            "Anna Tester is the author. Another person releases a minor version",
        ),
        (PartStep.EXPORT_PACKAGE, _shown(None), "no revision yet"),
        (PartStep.BOOK_LOT, _shown(FULL), "No package has been exported"),
        (
            PartStep.BOOK_LOT,
            _shown(FULL, packages=(samples.package(trial=True),)),
            "No package has been exported",
        ),
        (PartStep.CERTIFY_LOT, _shown(FULL), "No lot has been booked"),
    ],
)
def test_a_refusal_says_what_is_missing(step: PartStep, shown: ShownPart, words: str) -> None:
    assert words in refusal_of(step, shown)


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (PartStep.SET_RIGHTS, _shown(None)),
        (PartStep.GET_FILE, _shown(None)),
        (
            PartStep.RELEASE_REVISION,
            _shown(samples.revision_details(state=RevisionState.DRAFT)),
        ),
        (PartStep.DEFINE_PRINT, _shown(FULL)),
        (
            PartStep.RELEASE_DEFINITION,
            _shown(
                samples.revision_details(DRAFT_DEFINITION, samples.definition_details()), "Ben Kolb"
            ),
        ),
        (PartStep.RELEASE_DEFINITION, _shown(samples.revision_details(DRAFT_DEFINITION))),
        (PartStep.START_QUALIFICATION, _shown(FULL)),
        (PartStep.ADD_EVIDENCE, _shown(_with(QualificationState.DRAFT))),
        (PartStep.ADD_EVIDENCE, _shown(_with(QualificationState.UNDER_TEST))),
        (PartStep.SUBMIT_QUALIFICATION, _shown(_with(QualificationState.UNDER_TEST))),
        (
            PartStep.APPROVE_QUALIFICATION,
            _shown(_with(QualificationState.IN_REVIEW), "Ben Kolb"),
        ),
        (PartStep.EXPORT_PACKAGE, _shown(FULL)),
        (PartStep.BOOK_LOT, _shown(FULL, packages=(samples.package(),))),
        (PartStep.CERTIFY_LOT, _shown(FULL, lots=(samples.lot_details(),))),
    ],
)
def test_what_can_be_done_is_not_refused(step: PartStep, shown: ShownPart) -> None:
    assert refusal_of(step, shown) == ""


def test_a_second_draft_is_refused_by_the_first() -> None:
    draft = samples.revision_details(label="C", state=RevisionState.DRAFT)
    assert "Revision C is a draft already" in revise_refusal(_shown(draft))
    assert revise_refusal(_shown(FULL)) == ""


def test_the_named_qualification_goes_before_the_newest() -> None:
    newest, named = (
        samples.qualification_details(id=number, state=QualificationState.UNDER_TEST)
        for number in (9, 7)
    )
    definition = replace(samples.definition_details(), qualifications=(newest, named))
    shown = _shown(samples.revision_details(definition))
    open_states = (QualificationState.DRAFT, QualificationState.UNDER_TEST)
    assert shown.qualification_in(*open_states) is newest
    assert shown.qualification_in(*open_states, subject_id=7) is named
    assert shown.qualification_in(QualificationState.BLOCKED) is None
    assert shown.named_revision == "A004711@B"


def test_a_certificate_never_takes_the_name_of_a_file_that_is_there(tmp_path: Path) -> None:
    order = CertificateOrder(lot="L/2026 031", type=CertificateType.COMPLIANCE_2_1)
    first = free_name(tmp_path, order)
    assert first.name == "L_2026_031-2.1.pdf"
    first.write_bytes(b"")
    second = free_name(tmp_path, order)
    assert second.name == "L_2026_031-2.1-2.pdf"
    assert free_name(tmp_path, replace(order, lot="..")).name == "lot-2.1.pdf"
