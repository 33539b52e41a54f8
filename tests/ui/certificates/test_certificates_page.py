"""The page of certificates: lots and certificates, the picture of the page, acts and states."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.base.errors import StorageError
from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.services.packages.create_key import create_key
from app.ui.certificates import certificates_page
from app.ui.certificates.batch_dialog import BatchDialog
from app.ui.certificates.certificates_page import CertificatesPage
from app.ui.certificates.certify_dialog import FOLDER, CertifyDialog
from app.ui.certificates.withdraw_dialog import WithdrawDialog
from app.ui.context import UiContext
from app.ui.widgets.listing import Listing
from helpers.chain import APPROVER, NUMBER, Chain

PASSPHRASE = "correct horse battery"
Settle = Callable[[], None]


@pytest.fixture
def chain(context: UiContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chain:
    """Three lots: L-1 has a certificate and one that it replaced, L-2 a withdrawn one, L-3 none."""
    library = context.services.library
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=library.clock)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)
    context.state.setValue(FOLDER, str(tmp_path / "certificates"))
    made = Chain(library, context.services.workers, tmp_path)
    made.own()
    made.qualify()
    made.export()
    for number in ("L-1", "L-2", "L-3"):
        made.deliver(number, quantity=1, serials=())
    made.issue("a.pdf", lot="L-1")
    made.issue("b.pdf", lot="L-1", supersedes="C-2026-0001")
    made.issue("c.pdf", lot="L-2")
    withdraw_certificate(library, "C-2026-0003", who=APPROVER, why="wrong purchaser")
    return made


@pytest.fixture
def empty_page(context: UiContext, qtbot: QtBot) -> Iterator[CertificatesPage]:
    made = CertificatesPage(context)
    qtbot.addWidget(made)
    made.resize(1232, 760)
    yield made


@pytest.fixture
def page(chain: Chain, empty_page: CertificatesPage, settle: Settle) -> CertificatesPage:
    empty_page.show()
    settle()
    return empty_page


def rows(listing: Listing) -> list[dict[str, str]]:
    keys = [column.key for column in listing.model.columns]
    cells = [listing.model.cells(position) for position in range(len(listing.model.ids))]
    return [dict(zip(keys, row.texts, strict=True)) for row in cells if row is not None]


def refusals(page: CertificatesPage) -> dict[str, str]:
    return {act.key: act.refusal for act in page.record_acts()}


def run(page: CertificatesPage, key: str) -> None:
    next(act for act in page.record_acts() if act.key == key).run()


def states(context: UiContext) -> dict[str, CertificateState]:
    with context.services.library.reading() as read:
        return {item.number: item.state for item in read.fetch(Certificate)}


def test_lots_without_a_certificate_stand_first(page: CertificatesPage) -> None:
    listed = [(row["number"], row["standing"]) for row in rows(page.listing)]
    assert listed == [("L-3", "None yet"), ("L-2", "Withdrawn"), ("L-1", "Issued")]
    assert page.head.summary.text() == "2 of 3 lots have no certificate in force"
    assert page.status_text == "3 lots"
    assert page.current_number == NUMBER
    assert page.inspector.primary.text() == "Issue certificate…"
    assert not page.page.isVisible()
    assert "No certificate has been issued for this lot." in page.inspector.sheet.text


def test_a_certified_lot_shows_its_page_and_the_certificates_before(
    page: CertificatesPage, settle: Settle
) -> None:
    page.show_subject("L-1")
    settle()
    assert page.page.isVisible()
    assert page.page.has_page
    assert page.page.name.text() == "b.pdf"
    text = page.inspector.sheet.text
    assert "Certificate C-2026-0002" in text
    assert "Declaration of conformity (ISO/IEC 17050-1)" in text
    assert "Keep until 2036-11-23" in text
    assert "Other certificates of this lot" in text
    assert "C-2026-0001 Superseded" in text
    assert "P-2026-0001" in text
    page.show_subject("L-3")
    settle()
    assert not page.page.isVisible()
    assert not page.page.has_page


def test_the_page_fits_the_width_and_can_be_shown_larger(
    page: CertificatesPage, settle: Settle
) -> None:
    page.show_subject("L-1")
    settle()
    panel = page.page
    fitted = panel.sheet.width()
    assert fitted <= panel.area.viewport().width()
    assert not panel.area.horizontalScrollBar().isVisible()
    panel.step_zoom(1)
    panel.step_zoom(1)
    assert panel.sheet.width() > fitted
    panel.step_zoom(-1)
    panel.fit.click()
    assert panel.sheet.width() == fitted
    assert panel.zoom.text().endswith("%")


def test_a_link_chooses_a_certificate_and_a_missing_one_is_told(
    page: CertificatesPage, settle: Settle
) -> None:
    page.head.search.setText("nothing like it")
    page.show_subject("C-2026-0001")
    settle()
    assert page.head.view == "certificates"
    assert page.head.text == ""
    assert page.inspector.number.text() == "C-2026-0001"
    assert page.page.name.text() == "a.pdf"
    assert "Replaced by C-2026-0002." in page.inspector.sheet.text
    page.show_subject("C-2026-0003")
    settle()
    assert "by Ben Kolb: wrong purchaser" in page.inspector.sheet.text
    page.show_subject("C-1")
    settle()
    assert "no lot and no certificate C-1" in page.strip.text


def test_the_certificates_come_newest_first(
    page: CertificatesPage, settle: Settle, qtbot: QtBot
) -> None:
    page.head.segments.setFocus()
    qtbot.keyClick(page.head.segments, Qt.Key.Key_Right)
    settle()
    listed = [(row["number"], row["state"], row["lot"]) for row in rows(page.listing)]
    assert listed == [
        ("C-2026-0003", "Withdrawn", "L-2"),
        ("C-2026-0002", "Issued", "L-1"),
        ("C-2026-0001", "Superseded", "L-1"),
    ]
    assert page.status_text == "3 certificates"
    assert "already" in refusals(page)["withdraw"]
    assert "already" in refusals(page)["supersede"]


def test_a_search_without_a_hit_is_cleared_with_one_press(
    page: CertificatesPage, qtbot: QtBot, settle: Settle
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.head.search, "aqualis")
    qtbot.waitUntil(lambda: not page.listed)
    assert "aqualis" in page.listing.empty.sentence
    page.listing.empty.button.click()
    qtbot.waitUntil(lambda: page.listed)


def test_nothing_delivered_yet(empty_page: CertificatesPage, settle: Settle) -> None:
    empty_page.show()
    settle()
    assert "Book a delivered lot" in empty_page.listing.empty.sentence
    empty_page.show_subject("view:certificates")
    settle()
    assert "issue its certificate" in empty_page.listing.empty.sentence
    assert empty_page.record_acts() == ()
    assert not empty_page.inspector.isVisible()


def test_the_certificate_of_a_lot_is_issued_from_here(
    page: CertificatesPage, settle: Settle, context: UiContext, qtbot: QtBot
) -> None:
    page.inspector.primary.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, CertifyDialog)
    settle()
    assert dialog.lot.currentData() == "L-3"
    dialog.run()
    settle()
    assert states(context)["C-2026-0004"] is CertificateState.ISSUED
    qtbot.waitUntil(lambda: page.head.summary.text().startswith("1 of 3"))
    dialog.close()


def test_superseding_names_the_certificate_that_is_replaced(
    page: CertificatesPage, settle: Settle, context: UiContext
) -> None:
    page.show_subject("C-2026-0002")
    settle()
    run(page, "supersede")
    dialog = page.acts.dialog
    assert isinstance(dialog, CertifyDialog)
    settle()
    assert dialog.type.currentData() == CertificateType.DECLARATION
    assert dialog.replaces.currentData() == "C-2026-0002"
    dialog.run()
    settle()
    assert states(context)["C-2026-0002"] is CertificateState.SUPERSEDED
    dialog.close()


def test_withdrawing_asks_why(
    page: CertificatesPage, settle: Settle, context: UiContext, qtbot: QtBot
) -> None:
    page.show_subject("C-2026-0002")
    settle()
    run(page, "withdraw")
    dialog = page.acts.dialog
    assert isinstance(dialog, WithdrawDialog)
    dialog.run()
    settle()
    assert "needs a reason" in dialog.strip.text
    dialog.why.setPlainText("wrong lot")
    dialog.run()
    settle()
    assert states(context)["C-2026-0002"] is CertificateState.WITHDRAWN
    qtbot.waitUntil(lambda: "wrong lot" in page.inspector.sheet.text)


def test_verify_copy_and_open_work_on_the_kept_copy(
    page: CertificatesPage,
    settle: Settle,
    chain: Chain,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.show_subject("C-2026-0002")
    settle()
    page.inspector.primary.click()
    settle()
    assert "every byte of the document is as it was signed" in page.inspector.sheet.text
    out = tmp_path / "again.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    run(page, "copy_record")
    settle()
    assert out.read_bytes() == (chain.folder / "b.pdf").read_bytes()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    run(page, "open_pdf")
    settle()
    [shown] = map(Path, opened)
    assert shown.name == "b.pdf"
    assert shown.read_bytes() == out.read_bytes()


def test_an_exchanged_copy_is_told_instead_of_shown(
    page: CertificatesPage, settle: Settle, chain: Chain
) -> None:
    with chain.library.reading() as read:
        sha256 = read.one(Certificate, number="C-2026-0002").sha256
    chain.library.objects.path_of(sha256).write_bytes(b"%PDF-1.4 another")
    page.show_subject("C-2026-0002")
    settle()
    assert not page.page.has_page
    assert page.page.trouble
    page.inspector.primary.click()
    settle()
    assert "Not genuine" in page.inspector.sheet.text


def test_several_lots_are_certified_one_after_the_other_exceptions_first(
    page: CertificatesPage, settle: Settle, context: UiContext, tmp_path: Path, qtbot: QtBot
) -> None:
    page.select_all()
    settle()
    assert "3 lots selected" in page.inspector.note
    assert page.status_text == "3 of 3 selected"
    run(page, "certify")
    dialog = page.acts.dialog
    assert isinstance(dialog, BatchDialog)
    settle()
    assert dialog.stated.text == (
        "Lot L-1: Certificate C-2026-0002 is in force for it. Nothing stands against 2 lots."
    )
    dialog.run()
    settle()
    assert "2 certificates issued in" in dialog.strip.text
    assert "1 lot is left out." in dialog.strip.text
    assert dialog.stated.text.startswith("Lot L-1:")
    issued = {number for number, state in states(context).items() if state == "issued"}
    assert issued == {"C-2026-0002", "C-2026-0004", "C-2026-0005"}
    assert len(list((tmp_path / "certificates").glob("*.pdf"))) == 2
    dialog.close()
    qtbot.waitUntil(lambda: page.head.summary.text().startswith("Every lot"))


def test_a_batch_that_nothing_can_come_of_cannot_be_started(
    page: CertificatesPage, settle: Settle, qtbot: QtBot, context: UiContext
) -> None:
    dialog = BatchDialog(context, ["L-1", "L-2"])
    qtbot.addWidget(dialog)
    dialog.open()
    settle()
    dialog.type.setCurrentIndex(dialog.type.findData(CertificateType.COMPLIANCE_2_1))
    settle()
    assert dialog.stated.text.count("issued by the manufacturer only") == 2
    assert not dialog.verb_button.isEnabled()


def test_rows_are_copied_and_enter_opens_the_part(page: CertificatesPage, qtbot: QtBot) -> None:
    page.listing.enter()
    qtbot.keyClick(page.listing.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith(f"L-3\t{NUMBER}")
    with qtbot.waitSignal(page.part_requested) as opened:
        qtbot.keyClick(page.listing.table, Qt.Key.Key_Return)
    assert opened.args == [NUMBER]
    with qtbot.waitSignal(page.act_requested) as asked:
        page.head.verify.click()
    assert asked.args == ["verify_file"]


def test_an_error_says_so_and_the_list_stays(
    page: CertificatesPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise StorageError("The disk is gone.")

    monkeypatch.setattr(certificates_page, "count_certificates", broken)
    page.refresh()
    settle()
    assert "The disk is gone." in page.strip.text
    assert len(rows(page.listing)) == 3
