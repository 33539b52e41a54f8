"""Puts a proof under a qualification."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.inventory.part_details import QualificationDetails
from app.domain.qualification.evidence_kind import KINDS, evidence_kind_word
from app.services.qualification.add_evidence import Proof, add_evidence
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, choice, read_day, text_field
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.folder_field import FileField


class EvidenceDialog(ActDialog):
    """A file with what it proves and for what it counts."""

    def __init__(
        self, context: UiContext, qualified: QualificationDetails, parent: QWidget | None = None
    ) -> None:
        title = _("Evidence for the qualification at {provider}").format(
            provider=qualified.provider.name
        )
        super().__init__(context.jobs, context.bus, title, _("Add evidence"), parent)
        self._context, self._qualification_id = context, qualified.qualification.id
        self.file = FileField()
        self.add_row(_("File"), self.file, _("Kept byte for byte, under its hash."))
        self.kind = choice([(evidence_kind_word(kind), kind) for kind in KINDS])
        self.kind.setEditable(True)
        self.add_row(_("Kind"), self.kind)
        self.title = text_field(placeholder=_("the file's name"))
        self.add_row(_("Title"), self.title)
        self.standard = text_field(placeholder=_("such as ISO 527-2"))
        self.add_row(_("Standard"), self.standard)
        self.found = text_field(placeholder=_("such as 48 MPa, 3 specimens"))
        self.add_row(_("Result"), self.found)
        self.passed = CheckField(_("The test was passed"))
        self.passed.setChecked(True)
        self.add_row("", self.passed)
        self.scope = text_field(placeholder=_("grade, thickness, orientation, machine"))
        self.add_row(_("Counts for"), self.scope)
        self.valid_until = text_field(placeholder=_("YYYY-MM-DD; empty: no end"))
        self.add_row(_("Valid until"), self.valid_until)

    def prepare(self) -> Work:
        """Read the fields."""
        named = self.file.text().strip()
        if not named:
            raise RuleViolation(_("Name the file that is the evidence."))
        proof = Proof(
            file=Path(named).expanduser(),
            kind=self.kind.currentText(),
            title=self.title.text(),
            standard=self.standard.text(),
            result=self.found.text(),
            passed=self.passed.isChecked(),
            scope=self.scope.text(),
            valid_until=read_day(self.valid_until.text(), _("Valid until")),
        )
        context, qualification_id = self._context, self._qualification_id

        def work(progress: Progress) -> Changes:
            return add_evidence(context.services.library, qualification_id, proof, who=context.user)

        return work
