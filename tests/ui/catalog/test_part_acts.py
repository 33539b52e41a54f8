"""From an imported file to a certified lot with the primary button alone, and what refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.catalog.geometry import Finding, FindingCode, IgnoredFinding, Severity
from app.domain.catalog.part import ConsequenceClass, Part, PartRevision, RevisionState, RightToMake
from app.domain.certificates.certificate import Certificate, CertificateType
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.domain.qualification.qualification import Qualification, QualificationState
from app.services.certificates.certificate_draft import CertificateOrder
from app.services.certificates.issue_certificate import issue_certificate
from app.services.packages.create_key import create_key
from app.services.qualification.submit_qualification import submit_qualification
from app.ui.catalog.objections import ObjectionDialog
from app.ui.catalog.part_dialogs import Setup
from app.ui.catalog.part_page import PartPage
from app.ui.catalog.release_dialog import ReleaseDialog
from app.ui.catalog.revise_dialog import ReviseDialog
from app.ui.catalog.rights_dialog import RightsDialog
from app.ui.certificates.certify_dialog import FOLDER as CERTIFICATES
from app.ui.certificates.certify_dialog import CertifyDialog
from app.ui.certificates.owner_dialog import OwnerDialog
from app.ui.context import UiContext
from app.ui.packages.export_dialog import FOLDER as PACKAGES
from app.ui.packages.export_dialog import ExportDialog
from app.ui.packages.lot_dialog import LotDialog
from app.ui.qualification.approve_dialog import ApproveDialog
from app.ui.qualification.define_dialog import DefineDialog
from app.ui.qualification.evidence_dialog import EvidenceDialog
from app.ui.qualification.network_dialogs import MachineDialog, MaterialDialog, ProviderDialog
from app.ui.qualification.start_dialog import StartDialog
from app.ui.widgets.act_dialog import ActDialog
from app.ui.widgets.confirm_dialog import ConfirmDialog
from helpers.chain import AUTHOR, KEY, NUMBER, Chain
from helpers.signed_samples import TODAY
from helpers.stored_parts import StoredPart

D = TypeVar("D", bound=QDialog)
Show, Settle, Store = Callable[[str], None], Callable[[], None], Callable[..., StoredPart]
Act, Finish = Callable[..., Any], Callable[[ActDialog], None]
DANGER = Finding(FindingCode.NON_MANIFOLD, Severity.DANGER, "4 edges join three triangles.")
PASSPHRASE = "correct horse battery"


@pytest.fixture
def chain(context: UiContext, tmp_path: Path) -> Chain:
    """The steps from a file to a lot, through the services."""
    return Chain(context.services.library, context.services.workers, tmp_path)


@pytest.fixture
def act(page: PartPage, settle: Settle, qtbot: QtBot) -> Act:
    """Press the primary button (or run a step) and return the dialog it opens."""

    def press(kind: type[D], step: PartStep | None = None) -> D:
        if step is None:
            qtbot.mouseClick(page.header.primary, Qt.MouseButton.LeftButton)
        else:
            page.acts.run(step)
        settle()
        dialog = page.acts.dialog
        assert isinstance(dialog, kind)
        return dialog

    return press


@pytest.fixture
def finish(page: PartPage, settle: Settle, qtbot: QtBot) -> Finish:
    """Do what the dialog's verb says and wait until the page shows it."""

    def run(dialog: ActDialog) -> None:
        dialog.run()
        settle()
        if page.acts.dialog is dialog:
            assert dialog.verb_button.text() == "Open folder", dialog.strip.text
            dialog.reject()
        qtbot.waitUntil(lambda: page.acts.dialog is None)
        settle()

    return run


def _set_text(editor: Any, text: str) -> None:
    editor.setPlainText(text) if hasattr(editor, "setPlainText") else editor.setText(text)


