"""A process that dies at any step of an export or an issue leaves all of it, or nothing half."""

from __future__ import annotations

import hashlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.base.clock import FixedClock
from app.base.progress import Progress
from app.documents.verification import verify_bytes
from app.domain.certificates.certificate import Certificate, CertificateType
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import Verdict
from app.services.certificates.certificate_draft import CertificateOrder, draft_certificate
from app.services.certificates.issue_certificate import issue_certificate
from app.services.packages.check_package import ExportOrder
from app.services.packages.copy_issued_file import copy_issued_file
from app.services.packages.prepare_package import prepare_package
from app.storage.library import Library
from app.storage.opening import open_library
from app.workers.pool import WorkerPool
from helpers import dying_issues
from helpers.chain import APPROVER, KEY, NUMBER, PROVIDER, Chain
from helpers.signed_samples import NOW, TODAY, trusted

LEAST_STEPS = 10
ORDER = ExportOrder(part_number=NUMBER, provider=PROVIDER, quantity=10)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.own()
    made.qualify()
    return made


def die_at_every_step(act: str, chain: Chain, kind: type[Any], **given: bytes) -> list[Path]:
    """Let the act die in copies of the chain's library, and check what each death left.

    Args:
        kind: of the record that the act makes.
        given: files beside the library, by stem: the content of a pickle.

    Returns:
        The folders, one for each step; in the last one the act came through.
    """
    chain.library.close()
    template, place = chain.folder / "template", chain.folder / "deaths"
    shutil.copytree(chain.library.path, template / "library")
    for stem, content in given.items():
        (template / f"{stem}.pickle").write_bytes(content)
    command = [sys.executable, dying_issues.__file__, act, str(template), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    folders = sorted(place.iterdir())
    assert len(folders) >= LEAST_STEPS
    seen = {_left_whole(folder, kind) for folder in folders}
    assert {False, True} <= seen, "no death between the commit and the name was tried"
    return folders


def _left_whole(folder: Path, kind: type[Any]) -> bool | None:
    """Return None without a record, else whether its file is in its place."""
    again = reopened(folder)
    with again.reading() as read:
        records = read.fetch(kind)
    if records:
        in_place = same_as_record(again, folder, records[0])
    else:
        assert whole_files(folder) == [], folder.name
    again.close()
    return in_place if records else None


def reopened(folder: Path) -> Library:
    library = open_library(folder / "library", clock=FixedClock(NOW))
    assert library.check(Progress()).clean, folder.name
    assert list((folder / "library" / "objects" / "incoming").iterdir()) == []
    return library


def whole_files(folder: Path) -> list[Path]:
    """Return the files under final names; hidden ones are unfinished and no reader takes them."""
    out = folder / "out"
    return [file for file in out.iterdir() if not file.name.startswith(".")] if out.exists() else []


def same_as_record(library: Library, folder: Path, record: PrintPackage | Certificate) -> bool:
    """Say whether the file is in its place; where it is not, it can be written once more."""
    files = whole_files(folder)
    copy = copy_issued_file(library, record.number, folder / f"copy-{record.file_name}")
    for file in (*files, copy):
        data = file.read_bytes()
        assert hashlib.sha256(data).hexdigest() == record.sha256
        answer = verify_bytes(file.name, data, (trusted(KEY),), TODAY)
        assert (answer.verdict, answer.number) == (Verdict.GENUINE, record.number)
    return bool(files)


def test_an_export_that_dies_anywhere(chain: Chain, workers: WorkerPool) -> None:
    prepared = prepare_package(
        chain.library, ORDER, workers=workers, today=TODAY, progress=Progress()
    )
    folders = die_at_every_step("export", chain, PrintPackage, prepared=pickle.dumps(prepared))
    later = Chain(reopened(folders[-2]), workers, folders[-2])
    assert later.export().record.number == "P-2026-0002"
    first = Chain(reopened(folders[2]), workers, folders[2])
    assert first.export().record.number == "P-2026-0001"


def test_a_certificate_that_dies_anywhere(chain: Chain, workers: WorkerPool) -> None:
    chain.export()
    chain.deliver()
    order = CertificateOrder(lot="L-1", type=CertificateType.DECLARATION)
    # Draws the picture, so that the processes that die need no workers.
    draft_certificate(chain.library, order, workers=workers, who=APPROVER, progress=Progress())
    folders = die_at_every_step("certify", chain, Certificate)
    issued = issue_certificate(
        reopened(folders[-2]),
        order,
        out=chain.folder / "next.pdf",
        key=KEY,
        workers=workers,
        who=APPROVER,
        progress=Progress(),
    )
    assert issued.certificate.number == "C-2026-0002"
