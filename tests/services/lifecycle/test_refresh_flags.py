"""Flags follow what was written: only where verdicts rest on it, and never half."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import Cancelled
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.domain.certificates.organisation import Organisation
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.domain.lifecycle.supply import SupplyPosition
from app.services.lifecycle.flag_spares import FlagReport, flag_spares
from app.services.lifecycle.refresh_flags import refresh_flags
from app.storage.library import Library
from helpers.life_cycle_samples import add_stethoscope

TODAY = date(2026, 11, 23)


def head(library: Library) -> int:
    with library.reading() as read:
        found = read.audit.head()
    return found.id if found else 0


def refresh(library: Library, since: int, progress: Progress | None = None) -> FlagReport | None:
    return refresh_flags(
        library, since=since, who="Anna", today=TODAY, horizon_months=24, progress=progress
    )


@pytest.fixture
def judged(library: Library) -> dict[str, int]:
    """A judged library; the ids of its parts by number."""
    ids = add_stethoscope(library)
    flag_spares(library, who="Anna", today=TODAY)
    return ids


def fill_up(library: Library, part_id: int) -> None:
    with library.writing(who="Berta", act="count stock") as write:
        position = write.one(SupplyPosition, part_id=part_id)
        write.update(replace(position, stock=5000.0))


def answer_of(library: Library, part_id: int) -> Answer:
    with library.reading() as read:
        return read.one(Flag, part_id=part_id).answer


def test_a_new_count_of_the_stock_is_judged(library: Library, judged: dict[str, int]) -> None:
    before = head(library)
    fill_up(library, judged["ST-1004"])
    report = refresh(library, before)

    assert report is not None and report.turned == 1
    assert answer_of(library, judged["ST-1004"]) is Answer.NO
    with library.reading() as read:
        assert [act.why for act in read.audit.latest(1)] == ["count stock"]


def test_nothing_is_judged_where_nothing_was_written(
    library: Library, judged: dict[str, int]
) -> None:
    assert refresh(library, head(library)) is None


def test_records_that_no_verdict_rests_on_call_for_nothing(
    library: Library, judged: dict[str, int]
) -> None:
    before = head(library)
    with library.writing(who="Anna", act="name the owner") as write:
        write.insert([Organisation(name="Lenz Garden")])

    assert head(library) > before
    assert refresh(library, before) is None


def test_the_latest_act_that_matters_is_the_cause(library: Library, judged: dict[str, int]) -> None:
    before = head(library)
    with library.writing(who="Anna", act="shorten service") as write:
        [end] = [m for m in write.fetch(Milestone) if m.kind is MilestoneKind.END_OF_SERVICE]
        write.update(replace(end, on=date(2026, 1, 1)))
    with library.writing(who="Anna", act="name the owner") as write:
        write.insert([Organisation(name="Lenz Garden")])
    report = refresh(library, before)

    assert report is not None and report.counts[Answer.YES] == 0
    with library.reading() as read:
        assert read.audit.latest(1)[0].why == "shorten service"


def test_a_cause_that_changes_no_verdict_leaves_no_entry(
    library: Library, judged: dict[str, int]
) -> None:
    before = head(library)
    with library.writing(who="Anna", act="rename") as write:
        part = write.one(Part, id=judged["ST-1004"])
        write.update(replace(part, name="Spring, steel"))
    after = head(library)
    report = refresh(library, before)

    assert report is not None and not report.changes
    assert head(library) == after


def test_a_refresh_that_is_stopped_can_be_made_up_for(
    library: Library, judged: dict[str, int]
) -> None:
    before = head(library)
    fill_up(library, judged["ST-1004"])
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        refresh(library, before, stopped)

    assert answer_of(library, judged["ST-1004"]) is Answer.YES
    refresh(library, before)
    assert answer_of(library, judged["ST-1004"]) is Answer.NO