def test_the_primary_button_leads_from_file_to_certificate(
    page: PartPage,
    store: Store,
    show: Show,
    act: Act,
    finish: Finish,
    context: UiContext,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    library = context.services.library
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=library.clock)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)
    context.state.setValue(PACKAGES, str(tmp_path / "out"))
    context.state.setValue(CERTIFICATES, str(tmp_path / "out"))
    store("A1", consequence_class=ConsequenceClass.LOW)
    show("A1")

    rights = act(RightsDialog)
    rights.right.setCurrentIndex(rights.right.findData(RightToMake.OWN))
    rights.export.setCurrentIndex(rights.export.findData("none"))
    _set_text(rights.why, "own design of 2019")
    finish(rights)
    finish(act(ReleaseDialog))

    _set_up_network(page, finish, settle)
    define = act(DefineDialog)
    define.material.setEditText("PA12-X")
    define.fields.show_fields(
        [
            DefinitionField(
                definition_id=0, name="layer_height_mm", binding=Binding.KEY, value="0.1", why="fit"
            ),
            DefinitionField(definition_id=0, name="supports", binding=Binding.CHOICE),
        ]
    )
    finish(define)
    finish(act(ConfirmDialog))
    start = act(StartDialog)
    assert (start.provider.currentText(), start.machine.currentText()) == ("North Print", "M1")
    finish(start)
    evidence = act(EvidenceDialog)
    report = tmp_path / "report.txt"
    report.write_text("passed")
    evidence.file.editor.setText(str(report))
    evidence.found.setText("48 MPa")
    finish(evidence)
    finish(act(ConfirmDialog))

    assert page.header.primary.text() == "Approve…"
    assert not page.header.primary.isEnabled()
    assert page.header.primary.toolTip() == (
        "Anna Tester wrote this or added evidence; anybody else may approve."
    )
    _approve_as_somebody_else(context, page, settle)

    export = act(ExportDialog)
    finish(export)
    lot = act(LotDialog)
    lot.number.setText("L-1")
    lot.serials.setText("A-001")
    lot.purchaser.setText("Clinic")
    finish(lot)
    finish(act(CertifyDialog))
    with library.reading() as read:
        assert [item.number for item in read.fetch(Certificate)] == ["C-2026-0001"]
    assert page.header.primary.text() == "Export package…"
    page.tabs.setCurrentWidget(page.tabs.lots)
    assert "C-2026-0001" in page.tabs.lots.text
    assert "P-2026-0001" in page.tabs.lots.text
    assert "1 piece for North Print" in page.tabs.lots.text
    page.tabs.setCurrentWidget(page.tabs.definition)
    assert "Layer height" in page.tabs.definition.text
    assert "0.1 mm" in page.tabs.definition.text


def _set_up_network(page: PartPage, finish: Finish, settle: Settle) -> None:
    """Enter owner, provider, machine and feedstock from the page's menu."""

    def open_dialog(kind: Setup) -> Any:
        page.acts.set_up(kind)
        settle()
        return page.acts.dialog

    owner = open_dialog(Setup.OWNER)
    assert isinstance(owner, OwnerDialog)
    owner.name.setText("Norvik GmbH")
    owner.address.setText("Uferstr. 18, Siegen")
    finish(owner)
    provider = open_dialog(Setup.PROVIDER)
    assert isinstance(provider, ProviderDialog)
    provider.code.setText("north")
    provider.name.setText("North Print")
    finish(provider)
    machine = open_dialog(Setup.MACHINE)
    assert isinstance(machine, MachineDialog)
    machine.name.setText("M1")
    machine.process.setCurrentIndex(machine.process.findText("Powder bed fusion (PBF)"))
    machine.space.setText("340 x 340 x 600")
    finish(machine)
    material = open_dialog(Setup.MATERIAL)
    assert isinstance(material, MaterialDialog)
    material.grade.setText("PA12-X")
    material.process.setCurrentIndex(material.process.findText("Powder bed fusion (PBF)"))
    material.density.setText("1,01")
    finish(material)


def _approve_as_somebody_else(context: UiContext, page: PartPage, settle: Settle) -> None:
    """Ben opens the same library and approves; Anna's page is told."""
    ben = replace(context, services=replace(context.services, user="Ben Kolb"))
    assert page.details is not None and page.revision is not None
    qualified = page.revision.definitions[0].qualifications[0]
    dialog = ApproveDialog(ben, qualified)
    assert "48 MPa" in dialog.proofs.text
    dialog.run()
    settle()
    dialog.deleteLater()
    settle()
    with context.services.library.reading() as read:
        [stored] = read.fetch(Qualification)
    assert (stored.state, stored.approver) == (QualificationState.QUALIFIED, "Ben Kolb")
    assert stored.valid_until == date(2029, 11, 23)


