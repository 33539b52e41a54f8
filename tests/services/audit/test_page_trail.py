"""The trail as a list: filters, order, names of records and parts, and what became of an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.base.clock import FixedClock
from app.base.i18n import use_language
from app.domain.audit.trail import ActState, TrailFilter, TrailRow
from app.domain.catalog.part import Part, RevisionState
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.domain.qualification.network import Provider
from app.services.audit.describe_trail import describe_trail
from app.services.audit.page_changes import page_changes
from app.services.audit.page_trail import page_trail
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.services.catalog.revise_part import revise_part
from app.storage.library import Library
from helpers.builders import part, parts, revision

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def trail(library: Library, clock: FixedClock) -> Library:
    """Five acts of three people on four days."""
    clock.set(NOON)
    with library.writing(who="Anna", act="import list", why="SAP of week 47") as write:
        ids = write.insert([part("A-1", "Leg cap"), part("A-2", "Lever"), part("B-1")])
        write.insert([revision(ids[0], "A", state=RevisionState.RELEASED)])
    clock.set(NOON + timedelta(days=1))
    revise_part(library, "A-1", who="Ben", why="other gate", label="B")
    clock.set(NOON + timedelta(days=2))
    with library.writing(who="Anna", act="register", undoable=False) as write:
        write.insert([Provider(code="P1", name="Nordlicht")])
    clock.set(NOON + timedelta(days=3))
    with library.writing(who="Cleo", act="rename") as write:
        write.update_all([_renamed(item) for item in write.fetch(Part, number="B-1")])
    undo_change(library, who="Ben")
    return library


def _renamed(item: Part) -> Part:
    return replace(item, name="Bolt", note="short")


def found(library: Library, **wanted: object) -> list[TrailRow]:
    pages = page_trail(library, TrailFilter(**wanted))  # type: ignore[arg-type]
    rows = list(pages.first_rows(100))
    assert [row.id for row in rows] == [n for chunk in pages.id_chunks(2) for n in chunk]
    assert list(pages.rows([row.id for row in rows])) == rows
    return rows


def test_newest_acts_come_first_with_people_parts_and_counts(trail: Library) -> None:
    rows = found(trail)
    assert [row.who for row in rows] == ["Ben", "Cleo", "Anna", "Ben", "Anna"]
    assert [row.changes for row in rows] == [2, 2, 1, 1, 4]
    assert [row.part_numbers for row in rows] == [
        ("B-1",),
        ("B-1",),
        (),
        ("A-1",),
        ("A-1", "A-2", "B-1"),
    ]
    assert rows[-1].why == "SAP of week 47"
    assert rows[-1].at == NOON
    assert len(rows[0].hash) == 64


def test_what_became_of_an_act_is_told_and_filtered(trail: Library) -> None:
    assert [row.state for row in found(trail)] == [
        ActState.UNDO,
        ActState.UNDONE,
        ActState.FINAL,
        ActState.OPEN,
        ActState.OPEN,
    ]
    for state in ActState:
        assert {row.state for row in found(trail, state=state)} == {state}
    redo_change(trail, who="Ben")
    assert [row.state for row in found(trail)][:3] == [
        ActState.OPEN,
        ActState.UNDO,
        ActState.UNDONE,
    ]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"who": "Anna"}, [3, 1]),
        ({"who": "anna"}, []),
        ({"table": "part_revision"}, [2, 1]),
        ({"table": "provider"}, [3]),
        ({"table": "machine"}, []),
        ({"text": "WEEK"}, [1]),
        ({"text": "a-1"}, [2, 1]),
        ({"text": "gate a-1"}, [2]),
        ({"text": "b-"}, [5, 4, 1]),
        ({"text": "cleo"}, [4]),
        ({"text": "a-1 cleo"}, []),
        ({"text": "%"}, []),
        ({"first_day": date(2026, 11, 22)}, [5, 4, 3]),
        ({"last_day": date(2026, 11, 21)}, [2, 1]),
        ({"first_day": date(2026, 11, 21), "last_day": date(2026, 11, 21)}, [2]),
        ({"who": "Ben", "table": "part"}, [5]),
    ],
)
def test_filters(trail: Library, wanted: dict[str, object], ids: list[int]) -> None:
    assert [row.id for row in found(trail, **wanted)] == ids


def test_days_are_those_of_the_zone_the_act_was_recorded_in(
    library: Library, clock: FixedClock
) -> None:
    clock.set(datetime.fromisoformat("2026-03-01T00:30:00+02:00"))  # still February in UTC
    with library.writing(who="Anna", act="add") as write:
        write.insert([part("A")])
    assert found(library, first_day=date(2026, 3, 1), last_day=date(2026, 3, 1))
    assert not found(library, last_day=date(2026, 2, 28))


def test_acts_are_found_by_the_words_their_reader_sees(trail: Library) -> None:
    assert [row.act for row in found(trail, text="new revision")] == ["new revision"]
    use_language("de")
    try:
        [row] = found(trail, text="gate")
        assert row.act != "new revision"
        assert found(trail, text=row.act) == [row]
        assert not found(trail, text="revision new")
    finally:
        use_language("en")


def test_many_acts_are_searched_in_steps_and_can_be_stopped(library: Library) -> None:
    for number in range(5):
        with library.writing(who="Anna", act=f"add {number}") as write:
            write.insert([part(f"N{number}")])
    with library.reading() as read:
        ids = read.audit.trail.ids
        assert ids(TrailFilter(text="add"), limit=2) == [5, 4]
        assert ids(TrailFilter(text="add"), limit=2, before_id=4) == [3, 2]
        assert ids(TrailFilter(text="add"), limit=2, stopped=lambda: True) == []
    pages = page_trail(library, TrailFilter(text="add"))
    pages.stop()
    assert list(pages.first_rows(10)) == []


def test_the_changes_of_an_act_name_records_and_parts(trail: Library) -> None:
    changes = page_changes(trail, 4).first_rows(10)
    assert [(c.table, c.field, c.old, c.new, c.record, c.part_number) for c in changes] == [
        ("part", "name", '""', '"Bolt"', "B-1", "B-1"),
        ("part", "note", '""', '"short"', "B-1", "B-1"),
    ]
    [change] = page_changes(trail, 2).first_rows(10)
    assert (change.record, change.part_number) == ("B", "A-1")
    [change] = page_changes(trail, 3).first_rows(10)
    assert (change.record, change.part_number) == ("Nordlicht", "")


def test_a_long_act_is_read_in_pieces_and_says_that_there_is_more(library: Library) -> None:
    with library.writing(who="Anna", act="import") as write:
        write.insert(parts(50))
    pages = page_changes(library, 1)
    ids = [n for chunk in pages.id_chunks(7) for n in chunk]
    assert len(ids) == 50
    assert [change.id for change in pages.rows(ids[20:30])] == ids[20:30]
    [row] = found(library)
    assert (row.changes, row.more, len(row.part_numbers)) == (50, True, 20)


def test_records_that_are_gone_keep_their_names(trail: Library, clock: FixedClock) -> None:
    with trail.writing(who="Anna", act="date") as write:
        ids = write.insert([part("Z-9")])
        dates = write.insert(
            [Milestone(part_id=ids[0], kind=MilestoneKind.LAST_ORDER, on=date(2027, 1, 1))]
        )
    with trail.writing(who="Anna", act="remove date") as write:
        write.delete(Milestone, dates)
        write.delete(Part, ids)
    removed, added = found(trail, text="date")
    assert removed.part_numbers == added.part_numbers == ("Z-9",)
    assert [c.part_number for c in page_changes(trail, removed.id).first_rows(9)] == ["Z-9"] * 2


def test_the_trail_is_described_and_only_news_are_asked_for(trail: Library) -> None:
    facts = describe_trail(trail)
    assert (facts.entries, facts.last_id) == (5, 5)
    assert facts.people == ("Anna", "Ben", "Cleo")
    assert facts.tables == ("part", "part_revision", "provider")
    assert describe_trail(trail, after_id=4).people == ("Ben",)


def test_an_empty_library_has_an_empty_trail(library: Library) -> None:
    facts = describe_trail(library)
    assert (facts.entries, facts.people, facts.tables) == (0, (), ())
    assert found(library) == []
    assert TrailFilter().lets_all_pass
    assert not TrailFilter(text="x").lets_all_pass
