"""The words for certificates."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.certificates.certificate import CertificateState, CertificateType
from app.domain.certificates.certificate_list import LotStanding


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


def certificate_short_type(value: CertificateType) -> str:
    return {
        CertificateType.DECLARATION: _("Declaration"),
        CertificateType.COMPLIANCE_2_1: _("2.1"),
    }[value]


def lot_standing_word(standing: LotStanding) -> str:
    return {
        LotStanding.NONE: _("None yet"),
        LotStanding.WITHDRAWN: _("Withdrawn"),
        LotStanding.ISSUED: _("Issued"),
    }[standing]


def lot_standing_mark(standing: LotStanding) -> str:
    return {
        LotStanding.NONE: "draft",
        LotStanding.WITHDRAWN: "expiring",
        LotStanding.ISSUED: "qualified",
    }[standing]


def lots_text(count: int) -> str:
    return ngettext("{count} lot", "{count} lots", count).format(count=figure(count))


def certificates_text(count: int) -> str:
    return ngettext("{count} certificate", "{count} certificates", count).format(
        count=figure(count)
    )
