"""The inspector's sheet of one lot: the certificate, the lot itself, and what else was issued."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.inventory.certified_lot import CertifiedLot
from app.domain.packages.verification import Verification
from app.ui.certificates.certificate_words import (
    certificate_state_mark,
    certificate_state_word,
    certificate_type_word,
)
from app.ui.packages.package_words import pieces_text, verdict_mark, verdict_word
from app.ui.packages.verification_lines import add_checks
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.words import day, moment


def fill_lot_sheet(
    sheet: FactSheet,
    lot: CertifiedLot,
    certificate: Certificate | None,
    verified: Verification | None,
) -> None:
    """Show a lot and one of its certificates.

    Args:
        certificate: the one looked at; None where there is none.
        verified: what was found when its kept copy was checked; None: not checked yet.
    """
    sheet.begin()
    if verified is not None:
        sheet.section(_("Checked"), verified.file_name)
        sheet.sentence(verdict_word(verified.verdict), mark=verdict_mark(verified.verdict))
        add_checks(sheet, verified)
    if certificate is not None:
        _show_certificate(sheet, lot, certificate)
    _show_lot(sheet, lot)
    others = [item for item in lot.details.certificates if item is not certificate]
    if others:
        sheet.section(_("Other certificates of this lot"))
        for item in others:
            sheet.fact(
                item.number,
                certificate_state_word(item.state),
                mark=certificate_state_mark(item.state),
                below=f"{certificate_type_word(item.type)}, {day(item.issued_at.date())}",
            )
    sheet.finish()


def state_sentence(lot: CertifiedLot, certificate: Certificate) -> str:
    """Return why a certificate is not in force; "" if it is."""
    if certificate.state is CertificateState.SUPERSEDED:
        later = lot.successor(certificate.number)
        return (
            _("Replaced by {number}.").format(number=later.number)
            if later is not None
            else _("Replaced by a later certificate.")
        )
    withdrawal = lot.withdrawn.get(certificate.number)
    if certificate.state is CertificateState.WITHDRAWN and withdrawal is not None:
        return _("Withdrawn on {day} by {who}: {why}").format(
            day=day(withdrawal.on), who=withdrawal.who, why=withdrawal.why
        )
    return ""


def _show_certificate(sheet: FactSheet, lot: CertifiedLot, certificate: Certificate) -> None:
    sheet.section(_("Certificate {number}").format(number=certificate.number))
    ended = state_sentence(lot, certificate)
    if ended:
        sheet.sentence(ended, mark=certificate_state_mark(certificate.state))
    sheet.fact(_("Type"), certificate_type_word(certificate.type))
    sheet.fact(_("Issuer"), certificate.issuer)
    sheet.fact(_("Issued"), moment(certificate.issued_at), below=certificate.issued_by)
    if certificate.supersedes:
        sheet.fact(_("Replaces"), certificate.supersedes)
    sheet.fact(_("Keep until"), day(certificate.retain_until))
    sheet.fact(_("File"), certificate.file_name)
    sheet.code("SHA-256", certificate.sha256)
    sheet.code(_("Record"), certificate.record_sha256)


def _show_lot(sheet: FactSheet, certified: CertifiedLot) -> None:
    lot, definition = certified.details.lot, certified.definition
    sheet.section(_("Lot {number}").format(number=lot.number), day(lot.delivered_on))
    if not certified.details.certificates:
        sheet.sentence(_("No certificate has been issued for this lot."), mark="none")
    sheet.fact(_("Part"), certified.part.number, below=certified.part.name)
    sheet.fact(
        _("Definition"),
        _("{major}.{minor} of revision {label}").format(
            major=definition.major, minor=definition.minor, label=certified.revision.label
        ),
    )
    sheet.fact(_("Quantity"), pieces_text(lot.quantity), below=_serials(lot.serials))
    sheet.fact(_("Made by"), lot.manufacturer)
    sheet.fact(_("Purchaser"), lot.purchaser, below=lot.order_reference)
    sheet.fact(_("Package"), certified.package.number if certified.package is not None else "")


def _serials(serials: tuple[str, ...]) -> str:
    if not serials:
        return _("marked as a batch")
    return serials[0] if len(serials) == 1 else f"{serials[0]} … {serials[-1]}"
