"""What left the house for a part: packages, delivered lots and their certificates."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.inventory.part_details import LotDetails, PartDetails
from app.domain.packages.print_package import PrintPackage
from app.ui.certificates.certificate_words import (
    certificate_state_mark,
    certificate_state_word,
    certificate_type_word,
)
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.words import moment


class LotsTab(FactSheet):
    """Lots with their certificates, then packages; newest first."""

    def __init__(self) -> None:
        super().__init__(_("Lots"))

    def show_details(self, details: PartDetails) -> None:
        """Fill the sheet with the lots and packages of one part."""
        self.begin()
        if not details.lots and not details.packages:
            self.section(_("Lots and packages"))
            self.sentence(
                _("Nothing has left the house yet: no package exported, no lot booked."),
                color="muted",
            )
        providers = {provider.id: provider.name for provider in details.recipients}
        for lot in details.lots:
            self._show_lot(lot)
        for package in details.packages:
            self._show_package(package, providers.get(package.provider_id, ""))
        self.finish()

    def _show_lot(self, shown: LotDetails) -> None:
        lot = shown.lot
        self.section(_("Lot {number}").format(number=lot.number), lot.delivered_on.isoformat())
        self.fact(_("Quantity"), _pieces(lot.quantity), note=_serials(lot.serials))
        self.fact(_("Made by"), lot.manufacturer)
        if lot.purchaser or lot.order_reference:
            self.fact(_("For"), lot.purchaser, note=lot.order_reference)
        if not shown.certificates:
            self.sentence(_("No certificate has been issued for this lot."), mark="none")
        for item in shown.certificates:
            self.fact(
                item.number,
                certificate_state_word(item.state),
                mark=certificate_state_mark(item.state),
                below=" · ".join(
                    filter(
                        None,
                        (
                            certificate_type_word(item.type),
                            item.issued_by,
                            moment(item.issued_at),
                            _("supersedes {number}").format(number=item.supersedes)
                            if item.supersedes
                            else "",
                        ),
                    )
                ),
            )

    def _show_package(self, package: PrintPackage, provider: str) -> None:
        self.section(
            _("Package {number}").format(number=package.number),
            _("watermarked trial") if package.trial else "",
        )
        self.fact(_("Licence"), _pieces(package.quantity), note=_for(provider))
        self.fact(_("Exported by"), package.exported_by, note=moment(package.exported_at))
        self.fact(_("File"), package.file_name)
        self.code("SHA-256", package.sha256)
        self.code(_("Signed with"), package.key_fingerprint)


def _pieces(count: int) -> str:
    return ngettext("{count} piece", "{count} pieces", count).format(count=figure(count))


def _for(provider: str) -> str:
    return _("for {provider}").format(provider=provider) if provider else ""


def _serials(serials: tuple[str, ...]) -> str:
    if not serials:
        return ""
    return serials[0] if len(serials) == 1 else f"{serials[0]} … {serials[-1]}"
