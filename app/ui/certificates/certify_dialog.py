"""Issues a certificate for a delivered lot; what is missing is marked before anybody signs."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import AppError, RuleViolation
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.certificates.certificate import (
    Certificate,
    CertificateState,
    CertificateType,
)
from app.domain.certificates.certificate_content import CertificateContent
from app.domain.certificates.issue_rules import check_issuer, missing_fields
from app.domain.inventory.part_details import LotDetails
from app.services.certificates.certificate_draft import (
    CertificateCase,
    CertificateOrder,
    draft_certificate,
    fetch_certificate_case,
)
from app.services.certificates.issue_certificate import IssuedDocument, issue_certificate
from app.ui.certificates.certificate_words import certificate_type_word
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.packages.key_fields import KeyFields
from app.ui.widgets.act_dialog import ActDialog, Work, choice, mark_missing, text_area, text_field
from app.ui.widgets.folder_field import FolderField
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.stated_list import StatedList

FOLDER = "certificates/folder"
WAIT_MS = 250
_WIDTH = 680


class CertifyDialog(ActDialog):
    """Lot, type and issuer; the rest comes prefilled and may be changed."""

    def __init__(
        self,
        context: UiContext,
        lots: Sequence[LotDetails],
        *,
        lot_number: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            context.jobs, context.bus, _("Issue certificate"), _("Issue certificate"), parent
        )
        self._context = context
        self._lots = {item.lot.number: item for item in lots}
        self._check: Job | None = None
        self._filled = False
        self.setMinimumWidth(_WIDTH)
        self._make_fields(lot_number)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._check_now)
        self._connect()
        self._choose()

    @property
    def issued(self) -> IssuedDocument | None:
        """The certificate, once it is issued."""
        return self.outcome if isinstance(self.outcome, IssuedDocument) else None

    def replace(self, certificate: Certificate) -> None:
        """Choose type and number of a certificate that the new one replaces."""
        self.type.setCurrentIndex(self.type.findData(certificate.type))
        self.replaces.setCurrentIndex(max(self.replaces.findData(certificate.number), 0))

    def prepare(self) -> Work:
        """Read the fields."""
        order, folder = self._order(), self.folder.text().strip()
        if not order.lot:
            raise RuleViolation(_("There is no lot to certify yet: book one first."))
        if not folder:
            raise RuleViolation(_("Name the folder that gets the certificate."))
        out = free_name(Path(folder).expanduser(), order)
        open_key, context = self.key.opener(), self._context
        services, user = context.services, context.user
        context.state.setValue(FOLDER, folder)

        def work(progress: Progress) -> IssuedDocument:
            progress.report(0.05, _("Opening the key"))
            key = open_key()
            return issue_certificate(
                services.library,
                order,
                out=out,
                key=key,
                workers=services.workers,
                who=user,
                progress=progress.part(0.2, 1.0),
            )

        return work

    def succeed(self, outcome: Any) -> None:
        """Say where the certificate is and offer its folder."""
        issued: IssuedDocument = outcome
        text = _("Certificate {number} is issued: {file} is in {folder}.").format(
            number=issued.certificate.number, file=issued.file.name, folder=issued.file.parent
        )
        if not issued.has_picture:
            text = " ".join((text, _("The part's picture could not be drawn and is left out.")))
        folder = QUrl.fromLocalFile(str(issued.file.parent))
        self.show_result(text, _("Open folder"), lambda: QDesktopServices.openUrl(folder))

    def _fail(self, error: AppError) -> None:
        super()._fail(error)
        self.key.look_again()

    def done(self, arg__1: int) -> None:
        self._wait.stop()
        self._stop_check()
        super().done(arg__1)

    # fields

    def _make_fields(self, lot_number: str) -> None:
        self.lot = choice([(_lot_words(item), number) for number, item in self._lots.items()])
        self.lot.setCurrentIndex(max(self.lot.findData(lot_number), 0) if self._lots else -1)
        self.add_row(_("Lot"), self.lot)
        self.type = choice([(certificate_type_word(kind), kind) for kind in CertificateType])
        self.add_row(_("Type"), self.type)
        self.about = RoleLabel(color="muted", wrap=True)
        self.add_row("", self.about)
        self.replaces = choice([])
        self._replaces_label = self.add_row(_("Replaces"), self.replaces)
        self.issuer, self.address = text_field(), text_field()
        self.place, self.function = text_field(), text_field()
        for label, editor in (
            (_("Issuer"), self.issuer),
            (_("Address"), self.address),
            (_("Place of issue"), self.place),
            (_("Function"), self.function),
        ):
            self.add_row(label, editor)
        self.requirements = text_area(lines=4)
        self.add_row(_("Conforms to"), self.requirements, _("One requirement a line."))
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = FolderField(str(self._context.state.value(FOLDER, documents)))
        self.add_row(_("Folder"), self.folder)
        self.stated = StatedList(_("Preflight"))
        self.add_row(_("Preflight"), self.stated)
        self.key = KeyFields(self._context, self)
        self.draft_button = self.add_side_button(_("Look at draft"), self.look_at_draft)

    def _connect(self) -> None:
        self.lot.currentIndexChanged.connect(self._choose)
        self.type.currentIndexChanged.connect(self._choose)
        self.replaces.currentIndexChanged.connect(self._wait.start)
        for editor in self._lines().values():
            editor.textEdited.connect(self._wait.start)
        self.requirements.textChanged.connect(self._wait.start)

    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "issuer": self.issuer,
            "address": self.address,
            "place": self.place,
            "function": self.function,
        }

    def _choose(self) -> None:
        """Another lot or type: fill in what nobody has changed, and check anew."""
        chosen = self._lots.get(str(self.lot.currentData()))
        kind = CertificateType(self.type.currentData())
        self.replaces.blockSignals(True)
        self.replaces.clear()
        self.replaces.addItem(_("nothing"), "")
        for item in chosen.certificates if chosen is not None else ():
            if item.type is kind and item.state is CertificateState.ISSUED:
                self.replaces.addItem(item.number, item.number)
        self.replaces.setCurrentIndex(self.replaces.count() - 1)
        self.replaces.blockSignals(False)
        for widget in (self.replaces, self._replaces_label):
            widget.setVisible(self.replaces.count() > 1)
        if chosen is None:
            self.stated.say("none", _("There is no lot to certify yet: book one first."))
            return
        self._filled = False
        self._check_now()

    def _order(self, *, untouched: bool = True) -> CertificateOrder:
        """Return what is asked for.

        Args:
            untouched: with the fields that nobody has changed, too.
        """

        def given(editor: QLineEdit) -> str:
            return editor.text().strip() if untouched or editor.isModified() else ""

        typed = self.requirements.toPlainText().splitlines()
        changed = self.requirements.document().isModified()
        return CertificateOrder(
            lot=str(self.lot.currentData() or ""),
            type=CertificateType(self.type.currentData()),
            issuer=given(self.issuer),
            issuer_address=given(self.address),
            place=given(self.place),
            function=given(self.function),
            requirements=tuple(line.strip() for line in typed if line.strip())
            if untouched or changed
            else (),
            supersedes=str(self.replaces.currentData() or ""),
        )

    # checking

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _check_now(self) -> None:
        self._stop_check()
        order = self._order(untouched=self._filled)
        services, user = self._context.services, self._context.user

        def fetch(progress: Progress) -> CertificateCase:
            with services.library.reading() as read:
                return fetch_certificate_case(
                    read, order, who=user, now=services.library.clock.now()
                )

        def take(case: CertificateCase) -> None:
            self._check = None
            if not self._filled:
                self._fill(case.content)
                self._filled = True
            self._judge(case.content)

        def fail(error: AppError) -> None:
            self._check = None
            self.stated.say("danger", str(error))

        self._check = self._context.jobs.start(fetch, owner=self, done=take, failed=fail)

    def _fill(self, content: CertificateContent) -> None:
        known = {
            "issuer": content.issuer.name,
            "address": content.issuer.full_address,
            "place": content.place,
            "function": content.function,
        }
        for name, editor in self._lines().items():
            if not editor.isModified():
                editor.setText(known[name])
        if not self.requirements.document().isModified():
            self.requirements.blockSignals(True)
            self.requirements.setPlainText("\n".join(content.requirements))
            self.requirements.document().setModified(False)
            self.requirements.blockSignals(False)

    def _judge(self, content: CertificateContent) -> None:
        """Mark the gaps and say why it would be refused, before anybody signs."""
        self.about.setText(_about(content))
        for name, editor in self._lines().items():
            mark_missing(editor, not editor.text().strip() and name != "address")
        mark_missing(self.address, not content.issuer.full_address)
        said = [("danger", reason) for reason in _refusals(content)]
        missing = [field for field in missing_fields(content) if field != _("number")]
        if missing:
            said.append(("warning", _("Missing: {fields}.").format(fields=", ".join(missing))))
        if not said:
            said = [("good", _("Nothing stands against it."))]
        self.stated.show_lines(said)

    # draft

    def look_at_draft(self) -> None:
        """Make the watermarked draft and have the system show it."""
        order = self._order()
        if not order.lot:
            return
        services, user = self._context.services, self._context.user

        def draw(progress: Progress) -> Path:
            pdf = draft_certificate(
                services.library, order, workers=services.workers, who=user, progress=progress
            )
            folder = Path(tempfile.mkdtemp(prefix="draft-", dir=services.workers.scratch))
            file = folder / f"{_safe(order.lot)}-draft.pdf"
            file.write_bytes(pdf)
            return file

        self.read(draw, self.show_draft)

    def show_draft(self, file: Path) -> None:
        """Open a draft with the system's viewer."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self.strip.say(
                _("No program opens PDF files here; the draft is {file}.").format(file=file),
                kind="warning",
            )


