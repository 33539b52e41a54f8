"""Everything on one part: found by its number, gathered along the chain, with its history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.base.errors import NotFound
from app.domain.catalog.geometry import Finding, FindingCode, Severity
from app.domain.catalog.part import Part, RevisionState
from app.domain.qualification.qualification import QualificationState
from app.services.catalog.fetch_part import fetch_part
from app.services.catalog.ignore_finding import ignore_finding
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, NUMBER, Chain
from helpers.importing import Import, write_list, write_stl
from helpers.stored_parts import store_part

OPEN = Finding(FindingCode.OPEN, Severity.DANGER, "The surface is open.")


@pytest.fixture
def certified(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    """A part with everything, and a second revision begun."""
    chain = Chain(library, workers, tmp_path)
    chain.own()
    chain.qualify()
    chain.export()
    chain.deliver()
    chain.issue()
    define_print(
        library, NUMBER, DefinitionEdit(machine_class="large", reason="new hall"), who="Cy"
    )
    revise_part(library, NUMBER, who="Cy", why="thicker wall")
    return chain


def test_everything_on_a_part_newest_first(certified: Chain, library: Library) -> None:
    details = fetch_part(library, f" {NUMBER.lower()} ")
    assert details.part.name == "Leg cap"
    second, first = details.revisions
    assert details.newest == second
    assert (second.revision.label, second.revision.state) == ("B", RevisionState.DRAFT)
    assert [item.facts for item in second.geometries] == [item.facts for item in first.geometries]
    assert first.geometries[0].facts is not None
    draft, released = first.definitions
    assert (draft.definition.major, released.definition.major) == (2, 1)
    assert draft.qualifications == ()
    assert [field.definition_id for field in released.fields] == [released.definition.id] * len(
        draft.fields
    )
    [qualified] = released.qualifications
    assert qualified.qualification.state is QualificationState.QUALIFIED
    names = (qualified.machine.name, qualified.material.grade, qualified.provider.name)
    assert names == ("M1", "PETG-X", "North Print Oy")
    assert [proof.standard for proof in qualified.evidence] == ["ISO 7173"]
    assert [package.number for package in details.packages] == ["P-2026-0001"]
    [lot] = details.lots
    assert (lot.lot.number, lot.provider.code) == ("L-1", "northprint")
    assert [item.number for item in lot.certificates] == ["C-2026-0001"]


def test_the_history_names_who_did_what_and_can_be_cut_short(
    certified: Chain, library: Library
) -> None:
    entries = fetch_part(library, NUMBER).history
    ids = [entry.change_set.id for entry in entries]
    assert ids == sorted(ids, reverse=True)
    made = {entry.subject: entry.change_set.who for entry in entries if not entry.field}
    assert made == {
        "part": AUTHOR, "part_revision": AUTHOR, "geometry": AUTHOR, "print_definition": AUTHOR,
        "qualification": AUTHOR, "evidence": AUTHOR, "print_package": AUTHOR, "lot": AUTHOR,
        "certificate": APPROVER,
    }  # fmt: skip
    approved = [entry for entry in entries if entry.new == json.dumps("qualified")]
    assert [(entry.change_set.who, entry.field) for entry in approved] == [(APPROVER, "state")]
    assert fetch_part(library, NUMBER, history_limit=3).history == entries[:3]


def test_an_ignored_danger_stays_with_its_name_in_the_history(
    library: Library, tmp_path: Path
) -> None:
    stored = store_part(library, tmp_path, "0815", findings=(OPEN,))
    ignore_finding(library, stored.revision_id, FindingCode.OPEN, who="Ben", why="a lattice")
    release_revision(library, stored.revision_id, who="Anna")
    details = fetch_part(library, "815")
    assert [item.reason for item in details.revisions[0].geometries[0].ignored] == ["a lattice"]
    [entry] = [entry for entry in details.history if entry.subject == "ignored_finding"]
    assert (entry.change_set.who, entry.change_set.why) == ("Ben", "a lattice")


def test_what_a_list_says_of_use_and_supply(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    write_stl(folder / "ring.stl")
    row = ("ST-1", "ring.stl", "Ring", "Mk1;Mk2", "40", "Moldex", "30.06.2025")
    run(folder, table=write_list(tmp_path / "list.csv", row))
    details = fetch_part(library, "ST-1")
    assert {use.product.name for use in details.products} == {"Mk1", "Mk2"}
    assert [position.stock for position in details.positions] == [40.0]
    assert [source.supplier for source in details.sources] == ["Moldex"]
    assert details.milestones == ()
    assert details.demand is None
    assert details.flag is None


def test_a_part_without_anything_is_normal(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        write.insert([Part(number="007", number_key="7")])
    details = fetch_part(library, "7")
    assert details.newest is None
    assert not (details.lots or details.packages or details.products or details.positions)
    with pytest.raises(NotFound, match="no part 8"):
        fetch_part(library, "8")