def test_a_danger_needs_a_signed_reason(
    page: PartPage, store: Store, show: Show, act: Act, finish: Finish, context: UiContext
) -> None:
    library = context.services.library
    stored = store("A1", findings=(DANGER,), settled=True)
    show("A1")
    dialog = act(ReleaseDialog)
    dialog.run()
    assert "needs a reason" in dialog.strip.text
    dialog.strip.clear()
    dialog.reasons[FindingCode.NON_MANIFOLD].setText("the slicer closes it; 40 pieces printed")
    finish(dialog)
    with library.reading() as read:
        assert read.one(PartRevision, id=stored.revision_id).state is RevisionState.RELEASED
        [signed] = read.fetch(IgnoredFinding)
    assert (signed.who, signed.reason) == ("Anna Tester", "the slicer closes it; 40 pieces printed")
    assert "Ignored by Anna Tester" in page.tabs.facts.text


def test_a_danger_signed_for_stays_ignored_when_the_release_is_refused(
    page: PartPage,
    store: Store,
    show: Show,
    act: Act,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store("A1", findings=(DANGER,), settled=True)
    show("A1")
    dialog = act(ReleaseDialog)
    dialog.reasons[FindingCode.NON_MANIFOLD].setText("40 pieces printed")

    def refuse(*_what: object, **_more: object) -> None:
        raise RuleViolation("Somebody else released it meanwhile.")

    monkeypatch.setattr("app.ui.catalog.release_dialog.release_revision", refuse)
    dialog.run()
    settle()
    assert "meanwhile" in dialog.strip.text
    assert "Ignored by Anna Tester" in page.tabs.facts.text


def test_a_listed_part_needs_its_list_number(
    page: PartPage, store: Store, show: Show, act: Act, context: UiContext, settle: Settle
) -> None:
    store("A1")
    show("A1")
    dialog = act(RightsDialog)
    dialog.export.setCurrentIndex(2)
    _set_text(dialog.why, "assessed on 2026-11-20")
    for number in ("", "None"):
        dialog.list_number.setText(number)
        dialog.run()
        settle()
        assert "Give the number under which the part is listed" in dialog.strip.text
    with context.services.library.reading() as read:
        assert read.one(Part, number="A1").export_control == ""


def test_rights_without_a_ground_are_refused_inside_the_dialog(
    store: Store, show: Show, act: Act, context: UiContext, settle: Settle
) -> None:
    library = context.services.library
    store("A1")
    show("A1")
    dialog = act(RightsDialog)
    assert not dialog.list_number.isVisible()
    dialog.right.setCurrentIndex(dialog.right.findData(RightToMake.LICENSED))
    dialog.export.setCurrentIndex(2)
    assert dialog.list_number.isVisible()
    dialog.list_number.setText("2B001")
    dialog.run()
    settle()
    assert "Say why" in dialog.strip.text
    assert dialog.isVisible()
    _set_text(dialog.why, "licence of 2024-03-01")
    dialog.run()
    settle()
    with library.reading() as read:
        stored = read.one(Part, number="A1")
    assert (stored.right_to_make, stored.export_control) == (RightToMake.LICENSED, "2B001")


def test_a_new_revision_is_a_draft_and_blocks_another_one(
    page: PartPage, store: Store, show: Show, finish: Finish
) -> None:
    store("A1", state=RevisionState.RELEASED, settled=True)
    show("A1")
    page.acts.revise()
    dialog = page.acts.dialog
    assert isinstance(dialog, ReviseDialog)
    _set_text(dialog.why, "thicker wall")
    finish(dialog)
    assert page.header.revision.itemText(0) == "Rev B · Draft"
    revise = _act_named(page, "New revision…")
    assert not revise.isEnabled()
    assert "Revision B is a draft already" in revise.toolTip()


def test_acts_that_cannot_be_done_say_why(page: PartPage, store: Store, show: Show) -> None:
    store("A1", settled=True)
    show("A1")
    reasons = {
        action.text(): action.toolTip()
        for action in page.acts.others()
        if action is not None and not action.isEnabled()
    }
    assert reasons["Release definition…"] == "There is no draft of a print definition."
    assert reasons["Certify lot…"] == "No lot has been booked yet."
    assert reasons["Approve…"] == "No qualification is in review."
    assert page.acts.step is PartStep.RELEASE_REVISION


def test_an_act_asked_for_on_the_way_is_done_with_the_part_that_arrives(
    page: PartPage, store: Store, show: Show, settle: Settle
) -> None:
    store("A1", state=RevisionState.RELEASED, settled=True)
    store("A2", state=RevisionState.RELEASED, settled=True)
    show("A1")
    page.show_part("A2")
    page.export_package()
    assert page.acts.dialog is None, "A1 is still shown, but it was A2 that was meant"
    settle()
    assert isinstance(page.acts.dialog, ExportDialog)
    assert "A2" in page.acts.dialog.windowTitle()


def test_an_act_asked_for_by_key_says_why_it_cannot_be_done(
    page: PartPage, store: Store, show: Show
) -> None:
    store("A1")
    show("A1")
    page.certify()
    assert page.acts.dialog is None
    assert page.strip.text == "No lot has been booked yet."


def test_a_review_is_sent_back_and_a_proof_blocked_with_a_reason(
    page: PartPage, chain: Chain, show: Show, finish: Finish, settle: Settle
) -> None:
    chain.define()
    started = chain.start()
    chain.prove(started)
    submit_qualification(chain.library, started.id, who=AUTHOR, today=TODAY)
    show(NUMBER)
    page.tabs.setCurrentWidget(page.tabs.definition)
    back = _objection(page, "Send back…")
    assert back.subject.currentText() == "1: North Print Oy, M1, PETG-X (In review)"
    back.run()
    settle()
    assert back.strip.text == "Say what is missing, so that the author can act."
    _set_text(back.why, "three specimens are too few")
    finish(back)
    assert "State Under test" in page.tabs.definition.text
    assert not _act_named(page, "Send back…").isEnabled()
    assert _act_named(page, "Send back…").toolTip() == "No qualification is in review."
    block = _objection(page, "Block qualification…")
    _set_text(block.why, "a cap broke in the field")
    finish(block)
    assert "Blocked a cap broke in the field" in page.tabs.definition.text
    assert _act_named(page, "Block qualification…").toolTip() == (
        "There is no qualification to block."
    )
    with chain.library.reading() as read:
        [stored] = read.fetch(Qualification)
    assert stored.state is QualificationState.BLOCKED


def test_a_certificate_is_withdrawn_and_stays_on_record(
    page: PartPage, chain: Chain, show: Show, finish: Finish, settle: Settle
) -> None:
    chain.qualify()
    chain.export()
    chain.own()
    chain.deliver()
    order = CertificateOrder(lot="L-1", type=CertificateType.DECLARATION)
    issue_certificate(
        chain.library,
        order,
        out=chain.folder / "c.pdf",
        key=KEY,
        workers=chain.workers,
        who=AUTHOR,
        progress=Progress(),
    )
    show(NUMBER)
    page.tabs.setCurrentWidget(page.tabs.lots)
    assert page.acts.step is PartStep.EXPORT_PACKAGE
    dialog = _objection(page, "Withdraw certificate…")
    assert dialog.subject.currentData() == "C-2026-0001"
    assert "lot L-1" in dialog.subject.currentText()
    _set_text(dialog.why, "the lot was mixed up")
    finish(dialog)
    assert "C-2026-0001 Withdrawn" in page.tabs.lots.text
    assert page.acts.step is PartStep.CERTIFY_LOT
    assert not _act_named(page, "Withdraw certificate…").isEnabled()


def _act_named(page: PartPage, text: str) -> QAction:
    return next(act for act in page.acts.others() if act is not None and act.text() == text)


def _objection(page: PartPage, text: str) -> ObjectionDialog:
    _act_named(page, text).trigger()
    assert isinstance(page.acts.dialog, ObjectionDialog)
    return page.acts.dialog


def test_ctrl_enter_is_the_primary_button(
    page: PartPage, store: Store, show: Show, qtbot: QtBot
) -> None:
    store("A1")
    show("A1")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.tabs.facts.setFocus()
    qtbot.keyClick(page.tabs.facts, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = page.acts.dialog
    assert isinstance(dialog, RightsDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.acts.dialog is None