def free_name(folder: Path, order: CertificateOrder) -> Path:
    """Return a name for the PDF that no file in the folder has yet."""
    stem = f"{_safe(order.lot)}-{order.type.value}"
    names = (f"{stem}.pdf", *(f"{stem}-{number}.pdf" for number in range(2, 1000)))
    return next(
        (folder / name for name in names if not (folder / name).exists()), folder / names[0]
    )


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).strip("._") or "lot"


def _refusals(content: CertificateContent) -> list[str]:
    try:
        check_issuer(content.type, content.issuer.name, content.manufacturer.name)
    except RuleViolation as error:
        return [str(error)]
    return []


def _lot_words(item: LotDetails) -> str:
    return f"{item.lot.number} · {item.lot.delivered_on.isoformat()}"


def _about(content: CertificateContent) -> str:
    pieces = ngettext("{count} piece", "{count} pieces", content.quantity).format(
        count=figure(content.quantity)
    )
    made = _("{pieces} of {part}, revision {revision}, made by {manufacturer}").format(
        pieces=pieces,
        part=content.part_number,
        revision=content.revision,
        manufacturer=content.manufacturer.name,
    )
    who = (content.purchaser, content.order_reference)
    bought = _("for {purchaser}").format(purchaser=", ".join(filter(None, who)))
    return ", ".join(filter(None, (made, bought if any(who) else "")))
