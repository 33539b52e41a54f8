"""The sample inventory: made through the use cases, telling the same story on any day."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import Cancelled, RuleViolation
from app.base.progress import Progress
from app.domain.catalog.geometry import (
    FindingCode,
    Geometry,
    GeometryFacts,
    GeometryFormat,
    LengthUnit,
)
from app.domain.catalog.part import Part, PartRevision, RevisionState, RightToMake
from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType, Lot
from app.domain.certificates.organisation import Organisation
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.life_cycle_stage import assess_stage
from app.domain.lifecycle.product import (
    Confidence,
    LifeCycleStage,
    Milestone,
    Product,
    WhereUsed,
)
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, ProcessCategory, Provider
from app.domain.qualification.print_definition import Binding, DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification
from app.domain.qualification.validity import QualificationStatus, assess_status
from app.services.library.check_library import check_library
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.packages.check_package import ExportOrder, check_package
from app.services.sample.create_sample import create_sample
from app.services.sample.demonstration_key import (
    create_demonstration_key,
    demonstration_key_path,
    open_demonstration_key,
)
from app.services.sample.sample_story import move_date, move_dates, tell_story
from app.storage.library import Library
from app.workers.pool import WorkerPool

Maker = Callable[[datetime], Library]


@pytest.fixture(scope="module")
def make(
    empty_library_folder: Path, workers: WorkerPool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Maker]:
    """Makes sample libraries; each day is made once for all tests of this file."""
    from app.storage.opening import open_library

    made: dict[datetime, Library] = {}

    def make_at(now: datetime) -> Library:
        if now not in made:
            folder = tmp_path_factory.mktemp("sample") / "library"
            shutil.copytree(empty_library_folder, folder)
            made[now] = open_library(folder, clock=FixedClock(now))
            create_sample(made[now], workers=workers, who="Anna")
        return made[now]

    yield make_at
    for library in made.values():
        library.close()


@pytest.fixture
def sample(make: Maker) -> Library:
    return make(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


TODAY = date(2026, 11, 23)


def _revision(library: Library, number: str, label: str = "A") -> PartRevision:
    with library.reading() as read:
        part = read.one(Part, number=number)
        return read.one(PartRevision, part_id=part.id, label=label)


def _facts(library: Library, number: str) -> tuple[Geometry, GeometryFacts]:
    with library.reading() as read:
        geometry = read.one(Geometry, revision_id=_revision(library, number).id)
        return geometry, read.one(GeometryFacts, sha256=geometry.sha256, unit=geometry.unit)


def _statuses(library: Library, today: date) -> dict[str, list[QualificationStatus]]:
    """Return what people see of every qualification, by part number."""
    found: dict[str, list[QualificationStatus]] = {}
    with library.reading() as read:
        for item in read.fetch(Qualification):
            definition = read.one(PrintDefinition, id=item.definition_id)
            revision = read.one(PartRevision, id=definition.revision_id)
            part = read.one(Part, id=revision.part_id)
            found.setdefault(part.number, []).append(assess_status(item, today))
    return found


def test_forty_five_parts_of_nine_products(sample: Library) -> None:
    with sample.reading() as read:
        used = Counter(read.one(Product, id=use.product_id).name for use in read.fetch(WhereUsed))
        assert read.count(Part) == 45
    assert used == {
        "Recliner Sola": 6,
        "Sliding door ST2": 6,
        "Vacuum cleaner Vento 8": 5,
        "Control valve CV40": 6,
        "Deck hatch M12": 4,
        "Occlusal guard OG": 2,
        "Dishwasher D620": 8,
        "Washing machine W940": 7,
        "Garden pump GP4": 2,
    }


def test_products_in_every_stage_that_matters(sample: Library) -> None:
    with sample.reading() as read:
        stages = {
            product.name: assess_stage(read.fetch(Milestone, product_id=product.id), TODAY)
            for product in read.fetch(Product)
        }
    assert stages["Recliner Sola"] is LifeCycleStage.DISCONTINUED
    assert stages["Dishwasher D620"] is LifeCycleStage.PHASE_OUT
    assert stages["Control valve CV40"] is LifeCycleStage.SERIES
    assert stages["Garden pump GP4"] is LifeCycleStage.UNKNOWN


def test_a_date_that_is_planned_says_so(sample: Library) -> None:
    with sample.reading() as read:
        product = read.one(Product, name="Washing machine W940")
        sure = {item.confidence for item in read.fetch(Milestone, product_id=product.id)}
    assert sure == {Confidence.CONFIRMED, Confidence.PLANNED, Confidence.ESTIMATED}


def test_three_parts_come_without_geometry(sample: Library) -> None:
    with sample.reading() as read:
        drawn = {
            revision.part_id
            for revision in read.fetch(PartRevision)
            if read.count(Geometry, revision_id=revision.id)
        }
        bare = {part.number for part in read.fetch(Part) if part.id not in drawn}
    assert bare == {"A004745", "A003390", "CV40-30"}


def test_meshes_3mf_and_eight_exact_bodies(sample: Library) -> None:
    with sample.reading() as read:
        formats = Counter(item.format for item in read.fetch(Geometry))
    assert formats[GeometryFormat.STEP] == 9  # the handwheel's twice, for its draft
    assert formats[GeometryFormat.STL] == 6
    assert formats[GeometryFormat.THREE_MF] == 29


def test_the_hinge_has_a_released_and_an_obsolete_revision(sample: Library) -> None:
    assert _revision(sample, "A004720", "A").state is RevisionState.OBSOLETE
    assert _revision(sample, "A004720", "B").state is RevisionState.RELEASED


def test_the_handwheel_has_a_draft_after_its_released_revision(sample: Library) -> None:
    assert _revision(sample, "CV40-15", "A").state is RevisionState.RELEASED
    assert _revision(sample, "CV40-15", "B").state is RevisionState.DRAFT


def test_one_mesh_is_broken_and_so_not_released(sample: Library) -> None:
    _geometry, facts = _facts(sample, "A006040")
    assert not facts.watertight
    assert [finding.code for finding in facts.findings] == [FindingCode.OPEN]
    assert _revision(sample, "A006040").state is RevisionState.DRAFT


def test_one_part_was_drawn_in_inches(sample: Library) -> None:
    geometry, facts = _facts(sample, "CV40-22")
    assert (geometry.unit, geometry.format) == (LengthUnit.INCH, GeometryFormat.STL)
    assert facts.size_mm[0] == pytest.approx(152.4, abs=0.1)


def test_one_part_fits_no_machine(sample: Library) -> None:
    with sample.reading() as read:
        part = read.one(Part, number="M12-001")
        assert read.one(Flag, part_id=part.id).readiness is Readiness.NOT_PRINTABLE
        spaces = [
            max(item.build_x_mm or 0, item.build_y_mm or 0, item.build_z_mm or 0)
            for item in read.fetch(Machine)
        ]
    _geometry, facts = _facts(sample, "M12-001")
    assert max(facts.size_mm) > max(spaces) > 1000


def test_qualifications_in_every_state(sample: Library) -> None:
    statuses = _statuses(sample, TODAY)
    seen = Counter(status for found in statuses.values() for status in found)
    assert seen == {
        QualificationStatus.DRAFT: 1,
        QualificationStatus.UNDER_TEST: 4,
        QualificationStatus.IN_REVIEW: 3,
        QualificationStatus.QUALIFIED: 7,
        QualificationStatus.EXPIRING: 1,
        QualificationStatus.EXPIRED: 1,
        QualificationStatus.BLOCKED: 1,
    }
    assert statuses["A004752"] == [QualificationStatus.EXPIRING]
    assert statuses["A003340"] == [QualificationStatus.EXPIRED]
    assert statuses["ST2-0230"] == [QualificationStatus.BLOCKED]
    assert statuses["ST2-0117"] == [QualificationStatus.QUALIFIED] * 2  # at two providers
    assert "A003384" not in statuses


def test_four_processes_at_six_providers(sample: Library) -> None:
    with sample.reading() as read:
        assert read.count(Provider) == 6
        assert {item.process for item in read.fetch(PrintDefinition)} == {
            ProcessCategory.MATERIAL_EXTRUSION,
            ProcessCategory.POWDER_BED_FUSION,
            ProcessCategory.VAT_PHOTOPOLYMERIZATION,
        }
        assert {item.process for item in read.fetch(Machine)} == {
            item.process for item in read.fetch(PrintDefinition)
        }


def test_sixty_months_of_demand_smooth_and_intermittent(sample: Library) -> None:
    with sample.reading() as read:
        histories = {
            read.one(Part, id=item.part_id).number: item for item in read.fetch(DemandHistory)
        }
    lengths = Counter(len(item.quantities) for item in histories.values())
    assert lengths == {60: 41, 46: 2}
    assert histories["A003340"].first_month == date(2021, 11, 1)
    intervals = {
        number: len(item.quantities) / sum(pieces > 0 for pieces in item.quantities)
        for number, item in histories.items()
    }
    assert intervals["A003340"] == 1.0
    assert sum(interval > 1.32 for interval in intervals.values()) >= 12  # intermittent or lumpy


def test_stock_at_two_plants_and_suppliers_with_and_without_an_end(sample: Library) -> None:
    with sample.reading() as read:
        part = read.one(Part, number="A003341")
        assert {item.plant for item in read.fetch(SupplyPosition, part_id=part.id)} == {
            "Siegen",
            "Linz",
        }
        ends = [item.last_order_on for item in read.fetch(SupplySource)]
    assert None in ends
    assert any(end is not None and end < TODAY for end in ends)
    assert any(end is not None and end > TODAY for end in ends)


def test_duties_know_what_the_law_calls_the_part(sample: Library) -> None:
    with sample.reading() as read:
        kinds = {item.legal_part_kind for item in read.fetch(WhereUsed)}
    assert {"", "spray arm", "door hinge", "detergent drawer", "motor"} <= kinds


_ANSWERS = {
    Answer.YES: {
        *("A004711", "A004720", "A004731", "A004752", "A004758"),
        *("ST2-0117", "ST2-0204", "ST2-0212", "ST2-0230", "ST2-0308"),
        *("V8-1010", "V8-1035", "V8-1041", "CV40-11", "CV40-15", "M12-001"),
        *("A003341", "A003371", "A003384", "A003390", "A006017"),
        *("A006022", "A006040", "A006052"),
    },
    Answer.NO: {
        *("A003340", "A003360", "A004745", "A006031", "A006063", "A006070"),
        *("CV40-01", "CV40-07", "CV40-22", "CV40-30", "OG-101", "OG-107", "ST2-0301", "V8-1022"),
    },
    Answer.UNKNOWN: {
        *("A003352", "A005131", "A005203", "M12-014", "M12-022", "M12-030", "V8-1057"),
    },
}
_READY = {
    Readiness.QUALIFIED: 7,
    Readiness.UNDER_WAY: 8,
    Readiness.PRINTABLE: 25,
    Readiness.NOT_PRINTABLE: 1,
    Readiness.UNKNOWN: 4,
}


@pytest.mark.parametrize(
    "day", ["2026-11-23", "2029-03-31", pytest.param("2027-12-01", marks=pytest.mark.slow)]
)
def test_the_same_answers_on_any_day(make: Maker, day: str) -> None:
    library = make(datetime.fromisoformat(f"{day}T09:30:00+00:00"))
    worklist = fetch_worklist(library, answers=tuple(Answer))
    told = {
        answer: {row.number for row in worklist.rows if row.flag.answer is answer}
        for answer in Answer
    }
    assert told == _ANSWERS
    assert Counter(row.flag.readiness for row in worklist.rows) == _READY
    breaches = [row.number for row in worklist.rows if row.flag.breach]
    assert breaches == ["A004758"]
    assert worklist.rows[0].number == "A004758"  # a breach of duty comes first
    late = [
        row for row in worklist.rows if (row.flag.last_safe_start or date.max) < library_day(day)
    ]
    assert len(late) >= 3
    assert len(_statuses(library, library_day(day))["A004752"]) == 1
    assert _statuses(library, library_day(day))["A004752"] == [QualificationStatus.EXPIRING]


def library_day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_hinge_has_days_left_to_order(sample: Library) -> None:
    [hinge] = [row for row in fetch_worklist(sample).rows if row.number == "A004720"]
    assert hinge.flag.decide_by == date(2026, 12, 3)


def test_unknown_parts_name_what_is_missing(sample: Library) -> None:
    rows = fetch_worklist(sample, answers=(Answer.UNKNOWN,)).rows
    missing = {row.number: " ".join(row.flag.missing) for row in rows}
    assert "stock" in missing["A003352"]
    assert "end of service of Deck hatch M12" in missing["M12-022"]
    assert "life-cycle dates of Garden pump GP4" in missing["A005131"]


def test_the_leg_cap_may_leave_and_the_hinge_may_not(sample: Library, frozen_today: date) -> None:
    ready = check_package(
        sample, ExportOrder(part_number="A004711", provider="NORDLICHT"), today=frozen_today
    )
    refused = check_package(
        sample, ExportOrder(part_number="A004720", provider="NORDLICHT"), today=frozen_today
    )
    assert ready == ()
    assert refused != ()


def test_author_and_approver_are_two_people_and_evidence_is_kept(sample: Library) -> None:
    with sample.reading() as read:
        approved = [item for item in read.fetch(Qualification) if item.approver]
        proofs = read.fetch(Evidence)
    assert len(approved) == 10
    assert all(item.author != item.approver for item in approved)
    assert {item.author for item in approved} == {"Jana Aalto", "Piotr Nowak"}
    assert any(item.valid_until == date(2028, 11, 23) for item in approved)
    assert len(proofs) == 24
    for proof in proofs:
        assert sample.objects.read_bytes(proof.sha256)


def test_definitions_use_all_three_bindings_and_say_why(sample: Library) -> None:
    with sample.reading() as read:
        fields = read.fetch(DefinitionField)
    assert {field.binding for field in fields} == set(Binding)
    assert sum(bool(field.why) for field in fields) > len(fields) / 3


def test_rights_of_every_kind_and_an_owner(sample: Library) -> None:
    with sample.reading() as read:
        rights = {part.number: part.right_to_make for part in read.fetch(Part)}
        assert read.find(Organisation) is not None
    assert rights["A004711"] is RightToMake.OWN
    assert rights["A003352"] is RightToMake.UNKNOWN
    assert set(rights.values()) == set(RightToMake)


def test_packages_left_and_lots_came_back(sample: Library) -> None:
    with sample.reading() as read:
        packages = read.fetch(PrintPackage)
        lots = {lot.number: lot for lot in read.fetch(Lot)}
    assert [package.number for package in packages] == [
        "P-2026-0001",
        "P-2026-0002",
        "P-2026-0003",
        "P-2026-0004",
    ]
    assert [package.trial for package in packages] == [False, False, False, True]
    assert len(lots) == 7
    first = lots["L-2026-031"]
    assert (first.quantity, first.manufacturer) == (24, "Nordlicht Schichtbau GmbH")
    assert first.package_id == packages[0].id
    assert len(lots["L-2026-038"].serials) == 10
    assert lots["L-2026-027"].package_id is None


def test_declarations_in_every_state_and_a_2_1_of_the_own_house(sample: Library) -> None:
    with sample.reading() as read:
        certificates = read.fetch(Certificate)
    assert [(item.type, item.state) for item in certificates] == [
        (CertificateType.DECLARATION, CertificateState.ISSUED),
        (CertificateType.DECLARATION, CertificateState.SUPERSEDED),
        (CertificateType.DECLARATION, CertificateState.ISSUED),
        (CertificateType.COMPLIANCE_2_1, CertificateState.ISSUED),
        (CertificateType.DECLARATION, CertificateState.WITHDRAWN),
    ]
    assert certificates[3].issuer == certificates[3].manufacturer


def test_the_library_is_intact(sample: Library) -> None:
    report = check_library(sample, progress=Progress())
    assert report.problems == ()


def _told(library: Library) -> dict[str, list[str]]:
    """Return what the library says without row numbers: files are read in any order."""
    kinds = (Part, Product, Milestone, WhereUsed, Geometry, GeometryFacts, DemandHistory, Flag)
    kinds += (PartRevision, PrintDefinition, DefinitionField, Qualification, Evidence, Lot)
    told = {}
    with library.reading() as read:
        for kind in kinds:
            rows = [asdict(record) for record in read.fetch(kind)]
            told[kind.__name__] = sorted(
                repr({name: value for name, value in row.items() if not _is_row_number(name)})
                for row in rows
            )
    return told


def _is_row_number(name: str) -> bool:
    return name == "id" or name.endswith("_id") or name == "fingerprint"


@pytest.mark.slow
def test_same_clock_same_inventory(
    empty_library_folder: Path, workers: WorkerPool, tmp_path: Path, sample: Library
) -> None:
    from app.storage.opening import open_library

    folder = tmp_path / "again"
    shutil.copytree(empty_library_folder, folder)
    again = open_library(folder, clock=sample.clock)
    try:
        create_sample(again, workers=workers, who="Anna")
        assert _told(again) == _told(sample)
    finally:
        again.close()


def test_the_key_is_marked_and_opens_without_asking(sample: Library, library: Library) -> None:
    key = open_demonstration_key(sample)
    assert key is not None
    file = create_demonstration_key(sample)  # the one it has
    assert file.trusted_key.demonstration
    assert file.fingerprint == key.fingerprint
    assert demonstration_key_path(sample).parent == sample.path
    assert open_demonstration_key(library) is None


def test_a_library_with_parts_is_left_alone(sample: Library, workers: WorkerPool) -> None:
    with pytest.raises(RuleViolation, match="empty library"):
        create_sample(sample, workers=workers, who="Anna")


@pytest.mark.parametrize("after", ["Qualifying sample parts", "Releasing revisions"])
def test_stopped_midway_it_keeps_what_it_has(
    library: Library, workers: WorkerPool, after: str
) -> None:
    def stop_there(_fraction: float, text: str) -> None:
        if text == after:
            progress.cancel()

    progress = Progress(stop_there)
    with pytest.raises(Cancelled):
        create_sample(library, workers=workers, who="Anna", progress=progress)
    with library.reading() as read:
        assert read.count(Part) == 45
        assert read.count(Certificate) == 0
    assert check_library(library, progress=Progress()).problems == ()


def test_asked_to_stop_it_stops(library: Library, workers: WorkerPool) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        create_sample(library, workers=workers, who="Anna", progress=progress)
    with library.reading() as read:
        assert read.count(Part) == 0


def test_dates_move_by_whole_months() -> None:
    assert move_dates("until 2026-12-18, 2025-01", 2) == "until 2027-02-18, 2025-03"
    assert move_dates("A004711, 4500187332, 2026-1", 5) == "A004711, 4500187332, 2026-1"
    assert move_date(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert move_date(date(2026, 1, 31), 0) == date(2026, 1, 31)
    assert move_date(date(2026, 1, 15), -13) == date(2024, 12, 15)


def test_on_the_reference_day_the_files_are_told_as_they_are() -> None:
    story = tell_story(date(2026, 11, 23))
    shipped = (story.folder / "spare_parts.csv").read_text(encoding="utf-8")
    assert story.tables["spare_parts.csv"] == shipped
    assert "2027-11" in tell_story(date(2027, 12, 1)).tables["spare_parts.csv"]
