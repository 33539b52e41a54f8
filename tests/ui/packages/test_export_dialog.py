"""The export dialog: everything that blocks at once, the manifest first, then the signature."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.documents.packages.print_package import open_package
from app.domain.changes import Changes
from app.domain.packages.print_package import PrintPackage
from app.services.packages.create_key import create_key
from app.services.packages.open_signing_key import own_key_path
from app.ui.context import UiContext
from app.ui.packages.export_dialog import FOLDER, ExportDialog
from app.ui.packages.signing_key import KeyState
from helpers.chain import NUMBER, Chain

PASSPHRASE = "correct horse battery"


@pytest.fixture
def chain(context: UiContext, tmp_path: Path) -> Chain:
    return Chain(context.services.library, context.services.workers, tmp_path)


@pytest.fixture
def known_key(context: UiContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key whose passphrase is found without asking."""
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=context.services.library.clock)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def open_dialog(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> Iterator[Callable[[], ExportDialog]]:
    """Open the dialog and wait for its preflight."""
    context.state.setValue(FOLDER, str(tmp_path / "out"))

    def make() -> ExportDialog:
        dialog = ExportDialog(context, NUMBER)
        qtbot.addWidget(dialog)
        dialog.open()
        settle()
        return dialog

    yield make


def _packages(context: UiContext) -> list[PrintPackage]:
    with context.services.library.reading() as read:
        return read.fetch(PrintPackage)


def test_everything_that_blocks_is_named_at_once(
    context: UiContext, chain: Chain, open_dialog: Callable[[], ExportDialog]
) -> None:
    chain.catalogue()
    chain.register()
    dialog = open_dialog()
    for words in (
        "4 reasons stand against it",
        "right to make it is unknown",
        "export control has not been assessed",
        "is not released",
        "has no print definition",
    ):
        assert words in dialog.preflight.text
    assert not dialog.verb_button.isEnabled()
    assert not dialog.manifest.isVisible()
    dialog.run()
    assert _packages(context) == []


def test_without_a_provider_it_says_where_to_enter_one(
    chain: Chain, open_dialog: Callable[[], ExportDialog]
) -> None:
    chain.release()
    dialog = open_dialog()
    assert "No provider is registered" in dialog.preflight.text
    dialog.quantity.setValue(25)
    dialog._wait.timeout.emit()
    assert "No provider is registered" in dialog.preflight.text


@pytest.mark.usefixtures("known_key")
def test_what_the_manifest_shows_is_what_leaves(
    context: UiContext,
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    chain.qualify()
    dialog = open_dialog()
    assert "Nothing stands against it" in dialog.preflight.text
    assert dialog.manifest.isVisible()
    cells = [dialog.manifest.model.cells(row) for row in range(dialog.manifest.model.rowCount())]
    shown = {row.texts[0]: row.texts[2] for row in cells if row is not None}
    assert dialog.key.found is not None
    assert dialog.key.found.state is KeyState.READY
    with qtbot.waitSignal(context.bus.changed) as told:
        qtbot.mouseClick(dialog.verb_button, Qt.MouseButton.LeftButton)
    settle()
    changes = told.args[0]
    assert isinstance(changes, Changes)
    assert changes.touches("print_package")
    exported = dialog.exported
    assert exported is not None
    assert exported.file == tmp_path / "out" / "P-2026-0001.everspare"
    opened = open_package(exported.file.read_bytes())
    assert shown == {name: hashlib.sha256(data).hexdigest() for name, data in opened.files.items()}
    assert "P-2026-0001.everspare is in" in dialog.strip.text
    assert dialog.verb_button.text() == "Open folder"
    assert len(_packages(context)) == 1


@pytest.mark.usefixtures("known_key")
def test_another_quantity_is_checked_and_made_anew(
    context: UiContext,
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    chain.qualify()
    dialog = open_dialog()
    dialog.quantity.setValue(25)
    assert not dialog.verb_button.isEnabled()
    qtbot.waitUntil(dialog.verb_button.isEnabled, timeout=20_000)
    dialog.expires.setText("tomorrow")
    qtbot.waitUntil(lambda: "is no date" in dialog.preflight.text)
    assert "Licence ends: “tomorrow”" in dialog.preflight.text
    dialog.expires.setText("2027-12-31")
    qtbot.waitUntil(dialog.verb_button.isEnabled, timeout=20_000)
    dialog.run()
    settle()
    assert [package.quantity for package in _packages(context)] == [25]


@pytest.mark.usefixtures("known_key")
def test_an_unqualified_part_leaves_as_a_trial_only(
    context: UiContext,
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    chain.define()
    dialog = open_dialog()
    assert "only a watermarked trial could go there" in dialog.preflight.text
    dialog.trial.setChecked(True)
    qtbot.waitUntil(dialog.verb_button.isEnabled, timeout=20_000)
    dialog.run()
    settle()
    exported = dialog.exported
    assert exported is not None
    assert exported.file.name == "P-2026-0001-TRIAL.everspare"


def test_a_locked_key_asks_for_its_passphrase_and_refuses_a_wrong_one(
    context: UiContext,
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=context.services.library.clock)
    chain.qualify()
    dialog = open_dialog()
    assert dialog.key.passphrase.isVisible()
    assert not dialog.key.name.isVisible()
    dialog.key.passphrase.setText("wrong one altogether")
    dialog.run()
    settle()
    assert dialog.strip.isVisible()
    assert dialog.exported is None
    assert _packages(context) == []
    QGuiApplication.clipboard().setText(PASSPHRASE)
    dialog.key.passphrase.selectAll()
    qtbot.keyClick(dialog.key.passphrase, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog.run()
    settle()
    assert dialog.exported is not None


def test_the_first_export_makes_the_key(
    context: UiContext,
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
) -> None:
    chain.qualify()
    dialog = open_dialog()
    assert dialog.key.name.isVisible()
    assert dialog.key.name.text() == "Anna Tester"
    dialog.key.passphrase.setText(PASSPHRASE)
    dialog.key.again.setText("something else")
    dialog.run()
    settle()
    assert "passphrases differ" in dialog.strip.text
    assert not own_key_path().exists()
    dialog.key.again.setText(PASSPHRASE)
    dialog.run()
    settle()
    assert dialog.exported is not None
    assert own_key_path().exists()


def test_the_key_that_was_made_signs_at_the_second_attempt(
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    chain.qualify()
    dialog = open_dialog()
    for editor in (dialog.key.passphrase, dialog.key.again):
        editor.setText(PASSPHRASE)
    (tmp_path / "no-folder").write_text("")
    dialog.folder.editor.setText(str(tmp_path / "no-folder"))
    dialog.run()
    settle()
    assert dialog.exported is None
    assert own_key_path().exists()
    assert not dialog.key.again.isVisible()
    dialog.folder.editor.setText(str(tmp_path / "out"))
    dialog.run()
    settle()
    assert dialog.exported is not None


@pytest.mark.usefixtures("known_key")
def test_a_number_taken_meanwhile_is_refused_inside_the_dialog(
    chain: Chain,
    open_dialog: Callable[[], ExportDialog],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    chain.qualify()
    dialog = open_dialog()
    other = chain.export()
    other.file.unlink()
    dialog.run()
    settle()
    assert "P-2026-0001 was taken meanwhile" in dialog.strip.text
    qtbot.waitUntil(dialog.verb_button.isEnabled, timeout=20_000)
    dialog.run()
    settle()
    exported = dialog.exported
    assert exported is not None
    assert exported.record.number == "P-2026-0002"


@pytest.mark.usefixtures("known_key")
def test_the_provider_that_is_qualified_is_proposed(
    context: UiContext, chain: Chain, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    from app.domain.qualification.network import Provider
    from app.services.qualification.register_provider import register_provider

    register_provider(
        context.services.library, Provider(code="another", name="Another"), who="Anna Tester"
    )
    chain.qualify()
    dialog = ExportDialog(context, NUMBER, provider="northprint")
    qtbot.addWidget(dialog)
    settle()
    assert dialog.provider.currentData() == "northprint"
    assert replace(dialog._order(), quantity=2).provider == "northprint"
