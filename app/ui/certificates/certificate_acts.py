"""What can be done with a lot and its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.inventory.certified_lot import CertifiedLot
from app.domain.packages.verification import SignedKind, Verification
from app.services.packages.copy_issued_file import copy_issued_file
from app.ui.context import UiContext
from app.ui.packages.issued_acts import IssuedActs, IssuedFile, show_in_system
from app.ui.record_acts import RecordAct
from app.ui.widgets.message_strip import MessageStrip


class CertificateActs(QObject):
    """Offers the acts of the chosen lot and certificate, and opens their dialogs.

    Signals:
        verified: (number: str, answer: Verification).
        failed: (error: AppError).
    """

    verified = Signal(str, object)
    failed = Signal(object)

    def __init__(self, context: UiContext, strip: MessageStrip, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._issued = IssuedActs(context, strip, page)
        self._issued.verified.connect(self._pass_on)
        self._issued.failed.connect(self.failed)

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that was opened last."""
        return self._issued.dialog

    def of_certificate(
        self, lot: CertifiedLot, certificate: Certificate | None
    ) -> Sequence[RecordAct]:
        """Return what can be done; the first act that is not refused is the next one."""
        issue = RecordAct("certify", _("Issue certificate…"), partial(self.certify, lot))
        if certificate is None:
            return (issue,)
        ended = _refusal(certificate)
        file = IssuedFile(
            certificate.number, certificate.sha256, certificate.file_name, SignedKind.CERTIFICATE
        )
        return (
            RecordAct("verify_record", _("Verify"), partial(self._issued.verify, file)),
            RecordAct("open_pdf", _("Open PDF"), partial(self.open_pdf, certificate)),
            RecordAct("copy_record", _("Copy PDF…"), partial(self._issued.copy_out, file)),
            issue,
            RecordAct("supersede", _("Supersede…"), partial(self.certify, lot, certificate), ended),
            RecordAct("withdraw", _("Withdraw…"), partial(self.withdraw, certificate), ended),
        )

    def of_lots(self, numbers: Sequence[str]) -> Sequence[RecordAct]:
        """Return what can be done with several lots at once."""
        return (RecordAct("certify", _("Issue certificates…"), partial(self.certify_all, numbers)),)

    def certify(self, lot: CertifiedLot, replaced: Certificate | None = None) -> None:
        """Issue a certificate for a lot, or the one that replaces an earlier one."""
        from app.ui.certificates.certify_dialog import CertifyDialog

        details = lot.details
        dialog = CertifyDialog(
            self._context, (details,), lot_number=details.lot.number, parent=self._page
        )
        if replaced is not None:
            dialog.replace(replaced)
        self._issued.open_dialog(dialog)

    def certify_all(self, numbers: Sequence[str]) -> None:
        """Issue a certificate for each of several lots."""
        from app.ui.certificates.batch_dialog import BatchDialog

        self._issued.open_dialog(BatchDialog(self._context, numbers, self._page))

    def withdraw(self, certificate: Certificate) -> None:
        """Ask why, and withdraw a certificate."""
        from app.ui.certificates.withdraw_dialog import WithdrawDialog

        self._issued.open_dialog(WithdrawDialog(self._context, certificate, self._page))

    def open_pdf(self, certificate: Certificate) -> None:
        """Have the system show a copy of the document."""
        services = self._context.services

        def copy(progress: Progress) -> Path:
            folder = Path(mkdtemp(prefix="shown-", dir=services.workers.scratch))
            return copy_issued_file(services.library, certificate.number, folder)

        self._context.jobs.start(copy, owner=self, done=show_in_system, failed=self.failed.emit)

    def _pass_on(self, number: str, answer: Verification) -> None:
        self.verified.emit(number, answer)


def _refusal(certificate: Certificate) -> str:
    """Return why a certificate cannot be replaced or withdrawn; "" if it can."""
    if certificate.state is CertificateState.ISSUED:
        return ""
    return _("Certificate {number} is superseded or withdrawn already.").format(
        number=certificate.number
    )
