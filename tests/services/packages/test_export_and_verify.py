"""Packages that leave a real library: preflight, 3MF, record, file, and their check afterwards."""

from __future__ import annotations

import errno
import hashlib
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import lib3mf
import pytest

from app.base import atomic_file
from app.base.errors import DiskFull, DocumentError, NotFound, RuleViolation, StorageError
from app.base.progress import Progress
from app.documents.packages.print_package import open_package, write_package
from app.documents.packages.three_mf import write_three_mf
from app.domain.catalog.part import RightToMake
from app.domain.packages.preflight import BlockerCode
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import Verdict, Verification
from app.domain.qualification.print_definition import Binding
from app.services.catalog.set_rights import set_rights
from app.services.packages import prepare_package as exporting
from app.services.packages.check_package import ExportOrder, check_package
from app.services.packages.copy_issued_file import copy_issued_file
from app.services.packages.verify_file import verify_file
from app.services.qualification.block_qualification import block_qualification
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.release_definition import release_definition
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, KEY, NUMBER, PROVIDER, Chain
from helpers.signed_samples import TODAY, definition_field, package_content, trusted

ORDER = ExportOrder(part_number=NUMBER, provider=PROVIDER, quantity=10)
OURS = (trusted(KEY),)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


def verify(file: Path, library: Library | None = None, today: date = TODAY) -> Verification:
    return verify_file(file, OURS, today=today, library=library)


def packages_of(library: Library) -> list[PrintPackage]:
    with library.reading() as read:
        return read.fetch(PrintPackage)


def test_a_package_leaves_with_the_source_and_a_sound_3mf(chain: Chain, library: Library) -> None:
    chain.own()
    chain.qualify()
    exported = chain.export()
    assert exported.file.name == "P-2026-0001.everspare"
    assert (exported.triangles, exported.dropped_triangles) == (12, 0)
    data = exported.file.read_bytes()
    package = open_package(data)
    assert package.files["source/cap.stl"] == (chain.folder / "cap.stl").read_bytes()
    assert package.manifest.owner == "Norvik GmbH"
    target = chain.folder / "model.3mf"
    target.write_bytes(package.files["model/ST-1002.3mf"])
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(target))
    assert reader.GetWarningCount() == 0
    objects = model.GetMeshObjects()
    objects.MoveNext()
    assert objects.GetCurrentMeshObject().IsManifoldAndOriented()
    [record] = packages_of(library)
    assert record == exported.record
    assert record.sha256 == hashlib.sha256(data).hexdigest()
    assert (record.quantity, record.trial, record.exported_by) == (10, False, AUTHOR)
    assert library.objects.read_bytes(record.sha256) == data


def test_the_papers_carry_definition_evidence_and_licence(chain: Chain) -> None:
    chain.qualify()
    files = open_package(chain.export().file.read_bytes()).files
    names = [field["name"] for field in json.loads(files["recipe.json"])["fields"]]
    assert names == ["layer_height_mm", "infill_percent", "colour"]
    assert json.loads(files["recipe.json"])["machine"]["name"] == "M1"
    evidence = json.loads(files["evidence.json"])
    assert evidence["qualified"] is True
    assert evidence["evidence"][0]["sha256"] == hashlib.sha256(b"passed").hexdigest()
    assert json.loads(files["licence.json"])["quantity"] == 10
    steps = json.loads(files["inspection.json"])["steps"]
    assert "10.00 × 20.00 × 30.00" in steps[2]["requirement"]


def test_it_verifies_and_each_of_200_random_changes_does_not(chain: Chain) -> None:
    chain.qualify()
    file = chain.export().file
    answer = verify(file)
    assert (answer.verdict, answer.number) == (Verdict.GENUINE, "P-2026-0001")
    data = file.read_bytes()
    chance = random.Random(200)
    other = chain.folder / "changed.everspare"
    for _round in range(200):
        position = chance.randrange(len(data))
        changed = bytearray(data)
        changed[position] ^= chance.randrange(1, 256)
        other.write_bytes(changed)
        assert verify(other).verdict is Verdict.NOT_GENUINE, position


def test_the_preflight_names_everything_and_nothing_leaves(chain: Chain, library: Library) -> None:
    chain.catalogue()
    chain.register()
    blockers = [blocker.code for blocker in check_package(library, ORDER, today=TODAY)]
    assert blockers == [
        BlockerCode.RIGHT_UNKNOWN,
        BlockerCode.EXPORT_NOT_ASSESSED,
        BlockerCode.NOT_RELEASED,
        BlockerCode.NO_DEFINITION,
    ]
    with pytest.raises(RuleViolation):
        chain.export()
    assert packages_of(library) == []
    assert not (chain.folder / "out").exists()


def test_an_unqualified_provider_gets_a_watermarked_trial_only(
    chain: Chain, library: Library
) -> None:
    chain.define()
    with pytest.raises(RuleViolation, match="not qualified"):
        chain.export()
    exported = chain.export(quantity=2, trial=True)
    assert exported.file.name == "P-2026-0001-TRIAL.everspare"
    assert exported.record.trial
    assert verify(exported.file).statements["Kind"] == "trial, not qualified"
    set_rights(library, NUMBER, who=AUTHOR, right_to_make=RightToMake.UNKNOWN)
    with pytest.raises(RuleViolation, match="right to make it is unknown"):
        chain.export(trial=True)


