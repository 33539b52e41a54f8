"""Lists of lots and certificates, everything on one lot, and the page of a certificate."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from app.base.errors import AppError, NotFound, StorageError
from app.base.progress import Progress
from app.domain.certificates.certificate import CertificateState
from app.domain.certificates.certificate_list import CertificateCounts, LotStanding
from app.services.certificates.count_certificates import count_certificates
from app.services.certificates.draw_certificate_page import PAGE_WIDTH_PX, draw_certificate_page
from app.services.certificates.fetch_lot import fetch_lot
from app.services.certificates.page_certificates import page_certificates
from app.services.certificates.page_lots import page_lots
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.storage.library import Library
from app.workers.pool import WorkerPool
from app.workers.tasks.pages import draw_first_page
from helpers.chain import APPROVER, NUMBER, Chain


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    """Three lots: one certified, one whose certificate was withdrawn, one without any."""
    made = Chain(library, workers, tmp_path)
    made.own()
    made.qualify()
    made.export()
    made.deliver("L-1", quantity=1, serials=())
    made.deliver("L-2", quantity=1, serials=(), purchaser="Aqualis GmbH")
    made.deliver("L-3", quantity=1, serials=(), order_reference="4712, item 20")
    made.issue("a.pdf", lot="L-1")
    made.issue("b.pdf", lot="L-1", supersedes="C-2026-0001")
    withdrawn = made.issue("c.pdf", lot="L-2").certificate.number
    withdraw_certificate(library, withdrawn, who=APPROVER, why="wrong purchaser")
    return made


def lots(library: Library, text: str = "") -> list[str]:
    pages = page_lots(library, text=text)
    rows = pages.first_rows(10)
    ids = [lot_id for chunk in pages.id_chunks(2) for lot_id in chunk]
    assert pages.rows(ids) == rows
    return [row.number for row in rows]


def certificates(library: Library, text: str = "") -> list[str]:
    pages = page_certificates(library, text=text)
    rows = pages.first_rows(10)
    ids = [row_id for chunk in pages.id_chunks(2) for row_id in chunk]
    assert pages.rows(ids) == rows
    return [row.number for row in rows]


def test_lots_without_a_certificate_come_first(chain: Chain, library: Library) -> None:
    assert lots(library) == ["L-3", "L-2", "L-1"]
    third, second, first = page_lots(library).first_rows(10)
    assert [row.standing for row in (third, second, first)] == [
        LotStanding.NONE,
        LotStanding.WITHDRAWN,
        LotStanding.ISSUED,
    ]
    assert (first.issued, first.ended) == (1, 1)
    assert (first.part_number, first.revision, first.quantity) == (NUMBER, "A", 1)
    assert (first.manufacturer, second.purchaser) == ("North Print Oy", "Aqualis GmbH")


def test_certificates_come_newest_first_with_their_state(chain: Chain, library: Library) -> None:
    assert certificates(library) == ["C-2026-0003", "C-2026-0002", "C-2026-0001"]
    rows = page_certificates(library).first_rows(10)
    assert [row.state for row in rows] == [
        CertificateState.WITHDRAWN,
        CertificateState.ISSUED,
        CertificateState.SUPERSEDED,
    ]
    assert [row.lot_number for row in rows] == ["L-2", "L-1", "L-1"]
    assert rows[0].retain_until is not None and rows[0].retain_until.year == 2036
    assert rows[0].issued_at.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aqualis", ["L-2"]),
        ("4712, ITEM", ["L-3"]),
        ("l-1", ["L-1"]),
        ("leg cap", ["L-3", "L-2", "L-1"]),
        ("north print", ["L-3", "L-2", "L-1"]),
        ("%", []),
    ],
)
def test_lots_are_found_by_purchaser_order_part_and_maker(
    chain: Chain, library: Library, text: str, expected: list[str]
) -> None:
    assert lots(library, text) == expected


def test_certificates_are_found_by_number_and_lot(chain: Chain, library: Library) -> None:
    assert certificates(library, "0002") == ["C-2026-0002"]
    assert certificates(library, "l-1") == ["C-2026-0002", "C-2026-0001"]


def test_counts(chain: Chain, library: Library) -> None:
    assert count_certificates(library) == CertificateCounts(
        lots=3, uncertified=2, certificates=3, withdrawn=1
    )


def test_a_lot_is_found_by_its_number_and_by_its_certificates(
    chain: Chain, library: Library
) -> None:
    lot = fetch_lot(library, "L-1")
    assert fetch_lot(library, "C-2026-0001") == lot
    assert [item.number for item in lot.details.certificates] == ["C-2026-0002", "C-2026-0001"]
    assert lot.in_force is not None and lot.in_force.number == "C-2026-0002"
    later = lot.successor("C-2026-0001")
    assert later is not None and later.number == "C-2026-0002"
    assert lot.successor("C-2026-0002") is lot.certificate("C-2026-0003") is None
    assert lot.package is not None and lot.package.number == "P-2026-0001"
    assert (lot.part.number, lot.revision.label, lot.definition.major) == (NUMBER, "A", 1)
    second = fetch_lot(library, "L-2")
    assert second.in_force is None
    withdrawal = second.withdrawn["C-2026-0003"]
    assert (withdrawal.who, withdrawal.why) == (APPROVER, "wrong purchaser")
    assert lot.withdrawn == {}
    with pytest.raises(NotFound, match="no lot and no certificate X-1"):
        fetch_lot(library, "X-1")


def test_the_page_is_drawn_once_and_kept(
    chain: Chain, library: Library, workers: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = fetch_lot(library, "L-1").in_force
    assert certificate is not None
    png = draw_certificate_page(library, certificate, workers=workers, progress=Progress())
    width, height = struct.unpack(">II", png[16:24])
    assert width == PAGE_WIDTH_PX
    assert height / width == pytest.approx(297 / 210, abs=0.01)
    monkeypatch.setattr(workers, "run", None)
    again = draw_certificate_page(library, certificate, workers=workers, progress=Progress())
    assert again == png


def test_an_exchanged_copy_is_not_shown(
    chain: Chain, library: Library, workers: WorkerPool
) -> None:
    certificate = fetch_lot(library, "L-1").in_force
    assert certificate is not None
    library.objects.path_of(certificate.sha256).write_bytes(b"%PDF-1.4 another")
    with pytest.raises(StorageError):
        draw_certificate_page(library, certificate, workers=workers, progress=Progress())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 cut off", b"no pdf at all"])
def test_what_is_no_document_is_a_sentence(
    workers: WorkerPool, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.pdf"
    file.write_bytes(content)
    with pytest.raises(AppError, match=r"c\.pdf cannot be shown as a page"):
        workers.run(draw_first_page, str(file), 300, "c.pdf")
