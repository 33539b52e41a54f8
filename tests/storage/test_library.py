"""Reading and writing values through a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import ChangedMeanwhile, NotFound, RuleViolation
from app.base.progress import Progress
from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.catalog.geometry import GeometryFacts, LengthUnit
from app.domain.catalog.part import Part, PartRevision
from app.domain.inventory.part_list import PartFilter
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition
from app.storage.library import Library
from helpers.builders import cube_facts, part, parts, revision


def add(library: Library, *values: Part) -> list[int]:
    with library.writing(who="Anna", act="add parts") as write:
        return write.insert(values)


def test_what_is_stored_comes_back_equal(library: Library) -> None:
    [part_id] = add(library, part("A1", "Leg cap", material="PA12"))
    history = DemandHistory(
        part_id=part_id, first_month=date(2024, 1, 1), quantities=(1, 0, 2.5), source="x.csv"
    )
    position = SupplyPosition(part_id=part_id, stock=15, price_amount="1234.50", currency="EUR")
    with library.writing(who="Anna", act="add supply") as write:
        write.insert([history])
        write.insert([position])
    with library.reading() as read:
        assert read.one(Part, number_key="a1") == replace(
            part("A1", "Leg cap", material="PA12"), id=part_id
        )
        assert read.one(DemandHistory, part_id=part_id) == replace(history, id=1)
        assert read.one(SupplyPosition, part_id=part_id) == replace(position, id=1)


def test_conditions_select(library: Library) -> None:
    ids = add(library, *parts(3))
    with library.writing(who="Anna", act="add revisions") as write:
        write.insert([revision(ids[0]), revision(ids[0], "B"), revision(ids[1])])
    with library.reading() as read:
        assert [r.label for r in read.fetch(PartRevision, part_id=ids[0])] == ["A", "B"]
        assert read.count(PartRevision, part_id=[ids[0], ids[2]]) == 2
        assert len(read.fetch(PartRevision, released_at=None)) == 3
        assert read.fetch(PartRevision, part_id=[]) == []
        assert read.find(Part, number_key="nothing") is None
        with pytest.raises(NotFound, match="no part with number_key nothing"):
            read.one(Part, number_key="nothing")


def test_more_ids_than_one_statement_takes(library: Library) -> None:
    ids = add(library, *parts(2500))
    with library.reading() as read:
        assert [p.id for p in read.fetch(Part, id=ids)] == ids


def test_unchanged_update_writes_nothing(library: Library) -> None:
    [part_id] = add(library, part("A1"))
    with library.writing(who="Anna", act="edit") as write:
        assert write.update(write.one(Part, id=part_id)) is False
        assert not write.changes
    with library.reading() as read:
        assert read.count(ChangeSet) == 1


def test_many_are_changed_at_once_and_each_is_recorded(library: Library) -> None:
    ids = add(library, *parts(1200))
    with library.writing(who="Ben", act="set material") as write:
        found = write.fetch(Part)
        other = [replace(p, material="PA12" if p.id % 2 else "") for p in found]
        assert write.update_all(other) == 600
        assert write.changes.ids["part"] == set(ids[::2])
    with library.reading() as read:
        assert read.count(Part, material="PA12", version=2) == 600
        assert read.count(ChangeDetail, field="material", new='"PA12"') == 600
        assert read.parts.count(PartFilter(text="pa12")) == 600
    assert library.check(Progress()).clean


def test_one_record_given_twice_is_not_stored_half(library: Library) -> None:
    [part_id] = add(library, part("A1", "Knob"))
    with (
        pytest.raises(ValueError, match="Part 1 is given twice"),
        library.writing(who="Ben", act="rename") as write,
    ):
        found = write.one(Part, id=part_id)
        write.update_all([replace(found, name="Lever"), replace(found, name="Handle")])
    with library.reading() as read:
        assert (read.one(Part, id=part_id).name, read.count(ChangeSet)) == ("Knob", 1)


def test_the_second_editor_is_told_who_was_first(library: Library) -> None:
    [part_id] = add(library, part("A1"))
    with library.reading() as read:
        seen = read.one(Part, id=part_id)
    with library.writing(who="Ben", act="rename") as write:
        write.update(replace(seen, name="Knob"))
    with (
        pytest.raises(ChangedMeanwhile, match="Ben at 2026-11-23"),
        library.writing(who="Cleo", act="rename") as write,
    ):
        write.update(replace(seen, name="Lever"))
    with library.reading() as read:
        assert read.one(Part, id=part_id).name == "Knob"


def test_an_exception_leaves_no_trace(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.writing(who="Anna", act="fail") as write:
        write.insert(parts(5))
        write.keep_bytes(b"content")
        raise ZeroDivisionError
    with library.reading() as read:
        assert read.count(Part) == 0
        assert read.count(ChangeSet) == 0
    assert not library.objects.leftovers()


def test_doubled_number_is_refused_in_words(library: Library) -> None:
    add(library, part("A1"))
    with pytest.raises(RuleViolation, match="already holds"):
        add(library, part("a1"))


def test_ids_are_never_used_twice(library: Library) -> None:
    [first] = add(library, part("A1"))
    with library.writing(who="Anna", act="remove") as write:
        write.delete(Part, [first])
    assert add(library, part("A2")) == [first + 1]


def test_derived_values_replace_and_stay_out_of_the_trail(library: Library) -> None:
    [part_id] = add(library, part("A1"))
    flag = Flag(
        part_id=part_id, answer=Answer.NO, assessed_for=date(2026, 11, 23), horizon_months=24
    )
    for answer in (Answer.NO, Answer.YES):
        with library.writing(who="Anna", act="flag") as write:
            write.replace_derived(Flag, [replace(flag, answer=answer)], key="part_id")
            assert write.changes.touches("flag")
    with library.reading() as read:
        assert [f.answer for f in read.fetch(Flag)] == [Answer.YES]
        assert read.count(ChangeSet) == 1


def test_derived_values_are_found_by_several_keys(library: Library) -> None:
    facts = cube_facts("ab" * 32)
    inches = replace(facts, unit=LengthUnit.INCH, volume_mm3=16387.064)
    with library.writing(who="Anna", act="measure") as write:
        write.replace_derived(GeometryFacts, [facts, inches], key="sha256, unit")
        assert write.changes.ids["geometry_facts"] == {1, 2}
    with library.writing(who="Anna", act="measure") as write:
        again = replace(inches, watertight=False)
        write.replace_derived(GeometryFacts, [again], key="sha256, unit")
        assert write.changes.ids["geometry_facts"] == {2}
    with library.reading() as read:
        assert read.fetch(GeometryFacts) == [replace(facts, id=1), replace(again, id=2)]
    assert library.check(Progress()).clean


def test_history_names_old_and_new_value(library: Library) -> None:
    [part_id] = add(library, part("A1", "Knob"))
    with library.writing(who="Ben", act="rename", why="customer asked") as write:
        write.update(replace(write.one(Part, id=part_id), name="Lever"))
    with library.reading() as read:
        act, detail = read.audit.history("part", part_id)[0]
    assert (act.who, act.why) == ("Ben", "customer asked")
    assert (detail.field, detail.old, detail.new) == ("name", '"Knob"', '"Lever"')