def test_numbers_run_on_and_old_files_are_never_replaced(chain: Chain) -> None:
    chain.qualify()
    first = chain.export().file
    second = chain.export().file
    assert (first.name, second.name) == ("P-2026-0001.everspare", "P-2026-0002.everspare")
    (chain.folder / "out" / "P-2026-0003.everspare").write_bytes(b"somebody's")
    with pytest.raises(StorageError, match="exists already"):
        chain.export()
    assert (chain.folder / "out" / "P-2026-0003.everspare").read_bytes() == b"somebody's"


def test_a_taken_number_is_replaced_by_the_next(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.qualify()
    first = chain.export()
    answers = iter([first.record.number])
    real = exporting._next_number

    def stale(read: object, year: int) -> str:
        return next(answers, None) or real(read, year)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "_next_number", stale)
    first.file.unlink()
    assert chain.export().record.number == "P-2026-0002"
    assert len(packages_of(library)) == 2


def test_a_full_disk_records_nothing(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.qualify()

    def full(path: Path, data: bytes, mode: int) -> None:
        path.write_bytes(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_file, "_write_synced", full)
    with pytest.raises(DiskFull):
        chain.export()
    monkeypatch.undo()
    assert packages_of(library) == []
    assert list((chain.folder / "out").iterdir()) == []
    assert library.check(Progress()).clean


def test_a_3mf_that_reads_back_differently_never_leaves(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.qualify()

    def careless(vertices: object, faces: object, words: object) -> object:
        written = write_three_mf(vertices, faces, words)  # type: ignore[arg-type]
        return replace(written, triangles=written.triangles + 1)

    monkeypatch.setattr(exporting, "write_three_mf", careless)
    with pytest.raises(DocumentError, match="does not read back"):
        chain.export()
    assert packages_of(library) == []


def test_what_changes_while_the_package_is_made_still_stops_it(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved = chain.qualify()

    def blocked_meanwhile(vertices: object, faces: object, words: object) -> object:
        block_qualification(library, approved.id, who=APPROVER, why="recall")
        return write_three_mf(vertices, faces, words)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_three_mf", blocked_meanwhile)
    with pytest.raises(RuleViolation, match="is blocked"):
        chain.export()
    assert packages_of(library) == []
    assert list((chain.folder / "out").iterdir()) == []


def test_a_minor_version_leaves_under_the_old_qualification_and_ends_old_packages(
    chain: Chain, library: Library
) -> None:
    chain.qualify()
    old = chain.export().file
    wider = definition_field("infill_percent", Binding.RANGE, minimum=30.0, maximum=70.0)
    define_print(library, NUMBER, DefinitionEdit(fields=(wider,), reason="supply"), who=AUTHOR)
    release_definition(library, NUMBER, who=APPROVER)
    new = chain.export().file
    assert open_package(new.read_bytes()).manifest.definition == "1.1"
    assert verify(new, library).verdict is Verdict.GENUINE
    answer = verify(old, library)
    assert (answer.verdict, answer.exit_status) == (Verdict.NO_LONGER_CURRENT, 3)
    assert "1.0" in answer.reason
    assert verify(old).verdict is Verdict.GENUINE


def test_a_major_version_stays_until_it_is_qualified(chain: Chain, library: Library) -> None:
    chain.qualify()
    finer = definition_field("layer_height_mm", Binding.KEY, value="0.1")
    define_print(library, NUMBER, DefinitionEdit(fields=(finer,), reason="fit"), who=AUTHOR)
    release_definition(library, NUMBER, who=APPROVER)
    with pytest.raises(RuleViolation, match="not qualified"):
        chain.export()


def test_an_expired_qualification_holds_packages_back(chain: Chain, library: Library) -> None:
    chain.qualify()
    [blocker] = check_package(library, ORDER, today=date(2029, 11, 24))
    assert blocker.code is BlockerCode.EXPIRED
    assert check_package(library, ORDER, today=date(2029, 11, 23)) == ()


def test_a_licence_with_an_end_is_no_longer_current_after_it(chain: Chain) -> None:
    chain.qualify()
    file = chain.export(expires_on=date(2026, 12, 31)).file
    assert verify(file, today=date(2026, 12, 31)).verdict is Verdict.GENUINE
    assert verify(file, today=date(2027, 1, 1)).verdict is Verdict.NO_LONGER_CURRENT


def test_a_package_can_be_handed_out_again_byte_for_byte(chain: Chain, library: Library) -> None:
    chain.qualify()
    exported = chain.export()
    folder = chain.folder / "again"
    folder.mkdir()
    copied = copy_issued_file(library, "P-2026-0001", folder)
    assert copied.read_bytes() == exported.file.read_bytes()
    with pytest.raises(StorageError, match="exists already"):
        copy_issued_file(library, "P-2026-0001", folder)
    with pytest.raises(NotFound, match="Nothing was issued"):
        copy_issued_file(library, "P-1999-0001", folder)


def test_a_file_that_names_this_library_but_is_not_in_its_log_is_remarked(
    chain: Chain, library: Library
) -> None:
    chain.qualify()
    content = package_content(library_id=library.library_id, number="P-2026-0777")
    file = chain.folder / "foreign.everspare"
    file.write_bytes(write_package(content, KEY))
    answer = verify(file, library)
    assert answer.verdict is Verdict.GENUINE
    assert "no record of it" in answer.reason
    assert "no record" not in verify(file).reason


def test_a_missing_file_is_a_sentence(chain: Chain) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        verify(chain.folder / "none.everspare")
