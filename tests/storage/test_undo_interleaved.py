"""Undo among the acts of others: exactly its own act, or a refusal that names who came between."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from app.base.errors import AppError, RuleViolation
from app.base.progress import Progress
from app.domain.catalog.part import Part, PartRevision
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.storage.library import Library
from helpers.builders import part, parts, revision


def state(library: Library) -> dict[int, tuple[str, str, str]]:
    with library.reading() as read:
        return {p.id: (p.number, p.name, p.material) for p in read.fetch(Part)}


def problems(library: Library) -> tuple[object, ...]:
    return library.check(Progress()).problems


def test_a_row_that_came_and_went_in_one_act_stays_gone(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        write.insert([part("kept")])
    before = state(library)
    with library.writing(who="Anna", act="add and remove") as write:
        ids = write.insert(parts(2))
        write.update(replace(write.one(Part, id=ids[0]), name="Lever"))
        write.delete(Part, [ids[0]])
    after = state(library)
    undo_change(library, who="Ben")
    assert state(library) == before
    redo_change(library, who="Ben")
    assert state(library) == after
    assert problems(library) == ()


def test_changed_and_removed_in_one_group_comes_back_as_before(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1", "Knob")])
    before = state(library)
    with library.writing(who="Anna", act="tidy") as first:
        first.update(replace(first.one(Part, id=part_id), name="Lever"))
    with library.writing(who="Anna", act="tidy", group=first.group_id) as second:
        second.delete(Part, [part_id])
    undo_change(library, who="Ben")
    assert state(library) == before
    redo_change(library, who="Ben")
    assert state(library) == {}
    assert problems(library) == ()


def test_acts_of_others_between_the_batches_of_a_group_stay(library: Library) -> None:
    with library.writing(who="Anna", act="import") as first:
        first.insert(parts(2))
    with library.writing(who="Ben", act="add") as other:
        [theirs] = other.insert([part("B1", "Ben's")])
    with library.writing(who="Anna", act="import", group=first.group_id) as second:
        second.insert(parts(2, prefix="C"))
        second.update(replace(second.one(Part, id=theirs), material="PA12"))
    undo_change(library, who="Cleo", group_id=first.group_id)
    assert state(library) == {theirs: ("B1", "Ben's", "")}
    assert problems(library) == ()


def test_undoing_an_update_of_a_row_removed_since_names_who_removed_it(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1", "Knob")])
    with library.writing(who="Anna", act="rename") as renamed:
        renamed.update(replace(renamed.one(Part, id=part_id), name="Lever"))
    with library.writing(who="Ben", act="remove") as write:
        write.delete(Part, [part_id])
    with pytest.raises(RuleViolation, match=r"part 1 was changed by Ben .*remove"):
        undo_change(library, who="Cleo", group_id=renamed.group_id)
    assert state(library) == {}
    undo_change(library, who="Cleo")
    undo_change(library, who="Cleo", group_id=renamed.group_id)
    assert state(library)[part_id] == ("A1", "Knob", "")
    assert problems(library) == ()


def test_a_removed_row_whose_number_was_taken_since_stays_removed(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1", "Knob")])
    with library.writing(who="Anna", act="remove") as removed:
        removed.delete(Part, [part_id])
    with library.writing(who="Ben", act="add") as write:
        write.insert([part("A1", "Ben's")])
    with pytest.raises(RuleViolation, match="already holds"):
        undo_change(library, who="Cleo", group_id=removed.group_id)
    assert [name for _n, name, _m in state(library).values()] == ["Ben's"]
    assert problems(library) == ()


def test_many_conflicts_are_counted_not_listed(library: Library) -> None:
    with library.writing(who="Anna", act="import") as imported:
        ids = imported.insert(parts(10))
    with library.writing(who="Ben", act="rename") as write:
        write.update_all([replace(p, name="other") for p in write.fetch(Part, id=ids)])
    with pytest.raises(RuleViolation, match=r"And 7 more\.") as refused:
        undo_change(library, who="Cleo", group_id=imported.group_id)
    assert str(refused.value).count("was changed by Ben") == 3


@pytest.mark.parametrize("seed", range(4))
def test_undoing_everything_after_a_random_walk_leads_back(library: Library, seed: int) -> None:
    """Undo walks back over every state that was, and redo forward again."""
    chance = random.Random(seed)
    states = [state(library)]
    for n in range(14):
        with library.writing(who="Anna", act=f"step {n}") as write:
            _step(write, chance, n)
        if state(library) != states[-1]:
            states.append(state(library))
    for before in reversed(states[:-1]):
        undo_change(library, who="Ben")
        assert state(library) == before
    for after in states[1:]:
        redo_change(library, who="Ben")
        assert state(library) == after
    assert problems(library) == ()


def _step(write: object, chance: random.Random, n: int) -> None:
    there = write.fetch(Part)  # type: ignore[attr-defined]
    for _ in range(chance.randint(1, 3)):
        match chance.choice(["add", "change", "remove"]):
            case "add":
                fresh = part(f"N{n}-{chance.random()}", "new")
                write.insert([fresh])  # type: ignore[attr-defined]
            case "change" if there:
                one = write.one(Part, id=chance.choice(there).id)  # type: ignore[attr-defined]
                write.update(replace(one, name=f"name {n}"))  # type: ignore[attr-defined]
            case "remove" if there:
                gone = there.pop(chance.randrange(len(there)))
                write.delete(Part, [gone.id])  # type: ignore[attr-defined]


UNDO = """
import sys
from pathlib import Path
from app.base.errors import AppError
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.storage.opening import open_library

