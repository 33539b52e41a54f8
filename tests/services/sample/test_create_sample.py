"""The sample inventory: made through the use cases, telling the same story on any day."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import Cancelled, RuleViolation
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part, PartRevision, RevisionState, RightToMake
from app.domain.certificates.certificate import Lot
from app.domain.certificates.organisation import Organisation
from app.domain.lifecycle.flag import Answer, Readiness
from app.domain.lifecycle.product import Product
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.domain.qualification.qualification import Evidence, Qualification, QualificationState
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


def test_seven_parts_of_two_products_one_without_geometry(sample: Library) -> None:
    with sample.reading() as read:
        assert read.count(Product) == 2
        parts = {part.id: part for part in read.fetch(Part)}
        revisions = read.fetch(PartRevision)
        drawn = {
            revision.part_id
            for revision in revisions
            if read.count(Geometry, revision_id=revision.id)
        }
    assert len(parts) == 7
    assert [parts[part_id].number for part_id in parts if part_id not in drawn] == ["A004745"]


def test_the_hinge_has_a_released_and_an_obsolete_revision(sample: Library) -> None:
    with sample.reading() as read:
        part = read.one(Part, number_key="a004720")
        states = {item.label: item.state for item in read.fetch(PartRevision, part_id=part.id)}
    assert states == {"A": RevisionState.OBSOLETE, "B": RevisionState.RELEASED}


@pytest.mark.parametrize("day", ["2026-11-23", "2029-03-31", "2028-02-29"])
def test_the_same_answers_on_any_day(make: Maker, day: str) -> None:
    library = make(datetime.fromisoformat(f"{day}T09:30:00+00:00"))
    worklist = fetch_worklist(library, answers=tuple(Answer))
    told = {row.number: (row.flag.answer, row.flag.readiness) for row in worklist.rows}
    assert told == {
        "A004711": (Answer.YES, Readiness.QUALIFIED),
        "A004720": (Answer.YES, Readiness.PRINTABLE),
        "A004731": (Answer.YES, Readiness.UNDER_WAY),
        "A006017": (Answer.YES, Readiness.PRINTABLE),
        "A003340": (Answer.NO, Readiness.PRINTABLE),
        "A004745": (Answer.NO, Readiness.UNKNOWN),
        "A003352": (Answer.UNKNOWN, Readiness.PRINTABLE),
    }


def test_the_most_urgent_has_weeks_left_to_order(sample: Library) -> None:
    first = fetch_worklist(sample).rows[0]
    assert first.number == "A004720"
    assert first.flag.decide_by == date(2026, 12, 3)


def test_the_unknown_part_names_what_is_missing(sample: Library) -> None:
    [row] = fetch_worklist(sample, answers=(Answer.UNKNOWN,)).rows
    assert any("stock" in missing for missing in row.flag.missing)


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
        qualified = read.one(Qualification, state=QualificationState.QUALIFIED)
        testing = read.one(Qualification, state=QualificationState.UNDER_TEST)
        proofs = read.fetch(Evidence, qualification_id=qualified.id)
        assert read.count(Evidence, qualification_id=testing.id) == 1
    assert qualified.author != qualified.approver
    assert qualified.valid_until == date(2028, 11, 23)
    assert len(proofs) == 3
    for proof in proofs:
        assert sample.objects.read_bytes(proof.sha256)


def test_definitions_use_all_three_bindings_and_say_why(sample: Library) -> None:
    with sample.reading() as read:
        fields = read.fetch(DefinitionField)
    assert {field.binding for field in fields} == set(Binding)
    assert sum(bool(field.why) for field in fields) > len(fields) / 2


def test_rights_owner_and_a_delivered_lot(sample: Library) -> None:
    with sample.reading() as read:
        rights = {part.number: part.right_to_make for part in read.fetch(Part)}
        assert read.find(Organisation) is not None
        lot = read.one(Lot, number="L-2026-031")
    assert rights["A004711"] is RightToMake.OWN
    assert rights["A003352"] is RightToMake.UNKNOWN
    assert (lot.quantity, lot.manufacturer) == (24, "Nordlicht Schichtbau GmbH")


def test_the_library_is_intact(sample: Library) -> None:
    report = check_library(sample, progress=Progress())
    assert report.problems == ()


def test_same_clock_same_inventory(
    empty_library_folder: Path, workers: WorkerPool, tmp_path: Path, sample: Library
) -> None:
    from app.storage.opening import open_library

    folder = tmp_path / "again"
    shutil.copytree(empty_library_folder, folder)
    again = open_library(folder, clock=sample.clock)
    try:
        create_sample(again, workers=workers, who="Anna")
        with sample.reading() as one, again.reading() as other:
            for kind in (Part, PartRevision, Geometry, Product, Qualification, Lot):
                assert one.fetch(kind) == other.fetch(kind)
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
