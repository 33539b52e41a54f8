"""What a certificate says in words: titles, statements and the fields of its grid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_content import CertificateContent


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of the grid. An empty mandatory one is shown as missing on a draft."""

    code: str
    label: str
    value: str
    mandatory: bool = False

    @property
    def caption(self) -> str:
        return f"{self.code} {self.label}".strip()


def title_words(type_: CertificateType) -> tuple[str, str]:
    """Return title and subtitle."""
    if type_ is CertificateType.COMPLIANCE_2_1:
        return (
            _("Declaration of compliance 2.1"),
            _("EN 10204:2004, declaration of compliance with the order"),
        )
    return (
        _("Declaration of conformity"),
        _("ISO/IEC 17050-1, supplier's declaration of conformity"),
    )


def statement_words(content: CertificateContent) -> str:
    """Return the statement itself. Type 2.1 carries no test results, by its definition."""
    if content.type is CertificateType.COMPLIANCE_2_1:
        return _(
            "We declare that the products supplied, listed above, are in compliance with the "
            "requirements of the order. This document contains no test results."
        )
    return _(
        "We declare under our sole responsibility that the object of the declaration, described "
        "above, is in conformity with the requirements of the documents listed."
    )


def grid_fields(content: CertificateContent) -> list[FieldWords]:
    """Return the fields of the grid in reading order, two to a row.

    Codes are those of EN 10168 and appear on documents of EN 10204 only.
    """
    coded = content.type is CertificateType.COMPLIANCE_2_1

    def field(code: str, label: str, value: str, *, mandatory: bool = False) -> FieldWords:
        return FieldWords(code if coded else "", label, value, mandatory)

    lot = _joined(content.lot_number, serial_words(content.serials))
    material = _joined(content.material, content.material_specification)
    defined = (
        _("print definition {version}").format(version=content.definition)
        if content.definition
        else ""
    )
    return [
        field("A06.1", _("Purchaser"), content.purchaser, mandatory=coded),
        field("A07", _("Order, item"), content.order_reference, mandatory=coded),
        field("B01", _("Product"), content.part_name or content.part_number, mandatory=True),
        field(
            "A09",
            _("Part, revision"),
            _("{number}, revision {revision}").format(
                number=content.part_number, revision=content.revision
            ),
            mandatory=True,
        ),
        field("B07", _("Lot, serials"), lot, mandatory=True),
        field(
            "B08",
            _("Quantity"),
            ngettext("{count} piece", "{count} pieces", content.quantity).format(
                count=figure(content.quantity)
            ),
            mandatory=True,
        ),
        field("B02", _("Material, specification"), material),
        # C70 is the steelmaking process and stays empty for printed parts.
        field("", _("Process, print definition"), _joined(content.process, defined)),
        field("A01", _("Manufacturer"), content.manufacturer.name, mandatory=True),
        field("", _("Machine"), content.machine),
        field("", _("Print package"), content.package_number),
        field("", _("Delivered on"), content.delivered_on.isoformat()),
    ]


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def serial_words(serials: tuple[str, ...], most: int = 4) -> str:
    """Return serial numbers in short: runs as "first to last", and how many more there are.

    The complete list is printed separately where this is not all of them.
    """
    runs = serial_runs(serials)
    shown = [
        first if first == last else _("{first} to {last}").format(first=first, last=last)
        for first, last in runs[:most]
    ]
    if len(runs) > most:
        shown.append(_("and more, listed below"))
    return ", ".join(shown)


def needs_serial_list(serials: tuple[str, ...], most: int = 4) -> bool:
    return len(serial_runs(serials)) > most


def serial_runs(serials: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (first, last) of each run of serial numbers that count up by one."""
    runs: list[tuple[str, str]] = []
    for serial in serials:
        if runs and _follows(runs[-1][1], serial):
            runs[-1] = (runs[-1][0], serial)
        else:
            runs.append((serial, serial))
    return runs


def _follows(before: str, after: str) -> bool:
    found = re.fullmatch(r"(.*?)([0-9]+)", before)
    if not found:
        return False
    stem, digits = found.groups()
    return after == f"{stem}{int(digits) + 1:0{len(digits)}d}"
