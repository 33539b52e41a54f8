"""Several processes on one library: nothing is lost and the chain stays whole."""

from __future__ import annotations

import subprocess
import sys

from app.base.progress import Progress
from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.part import Part
from app.storage.library import Library

ADD_PARTS = """
import sys
from pathlib import Path
from app.domain.catalog.part import Part
from app.storage.opening import open_library

library = open_library(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    number = f"{sys.argv[2]}{n}"
    with library.writing(who=sys.argv[2], act="add part") as write:
        write.insert([Part(number=number, number_key=number.casefold())])
        write.keep_bytes(b"the same file from everybody" if n % 2 else number.encode())
library.close()
"""


def test_two_processes_write_side_by_side(library: Library) -> None:
    rounds = 30
    writers = [
        subprocess.Popen([sys.executable, "-c", ADD_PARTS, str(library.path), name, str(rounds)])
        for name in ("Anna", "Ben")
    ]
    for n in range(rounds):
        with library.writing(who="Cleo", act="add part") as write:
            write.insert([Part(number=f"Cleo{n}", number_key=f"cleo{n}")])
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    with library.reading() as read:
        assert read.count(Part) == 3 * rounds
        assert read.count(ChangeSet) == 3 * rounds
    assert library.check(Progress()).clean


def test_a_reader_keeps_its_snapshot_while_another_writes(library: Library) -> None:
    with library.reading() as read:
        assert read.count(Part) == 0
        with library.writing(who="Anna", act="add part") as write:
            write.insert([Part(number="A", number_key="a")])
        assert read.count(Part) == 0
    before = library.data_version()
    with library.reading() as read:
        assert read.count(Part) == 1
    with library.writing(who="Anna", act="add part") as write:
        write.insert([Part(number="B", number_key="b")])
    assert library.data_version() > before
