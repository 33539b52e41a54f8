"""Approves a qualification with a second pair of eyes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.inventory.part_details import QualificationDetails
from app.domain.qualification.evidence_kind import evidence_kind_word
from app.domain.qualification.validity import default_validity
from app.services.qualification.approve_qualification import approve_qualification
from app.ui.context import UiContext
from app.ui.part_words import readable
from app.ui.widgets.act_dialog import ActDialog, Work, read_day, text_area, text_field
from app.ui.widgets.fact_sheet import FactSheet

_SHEET_HEIGHT = 220


class ApproveDialog(ActDialog):
    """Shows the proofs before anybody signs for them."""

    def __init__(
        self, context: UiContext, qualified: QualificationDetails, parent: QWidget | None = None
    ) -> None:
        qualification = qualified.qualification
        title = _("Approve the qualification at {provider}").format(
            provider=qualified.provider.name
        )
        super().__init__(context.jobs, context.bus, title, _("Approve"), parent)
        self._context, self._qualification_id = context, qualification.id
        self.add_intro(
            _(
                "Written by {author}, to be approved by you, {user}. Once approved it is locked; "
                "it cannot be undone, only blocked."
            ).format(author=qualification.author, user=context.user)
        )
        self.proofs = FactSheet(_("Evidence"))
        self.proofs.setFixedHeight(_SHEET_HEIGHT)
        self.proofs.begin()
        for item in qualified.evidence:
            self.proofs.fact(
                readable(evidence_kind_word(item.kind)),
                item.title,
                mark="good" if item.passed else "danger",
                below=" · ".join(filter(None, (item.standard, item.result, item.scope))),
            )
        self.proofs.finish()
        self.add_wide(self.proofs)
        until = default_validity(qualification.consequence_class, context.today())
        self.valid_until = text_field(until.isoformat())
        self.add_row(_("Valid until"), self.valid_until)
        self.why = text_area(lines=2)
        self.add_row(_("Why"), self.why, _("What your approval rests on; may stay empty."))

    def prepare(self) -> Work:
        """Read the fields."""
        until = read_day(self.valid_until.text(), _("Valid until"))
        why, today = self.why.toPlainText().strip(), self._context.today()
        context, qualification_id = self._context, self._qualification_id

        def work(progress: Progress) -> Changes:
            _approved, changes = approve_qualification(
                context.services.library,
                qualification_id,
                who=context.user,
                today=today,
                valid_until=until,
                why=why,
            )
            return changes

        return work
