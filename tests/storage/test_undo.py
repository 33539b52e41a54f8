"""Undo and redo through the use cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part, PartRevision
from app.domain.inventory.part_list import PartFilter
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.storage.library import Library
from helpers.builders import geometry, part, parts, revision


def rename(library: Library, part_id: int, name: str, who: str = "Anna") -> None:
    with library.writing(who=who, act=f"rename to {name}") as write:
        write.update(replace(write.one(Part, id=part_id), name=name))


def names(library: Library) -> list[str]:
    with library.reading() as read:
        return [p.name for p in read.fetch(Part)]


@pytest.fixture
def part_id(library: Library) -> int:
    with library.writing(who="Anna", act="add part") as write:
        return write.insert([part("A1", "Knob")])[0]


def test_undo_and_redo_walk_back_and_forth(library: Library, part_id: int) -> None:
    rename(library, part_id, "Lever")
    rename(library, part_id, "Handle")
    assert undo_change(library, who="Ben").act == "rename to Handle"
    assert names(library) == ["Lever"]
    undo_change(library, who="Ben")
    assert names(library) == ["Knob"]
    assert redo_change(library, who="Ben").act == "rename to Lever"
    redo_change(library, who="Ben")
    assert names(library) == ["Handle"]
    undo_change(library, who="Ben")
    undo_change(library, who="Ben")
    undo_change(library, who="Ben")
    assert names(library) == []
    with pytest.raises(RuleViolation, match="nothing to undo"):
        undo_change(library, who="Ben")


def test_a_group_goes_in_one_step_and_its_files_stay(library: Library) -> None:
    with library.writing(who="Anna", act="import") as first:
        ids = first.insert(parts(3))
    with library.writing(who="Anna", act="import", group=first.group_id) as second:
        revisions = second.insert([revision(i) for i in ids])
        sha256, _size = second.keep_bytes(b"solid")
        second.insert([geometry(revisions[0], sha256)])
    undo_change(library, who="Ben")
    with library.reading() as read:
        assert read.count(Part) == read.count(PartRevision) == read.count(Geometry) == 0
    assert library.objects.read_bytes(sha256) == b"solid"
    assert library.check(Progress()).clean
    redo_change(library, who="Ben")
    with library.reading() as read:
        assert (read.count(Part), read.count(PartRevision), read.count(Geometry)) == (3, 3, 1)
    assert library.check(Progress()).clean


def test_a_removed_row_comes_back_as_it_was(library: Library, part_id: int) -> None:
    with library.reading() as read:
        before = read.one(Part, id=part_id)
    with library.writing(who="Anna", act="remove") as write:
        write.delete(Part, [part_id])
    undo_change(library, who="Anna")
    with library.reading() as read:
        assert read.one(Part, id=part_id) == before
        assert read.parts.ids(PartFilter(text="knob")) == [part_id]


def test_an_act_overtaken_by_another_is_refused_by_name(library: Library, part_id: int) -> None:
    rename(library, part_id, "Lever")
    with library.reading() as read:
        overtaken = read.audit.latest(1)[0].id
    rename(library, part_id, "Handle", who="Ben")
    with pytest.raises(RuleViolation, match=f"part {part_id} was changed by Ben .*Handle"):
        undo_change(library, who="Cleo", group_id=overtaken)
    assert names(library) == ["Handle"]


def test_another_field_changed_since_does_not_stand_in_the_way(
    library: Library, part_id: int
) -> None:
    rename(library, part_id, "Lever")
    with library.reading() as read:
        renamed = read.audit.latest(1)[0].id
    with library.writing(who="Ben", act="set material") as write:
        write.update(replace(write.one(Part, id=part_id), material="PA12"))
    undo_change(library, who="Cleo", group_id=renamed)
    with library.reading() as read:
        found = read.one(Part, id=part_id)
    assert (found.name, found.material) == ("Knob", "PA12")


def test_records_made_since_keep_their_parent(library: Library, part_id: int) -> None:
    with library.writing(who="Ben", act="sign", undoable=False) as write:
        write.insert([revision(part_id)])
    with pytest.raises(RuleViolation, match="Other records refer"):
        undo_change(library, who="Ben")
    assert names(library) == ["Knob"]


def test_signatures_are_not_undone(library: Library) -> None:
    with library.writing(who="Anna", act="sign", undoable=False) as write:
        write.insert([part("A1", "Knob")])
    with pytest.raises(RuleViolation, match="nothing to undo"):
        undo_change(library, who="Anna")
    with pytest.raises(RuleViolation, match="superseded or withdrawn"):
        undo_change(library, who="Anna", group_id=write.group_id)


def test_redo_ends_when_something_else_is_done(library: Library, part_id: int) -> None:
    rename(library, part_id, "Lever")
    undo_change(library, who="Anna")
    rename(library, part_id, "Handle")
    with pytest.raises(RuleViolation, match="nothing to redo"):
        redo_change(library, who="Anna")
