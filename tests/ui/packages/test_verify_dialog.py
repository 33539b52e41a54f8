"""Verifying any files in the window: the dialog, and what the window drops into it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.services.sample.demonstration_key import create_demonstration_key
from app.ui.context import UiContext
from app.ui.frame.drop_hint import all_signed
from app.ui.packages.verify_dialog import VerifyDialog
from app.ui.packages.verifying import keys_trusted_here
from app.ui.places import CERTIFICATES, PACKAGES, Place
from helpers.chain import APPROVER, Chain

Settle = Callable[[], None]


@pytest.fixture
def chain(context: UiContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chain:
    from app.services.packages import trusted_keys
    from helpers.chain import KEY
    from helpers.signed_samples import trusted

    trusted_keys.hand_over_key(trusted(KEY), tmp_path / "key.toml")
    trusted_keys.trust_keys_of(tmp_path / "key.toml")
    made = Chain(context.services.library, context.services.workers, tmp_path)
    made.own()
    made.qualify()
    return made


@pytest.fixture
def dialog(context: UiContext, qtbot: QtBot) -> VerifyDialog:
    made = VerifyDialog(context.jobs, context.services.library, context.today())
    qtbot.addWidget(made)
    made.open()
    return made


def test_a_package_is_told_check_by_check_and_leads_to_its_record(
    chain: Chain, dialog: VerifyDialog, settle: Settle, qtbot: QtBot
) -> None:
    dialog.verify([chain.export().file])
    settle()
    assert "P-2026-0001.everspare P-2026-0001" in dialog.text
    assert "Genuine and current" in dialog.text
    assert "every file in it has the size and hash" in dialog.text
    assert "For northprint" in dialog.text
    assert dialog.show_button.isVisible()
    with qtbot.waitSignal(dialog.place_requested) as asked:
        dialog.show_button.click()
    assert asked.args == [Place(PACKAGES, "P-2026-0001")]
    assert not dialog.isVisible()


def test_a_withdrawn_certificate_leads_to_the_certificates(
    chain: Chain, dialog: VerifyDialog, settle: Settle, qtbot: QtBot
) -> None:
    chain.export()
    chain.deliver()
    issued = chain.issue()
    withdraw_certificate(chain.library, issued.certificate.number, who=APPROVER, why="wrong lot")
    dialog.verify([issued.file])
    settle()
    assert "Genuine, but no longer current" in dialog.text
    assert "Certificate C-2026-0001 has been withdrawn." in dialog.text
    with qtbot.waitSignal(dialog.place_requested) as asked:
        dialog.show_button.click()
    assert asked.args == [Place(CERTIFICATES, "C-2026-0001")]


def test_several_files_stand_under_each_other_and_none_hides_another(
    chain: Chain, dialog: VerifyDialog, settle: Settle, tmp_path: Path
) -> None:
    file = chain.export().file
    foreign = tmp_path / "letter.pdf"
    foreign.write_bytes(b"%PDF-1.4 no seal")
    dialog.verify([file, foreign, tmp_path / "missing.everspare"])
    settle()
    assert dialog.text.index("P-2026-0001.everspare") < dialog.text.index("letter.pdf")
    assert "carries no seal" in dialog.text
    assert "missing.everspare cannot be read" in dialog.text
    assert not dialog.show_button.isVisible()


def test_another_file_may_be_chosen_in_the_same_dialog(
    chain: Chain,
    dialog: VerifyDialog,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = chain.export().file
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    changed = chain.folder / "changed.everspare"
    changed.write_bytes(data)
    dialog.verify([file])
    settle()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(changed)], ""))
    dialog.another.click()
    settle()
    assert "changed.everspare" in dialog.text
    assert "Not genuine" in dialog.text
    assert "P-2026-0001.everspare" not in dialog.text


def test_without_a_library_it_says_that_nobody_was_asked(
    chain: Chain, context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    dialog = VerifyDialog(context.jobs, None, date(2026, 11, 23))
    qtbot.addWidget(dialog)
    dialog.verify([chain.export().file])
    settle()
    assert "No library was asked" in dialog.text


def test_a_sample_trusts_its_demonstration_key(context: UiContext) -> None:
    library = context.services.library
    assert keys_trusted_here(library) == ()
    create_demonstration_key(library)
    [key] = keys_trusted_here(library)
    assert key.demonstration


@pytest.mark.parametrize(
    ("names", "verified"),
    [
        (["P-1.everspare"], True),
        (["C-1.PDF", "P-1.everspare"], True),
        (["C-1.pdf", "part.stl"], False),
        (["list.xlsx"], False),
        ([], False),
    ],
)
def test_packages_and_certificates_are_verified_when_dropped(
    names: list[str], verified: bool
) -> None:
    assert all_signed([Path(name) for name in names]) is verified
