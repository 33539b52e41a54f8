"""The columns of the table of qualifications."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.qualification.qualification_list import QualificationLine, QualificationSort
from app.ui.board.card_face import evidence_text
from app.ui.board.status_words import status_mark, status_word
from app.ui.models.columns import CellKind, Column
from app.ui.words import day


def qualification_columns() -> tuple[Column, ...]:
    """Return the columns: which part and definition, made where and of what, and how it stands."""
    sort = QualificationSort
    return (
        Column(
            "number",
            lambda: _("Number"),
            96,
            lambda line: line.number,
            CellKind.IDENTIFIER,
            sort=sort.PART,
            inset=8,
        ),
        Column("revision", lambda: _("Rev"), 40, lambda line: line.revision, CellKind.MUTED),
        Column("name", lambda: _("Name"), 100, lambda line: line.name, stretch=True),
        Column("definition", lambda: _("Definition"), 76, _definition, sort=sort.DEFINITION),
        Column("machine", lambda: _("Machine"), 92, lambda line: line.machine, sort=sort.MACHINE),
        Column(
            "material", lambda: _("Material"), 84, lambda line: line.material, sort=sort.MATERIAL
        ),
        Column(
            "provider", lambda: _("Printed at"), 100, lambda line: line.provider, sort=sort.PROVIDER
        ),
        Column(
            "status",
            lambda: _("State"),
            116,
            lambda line: status_word(line.status),
            CellKind.STATUS,
            lambda line: status_mark(line.status),
            sort=sort.STATUS,
        ),
        Column(
            "started",
            lambda: _("Started"),
            86,
            lambda line: day(line.started_on),
            CellKind.MUTED,
            sort=sort.STARTED,
        ),
        Column(
            "evidence",
            lambda: _("Evidence"),
            78,
            evidence_text,
            CellKind.BAR,
            lambda line: line.sound / line.wanted,
            sort=sort.EVIDENCE,
        ),
        Column(
            "valid_until",
            lambda: _("Valid until"),
            86,
            lambda line: day(line.valid_until),
            sort=sort.VALID_UNTIL,
        ),
        Column("people", lambda: _("People"), 110, _people, sort=sort.PEOPLE),
    )


# What words take of a wider table; the name takes the rest.
WIDENED = {"machine": 0.16, "material": 0.16, "provider": 0.2, "people": 0.2}


def _definition(line: QualificationLine) -> str:
    return f"{line.major}.{line.minor}"


def _people(line: QualificationLine) -> str:
    return ", ".join(filter(None, (line.author, line.approver)))
