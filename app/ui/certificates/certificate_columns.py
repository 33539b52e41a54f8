"""The columns of delivered lots and of issued certificates."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _
from app.domain.certificates.certificate_list import CertificateRow, LotRow
from app.ui.certificates.certificate_words import (
    certificate_short_type,
    certificate_state_mark,
    certificate_state_word,
    lot_standing_mark,
    lot_standing_word,
)
from app.ui.models.columns import CellKind, Column
from app.ui.words import day

LOTS_SHOWN_FROM = {"maker": 980, "purchaser": 800, "part": 640}
CERTIFICATES_SHOWN_FROM = {"who": 1040, "until": 900, "part": 800, "type": 680}


def lot_columns() -> tuple[Column, ...]:
    """Return the columns of the lots."""
    return (
        Column("number", lambda: _("Lot"), 116, lambda r: r.number, CellKind.IDENTIFIER, inset=8),
        Column("part", lambda: _("Part"), 92, lambda r: r.part_number, CellKind.IDENTIFIER),
        Column("name", lambda: _("Name"), 100, lambda r: r.part_name, stretch=True),
        Column("quantity", lambda: _("Pieces"), 84, _quantity, CellKind.NUMBER),
        Column("purchaser", lambda: _("Purchaser"), 148, lambda r: r.purchaser),
        Column("maker", lambda: _("Made by"), 148, lambda r: r.manufacturer, CellKind.MUTED),
        Column("day", lambda: _("Delivered on"), 104, lambda r: day(r.delivered_on)),
        Column("standing", lambda: _("Certificate"), 124, _standing, CellKind.STATUS, _mark),
    )


def certificate_columns() -> tuple[Column, ...]:
    """Return the columns of the certificates."""
    return (
        Column(
            "number", lambda: _("Number"), 116, lambda r: r.number, CellKind.IDENTIFIER, inset=8
        ),
        Column("type", lambda: _("Type"), 96, lambda r: certificate_short_type(r.type)),
        Column("lot", lambda: _("Lot"), 100, lambda r: r.lot_number, CellKind.IDENTIFIER),
        Column("part", lambda: _("Part"), 92, lambda r: r.part_number, CellKind.IDENTIFIER),
        Column("name", lambda: _("Name"), 96, lambda r: r.part_name, stretch=True),
        Column("state", lambda: _("State"), 124, _state, CellKind.STATUS, _state_mark),
        Column("day", lambda: _("Issued on"), 96, lambda r: day(r.issued_at.date())),
        Column("who", lambda: _("Issued by"), 112, lambda r: r.issued_by, CellKind.MUTED),
        Column("until", lambda: _("Keep until"), 124, lambda r: day(r.retain_until)),
    )


def _quantity(row: LotRow) -> str:
    return figure(row.quantity)


def _standing(row: LotRow) -> str:
    return lot_standing_word(row.standing)


def _mark(row: LotRow) -> str:
    return lot_standing_mark(row.standing)


def _state(row: CertificateRow) -> str:
    return certificate_state_word(row.state)


def _state_mark(row: CertificateRow) -> str:
    return certificate_state_mark(row.state)
