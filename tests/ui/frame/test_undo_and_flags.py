"""Undo by name, and verdicts that follow the records, on a real library."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.lifecycle.flag import Answer, Flag
from app.ui.context import UiContext
from app.ui.frame.flag_keeper import FlagKeeper
from app.ui.frame.undo_acts import UndoActs
from app.ui.jobs import JobRunner
from helpers.builders import part

Settle = Callable[[], None]


@pytest.fixture
def acts(context: UiContext, jobs: JobRunner, settle: Settle) -> UndoActs:
    with context.services.library.writing(who="Anna", act="import list.xlsx") as write:
        write.insert([part("A1", "Cap")])
    made = UndoActs(jobs)
    made.attach(context.services)
    settle()
    return made


def test_undo_names_the_act_and_reverts_it(
    acts: UndoActs, context: UiContext, settle: Settle
) -> None:
    told: list[tuple[str, bool]] = []
    acts.reverted.connect(lambda done, redone: told.append((done.act, redone)))
    assert acts.undo_act == "import list.xlsx"
    acts.undo()
    settle()
    acts.refresh()
    settle()
    assert (acts.undo_act, acts.redo_act) == ("", "import list.xlsx")
    acts.redo()
    settle()
    assert told == [("import list.xlsx", False), ("import list.xlsx", True)]
    with context.services.library.reading() as read:
        assert read.count(Part) == 1


def test_what_has_changed_since_is_refused_in_words(
    acts: UndoActs, context: UiContext, settle: Settle
) -> None:
    with context.services.library.writing(who="Ben", act="rename", undoable=False) as write:
        write.update(replace(write.one(Part, number="A1"), name="Cap, oval"))
    refused: list[str] = []
    acts.refused.connect(lambda error: refused.append(str(error)))
    acts.undo()
    settle()
    assert len(refused) == 1
    with context.services.library.reading() as read:
        assert read.one(Part, number="A1").name == "Cap, oval"


def test_without_a_library_there_is_nothing_to_undo(jobs: JobRunner) -> None:
    acts = UndoActs(jobs)
    acts.attach(None)
    acts.undo()
    acts.redo()
    assert (acts.undo_act, acts.redo_act) == ("", "")
    assert jobs.active == ()


def answers(context: UiContext) -> list[Answer]:
    with context.services.library.reading() as read:
        return [flag.answer for flag in read.fetch(Flag)]


def test_verdicts_are_made_when_a_library_opens_and_when_records_change(
    context: UiContext, jobs: JobRunner, settle: Settle
) -> None:
    library = context.services.library
    with library.writing(who="Anna", act="add") as write:
        write.insert([part("A1")])
    heard: list[Changes] = []
    context.bus.changed.connect(lambda changes, _who: heard.append(changes))
    keeper = FlagKeeper(jobs)
    keeper.attach(context)
    settle()
    assert answers(context) == [Answer.UNKNOWN]
    assert [changes.touches("flag") for changes in heard] == [True]
    with library.writing(who="Anna", act="add") as write:
        write.insert([part("A2")])
    context.bus.publish(Changes.everything_of("part"))
    settle()
    assert answers(context) == [Answer.UNKNOWN] * 2


def test_its_own_news_does_not_set_it_off_again(
    context: UiContext, jobs: JobRunner, settle: Settle
) -> None:
    keeper = FlagKeeper(jobs)
    keeper.attach(context)
    settle()
    started: list[object] = []
    jobs.job_started.connect(started.append)
    context.bus.publish(Changes.everything_of("flag", "part"), keeper)
    context.bus.publish(Changes.everything_of("certificate"), QObject())
    assert started == []
    keeper.attach(None)
    context.bus.publish(Changes.everything_of("part"))
    assert started == []


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_changes_during_a_judgement_are_judged_once_more(
    context: UiContext, jobs: JobRunner, settle: Settle
) -> None:
    keeper = FlagKeeper(jobs)
    keeper.attach(context)
    with context.services.library.writing(who="Anna", act="add") as write:
        write.insert([part("A1")])
    for _number in range(5):
        context.bus.publish(Changes.everything_of("part"))
    settle()
    assert answers(context) == [Answer.UNKNOWN]
