"""The inspector's sheet of one package: recipient, licence, lots, and the files of its manifest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.inventory.package_details import PackageDetails
from app.domain.packages.package_content import PackageFile
from app.domain.packages.verification import Verification
from app.ui.packages.package_words import pieces_text, verdict_mark, verdict_word
from app.ui.packages.verification_lines import add_checks
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.words import day, moment


def fill_package_sheet(
    sheet: FactSheet, details: PackageDetails, verified: Verification | None
) -> None:
    """Show everything on one package.

    Args:
        verified: what was found when its kept copy was checked; None: not checked yet.
    """
    sheet.begin()
    if verified is not None:
        sheet.section(_("Checked"), verified.file_name)
        sheet.sentence(verdict_word(verified.verdict), mark=verdict_mark(verified.verdict))
        add_checks(sheet, verified)
    if details.ended:
        sheet.section(_("To call back"))
        sheet.sentence(details.ended, mark="expiring")
        sheet.sentence(
            _("Tell {recipient} that the package must not be used any more.").format(
                recipient=_reachable(details)
            )
        )
    _show_order(sheet, details)
    _show_lots(sheet, details)
    _show_copy(sheet, details)
    sheet.finish()


def booking_refusal(details: PackageDetails) -> str:
    """Return why no lot can be booked under a package; "" if one can."""
    if details.package.trial:
        return _("Parts made from a trial are not delivered.")
    if details.booked >= details.package.quantity:
        return _("Every licensed piece has been delivered.")
    return ""


def _show_order(sheet: FactSheet, details: PackageDetails) -> None:
    package, definition = details.package, details.definition
    sheet.section(_("Order"))
    sheet.fact(_("Part"), details.part.number, below=details.part.name)
    sheet.fact(
        _("Definition"),
        _("{major}.{minor} of revision {label}").format(
            major=definition.major, minor=definition.minor, label=details.revision.label
        ),
    )
    sheet.fact(
        _("Recipient"),
        details.provider.name,
        below=", ".join(filter(None, (details.provider.country, details.provider.contact))),
    )
    until = ""
    if details.copy is not None:
        ends = details.copy.expires_on
        until = _("until {day}").format(day=day(ends)) if ends else _("without an end")
    sheet.fact(_("Licence"), pieces_text(package.quantity), note=until)
    sheet.code(_("Licence no."), package.licence_id)
    sheet.fact(_("Exported"), moment(package.exported_at), below=package.exported_by)


def _show_lots(sheet: FactSheet, details: PackageDetails) -> None:
    package = details.package
    sheet.section(
        _("Delivered lots"),
        ""
        if package.trial
        else _("{booked} of {licensed}").format(
            booked=figure(details.booked), licensed=figure(package.quantity)
        ),
    )
    if package.trial:
        sheet.sentence(_("Parts made from a trial are not delivered."), color="muted")
    elif not details.lots:
        sheet.sentence(_("No lot has been booked under this package yet."), mark="none")
    for lot in details.lots:
        sheet.fact(lot.number, pieces_text(lot.quantity), note=day(lot.delivered_on))


def _show_copy(sheet: FactSheet, details: PackageDetails) -> None:
    package, copy = details.package, details.copy
    sheet.section(_("Kept copy"), _size_text(copy.size_bytes) if copy is not None else "")
    sheet.fact(_("File"), package.file_name)
    sheet.code("SHA-256", package.sha256)
    sheet.code(_("Signed with"), package.key_fingerprint)
    if copy is None:
        sheet.sentence(details.trouble, mark="danger")
        return
    sheet.section(
        _("Manifest"),
        ngettext("{count} file", "{count} files", len(copy.files)).format(
            count=figure(len(copy.files))
        ),
    )
    _add_files(sheet, copy.files)


def _add_files(sheet: FactSheet, files: Sequence[PackageFile]) -> None:
    for file in files:
        sheet.add(_FileLines(file))
        sheet.code("SHA-256", file.sha256)


class _FileLines(QWidget):
    """Name and size of a file of the manifest; its hash stands below."""

    def __init__(self, file: PackageFile) -> None:
        super().__init__()
        name = ElidedLabel(file.name, elide=Qt.TextElideMode.ElideMiddle)
        size = RoleLabel(_size_text(file.size_bytes), font="caption", color="muted")
        self.setAccessibleName(f"{file.name}: {size.text()}")
        line = QHBoxLayout()
        line.addWidget(name, 1)
        line.addWidget(size)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 6, 0, 0)
        rows.addLayout(line)


def _size_text(size_bytes: int) -> str:
    """Return a size to the nearest kilobyte, in bytes below that."""
    if size_bytes < 1000:
        return _("{count} B").format(count=figure(size_bytes))
    return _("{count} kB").format(count=figure(round(size_bytes / 1000)))


def _reachable(details: PackageDetails) -> str:
    provider = details.provider
    return f"{provider.name} ({provider.contact})" if provider.contact else provider.name
