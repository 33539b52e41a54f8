"""Several lots certified one after the other: exceptions first, and none keeps another back."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from app.base.errors import Cancelled
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate, CertificateType
from app.domain.certificates.certificate_batch import BatchOutcome
from app.services.certificates.certificate_draft import CertificateOrder
from app.services.certificates.check_batch import check_batch
from app.services.certificates.issue_batch import issue_batch
from app.services.qualification.block_qualification import block_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, KEY, Chain

DECLARATION, COMPLIANCE = CertificateType.DECLARATION, CertificateType.COMPLIANCE_2_1
LOTS = ("L-1", "L-2", "L-3")


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.own()
    made.qualify()
    made.export()
    for number in LOTS:
        made.deliver(number, quantity=1, serials=())
    return made


def issue(chain: Chain, progress: Progress | None = None) -> BatchOutcome:
    def name_file(order: CertificateOrder) -> Path:
        return chain.folder / f"{order.lot}.pdf"

    return issue_batch(
        chain.library,
        LOTS,
        DECLARATION,
        name_file=name_file,
        key=KEY,
        workers=chain.workers,
        who=APPROVER,
        progress=progress or Progress(),
    )


def test_every_lot_gets_its_certificate_in_order(chain: Chain) -> None:
    done = issue(chain)
    assert [item.number for item in done.issued] == ["C-2026-0001", "C-2026-0002", "C-2026-0003"]
    assert done.refused == ()
    assert done.changes.touches("certificate")
    assert all((chain.folder / f"{lot}.pdf").exists() for lot in LOTS)


def test_what_cannot_be_certified_comes_first(chain: Chain) -> None:
    chain.issue("earlier.pdf", lot="L-2")
    cases = check_batch(chain.library, (*LOTS, "L-9"), DECLARATION, who=APPROVER)
    assert [case.lot for case in cases] == ["L-2", "L-9", "L-1", "L-3"]
    assert "C-2026-0001 is in force" in cases[0].refusal
    assert "no lot L-9" in cases[1].refusal
    assert cases[2].refusal == ""
    other = check_batch(chain.library, LOTS, COMPLIANCE, who=APPROVER)
    assert all("by the manufacturer only" in case.refusal for case in other)


def test_gaps_and_a_blocked_qualification_are_told(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    chain = Chain(library, workers, tmp_path)
    qualification = chain.qualify()
    chain.export()
    chain.deliver()
    [without_owner] = check_batch(library, ["L-1"], DECLARATION, who=APPROVER)
    assert "Missing: issuer's name" in without_owner.refusal
    chain.own()
    block_qualification(library, qualification.id, who=APPROVER, why="cracks")
    [blocked] = check_batch(library, ["L-1"], DECLARATION, who=APPROVER)
    assert "blocked" in blocked.refusal


def test_one_that_fails_does_not_keep_back_the_others(chain: Chain) -> None:
    (chain.folder / "L-2.pdf").write_bytes(b"somebody else's")
    done = issue(chain)
    assert len(done.issued) == 2
    [refused] = done.refused
    assert refused.lot == "L-2"
    assert "L-2.pdf" in refused.refusal
    assert (chain.folder / "L-2.pdf").read_bytes() == b"somebody else's"


def test_stopping_keeps_what_was_issued_and_names_the_rest(chain: Chain) -> None:
    stop = Event()

    def report(_share: float, _text: str) -> None:
        if (chain.folder / "L-1.pdf").exists():
            stop.set()

    done = issue(chain, Progress(report, stop))
    assert [item.number for item in done.issued] == ["C-2026-0001"]
    assert [case.lot for case in done.refused] == ["L-2", "L-3"]
    with chain.library.reading() as read:
        assert read.count(Certificate) == 1


def test_stopping_before_the_first_issues_nothing(chain: Chain) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        issue(chain, Progress(lambda _share, _text: None, stop))
