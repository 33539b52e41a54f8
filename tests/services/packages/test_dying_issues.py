"""A process that dies at any step of an export or an issue leaves all of it, or nothing half."""

from __future__ import annotations

import hashlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

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


def die_at_every_step(act: str, template: Path, place: Path) -> list[Path]:
    """Return the folders, one for each step; in the last one the act came through."""
    command = [sys.executable, dying_issues.__file__, act, str(template), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return sorted(place.iterdir())


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


def test_an_export_that_dies_anywhere(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    chain = Chain(library, workers, tmp_path)
    chain.qualify()
    prepared = prepare_package(library, ORDER, workers=workers, today=TODAY, progress=Progress())
    library.close()
    template = tmp_path / "template"
    shutil.copytree(library.path, template / "library")
    (template / "prepared.pickle").write_bytes(pickle.dumps(prepared))
    seen = set()
    folders = die_at_every_step("export", template, tmp_path / "deaths")
    for folder in folders:
        again = reopened(folder)
        with again.reading() as read:
            records = read.fetch(PrintPackage)
        if records:
            seen.add(same_as_record(again, folder, records[0]))
        else:
            assert whole_files(folder) == [], folder.name
        again.close()
    assert len(folders) >= LEAST_STEPS
    assert seen == {False, True}, "no death between the commit and the name was tried"
    later = Chain(reopened(folders[-2]), workers, folders[-2])
    assert later.export().record.number == "P-2026-0002"
    first = Chain(reopened(folders[2]), workers, folders[2])
    assert first.export().record.number == "P-2026-0001"


def test_a_certificate_that_dies_anywhere(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    chain = Chain(library, workers, tmp_path)
    chain.own()
    chain.qualify()
    chain.export()
    chain.deliver()
    order = CertificateOrder(lot="L-1", type=CertificateType.DECLARATION)
    draft_certificate(library, order, workers=workers, who=APPROVER, progress=Progress())
    library.close()
    template = tmp_path / "template"
    shutil.copytree(library.path, template / "library")
    seen = set()
    folders = die_at_every_step("certify", template, tmp_path / "deaths")
    for folder in folders:
        again = reopened(folder)
        with again.reading() as read:
            records = read.fetch(Certificate)
        if records:
            seen.add(same_as_record(again, folder, records[0]))
        else:
            assert whole_files(folder) == [], folder.name
        again.close()
    assert len(folders) >= LEAST_STEPS
    assert seen == {False, True}, "no death between the commit and the name was tried"
    last = reopened(folders[-2])
    issued = issue_certificate(
        last,
        order,
        out=tmp_path / "next.pdf",
        key=KEY,
        workers=workers,
        who=APPROVER,
        progress=Progress(),
    )
    assert issued.certificate.number == "C-2026-0002"
