"""Releases a revision; a danger finding needs a signed reason to be ignored."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import AppError, RuleViolation
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.catalog.geometry import Finding, FindingCode, Severity
from app.domain.catalog.part import Part
from app.domain.changes import Changes
from app.domain.inventory.part_details import RevisionDetails
from app.services.catalog.ignore_finding import ignore_finding
from app.services.catalog.release_revision import release_revision
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, required_field, text_area
from app.ui.widgets.labels import StatusLabel


class ReleaseDialog(ActDialog):
    """Says what release means, lists what stands against it, and asks why."""

    def __init__(
        self,
        context: UiContext,
        part: Part,
        revision: RevisionDetails,
        parent: QWidget | None = None,
    ) -> None:
        label = revision.revision.label
        title = _("Release revision {label} of {number}").format(label=label, number=part.number)
        super().__init__(context.jobs, context.bus, title, _("Release revision"), parent)
        self._context, self._revision_id = context, revision.revision.id
        self._signed = Changes()
        self.add_intro(
            _(
                "A released revision is locked: its files can no longer be exchanged, and a change "
                "makes a new revision. The revision released before becomes obsolete."
            )
        )
        self.reasons: dict[FindingCode, QLineEdit] = {}
        dangers = open_dangers(revision)
        if dangers:
            self.add_intro(
                ngettext(
                    "{count} danger stands against the release. It may be ignored with a reason, "
                    "signed with your name:",
                    "{count} dangers stand against the release. Each may be ignored with a reason, "
                    "signed with your name:",
                    len(dangers),
                ).format(count=len(dangers))
            )
        for finding in dangers:
            self.add_wide(StatusLabel("danger", finding.text))
            editor = required_field(placeholder=_("Why it may be released all the same"))
            self.reasons[finding.code] = editor
            self.add_row(_("Reason"), editor)
        self.why = text_area(lines=2)
        self.add_row(_("Why"), self.why, _("What this revision is for; may stay empty."))

    def prepare(self) -> Work:
        """Read the fields; every danger needs its reason."""
        signed = {code: editor.text().strip() for code, editor in self.reasons.items()}
        if not all(signed.values()):
            next(editor for editor in self.reasons.values() if not editor.text().strip()).setFocus()
            raise RuleViolation(
                _("Ignoring a danger needs a reason; it stays with your name."),
                hint=_("Give one, or have the file repaired and import it again."),
            )
        why, context, revision_id = self.why.toPlainText().strip(), self._context, self._revision_id
        self._signed = Changes()

        def work(progress: Progress) -> Changes:
            library, who = context.services.library, context.user
            for code, reason in progress.track(list(signed.items())):
                self._signed |= ignore_finding(library, revision_id, code, who=who, why=reason)
            return self._signed | release_revision(library, revision_id, who=who, why=why)

        return work

    def refuse(self, error: AppError) -> None:
        """Say why it was not released; a danger that was signed for before stays ignored."""
        super().refuse(error)
        signed, self._signed = self._signed, Changes()
        self._context.bus.publish(signed, self)


def open_dangers(revision: RevisionDetails) -> tuple[Finding, ...]:
    """Return the danger findings on a revision's files that nobody has accepted, one a code."""
    found: dict[FindingCode, Finding] = {}
    for shown in revision.geometries:
        accepted = {item.code for item in shown.ignored}
        for finding in shown.facts.findings if shown.facts is not None else ():
            if finding.severity is Severity.DANGER and finding.code not in accepted:
                found.setdefault(finding.code, finding)
    return tuple(found.values())
