"""The list of packages and the details of one: standing as `verify` sees it, lots, manifest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.base.errors import NotFound
from app.domain.packages.package_list import PackageFilter, PackageStanding
from app.domain.packages.verification import Verdict
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.packages.count_packages import count_packages
from app.services.packages.fetch_package import fetch_package
from app.services.packages.page_packages import page_packages
from app.services.packages.verify_file import verify_file
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.block_qualification import block_qualification
from app.services.qualification.submit_qualification import submit_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, KEY, NUMBER, Chain
from helpers.signed_samples import TODAY, trusted

LATER = date(2030, 1, 2)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.qualify()
    return made


def numbers(
    library: Library, which: PackageFilter = PackageFilter.ALL, text: str = ""
) -> list[str]:
    pages = page_packages(library, today=TODAY, which=which, text=text)
    rows = pages.first_rows(100)
    ids = [row_id for chunk in pages.id_chunks(2) for row_id in chunk]
    assert [row.id for row in rows] == ids
    assert pages.rows(ids) == rows
    return [row.number for row in rows]


def standing_and_verdict(
    library: Library, number: str, file: Path, today: date = TODAY
) -> tuple[PackageStanding, Verdict]:
    """Return what the list says of a package, what its details say alike, and `verify`."""
    pages = page_packages(library, today=today)
    [row] = [row for row in pages.first_rows(100) if row.number == number]
    details = fetch_package(library, number, today=today)
    assert bool(details.ended) == row.ended
    return row.standing, verify_file(file, (trusted(KEY),), today=today, library=library).verdict


def test_newest_first_with_lots_and_pieces(chain: Chain, library: Library) -> None:
    chain.export(10)
    chain.export(5)
    chain.deliver()
    chain.deliver("L-2", quantity=4, serials=())
    assert numbers(library) == ["P-2026-0002", "P-2026-0001"]
    second, first = page_packages(library, today=TODAY).first_rows(10)
    assert (first.lots, first.booked, first.quantity) == (2, 7, 10)
    assert (second.lots, second.booked) == (0, 0)
    assert (first.part_number, first.part_name, first.revision) == (NUMBER, "Leg cap", "A")
    assert (first.definition, first.provider) == ("1.0", "North Print Oy")
    assert first.exported_at.tzinfo is not None


def test_each_filter_lists_what_it_counts(chain: Chain, library: Library) -> None:
    chain.export()
    chain.export()
    chain.export(trial=True)
    chain.deliver()
    expected = {
        PackageFilter.ALL: ["P-2026-0003", "P-2026-0002", "P-2026-0001"],
        PackageFilter.AWAITING: ["P-2026-0002"],
        PackageFilter.TRIAL: ["P-2026-0003"],
        PackageFilter.RECALL: [],
    }
    assert {which: numbers(library, which) for which in PackageFilter} == expected
    counted = count_packages(library, today=TODAY)
    assert counted == {which: len(listed) for which, listed in expected.items()}


@pytest.mark.parametrize("text", ["st-1002", "LEG", "north print", "P-2026-0001", " northprint "])
def test_a_text_is_searched_in_number_part_and_recipient(
    chain: Chain, library: Library, text: str
) -> None:
    chain.export()
    assert numbers(library, text=text) == ["P-2026-0001"]
    assert numbers(library, PackageFilter.TRIAL, text) == []


def test_a_text_with_wild_cards_means_itself(chain: Chain, library: Library) -> None:
    chain.export()
    assert numbers(library, text="%") == numbers(library, text="P_2026") == []


def test_an_obsolete_revision_is_to_be_called_back(chain: Chain, library: Library) -> None:
    file = chain.export().file
    good = standing_and_verdict(library, "P-2026-0001", file)
    assert good == (PackageStanding.QUALIFIED, Verdict.GENUINE)
    draft, _changes = revise_part(library, NUMBER, who=AUTHOR, why="stronger rib")
    release_revision(library, draft.id, who=AUTHOR)
    over = standing_and_verdict(library, "P-2026-0001", file)
    assert over == (PackageStanding.RECALL, Verdict.NO_LONGER_CURRENT)
    assert (
        "Revision A in this package is obsolete"
        in fetch_package(library, "P-2026-0001", today=TODAY).ended
    )


def test_a_blocked_qualification_is_to_be_called_back(chain: Chain, library: Library) -> None:
    exported = chain.export()
    assert exported.record.qualification_id is not None
    block_qualification(library, exported.record.qualification_id, who=APPROVER, why="cracks")
    over = standing_and_verdict(library, "P-2026-0001", exported.file)
    assert over == (PackageStanding.RECALL, Verdict.NO_LONGER_CURRENT)
    assert count_packages(library, today=TODAY)[PackageFilter.RECALL] == 1


def test_a_qualification_that_ended_counts_until_it_is_renewed(
    chain: Chain, library: Library
) -> None:
    file = chain.export().file
    over = standing_and_verdict(library, "P-2026-0001", file, LATER)
    assert over == (PackageStanding.RECALL, Verdict.NO_LONGER_CURRENT)
    again = chain.start()
    chain.prove(again, b"tested again")
    submit_qualification(library, again.id, who=AUTHOR, today=LATER)
    approve_qualification(library, again.id, who=APPROVER, today=LATER)
    renewed = standing_and_verdict(library, "P-2026-0001", file, LATER)
    assert renewed == (PackageStanding.QUALIFIED, Verdict.GENUINE)


def test_the_details_name_recipient_licence_lots_and_files(chain: Chain, library: Library) -> None:
    chain.export(10, expires_on=date(2027, 6, 30))
    chain.deliver()
    details = fetch_package(library, "P-2026-0001", today=TODAY)
    assert (details.part.number, details.provider.name) == (NUMBER, "North Print Oy")
    assert [lot.number for lot in details.lots] == ["L-1"]
    assert (details.booked, details.ended, details.trouble) == (3, "", "")
    copy = details.copy
    assert copy is not None
    assert copy.expires_on == date(2027, 6, 30)
    assert [file.name for file in copy.files][:2] == ["README.txt", "evidence.json"]
    assert len(copy.files) == 7
    stored = library.objects.read_bytes(details.package.sha256)
    assert copy.size_bytes == len(stored) > sum(file.size_bytes for file in copy.files)


def test_a_damaged_copy_is_told_and_hides_nothing_else(chain: Chain, library: Library) -> None:
    chain.export()
    path = library.objects.path_of(
        fetch_package(library, "P-2026-0001", today=TODAY).package.sha256
    )
    path.write_bytes(b"PK no more")
    details = fetch_package(library, "P-2026-0001", today=TODAY)
    assert details.copy is None
    assert "no print package" in details.trouble
    path.unlink()
    gone = fetch_package(library, "P-2026-0001", today=TODAY)
    assert "cannot be read" in gone.trouble
    assert gone.provider.name == "North Print Oy"


def test_no_such_package(library: Library) -> None:
    with pytest.raises(NotFound, match="no package P-1"):
        fetch_package(library, "P-1", today=TODAY)