library = open_library(Path(sys.argv[1]))
for word in sys.argv[2:]:
    try:
        (undo_change if word == "undo" else redo_change)(library, who="Other")
        print("done")
    except AppError as error:
        print(error)
library.close()
"""


def in_another_process(library: Library, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", UNDO, str(library.path), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_undo_here_and_redo_there(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1", "Knob")])
    with library.writing(who="Anna", act="rename") as write:
        write.update(replace(write.one(Part, id=part_id), name="Lever"))
    undo_change(library, who="Anna")
    assert in_another_process(library, "redo", "undo", "undo", "redo") == ["done"] * 4
    assert state(library) == {part_id: ("A1", "Knob", "")}
    assert redo_change(library, who="Anna").act == "rename"
    assert state(library) == {part_id: ("A1", "Lever", "")}
    assert problems(library) == ()


def test_two_that_undo_at_once_undo_each_act_once(library: Library) -> None:
    with library.writing(who="Anna", act="add") as write:
        ids = write.insert(parts(1))
    for n in range(6):
        with library.writing(who="Anna", act=f"rename {n}") as write:
            write.update(replace(write.one(Part, id=ids[0]), name=f"name {n}"))
    there = subprocess.Popen(
        [sys.executable, "-c", UNDO, str(library.path), *["undo"] * 3],
        stdout=subprocess.PIPE,
        text=True,
    )
    here = 0
    for _ in range(3):
        try:
            undo_change(library, who="Anna")
            here += 1
        except AppError:
            continue
    done = here + there.communicate(timeout=60)[0].splitlines().count("done")
    expected = f"name {5 - done}" if done < 6 else "Part 1"
    assert state(library)[ids[0]][1] == expected
    assert problems(library) == ()


def test_a_locked_row_is_not_undone(library: Library) -> None:
    from app.domain.catalog.part import RevisionState

    with library.writing(who="Anna", act="add") as write:
        [part_id] = write.insert([part("A1")])
        [revision_id] = write.insert([revision(part_id)])
    with library.writing(who="Anna", act="give a reason") as reasoned:
        reasoned.update(replace(reasoned.one(PartRevision, id=revision_id), reason="first"))
    with library.writing(who="Ben", act="release", undoable=False) as write:
        write.update(replace(write.one(PartRevision, id=revision_id), state=RevisionState.RELEASED))
    with pytest.raises(RuleViolation, match="released revision cannot be changed"):
        undo_change(library, who="Cleo", group_id=reasoned.group_id)
    assert problems(library) == ()
