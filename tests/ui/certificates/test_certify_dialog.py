"""The certify dialog: prefilled, gaps marked, refusals in words, the file at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pytestqt.qtbot import QtBot

from app.domain.certificates.certificate import Certificate, CertificateState, CertificateType
from app.domain.certificates.organisation import Organisation
from app.domain.inventory.part_details import LotDetails
from app.services.catalog.fetch_part import fetch_part
from app.services.packages.create_key import create_key
from app.ui.certificates.certify_dialog import FOLDER, CertifyDialog
from app.ui.certificates.owner_dialog import OwnerDialog
from app.ui.context import UiContext
from app.ui.packages.lot_dialog import LotDialog
from app.ui.packages.signing_key import KeyState
from helpers.chain import NUMBER, Chain

PASSPHRASE = "correct horse battery"


@pytest.fixture
def delivered(
    context: UiContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], tuple[LotDetails, ...]]:
    """A lot that was delivered, and a key to sign with; returns the lots as they stand."""
    library = context.services.library
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=library.clock)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)
    chain = Chain(library, context.services.workers, tmp_path)
    chain.qualify()
    chain.export()
    chain.deliver()
    return lambda: fetch_part(library, NUMBER).lots


@pytest.fixture
def open_dialog(
    context: UiContext,
    delivered: Callable[[], tuple[LotDetails, ...]],
    qtbot: QtBot,
    settle: Callable[[], None],
    tmp_path: Path,
) -> Iterator[Callable[[], CertifyDialog]]:
    context.state.setValue(FOLDER, str(tmp_path / "certificates"))

    def make() -> CertifyDialog:
        dialog = CertifyDialog(context, delivered(), lot_number="L-1")
        qtbot.addWidget(dialog)
        dialog.open()
        settle()
        return dialog

    yield make


@pytest.fixture
def owned(context: UiContext, tmp_path: Path) -> None:
    Chain(context.services.library, context.services.workers, tmp_path).own()


def _type(dialog: CertifyDialog, kind: CertificateType, settle: Callable[[], None]) -> None:
    dialog.type.setCurrentIndex(dialog.type.findData(kind))
    settle()


def _certificates(context: UiContext) -> list[Certificate]:
    with context.services.library.reading() as read:
        return read.fetch(Certificate)


@pytest.mark.usefixtures("owned")
def test_it_opens_prefilled_and_issues_a_declaration(
    context: UiContext,
    open_dialog: Callable[[], CertifyDialog],
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    dialog = open_dialog()
    assert dialog.issuer.text() == "Norvik GmbH"
    assert dialog.address.text() == "Uferstr. 18, 57072 Siegen, Germany"
    assert "3 pieces of ST-1002, revision A, made by North Print Oy" in dialog.about.text()
    assert "Order 4711, item 10" in dialog.requirements.toPlainText()
    assert dialog.stated.text == "Nothing stands against it."
    dialog.place.selectAll()
    dialog.place.insert("Siegen")
    dialog.place.setModified(True)
    dialog.run()
    settle()
    issued = dialog.issued
    assert issued is not None
    assert issued.file == tmp_path / "certificates" / "L-1-declaration.pdf"
    text = _text_of(issued.file)
    assert issued.certificate.number in text
    assert "Siegen" in text
    assert "Certificate C-2026-0001 is issued" in dialog.strip.text
    assert dialog.verb_button.text() == "Open folder"


@pytest.mark.usefixtures("owned")
def test_2_1_is_refused_where_the_issuer_did_not_make_the_lot(
    context: UiContext, open_dialog: Callable[[], CertifyDialog], settle: Callable[[], None]
) -> None:
    dialog = open_dialog()
    _type(dialog, CertificateType.COMPLIANCE_2_1, settle)
    assert "issued by the manufacturer only" in dialog.stated.text
    assert "North Print Oy made this lot, not Norvik GmbH" in dialog.stated.text
    dialog.run()
    settle()
    assert "issued by the manufacturer only" in dialog.strip.text
    assert dialog.issued is None
    assert _certificates(context) == []


def test_gaps_are_marked_before_anybody_signs(
    open_dialog: Callable[[], CertifyDialog], settle: Callable[[], None], qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert dialog.issuer.property("missing") is True
    assert "Missing: issuer's name, issuer's address" in dialog.stated.text
    assert dialog.issuer.accessibleDescription() == "missing"
    qtbot.keyClicks(dialog.issuer, "Norvik GmbH")
    qtbot.keyClicks(dialog.address, "Uferstr. 18, Siegen")
    qtbot.keyClicks(dialog.place, "Siegen")
    qtbot.waitUntil(lambda: dialog.stated.text == "Nothing stands against it.")
    assert dialog.issuer.property("missing") is False


@pytest.mark.usefixtures("owned")
def test_a_second_certificate_replaces_the_first_under_a_new_name(
    context: UiContext, open_dialog: Callable[[], CertifyDialog], settle: Callable[[], None]
) -> None:
    first = open_dialog()
    first.run()
    settle()
    second = open_dialog()
    assert second.replaces.isVisible()
    assert second.replaces.currentData() == "C-2026-0001"
    second.run()
    settle()
    issued = second.issued
    assert issued is not None
    assert issued.file.name == "L-1-declaration-2.pdf"
    states = {item.number: item.state for item in _certificates(context)}
    assert states == {
        "C-2026-0001": CertificateState.SUPERSEDED,
        "C-2026-0002": CertificateState.ISSUED,
    }


@pytest.mark.usefixtures("owned")
def test_a_draft_can_be_looked_at_without_issuing(
    context: UiContext,
    open_dialog: Callable[[], CertifyDialog],
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Path] = []
    dialog = open_dialog()
    monkeypatch.setattr(dialog, "show_draft", shown.append)
    dialog.draft_button.click()
    settle()
    assert "DRAFT" in _text_of(shown[0]).upper()
    assert _certificates(context) == []


@pytest.mark.usefixtures("owned")
@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
def test_typing_at_once_does_not_lose_what_is_prefilled(
    context: UiContext,
    delivered: Callable[[], tuple[LotDetails, ...]],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    dialog = CertifyDialog(context, delivered())
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.place, "Siegen")
    dialog._wait.timeout.emit()  # before the first answer is there
    settle()
    qtbot.waitUntil(lambda: dialog.issuer.text() == "Norvik GmbH")
    assert dialog.requirements.toPlainText()
    assert dialog.place.text() == "Siegen"


@pytest.mark.usefixtures("owned")
def test_the_key_is_looked_for_again_after_a_refusal(
    context: UiContext,
    open_dialog: Callable[[], CertifyDialog],
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = open_dialog()
    assert dialog.key.found is not None
    assert dialog.key.found.state is KeyState.READY
    monkeypatch.delenv("EVERSPARE_PASSPHRASE")
    dialog.run()
    settle()
    assert dialog.issued is None
    assert dialog.key.passphrase.isVisible()
    dialog.key.passphrase.setText(PASSPHRASE)
    dialog.run()
    settle()
    assert dialog.issued is not None


def test_without_a_lot_it_says_so(context: UiContext, qtbot: QtBot) -> None:
    dialog = CertifyDialog(context, ())
    qtbot.addWidget(dialog)
    assert "book one first" in dialog.stated.text
    dialog.run()
    assert "book one first" in dialog.strip.text


def test_without_a_package_no_lot_can_be_booked(context: UiContext, qtbot: QtBot) -> None:
    dialog = LotDialog(context, ())
    qtbot.addWidget(dialog)
    dialog.number.setText("L-1")
    dialog.run()
    assert "No package has been exported" in dialog.strip.text


def test_the_owner_is_shown_and_changed(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    library = context.services.library
    Chain(library, context.services.workers, tmp_path).own()
    dialog = OwnerDialog(context)
    qtbot.addWidget(dialog)
    settle()
    assert dialog.name.text() == "Norvik GmbH"
    dialog.address.setText(" Hafen 3 ")
    dialog.run()
    settle()
    with library.reading() as read:
        [owner] = read.fetch(Organisation)
    assert (owner.name, owner.address, owner.country) == ("Norvik GmbH", "Hafen 3", "Germany")


def _text_of(file: Path) -> str:
    document = pdfium.PdfDocument(file)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
