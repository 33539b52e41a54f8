"""Acts that take a proof back: send a qualification back, block it, withdraw a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate, CertificateState
from app.domain.changes import Changes
from app.domain.inventory.part_details import QualificationDetails
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import PERMITTED
from app.ui.catalog.act_rules import ShownPart
from app.ui.certificates.certificate_words import certificate_type_word
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, choice, mark_missing, text_area
from app.ui.words import qualification_word


class Objection(Enum):
    """What is taken back; each asks for a reason, which stays in the history."""

    SEND_BACK = "send_back"
    BLOCK = "block"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class _Words:
    verb: str
    meaning: str
    subject: str
    asked: str
    none: str


def objection_refusal(kind: Objection, shown: ShownPart) -> str:
    """Return why there is nothing to object to; "" if there is."""
    return "" if _subjects(kind, shown) else _words(kind).none


class ObjectionDialog(ActDialog):
    """Says what the act means, which record it is about, and asks why."""

    def __init__(
        self, context: UiContext, shown: ShownPart, kind: Objection, parent: QWidget | None = None
    ) -> None:
        words = _words(kind)
        title = _("{verb}: {number}").format(verb=words.verb, number=shown.named_revision)
        super().__init__(context.jobs, context.bus, title, words.verb, parent)
        self._context, self._kind = context, kind
        self.add_intro(words.meaning)
        self.subject = choice(_subjects(kind, shown))
        self.add_row(words.subject, self.subject)
        self.why = text_area(placeholder=words.asked)
        mark_missing(self.why, True)
        self.why.textChanged.connect(self._mark_reason)
        self.add_row(_("Why"), self.why, _("Stays in the history with your name."))

    def prepare(self) -> Work:
        """Read the fields; without a reason the service refuses."""
        why, context = self.why.toPlainText(), self._context
        kind, subject = self._kind, self.subject.currentData()

        def work(progress: Progress) -> Changes:
            return _object(kind, subject, context, why)

        return work

    def _mark_reason(self) -> None:
        mark_missing(self.why, not self.why.toPlainText().strip())


def _object(kind: Objection, subject: int | str, context: UiContext, why: str) -> Changes:
    from app.services.certificates.withdraw_certificate import withdraw_certificate
    from app.services.qualification.block_qualification import block_qualification
    from app.services.qualification.return_qualification import return_qualification

    library, who = context.services.library, context.user
    if kind is Objection.WITHDRAW:
        return withdraw_certificate(library, str(subject), who=who, why=why)
    act = return_qualification if kind is Objection.SEND_BACK else block_qualification
    return act(library, int(subject), who=who, why=why)


def _subjects(kind: Objection, shown: ShownPart) -> list[tuple[str, int | str]]:
    """Return the records an objection may be about, newest first, with what they are called."""
    if kind is Objection.WITHDRAW:
        return [(_certificate_text(item, lot), item.number) for item, lot in _issued(shown)]
    states = (
        {QualificationState.IN_REVIEW}
        if kind is Objection.SEND_BACK
        else {state for state, next_ in PERMITTED.items() if QualificationState.BLOCKED in next_}
    )
    return [
        (_qualification_text(item), item.qualification.id)
        for item in _qualifications(shown)
        if item.qualification.state in states
    ]


def _qualifications(shown: ShownPart) -> Sequence[QualificationDetails]:
    definitions = shown.revision.definitions if shown.revision is not None else ()
    return [item for definition in definitions for item in definition.qualifications]


def _issued(shown: ShownPart) -> Sequence[tuple[Certificate, str]]:
    return [
        (item, lot.lot.number)
        for lot in shown.details.lots
        for item in lot.certificates
        if item.state is CertificateState.ISSUED
    ]


def _qualification_text(item: QualificationDetails) -> str:
    return _("{number}: {provider}, {machine}, {material} ({state})").format(
        number=item.qualification.id,
        provider=item.provider.name,
        machine=item.machine.name,
        material=item.material.grade,
        state=qualification_word(item.qualification.state),
    )


def _certificate_text(item: Certificate, lot: str) -> str:
    return _("{number}: {type}, lot {lot}").format(
        number=item.number, type=certificate_type_word(item.type), lot=lot
    )


def _words(kind: Objection) -> _Words:
    return {
        Objection.SEND_BACK: _Words(
            _("Send back"),
            _(
                "The review ends without approval. The qualification is under test again and open "
                "for evidence."
            ),
            _("Qualification"),
            _("What is missing, so that the author can act"),
            _("No qualification is in review."),
        ),
        Objection.BLOCK: _Words(
            _("Block"),
            _(
                "A blocked qualification stays blocked: no package leaves under it any more, and "
                "the block cannot be undone. What was delivered stays on record."
            ),
            _("Qualification"),
            _("What happened, for instance a failure in the field"),
            _("There is no qualification to block."),
        ),
        Objection.WITHDRAW: _Words(
            _("Withdraw certificate"),
            _(
                "The certificate stays on record as withdrawn; whoever verifies it with this "
                "library is told so. It cannot be undone."
            ),
            _("Certificate"),
            _("Why it is no longer valid"),
            _("No certificate is in force."),
        ),
    }[kind]
