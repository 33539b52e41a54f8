"""Where packages go: folders that are missing, locked, full or taken, and two exports at once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base import atomic_file
from app.base.errors import RuleViolation, StorageError
from app.base.progress import Progress
from app.domain.packages.preflight import MOST_PIECES, BlockerCode
from app.domain.packages.print_package import PrintPackage
from app.services.packages import export_package as exporting
from app.services.packages.check_package import ExportOrder, check_package
from app.services.packages.copy_issued_file import copy_issued_file
from app.services.packages.prepare_package import prepare_package
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.release_definition import release_definition
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, KEY, NUMBER, PROVIDER, Chain
from helpers.signed_samples import TODAY, definition_field

ORDER = ExportOrder(part_number=NUMBER, provider=PROVIDER, quantity=10)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.qualify()
    return made


def records(library: Library) -> list[str]:
    with library.reading() as read:
        return [item.number for item in read.fetch(PrintPackage)]


def waiting(library: Library) -> list[Path]:
    return list((library.path / "objects" / "incoming").iterdir())


def nothing_left(chain: Chain) -> bool:
    assert records(chain.library) == []
    assert waiting(chain.library) == []
    return chain.library.check(Progress()).clean


def test_a_missing_folder_is_made(chain: Chain) -> None:
    chain.folder /= "new"
    (chain.folder).mkdir()
    chain.folder /= "deep"
    assert chain.export().file.read_bytes().startswith(b"PK")


def test_a_file_in_place_of_the_folder_is_a_sentence(chain: Chain) -> None:
    (chain.folder / "out").write_text("a file")
    with pytest.raises(StorageError, match=r"cannot be written|exists already"):
        chain.export()
    assert nothing_left(chain)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EIO, errno.ENAMETOOLONG])
def test_a_folder_that_refuses_is_a_sentence_and_uses_no_number(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(path: Path, data: bytes, mode: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(atomic_file, "_write_synced", refuse)
        with pytest.raises(StorageError, match=os.strerror(number)):
            chain.export()
    assert nothing_left(chain)
    assert chain.export().record.number == "P-2026-0001"


def test_the_same_file_name_uses_no_number_and_leaves_nothing(chain: Chain) -> None:
    (chain.folder / "out").mkdir()
    mine = chain.folder / "out" / "P-2026-0001.everspare"
    mine.write_bytes(b"mine")
    with pytest.raises(StorageError, match="exists already"):
        chain.export()
    assert mine.read_bytes() == b"mine"
    assert nothing_left(chain)


def test_a_name_taken_at_the_last_moment_names_number_and_way_out(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exporting.hand_over

    def taken(staged: atomic_file.StagedFile, number: str) -> None:
        staged.path.write_bytes(b"somebody's")
        real(staged, number)

    monkeypatch.setattr(exporting, "hand_over", taken)
    with pytest.raises(StorageError, match="P-2026-0001 is issued and recorded") as caught:
        chain.export()
    assert "reissue P-2026-0001" in caught.value.hint
    monkeypatch.undo()
    assert (chain.folder / "out" / "P-2026-0001.everspare").read_bytes() == b"somebody's"
    assert copy_issued_file(library, "P-2026-0001", chain.folder / "again.everspare").exists()
    assert chain.export().record.number == "P-2026-0002"


def test_a_refused_export_uses_no_number(chain: Chain, library: Library) -> None:
    with pytest.raises(RuleViolation):
        chain.export(quantity=0)
    assert nothing_left(chain)
    assert chain.export().record.number == "P-2026-0001"


@pytest.mark.parametrize("quantity", [-1, 0, MOST_PIECES + 1, 2**53, 2**63, 10**40])
def test_a_quantity_nobody_can_mean_is_a_sentence(
    chain: Chain, library: Library, quantity: int
) -> None:
    [blocker] = check_package(library, replace(ORDER, quantity=quantity), today=TODAY)
    assert blocker.code is BlockerCode.QUANTITY
    assert f"not {quantity:,d}." in blocker.text
    with pytest.raises(RuleViolation, match="The licence"):
        chain.export(quantity=quantity)


def test_the_largest_licence_leaves(chain: Chain) -> None:
    assert chain.export(quantity=MOST_PIECES).record.quantity == MOST_PIECES


def test_a_licence_that_has_ended_before_it_begins_is_refused(chain: Chain) -> None:
    with pytest.raises(RuleViolation, match="would have ended on 2026-11-22"):
        chain.export(expires_on=date(2026, 11, 22))
    assert chain.export(expires_on=TODAY).record.number == "P-2026-0001"


def test_a_recipe_replaced_while_the_manifest_was_read_does_not_leave(
    chain: Chain, library: Library, workers: WorkerPool
) -> None:
    prepared = prepare_package(library, ORDER, workers=workers, today=TODAY, progress=Progress())
    from app.domain.qualification.print_definition import Binding

    wider = definition_field("infill_percent", Binding.RANGE, minimum=30.0, maximum=70.0)
    define_print(library, NUMBER, DefinitionEdit(fields=(wider,), reason="supply"), who=AUTHOR)
    release_definition(library, NUMBER, who=APPROVER)
    with pytest.raises(RuleViolation, match="changed meanwhile; look at the manifest again"):
        exporting.export_package(
            library,
            ORDER,
            out=chain.folder / "out",
            key=KEY,
            workers=workers,
            who=AUTHOR,
            today=TODAY,
            progress=Progress(),
            prepared=prepared,
        )
    assert nothing_left(chain)
    assert chain.export().record.definition_id != prepared.content.definition.id


EXPORTS = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from app.base.clock import FixedClock
from app.storage.opening import open_library
from app.workers.pool import WorkerPool
from helpers.chain import Chain
library = open_library(Path(sys.argv[1]), clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC)))
with WorkerPool(size=1) as pool:
    chain = Chain(library, pool, Path(sys.argv[2]))
    for _round in range(3):
        chain.export(quantity=1)
"""


def test_two_processes_export_at_the_same_time(chain: Chain, library: Library) -> None:
    tests = Path(__file__).resolve().parents[2]
    script = chain.folder / "exports.py"
    script.write_text(f"if __name__ == '__main__':{EXPORTS.replace(chr(10), chr(10) + '    ')}")
    environment = {**os.environ, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"}
    command = [sys.executable, str(script), str(library.path), str(chain.folder)]
    started = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        for _process in range(2)
    ]
    errors = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], errors
    numbers = records(library)
    assert sorted(numbers) == [f"P-2026-{n:04d}" for n in range(1, 7)]
    found = sorted(file.name for file in (chain.folder / "out").iterdir())
    assert found == [f"{number}.everspare" for number in sorted(numbers)]
    assert library.check(Progress()).clean
