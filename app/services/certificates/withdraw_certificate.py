"""Use case: withdraw an issued certificate; it stays on record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.certificates.certificate import CertificateState
from app.domain.changes import Changes
from app.services.certificates.issue_certificate import find_certificate

if TYPE_CHECKING:
    from app.storage.library import Library


def withdraw_certificate(library: Library, number: str, *, who: str, why: str) -> Changes:
    """Mark it as withdrawn; `verify` with this library says so from then on.

    Raises:
        RuleViolation: no reason is given, or it is no longer current.
        NotFound: no such certificate.
    """
    if not why.strip():
        raise RuleViolation(_("Withdrawing a certificate needs a reason."))
    with library.writing(
        who=who, act=tell("withdraw certificate"), why=why, undoable=False
    ) as write:
        certificate = find_certificate(write, number)
        if certificate.state is not CertificateState.ISSUED:
            raise RuleViolation(
                _("Certificate {number} is superseded or withdrawn already.").format(
                    number=certificate.number
                )
            )
        write.update(replace(certificate, state=CertificateState.WITHDRAWN))
        return write.changes
