"""Withdraws a certificate; it asks why, and the reason stays in the history."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate
from app.domain.changes import Changes
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, mark_missing, text_area


class WithdrawDialog(ActDialog):
    """Says what withdrawing means, and asks for the reason."""

    def __init__(
        self, context: UiContext, certificate: Certificate, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            context.jobs,
            context.bus,
            _("Withdraw certificate {number}").format(number=certificate.number),
            _("Withdraw certificate"),
            parent,
        )
        self._context, self._number = context, certificate.number
        self.add_intro(
            _(
                "The certificate stays on record as withdrawn; whoever verifies it with this "
                "library is told so. It cannot be undone."
            )
        )
        self.why = text_area(placeholder=_("Why it is no longer valid"))
        mark_missing(self.why, True)
        self.why.textChanged.connect(
            lambda: mark_missing(self.why, not self.why.toPlainText().strip())
        )
        self.add_row(_("Why"), self.why, _("Stays in the history with your name."))

    def prepare(self) -> Work:
        """Read the reason; without one the service refuses."""
        why, number, context = self.why.toPlainText(), self._number, self._context

        def work(progress: Progress) -> Changes:
            return withdraw_certificate(context.services.library, number, who=context.user, why=why)

        return work
