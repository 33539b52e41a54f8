"""The next step of a part, in the order in which people work."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.catalog.geometry import Geometry, GeometryFormat, LengthUnit, UnitSource
from app.domain.catalog.part import ConsequenceClass, PartRevision, RevisionState, RightToMake
from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType, Lot
from app.domain.inventory.part_details import (
    DefinitionDetails,
    GeometryDetails,
    LotDetails,
    PartDetails,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.inventory.part_step import PartStep, StepDue, next_step
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification, QualificationState
from helpers.builders import part

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SETTLED = part("A1", right_to_make=RightToMake.OWN, export_control="none")
FILE = GeometryDetails(
    geometry=Geometry(
        id=1,
        revision_id=1,
        sha256="0" * 64,
        file_name="a.stl",
        format=GeometryFormat.STL,
        size_bytes=1,
        unit=LengthUnit.MM,
        unit_source=UnitSource.USER,
    ),
    facts=None,
)
NETWORK = {
    "machine": Machine(provider_id=1, name="M1", process=ProcessCategory.POWDER_BED_FUSION),
    "material": Material(grade="PA12", process=ProcessCategory.POWDER_BED_FUSION),
    "provider": Provider(code="N", name="North"),
}


def _definition(
    state: DefinitionState = DefinitionState.RELEASED,
    *qualifications: QualificationDetails,
    number: int = 5,
    minor: int = 0,
) -> DefinitionDetails:
    definition = PrintDefinition(
        id=number,
        revision_id=1,
        minor=minor,
        state=state,
        process=ProcessCategory.POWDER_BED_FUSION,
        material_grade="PA12",
        author="Anna",
    )
    return DefinitionDetails(definition=definition, qualifications=qualifications)


def _qualified(
    state: QualificationState = QualificationState.QUALIFIED,
    *evidence: Evidence,
    number: int = 7,
    until: date = date(2028, 1, 1),
) -> QualificationDetails:
    qualification = Qualification(
        id=number,
        definition_id=5,
        machine_id=1,
        material_id=1,
        provider_id=1,
        consequence_class=ConsequenceClass.LOW,
        state=state,
        author="Anna",
        started_on=TODAY,
        valid_until=until,
    )
    return QualificationDetails(qualification=qualification, evidence=evidence, **NETWORK)  # type: ignore[arg-type]


def _evidence(passed: bool = True) -> Evidence:
    return Evidence(
        qualification_id=7,
        kind="test report",
        title="pull test",
        passed=passed,
        sha256="1" * 64,
        file_name="r.pdf",
        added_by="Anna",
        added_at=NOW,
    )


def _revision(
    *definitions: DefinitionDetails,
    state: RevisionState = RevisionState.RELEASED,
    files: tuple[GeometryDetails, ...] = (FILE,),
) -> RevisionDetails:
    revision = PartRevision(id=1, part_id=1, label="A", state=state)
    return RevisionDetails(revision=revision, geometries=files, definitions=definitions)


def _package(number: int = 11, *, trial: bool = False) -> PrintPackage:
    return PrintPackage(
        id=number,
        number=f"P-2026-{number:04}",
        definition_id=5,
        provider_id=1,
        quantity=5,
        licence_id="x",
        sha256="2" * 64,
        file_name="p.everspare",
        key_fingerprint="SHA256:x",
        trial=trial,
        exported_by="Anna",
        exported_at=NOW,
    )


def _lot(number: int = 13, package_id: int | None = 11, **more: object) -> LotDetails:
    lot = Lot(
        id=number,
        number=f"L-{number}",
        definition_id=5,
        provider_id=1,
        package_id=package_id,
        quantity=3,
        manufacturer="North",
        delivered_on=TODAY,
    )
    return LotDetails(lot=lot, provider=Provider(code="N", name="North"), **more)  # type: ignore[arg-type]


def _certificate(state: CertificateState = CertificateState.ISSUED) -> Certificate:
    return Certificate(
        number="C-1",
        type=CertificateType.DECLARATION,
        lot_id=13,
        state=state,
        issuer="We",
        manufacturer="North",
        record_json="{}",
        record_sha256="3" * 64,
        sha256="4" * 64,
        file_name="c.pdf",
        issued_by="Anna",
        issued_at=NOW,
    )


def _step(revision: RevisionDetails | None, details: PartDetails | None = None) -> StepDue:
    shown = details or PartDetails(part=SETTLED, flag=None)
    return next_step(shown, revision, TODAY)


@pytest.mark.parametrize(
    "unsettled",
    [
        replace(SETTLED, right_to_make=RightToMake.UNKNOWN),
        replace(SETTLED, export_control="  "),
    ],
)
def test_rights_and_export_come_before_everything(unsettled: object) -> None:
    details = PartDetails(part=unsettled, flag=None)  # type: ignore[arg-type]
    assert _step(_revision(), details).step is PartStep.SET_RIGHTS


@pytest.mark.parametrize("revision", [None, _revision(files=())])
def test_without_a_file_the_file_is_next(revision: RevisionDetails | None) -> None:
    assert _step(revision).step is PartStep.GET_FILE


def test_a_draft_is_released_and_an_obsolete_revision_leads_nowhere() -> None:
    assert _step(_revision(state=RevisionState.DRAFT)) == StepDue(PartStep.RELEASE_REVISION, 1)
    assert _step(_revision(state=RevisionState.OBSOLETE)).step is PartStep.SHOW_CURRENT


def test_a_definition_is_written_then_released_then_qualified() -> None:
    assert _step(_revision()).step is PartStep.DEFINE_PRINT
    draft = _definition(DefinitionState.DRAFT)
    assert _step(_revision(draft)) == StepDue(PartStep.RELEASE_DEFINITION, 5)
    assert _step(_revision(_definition())) == StepDue(PartStep.START_QUALIFICATION, 5)


@pytest.mark.parametrize(
    ("qualified", "step"),
    [
        (_qualified(QualificationState.DRAFT), PartStep.ADD_EVIDENCE),
        (_qualified(QualificationState.UNDER_TEST), PartStep.ADD_EVIDENCE),
        (_qualified(QualificationState.UNDER_TEST, _evidence(False)), PartStep.ADD_EVIDENCE),
        (_qualified(QualificationState.UNDER_TEST, _evidence()), PartStep.SUBMIT_QUALIFICATION),
        (_qualified(QualificationState.IN_REVIEW, _evidence()), PartStep.APPROVE_QUALIFICATION),
        (_qualified(QualificationState.BLOCKED), PartStep.START_QUALIFICATION),
        (_qualified(until=date(2026, 11, 22)), PartStep.START_QUALIFICATION),
        (_qualified(until=TODAY), PartStep.EXPORT_PACKAGE),
    ],
)
def test_a_qualification_goes_through_its_states(
    qualified: QualificationDetails, step: PartStep
) -> None:
    assert _step(_revision(_definition(DefinitionState.RELEASED, qualified))).step is step


def test_the_newest_of_several_open_qualifications_is_meant() -> None:
    older, newer = (_qualified(QualificationState.UNDER_TEST, number=n) for n in (7, 8))
    revision = _revision(_definition(DefinitionState.RELEASED, newer, older))
    assert _step(revision) == StepDue(PartStep.ADD_EVIDENCE, 8)


def test_a_minor_version_keeps_the_qualification_of_the_one_before() -> None:
    before = _definition(DefinitionState.SUPERSEDED, _qualified())
    revision = _revision(_definition(number=6, minor=1), before)
    assert _step(revision).step is PartStep.EXPORT_PACKAGE


def test_packages_await_their_lots_and_lots_their_certificates() -> None:
    revision = _revision(_definition(DefinitionState.RELEASED, _qualified()))

    def due(packages: tuple[PrintPackage, ...], *lots: LotDetails) -> StepDue:
        details = PartDetails(part=SETTLED, flag=None, packages=packages, lots=lots)
        return next_step(details, revision, TODAY)

    assert due((_package(trial=True),)).step is PartStep.EXPORT_PACKAGE
    assert due((_package(),)) == StepDue(PartStep.BOOK_LOT, 11)
    assert due((_package(),), _lot()) == StepDue(PartStep.CERTIFY_LOT, 13)
    withdrawn = _lot(certificates=(_certificate(CertificateState.WITHDRAWN),))
    assert due((_package(),), withdrawn).step is PartStep.CERTIFY_LOT
    done = _lot(certificates=(_certificate(),))
    assert due((_package(),), done).step is PartStep.EXPORT_PACKAGE
