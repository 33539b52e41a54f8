"""The columns of the two tables: acts, and what one of them changed."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _
from app.ui.audit.audit_words import (
    act_of,
    field_of,
    new_of,
    old_of,
    parts_of,
    record_of,
    state_mark,
    state_word,
    what_of,
)
from app.ui.models.columns import CellKind, Column


def act_columns() -> tuple[Column, ...]:
    """Return the columns of the list of acts."""
    return (
        Column("entry", lambda: _("Entry"), 68, lambda r: figure(r.id), CellKind.NUMBER, inset=8),
        Column("when", lambda: _("When"), 132, lambda r: f"{r.at:%Y-%m-%d %H:%M}"),
        Column("who", lambda: _("Who"), 116, lambda r: r.who),
        Column("act", lambda: _("Act"), 200, act_of),
        Column("part", lambda: _("Part"), 152, parts_of, CellKind.IDENTIFIER),
        Column("why", lambda: _("Why"), 140, lambda r: r.why, CellKind.MUTED, stretch=True),
        Column("changes", lambda: _("Changes"), 96, lambda r: figure(r.changes), CellKind.NUMBER),
        Column(
            "state",
            lambda: _("State"),
            152,
            lambda r: state_word(r.state),
            CellKind.STATUS,
            lambda r: state_mark(r.state),
        ),
    )


def change_columns() -> tuple[Column, ...]:
    """Return the columns of the list of changes."""
    return (
        Column("record", lambda: _("Record"), 168, record_of, inset=8),
        Column("part", lambda: _("Part"), 92, lambda c: c.part_number, CellKind.IDENTIFIER),
        Column("what", lambda: _("What"), 96, what_of, CellKind.MUTED),
        Column("field", lambda: _("Field"), 116, field_of),
        Column("old", lambda: _("Old"), 104, old_of, CellKind.MUTED),
        Column("new", lambda: _("New"), 120, new_of, stretch=True),
    )
