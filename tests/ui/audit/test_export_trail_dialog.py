"""Exporting from the audit page: signed or as a table, where it goes, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.audit.trail import TrailFilter
from app.domain.packages.verification import Verdict
from app.services.packages.create_key import create_key
from app.services.packages.trusted_keys import fetch_trusted_keys
from app.services.packages.verify_file import verify_file
from app.ui.audit.audit_page import AuditPage
from app.ui.audit.export_trail_dialog import FOLDER, ExportTrailDialog
from app.ui.context import UiContext
from helpers.builders import part

PASSPHRASE = "correct horse battery"
Settle = Callable[[], None]
OpenDialog = Callable[..., ExportTrailDialog]


@pytest.fixture
def open_dialog(context: UiContext, qtbot: QtBot, settle: Settle, tmp_path: Path) -> OpenDialog:
    context.state.setValue(FOLDER, str(tmp_path / "out"))
    for who in ("Anna", "Ben"):
        with context.services.library.writing(who=who, act="add") as write:
            write.insert([part(f"P-{who}")])

    def make(wanted: TrailFilter = TrailFilter()) -> ExportTrailDialog:  # noqa: B008
        dialog = ExportTrailDialog(context, wanted)
        qtbot.addWidget(dialog)
        dialog.open()
        settle()
        return dialog

    return make


def test_the_signed_file_is_written_and_verifies(
    open_dialog: OpenDialog,
    context: UiContext,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=context.services.library.clock)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)
    dialog = open_dialog()
    out = tmp_path / "out" / "audit-trail-2026-11-23.jsonl"
    assert dialog.file.text() == str(out)
    assert "Norvik" in dialog.key.which.text()
    dialog.run()
    settle()
    assert dialog.strip.text == f"{out.name} holds 2 entries."
    answer = verify_file(
        out, fetch_trusted_keys(), today=context.today(), library=context.services.library
    )
    assert (answer.verdict, answer.signer) == (Verdict.GENUINE, "Norvik")


def test_the_table_needs_no_key(open_dialog: OpenDialog, settle: Settle, tmp_path: Path) -> None:
    dialog = open_dialog(TrailFilter(who="Ben"))
    assert dialog.key.passphrase.isVisibleTo(dialog)  # there is no key yet, so one would be made
    dialog.form.setCurrentIndex(1)
    assert dialog.file.text().endswith("audit-trail-2026-11-23.csv")
    assert not dialog.key.which.isVisibleTo(dialog)
    assert not dialog.key.passphrase.isVisibleTo(dialog)
    dialog.run()
    settle()
    lines = (tmp_path / "out" / "audit-trail-2026-11-23.csv").read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert ",Ben," in lines[1]
    dialog.form.setCurrentIndex(0)
    assert dialog.key.passphrase.isVisibleTo(dialog)


def test_a_key_can_be_made_on_the_way(
    open_dialog: OpenDialog, settle: Settle, context: UiContext
) -> None:
    dialog = open_dialog()
    dialog.key.passphrase.setText(PASSPHRASE)
    dialog.key.again.setText(PASSPHRASE + "x")
    dialog.run()
    settle()
    assert dialog.strip.text == "The two passphrases differ."
    dialog.key.again.setText(PASSPHRASE)
    dialog.run()
    settle()
    assert "2 entries" in dialog.strip.text


def test_a_file_must_be_named_and_may_be_chosen(
    open_dialog: OpenDialog, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_dialog()
    dialog.form.setCurrentIndex(1)
    dialog.file.editor.clear()
    dialog.run()
    settle()
    assert "Name the file" in dialog.strip.text
    chosen = tmp_path / "chosen.csv"
    asked: list[str] = []

    def answer(_parent: object, _title: str, _path: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return str(chosen), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    dialog.file.button.click()
    assert (dialog.file.text(), asked) == (str(chosen), ["*.csv"])
    dialog.run()
    settle()
    assert chosen.is_file()


def test_a_folder_that_refuses_is_named_and_the_dialog_stays(
    open_dialog: OpenDialog, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    dialog = open_dialog()
    dialog.form.setCurrentIndex(1)
    dialog.file.editor.setText(str(tmp_path / "file" / "below.csv"))
    dialog.run()
    settle()
    assert "below.csv" in dialog.strip.text
    assert dialog.isVisible()


def test_the_page_exports_what_it_lists(
    open_dialog: OpenDialog, context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    open_dialog().reject()
    page = AuditPage(context)
    qtbot.addWidget(page)
    page.show()
    settle()
    page.filters.show_filter(TrailFilter(who="Ben"))
    page.head.export.click()
    settle()
    [dialog] = page.findChildren(ExportTrailDialog)
    assert dialog._wanted == TrailFilter(who="Ben")
    dialog.reject()
