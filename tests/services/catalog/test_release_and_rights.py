"""Rights, release, revisions and ignored findings in a real library."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import NotFound, RuleViolation
from app.domain.catalog.geometry import FindingCode, Geometry, IgnoredFinding
from app.domain.catalog.part import Part, PartRevision, RevisionState, RightToMake
from app.services.catalog.find_part import find_part, find_revision
from app.services.catalog.ignore_finding import ignore_finding
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import next_label, revise_part
from app.services.catalog.set_rights import set_rights
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import AUTHOR, NUMBER, Chain
from helpers.meshes import binary_stl, box


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


def state_of(library: Library, revision_id: int) -> RevisionState:
    with library.reading() as read:
        return read.one(PartRevision, id=revision_id).state


def holed_box() -> bytes:
    """A box in which two triangles of every face are missing or folded: open and non-manifold."""
    vertices, faces = box()
    faces = faces.copy()
    faces[1] = faces[0]
    return binary_stl((vertices, faces))


def test_a_released_revision_is_locked_and_says_who(library: Library, chain: Chain) -> None:
    revision = chain.catalogue()
    changes = release_revision(library, revision.id, who=AUTHOR, why="first article passed")
    assert changes.touches("part_revision")
    with library.reading() as read:
        released = read.one(PartRevision, id=revision.id)
    assert (released.state, released.released_by) == (RevisionState.RELEASED, AUTHOR)
    with pytest.raises(RuleViolation, match="no draft"):
        release_revision(library, revision.id, who=AUTHOR)


def test_a_part_without_geometry_is_not_released(library: Library) -> None:
    with library.writing(who=AUTHOR, act="x") as write:
        [part_id] = write.insert([Part(number="X", number_key="x")])
        [revision_id] = write.insert([PartRevision(part_id=part_id, label="A")])
    with pytest.raises(RuleViolation, match="no geometry"):
        release_revision(library, revision_id, who=AUTHOR)


def test_a_danger_blocks_release_until_it_is_ignored_by_name(
    library: Library, chain: Chain
) -> None:
    revision = chain.catalogue(holed_box())
    with pytest.raises(RuleViolation) as refused:
        release_revision(library, revision.id, who=AUTHOR)
    assert "cap.stl" in str(refused.value)
    assert state_of(library, revision.id) is RevisionState.DRAFT
    codes = [code for code in FindingCode if _is_danger(library, revision.id, code)]
    assert codes
    with pytest.raises(RuleViolation, match="needs a reason"):
        ignore_finding(library, revision.id, codes[0], who=AUTHOR, why=" ")
    for code in codes:
        ignore_finding(library, revision.id, code, who=AUTHOR, why="cosmetic side")
    release_revision(library, revision.id, who=AUTHOR)
    assert state_of(library, revision.id) is RevisionState.RELEASED
    with library.reading() as read:
        assert {item.who for item in read.fetch(IgnoredFinding)} == {AUTHOR}


def _is_danger(library: Library, revision_id: int, code: FindingCode) -> bool:
    from app.domain.catalog.geometry import GeometryFacts, Severity

    with library.reading() as read:
        geometry = read.one(Geometry, revision_id=revision_id)
        facts = read.one(GeometryFacts, sha256=geometry.sha256)
    return any(f.code is code and f.severity is Severity.DANGER for f in facts.findings)


def test_a_finding_that_is_not_there_cannot_be_ignored(library: Library, chain: Chain) -> None:
    revision = chain.catalogue()
    with pytest.raises(NotFound, match="No file of this revision"):
        ignore_finding(library, revision.id, FindingCode.OPEN, who=AUTHOR, why="x")


def test_a_new_revision_copies_the_geometry_and_its_release_ends_the_old_one(
    library: Library, chain: Chain
) -> None:
    first = chain.release()
    draft, _changes = revise_part(library, NUMBER, who=AUTHOR, why="thicker wall")
    assert (draft.label, draft.state) == ("B", RevisionState.DRAFT)
    with library.reading() as read:
        [copied] = read.fetch(Geometry, revision_id=draft.id)
        [original] = read.fetch(Geometry, revision_id=first.id)
        assert copied.sha256 == original.sha256
        assert find_revision(read, NUMBER)[1].id == first.id
        assert find_revision(read, f"{NUMBER}@b")[1].id == draft.id
    with pytest.raises(RuleViolation, match="draft revision B already"):
        revise_part(library, NUMBER, who=AUTHOR, why="again")
    release_revision(library, draft.id, who=AUTHOR)
    assert state_of(library, first.id) is RevisionState.OBSOLETE
    assert state_of(library, draft.id) is RevisionState.RELEASED


def test_a_revision_needs_a_reason_and_a_free_label(library: Library, chain: Chain) -> None:
    chain.release()
    with pytest.raises(RuleViolation, match="needs a reason"):
        revise_part(library, NUMBER, who=AUTHOR, why="")
    with pytest.raises(RuleViolation, match="revision a already"):
        revise_part(library, NUMBER, who=AUTHOR, why="x", label="a")


@pytest.mark.parametrize(
    ("label", "following"),
    [
        *(("A", "B"), ("Z", "AA"), ("AZ", "BA"), ("zz", "aaa"), ("9", "10"), ("R09", "R10")),
        *(("", "A"), ("1.", "1.1"), ("v2b", "v2c")),
    ],
)
def test_labels_count_up(label: str, following: str) -> None:
    assert next_label(label) == following


def test_rights_need_their_ground(library: Library, chain: Chain) -> None:
    chain.catalogue()
    with pytest.raises(RuleViolation, match="Say why"):
        set_rights(library, NUMBER, who=AUTHOR, right_to_make=RightToMake.OWN)
    with pytest.raises(RuleViolation, match="Say why"):
        set_rights(library, NUMBER, who=AUTHOR, export_control="none")
    set_rights(library, NUMBER, who=AUTHOR, design_owner=" Norvik ")
    chain.clear()
    with library.reading() as read:
        part = find_part(read, f"  {NUMBER.lower()} ")
    assert (part.right_to_make, part.export_control) == (RightToMake.OWN, "none")
    assert part.design_owner == "Norvik"


@pytest.mark.parametrize("named", ["", "nothing", "@", "X@A"])
def test_an_unknown_part_is_a_sentence(library: Library, named: str) -> None:
    with library.reading() as read, pytest.raises(NotFound):
        find_revision(read, named)


def test_an_unknown_revision_is_a_sentence(library: Library, chain: Chain) -> None:
    chain.catalogue()
    with library.reading() as read, pytest.raises(NotFound, match="no revision Q"):
        find_revision(read, f"{NUMBER}@Q")


def test_a_number_that_holds_an_at_sign_is_found(library: Library) -> None:
    with library.writing(who=AUTHOR, act="x") as write:
        [part_id] = write.insert([Part(number="X@1", number_key="x@1")])
        write.insert([PartRevision(part_id=part_id, label="A")])
    with library.reading() as read:
        assert find_revision(read, "X@1")[0].number == "X@1"
        assert find_revision(read, "X@1@A")[1].label == "A"
