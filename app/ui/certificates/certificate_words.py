"""The words for certificates."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.certificates.certificate import CertificateState, CertificateType


def certificate_type_word(value: CertificateType) -> str:
    return {
        CertificateType.DECLARATION: _("Declaration of conformity (ISO/IEC 17050-1)"),
        CertificateType.COMPLIANCE_2_1: _("Declaration of compliance 2.1 (EN 10204)"),
    }[value]


def certificate_state_word(value: CertificateState) -> str:
    return {
        CertificateState.ISSUED: _("Issued"),
        CertificateState.SUPERSEDED: _("Superseded"),
        CertificateState.WITHDRAWN: _("Withdrawn"),
    }[value]


def certificate_state_mark(value: CertificateState) -> str:
    return "qualified" if value is CertificateState.ISSUED else "discontinued"
