"""What a card says: a qualification as finished short strings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.base.i18n import _, ngettext
from app.domain.catalog.length_unit import LengthUnit
from app.domain.qualification.qualification_list import QualificationLine
from app.domain.qualification.validity import QualificationStatus
from app.ui.board.status_words import HELD, status_word
from app.ui.jobs import JobRunner
from app.ui.models.columns import Column
from app.ui.models.paged_model import NOT_YET, Index, PagedModel
from app.ui.words import day

_BETWEEN = {
    Qt.ItemDataRole.AccessibleTextRole: ", ",
    Qt.ItemDataRole.ToolTipRole: "\n",
}


@dataclass(frozen=True, slots=True)
class CardFace:
    """A card ready to paint.

    Attributes:
        note: who has to do with it, or why it is blocked.
        when: how old it is, or until when it holds.
        share: of the proofs wanted that are sound, 0 to 1.
    """

    number: str
    revision: str
    name: str
    note: str
    when: str
    evidence: str
    share: float
    picture: tuple[str, LengthUnit] | None
    mine: bool


class CardModel(PagedModel):
    """A list of cards; each is told in sentences to a screen reader, and as a tip.

    Hundreds of cards are made ready for each that is looked at, so the sentences wait until
    somebody asks.
    """

    def __init__(self, jobs: JobRunner, today: Callable[[], date], parent: QObject) -> None:
        column = Column(
            "card",
            lambda: _("Qualification"),
            160,
            lambda line: line.number,
            mark=lambda line: card_face(line, today()),
        )
        super().__init__(jobs, (column,), parent)
        self._today = today

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        between = _BETWEEN.get(Qt.ItemDataRole(role))
        if between is None:
            return super().data(index, role)
        row = self.cells(index.row())
        told = card_sentences(row.value, self._today()) if row is not None else [NOT_YET]
        return between.join(told)


def card_face(line: QualificationLine, today: date) -> CardFace:
    """Return what a card shows."""
    return CardFace(
        number=line.number,
        revision=line.revision,
        name=line.name,
        note=_note(line),
        when=age_text(line, today),
        evidence=evidence_text(line),
        share=line.sound / line.wanted,
        picture=(line.sha256, line.unit) if line.unit is not None else None,
        mine=line.mine,
    )


def card_sentences(line: QualificationLine, today: date) -> list[str]:
    """Return all that a card stands for, line by line."""
    told = [
        _("{number}, revision {revision}").format(number=line.number, revision=line.revision),
        line.name,
        status_word(line.status),
        _("{machine} at {provider}, {material}").format(
            machine=line.machine, provider=line.provider, material=line.material
        ),
        _("Author: {person}").format(person=line.author),
    ]
    if line.approver:
        told.append(_("Approved by {person}").format(person=line.approver))
    if line.mine:
        told.append(_("Waits for your review"))
    if line.status is QualificationStatus.BLOCKED:
        told.append(line.blocked_reason)
    told.append(_evidence_sentence(line))
    told.append(_("Started {day}").format(day=day(line.started_on)))
    if line.valid_until is not None:
        told.append(_("Valid until {day}").format(day=day(line.valid_until)))
    return [text for text in told if text]


def evidence_text(line: QualificationLine) -> str:
    """Return how many of the proofs wanted are sound, such as "2/3"."""
    return f"{line.sound}/{line.wanted}"


def age_text(line: QualificationLine, today: date) -> str:
    """Return how long an open one is under way, or the last day of one that was approved."""
    if line.status in HELD:
        return day(line.valid_until) or _("no end")
    if line.status is QualificationStatus.BLOCKED:
        return ""
    return _("{count} d").format(count=(today - line.started_on).days)


def _note(line: QualificationLine) -> str:
    if line.status is QualificationStatus.BLOCKED:
        return line.blocked_reason
    return line.approver if line.status in HELD else line.author


def _evidence_sentence(line: QualificationLine) -> str:
    if not line.proofs:
        return _("No evidence yet")
    return ngettext(
        "Evidence: {sound} of {count} proof is sound",
        "Evidence: {sound} of {count} proofs are sound",
        line.proofs,
    ).format(sound=line.sound, count=line.proofs)
