"""A process that dies at any step of an act leaves a library that opens and checks clean."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.progress import Progress
from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.part import Part
from app.domain.catalog.stored_file import StoredFile
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import part, parts

DIE = """
import os, shutil, sys
from pathlib import Path
from app.domain.catalog.part import Part
from app.storage import library as module
from app.storage.objects import ObjectStore
from app.storage.opening import open_library
from app.storage.writer import Writer

def die(*_arguments, **_named):
    os._exit(9)

def no_link(*_arguments):
    raise OSError(1, "no hard links here")

step = sys.argv[2]
library = open_library(Path(sys.argv[1]))
if step.startswith("copied"):
    os.link = no_link
if step == "after stage":
    ObjectStore.place = die
def die_halfway(source, target):
    Path(target).write_bytes(b"so")
    die()

if step == "copied by half":
    os.link = no_link
    shutil.copyfile = die_halfway
if step == "copied, not renamed":
    Path.rename = (lambda rename: lambda self, to: rename(self, to) if "-" in Path(to).name
                   else die())(Path.rename)
if step == "after place":
    Writer.find = die
if step.endswith("before commit"):
    Writer.close_change_set = die
if step == "after commit, before the note":
    module.note_witness = die
if step == "after the note, before discard":
    ObjectStore.discard = die
with library.writing(who="Ben", act="add part") as write:
    write.keep_bytes(b"solid")
    write.insert([Part(number="new", number_key="new")])
print("survived")
"""

STEPS = {
    "after stage": False,
    "copied by half": False,
    "copied, not renamed": False,
    "copied, before commit": False,
    "after place": False,
    "before commit": False,
    "after commit, before the note": True,
    "after the note, before discard": True,
}


@pytest.mark.parametrize("step", STEPS)
def test_dying_at_any_step_leaves_all_or_nothing(library: Library, step: str) -> None:
    with library.writing(who="Anna", act="add parts") as write:
        write.insert(parts(2))
    library.close()
    done = subprocess.run(
        [sys.executable, "-c", DIE, str(library.path), step], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (9, ""), done.stderr
    reopened = open_library(library.path)
    assert reopened.check(Progress()).problems == ()
    committed = STEPS[step]
    with reopened.reading() as read:
        assert read.count(Part) == 2 + committed
        assert read.count(StoredFile) == committed
    assert reopened.objects.leftovers() == []
    assert len(list(reopened.objects.stored_hashes())) == committed
    with reopened.writing(who="Anna", act="again") as write:
        write.keep_bytes(b"solid")
    assert reopened.check(Progress()).problems == ()
    reopened.close()


def test_a_clock_that_steps_back_keeps_the_order(library: Library, clock: FixedClock) -> None:
    for days in (0, -1, -3650, 5):
        clock.set(clock.now() + timedelta(days=days))
        with library.writing(who="Anna", act=f"add {days}") as write:
            write.insert([part(f"A{days}")])
    with library.reading() as read:
        acts = [entry.act for entry in reversed(read.audit.latest())]
        assert read.count(ChangeSet) == 4
    assert acts == ["add 0", "add -1", "add -3650", "add 5"]
    assert library.check(Progress()).problems == ()


EDIT = """
import sys
from dataclasses import replace
from pathlib import Path
from app.base.errors import ChangedMeanwhile
from app.domain.catalog.part import Part
from app.storage.opening import open_library

library = open_library(Path(sys.argv[1]))
who, done = sys.argv[2], 0
while done < int(sys.argv[3]):
    with library.reading() as read:
        seen = read.one(Part, number="counter")
    try:
        with library.writing(who=who, act="count") as write:
            write.update(replace(seen, note=str(int(seen.note) + 1)))
    except ChangedMeanwhile as error:
        assert "Changed by" in str(error) and "Load it again" in str(error)
    else:
        done += 1
library.close()
"""


def test_two_processes_edit_one_record_and_no_update_is_lost(library: Library) -> None:
    with library.writing(who="Anna", act="add part") as write:
        write.insert([part("counter", note="0")])
    rounds = 40
    editors = [
        subprocess.Popen(
            [sys.executable, "-c", EDIT, str(library.path), who, str(rounds)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in ("Ben", "Cleo")
    ]
    for editor in editors:
        editor.communicate(timeout=60)
        assert editor.returncode == 0
    with library.reading() as read:
        assert read.one(Part, number="counter").note == str(2 * rounds)
        assert read.count(ChangeSet) == 1 + 2 * rounds
    assert library.check(Progress()).problems == ()


def test_two_libraries_side_by_side_do_not_mix(library: Library, tmp_path: Path) -> None:
    from app.storage.opening import create_library

    other = create_library(tmp_path / "other")
    assert other.library_id != library.library_id
    with (
        library.writing(who="Anna", act="here") as here,
        other.writing(who="Ben", act="there") as t,
    ):
        here.insert(parts(2))
        here.keep_bytes(b"here")
        t.insert(parts(3, prefix="B"))
        t.keep_bytes(b"there")
    for opened, count in ((library, 2), (other, 3)):
        with opened.reading() as read:
            assert read.count(Part) == count
        assert opened.check(Progress()).problems == ()
    assert set(library.objects.stored_hashes()).isdisjoint(other.objects.stored_hashes())
    other.close()


def test_a_trail_moved_to_another_library_is_noticed(library: Library, tmp_path: Path) -> None:
    """The first link names its library, so that a chain cannot be passed off as another's."""
    from app.storage.opening import create_library

    other = create_library(tmp_path / "other")
    for opened in (library, other):
        with opened.writing(who="Anna", act="add") as write:
            write.insert(parts(1))
    with library.reading() as first, other.reading() as second:
        assert first.audit.latest()[0].previous_hash != second.audit.latest()[0].previous_hash
    other.close()
