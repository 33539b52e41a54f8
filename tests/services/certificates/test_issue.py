"""Lots booked and certificates issued in a real library."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.base.errors import NotFound, RuleViolation, StorageError
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType, Lot
from app.domain.packages.verification import Verdict
from app.services.catalog.revise_part import revise_part
from app.services.certificates import issue_certificate as issuing
from app.services.certificates.certificate_draft import CertificateOrder, draft_certificate
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.services.packages.verify_file import verify_file
from app.services.qualification.block_qualification import block_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, KEY, NUMBER, PROVIDER, Chain
from helpers.signed_samples import TODAY, trusted


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


@pytest.fixture
def delivered(chain: Chain) -> Chain:
    """A lot of three, made under a package, of an owner with address."""
    chain.own()
    chain.qualify()
    chain.export()
    chain.deliver()
    return chain


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


DECLARATION, COMPLIANCE = CertificateType.DECLARATION, CertificateType.COMPLIANCE_2_1


def test_a_declaration_says_all_the_library_knows(delivered: Chain, library: Library) -> None:
    issued = delivered.issue()
    text = text_of(issued.file)
    for words in (
        "C-2026-0001",
        "Norvik GmbH",
        "North Print Oy",
        "ST-1002, revision A",
        "L-1, A-001 to A-003",
        "3 pieces",
        "Order 4711, item 10",
        "Print definition 1.0: MEX, PETG-X",
        "P-2026-0001",
        hashlib.sha256(b"passed").hexdigest()[:40],
        APPROVER,
        "10.0 × 20.0 × 30.0 mm",
    ):
        assert words in text, words
    assert issued.has_picture
    [stored] = _certificates(library)
    data = issued.file.read_bytes()
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert library.objects.read_bytes(stored.sha256) == data
    assert stored.retain_until == date(2036, 11, 23)
    assert hashlib.sha256(stored.record_json.encode()).hexdigest() == stored.record_sha256
    assert json.loads(stored.record_json)["number"] == "C-2026-0001"


def _certificates(library: Library) -> list[Certificate]:
    with library.reading() as read:
        return read.fetch(Certificate)


def test_a_2_1_is_refused_where_the_provider_made_the_parts(
    delivered: Chain, library: Library
) -> None:
    with pytest.raises(RuleViolation, match="North Print Oy made this lot, not Norvik GmbH"):
        delivered.issue(type_=COMPLIANCE)
    assert _certificates(library) == []
    assert not (delivered.folder / "c.pdf").exists()


def test_a_2_1_is_issued_for_parts_from_our_own_house(chain: Chain) -> None:
    chain.own()
    chain.qualify()
    chain.export()
    chain.register(own_house=True)
    assert chain.deliver().manufacturer == "Norvik GmbH"
    issued = chain.issue(type_=COMPLIANCE)
    assert "EN 10204:2004" in text_of(issued.file)
    assert (issued.certificate.issuer, issued.certificate.manufacturer) == (
        "Norvik GmbH",
        "Norvik GmbH",
    )


def test_a_2_1_without_purchaser_and_order_is_refused_by_name(chain: Chain) -> None:
    chain.own()
    chain.qualify()
    chain.export()
    chain.register(own_house=True)
    chain.deliver(purchaser="", order_reference="")
    with pytest.raises(RuleViolation, match="missing: purchaser, order reference"):
        chain.issue(type_=COMPLIANCE)


def test_without_an_owner_the_issuer_is_missing(chain: Chain) -> None:
    chain.qualify()
    chain.export()
    chain.deliver()
    with pytest.raises(RuleViolation, match="issuer's name, issuer's address"):
        chain.issue()
    issued = chain.issue(issuer="Norvik", issuer_address="Uferstr. 18, Siegen")
    assert "Uferstr. 18, Siegen" in text_of(issued.file)


def test_a_certificate_is_genuine_until_superseded_or_withdrawn(
    delivered: Chain, library: Library
) -> None:
    ours = (trusted(KEY),)
    first = delivered.issue("1.pdf").file
    assert verify_file(first, ours, today=TODAY, library=library).verdict is Verdict.GENUINE
    second = delivered.issue("2.pdf", supersedes="C-2026-0001")
    assert "C-2026-0001" in text_of(second.file)
    answer = verify_file(first, ours, today=TODAY, library=library)
    assert (answer.verdict, answer.exit_status) == (Verdict.NO_LONGER_CURRENT, 3)
    assert "superseded by C-2026-0002" in answer.reason
    assert verify_file(first, ours, today=TODAY).verdict is Verdict.GENUINE
    withdraw_certificate(library, "C-2026-0002", who=APPROVER, why="wrong order")
    assert "withdrawn" in verify_file(second.file, ours, today=TODAY, library=library).reason
    with pytest.raises(RuleViolation, match="already"):
        withdraw_certificate(library, "C-2026-0002", who=APPROVER, why="again")
    with pytest.raises(RuleViolation, match="already"):
        delivered.issue("3.pdf", supersedes="C-2026-0001")
    states = [item.state for item in _certificates(library)]
    assert states == [CertificateState.SUPERSEDED, CertificateState.WITHDRAWN]
    assert delivered.issue("4.pdf").certificate.number == "C-2026-0003"


def test_what_cannot_be_superseded_or_withdrawn_is_refused(
    delivered: Chain, library: Library
) -> None:
    with pytest.raises(NotFound):
        delivered.issue(supersedes="C-1")
    with pytest.raises(NotFound):
        withdraw_certificate(library, "C-1", who=AUTHOR, why="x")
    with pytest.raises(RuleViolation, match="needs a reason"):
        withdraw_certificate(library, "C-1", who=AUTHOR, why=" ")
    assert _certificates(library) == []


def test_an_existing_file_stays_and_takes_no_number(delivered: Chain, library: Library) -> None:
    (delivered.folder / "c.pdf").write_bytes(b"mine")
    with pytest.raises(StorageError, match="exists already"):
        delivered.issue()
    assert (delivered.folder / "c.pdf").read_bytes() == b"mine"
    assert _certificates(library) == []


def test_a_draft_issues_nothing(delivered: Chain, library: Library) -> None:
    pdf = draft_certificate(
        library,
        CertificateOrder(lot="L-1", type=COMPLIANCE),
        workers=delivered.workers,
        who=APPROVER,
        progress=Progress(),
    )
    (delivered.folder / "d.pdf").write_bytes(pdf)
    assert "DRAFT" in text_of(delivered.folder / "d.pdf")
    assert _certificates(library) == []


def test_an_unknown_lot_is_a_sentence(delivered: Chain) -> None:
    order = CertificateOrder(lot="L-9", type=DECLARATION)
    with pytest.raises(NotFound, match="no lot L-9"):
        draft_certificate(
            delivered.library,
            order,
            workers=delivered.workers,
            who=AUTHOR,
            progress=Progress(),
        )


def test_the_eleventh_piece_of_ten_cannot_be_booked(delivered: Chain, library: Library) -> None:
    delivered.deliver("L-2", quantity=7, serials=())
    with pytest.raises(RuleViolation, match="1 more are not covered, 0 would be"):
        delivered.deliver("L-3", quantity=1, serials=())
    with library.reading() as read:
        assert [lot.number for lot in read.fetch(Lot)] == ["L-1", "L-2"]


def test_lots_are_booked_once_with_serials_of_their_own(delivered: Chain) -> None:
    with pytest.raises(RuleViolation, match="booked already"):
        delivered.deliver("L-1", quantity=1, serials=())
    with pytest.raises(RuleViolation, match="belongs to lot L-1"):
        delivered.deliver("L-2", quantity=1, serials=("A-002",))


def test_a_lot_needs_a_package_or_a_qualified_provider(chain: Chain) -> None:
    chain.qualify()
    direct = {"package": "", "part_number": NUMBER, "provider": PROVIDER}
    assert chain.deliver(**direct).package_id is None
    with pytest.raises(RuleViolation, match="not qualified for part ST-1002 on 2031-01-01"):
        chain.deliver("L-2", serials=(), delivered_on=date(2031, 1, 1), **direct)
    with pytest.raises(RuleViolation, match="Name the package"):
        chain.deliver("L-2", package="", serials=())
    with pytest.raises(NotFound, match="no package"):
        chain.deliver("L-2", package="P-1", serials=())


def test_a_lot_is_not_delivered_before_its_package_left(chain: Chain, library: Library) -> None:
    chain.qualify()
    chain.export()
    with pytest.raises(RuleViolation) as refused:
        chain.deliver(delivered_on=date(2026, 11, 22))
    assert str(refused.value) == (
        "Lot L-1 cannot have been delivered on 2026-11-22: package P-2026-0001 left the house on "
        "2026-11-23."
    )
    with library.reading() as read:
        assert read.count(Lot) == 0
    assert chain.deliver(delivered_on=date(2026, 11, 23)).number == "L-1"


def test_a_lot_without_package_is_not_delivered_before_the_approval(chain: Chain) -> None:
    chain.qualify()
    direct = {"package": "", "part_number": NUMBER, "provider": PROVIDER}
    with pytest.raises(RuleViolation, match="not qualified for part ST-1002 on 2026-11-22"):
        chain.deliver(delivered_on=date(2026, 11, 22), **direct)
    assert chain.deliver(delivered_on=date(2026, 11, 23), **direct).package_id is None


@pytest.mark.parametrize("named", [NUMBER, f"{NUMBER}@A", f" {NUMBER.lower()}@a "])
def test_a_lot_may_name_part_and_revision_of_its_package(chain: Chain, named: str) -> None:
    chain.qualify()
    chain.export()
    revise_part(chain.library, NUMBER, who=AUTHOR, why="thicker wall")
    with pytest.raises(RuleViolation, match="another part or provider"):
        chain.deliver(part_number=f"{NUMBER}@B")
    with pytest.raises(NotFound, match="no revision C"):
        chain.deliver(part_number=f"{NUMBER}@C")
    assert chain.deliver(part_number=named).number == "L-1"


def test_a_lot_without_package_names_the_machine_that_was_qualified(chain: Chain) -> None:
    chain.own()
    qualified = chain.qualify()
    chain.deliver(package="", part_number=NUMBER, provider=PROVIDER)
    issued = chain.issue("1.pdf")
    text = text_of(issued.file)
    assert hashlib.sha256(b"passed").hexdigest()[:40] in text
    assert json.loads(issued.certificate.record_json)["machine"] == "M1"
    block_qualification(chain.library, qualified.id, who=APPROVER, why="cracks in the field")
    with pytest.raises(RuleViolation, match="qualification that is blocked: cracks in the field"):
        chain.issue("2.pdf")


def test_what_changes_while_the_picture_is_drawn_is_checked_again(
    delivered: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename_owner(*_given: object) -> bytes:
        delivered.own("Other GmbH")
        return b""

    delivered.register(own_house=True)
    delivered.deliver("L-2", serials=())
    monkeypatch.setattr(issuing, "draw_part_picture", rename_owner)
    with pytest.raises(RuleViolation, match="Norvik GmbH made this lot, not Other GmbH"):
        delivered.issue(type_=COMPLIANCE, lot="L-2")
    assert _certificates(library) == []


def test_a_cache_that_takes_nothing_costs_no_picture(delivered: Chain, library: Library) -> None:
    (library.cache_dir / "pictures").parent.mkdir(parents=True, exist_ok=True)
    (library.cache_dir / "pictures").write_bytes(b"in the way")
    assert delivered.issue().has_picture


def test_a_lot_fits_its_package_and_is_never_a_trial(chain: Chain) -> None:
    chain.qualify()
    chain.export()
    chain.export(trial=True)
    with pytest.raises(RuleViolation, match="another part or provider"):
        chain.deliver(provider="elsewhere")
    with pytest.raises(RuleViolation, match="is a trial"):
        chain.deliver(package="P-2026-0002")
    assert chain.deliver(part_number=NUMBER, provider=PROVIDER.upper()).number == "L-1"
