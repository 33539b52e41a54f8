"""Judging all parts of a real library and storing what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest

from app.base.clock import FixedClock
from app.base.errors import Cancelled
from app.base.progress import Progress
from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.services.lifecycle.fetch_worklist import fetch_worklist
from app.services.lifecycle.flag_spares import FlagReport, flag_spares
from app.services.lifecycle.preview_worklist import preview_worklist
from app.storage.library import Library
from helpers.life_cycle_samples import add_stethoscope

TODAY = date(2026, 11, 23)


def judge(library: Library, today: date = TODAY, **more: object) -> FlagReport:
    return flag_spares(library, who="Anna", today=today, cause="a test", **more)  # type: ignore[arg-type]


def answers_of(library: Library) -> dict[str, Answer]:
    with library.reading() as read:
        numbers = {part.id: part.number for part in read.fetch(Part)}
        return {numbers[flag.part_id]: flag.answer for flag in read.fetch(Flag)}


def last_act(library: Library) -> ChangeSet:
    with library.reading() as read:
        head = read.audit.head()
    assert head is not None
    return head


def test_parts_that_outlive_their_supply_are_flagged(library: Library) -> None:
    add_stethoscope(library)
    report = judge(library)

    assert answers_of(library) == {
        "ST-1001": Answer.NO,
        "ST-1002": Answer.YES,
        "ST-1003": Answer.NO,
        "ST-1004": Answer.YES,
        "ST-2001": Answer.NO,
    }
    assert report.counts == {Answer.YES: 2, Answer.NO: 3, Answer.UNKNOWN: 0}
    assert report.turned == 2


def test_the_trail_names_cause_and_flags_that_turned(library: Library) -> None:
    ids = add_stethoscope(library)
    judge(library)
    act = last_act(library)
    with library.reading() as read:
        details = read.audit.details(act.id)
        flags = {flag.id: flag for flag in read.fetch(Flag)}

    assert (act.who, act.why, act.undoable) == ("Anna", "a test", False)
    assert {flags[detail.row_id].part_id for detail in details} == {
        ids["ST-1002"],
        ids["ST-1004"],
    }
    assert {(detail.table, detail.field, detail.old, detail.new) for detail in details} == {
        ("flag", "answer", '""', '"yes"')
    }


def test_judging_again_writes_nothing_where_nothing_differs(library: Library) -> None:
    add_stethoscope(library)
    judge(library)
    before = last_act(library)
    report = judge(library)

    assert not report.changes
    assert last_act(library) == before


def test_only_verdicts_that_differ_are_stored(library: Library) -> None:
    ids = add_stethoscope(library)
    judge(library)
    with library.writing(who="Anna", act="count stock") as write:
        position = write.one(SupplyPosition, part_id=ids["ST-1004"])
        write.update(replace(position, stock=5000.0))
    report = judge(library)
    with library.reading() as read:
        changed = read.one(Flag, part_id=ids["ST-1004"])

    assert report.changes.ids == {"flag": frozenset({changed.id})}
    assert changed.answer is Answer.NO
    assert report.turned == 1


def test_a_later_day_turns_verdicts_by_itself(library: Library) -> None:
    add_stethoscope(library)
    judge(library)
    judge(library, date(2035, 1, 1))

    assert answers_of(library)["ST-1002"] is Answer.NO  # service has ended


def test_an_import_can_be_undone_and_redone_after_flagging(library: Library) -> None:
    add_stethoscope(library)
    judge(library)
    undo_change(library, who="Anna")
    assert judge(library).counts == dict.fromkeys(Answer, 0)
    redo_change(library, who="Anna")
    judge(library)

    assert answers_of(library)["ST-1002"] is Answer.YES


@pytest.mark.parametrize("moment", ["Reading parts", "Giving reasons", "Storing verdicts"])
def test_a_cancelled_run_changes_nothing(library: Library, moment: str) -> None:
    add_stethoscope(library)
    before = last_act(library)
    stop = Event()

    def stop_at_the_moment(_fraction: float, text: str) -> None:
        if text == moment:
            stop.set()

    with pytest.raises(Cancelled):
        judge(library, progress=Progress(stop_at_the_moment, stop))

    assert answers_of(library) == {}
    assert last_act(library) == before


def test_a_write_between_judging_and_storing_is_not_lost(library: Library) -> None:
    ids = add_stethoscope(library)

    def write_meanwhile(_fraction: float, text: str) -> None:
        if text == "Giving reasons":
            with library.writing(who="Berta", act="count stock") as write:
                position = write.one(SupplyPosition, part_id=ids["ST-1004"])
                write.update(replace(position, stock=5000.0))

    flag_spares(library, who="Anna", today=TODAY, progress=Progress(write_meanwhile))

    assert answers_of(library)["ST-1004"] is Answer.NO


def test_part_milestones_and_plants_reach_the_rule(library: Library) -> None:
    ids = add_stethoscope(library)
    with library.writing(who="Anna", act="edit") as write:
        write.insert(
            [
                Milestone(
                    part_id=ids["ST-1001"], kind=MilestoneKind.LAST_PRODUCED, on=TODAY, market=""
                )
            ]
        )
        position = write.one(SupplyPosition, part_id=ids["ST-1001"])
        write.update(replace(position, stock=0.0))
        write.insert(
            [SupplyPosition(part_id=ids["ST-1003"], plant="2000", stock=None, as_of=TODAY)]
        )
    judge(library)
    with library.reading() as read:
        ring = read.one(Flag, part_id=ids["ST-1001"])
        tube = read.one(Flag, part_id=ids["ST-1003"])

    assert ring.answer is Answer.YES
    assert "Production of the part ends on 2026-11-23; nothing is in stock." in ring.reasons
    assert tube.answer is Answer.UNKNOWN
    assert tube.missing == ("the stock",)


def test_histories_of_any_form_are_read(library: Library) -> None:
    ids = add_stethoscope(library)
    with library.writing(who="Anna", act="edit") as write:
        for number, pieces in (("ST-1001", ()), ("ST-1004", (1e-3, 2.5, 1e6))):
            history = write.one(DemandHistory, part_id=ids[number])
            write.update(replace(history, quantities=pieces))
    with library.reading() as read:
        columns = read.lifecycle.spare_columns(TODAY)
    row = columns.part_ids.tolist().index(ids["ST-1004"])

    assert columns.history.months[row] == 3
    assert columns.history.total[row] == pytest.approx(1e6 + 2.501)
    assert columns.history.months[columns.part_ids.tolist().index(ids["ST-1001"])] == 0


def test_the_worklist_is_ranked_and_counted(library: Library) -> None:
    add_stethoscope(library)
    before = fetch_worklist(library)
    judge(library)
    worklist = fetch_worklist(library)

    assert (before.rows, before.unassessed) == ((), 5)
    assert [row.number for row in worklist.rows] == ["ST-1002", "ST-1004"]
    assert worklist.rows[0].flag.breach and worklist.rows[0].products == ("Stethoscope Mk1",)
    assert worklist.counts == {Answer.YES: 2, Answer.NO: 3, Answer.UNKNOWN: 0}
    assert worklist.unassessed == 0
    everything = fetch_worklist(library, answers=list(Answer))
    assert [row.number for row in everything.rows[2:]] == ["ST-1001", "ST-1003", "ST-2001"]
    second = fetch_worklist(library, limit=1, offset=1)
    assert [row.number for row in second.rows] == ["ST-1004"]


def test_a_preview_agrees_with_the_stored_worklist_and_stores_nothing(library: Library) -> None:
    add_stethoscope(library)
    preview = preview_worklist(library, today=TODAY, horizon_months=24, answers=list(Answer))
    assert answers_of(library) == {}
    judge(library)
    stored = fetch_worklist(library, answers=list(Answer))

    def without_id(rows: tuple[object, ...]) -> list[object]:
        return [replace(row, flag=replace(row.flag, id=0)) for row in rows]  # type: ignore[attr-defined,type-var]

    assert without_id(preview.rows) == without_id(stored.rows)
    assert preview.counts == stored.counts


def test_a_preview_shows_another_day(library: Library, clock: FixedClock) -> None:
    clock.set(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=1))
    add_stethoscope(library)
    later = preview_worklist(library, today=date(2035, 1, 1), horizon_months=24)

    assert later.rows == ()


def test_an_empty_library_is_judged_without_complaint(library: Library) -> None:
    report = judge(library)

    assert report.turned == 0
    assert fetch_worklist(library).rows == ()
    assert preview_worklist(library, today=TODAY, horizon_months=24).rows == ()
