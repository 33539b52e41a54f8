"""The columns of the packages that left the house."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _
from app.domain.packages.package_list import PackageRow
from app.ui.models.columns import CellKind, Column
from app.ui.packages.package_words import standing_mark, standing_word


def package_columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("number", lambda: _("Number"), 120, _number, CellKind.IDENTIFIER, inset=8),
        Column("part", lambda: _("Part"), 92, lambda r: r.part_number, CellKind.IDENTIFIER),
        Column("name", lambda: _("Name"), 100, lambda r: r.part_name, stretch=True),
        Column("definition", lambda: _("Definition"), 88, _definition, CellKind.MUTED),
        Column("provider", lambda: _("Recipient"), 132, lambda r: r.provider),
        Column("standing", lambda: _("Standing"), 124, _standing, CellKind.STATUS, _mark),
        Column("delivered", lambda: _("Delivered"), 88, _delivered, CellKind.NUMBER),
        Column("day", lambda: _("Left on"), 116, lambda r: r.exported_at.date().isoformat()),
        Column("who", lambda: _("Exported by"), 124, lambda r: r.exported_by, CellKind.MUTED),
    )


# Columns that narrower tables leave to the inspector, with the width of the table that shows them.
SHOWN_FROM = {"who": 1010, "definition": 880, "part": 790}


def delivered_text(row: PackageRow) -> str:
    """Return how many of the licensed pieces were delivered."""
    return _("{booked} of {licensed}").format(
        booked=figure(row.booked), licensed=figure(row.quantity)
    )


def _number(row: PackageRow) -> str:
    return row.number


def _definition(row: PackageRow) -> str:
    return f"{row.revision} · {row.definition}"


def _standing(row: PackageRow) -> str:
    return standing_word(row.standing)


def _mark(row: PackageRow) -> str:
    return standing_mark(row.standing)


def _delivered(row: PackageRow) -> str:
    return "–" if row.trial and not row.booked else delivered_text(row)
